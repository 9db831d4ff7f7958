import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { EXAMPLES_MAX, intent, intentGuess, intentInput, taughtCategory } from "./intent-schema";

const byId = z.object({ id: z.string().max(40) });
const ok = z.object({ ok: z.literal(true) });

export const listIntents = defineContract({
  name: "listIntents",
  summary:
    "What customers come about, with examples and what is done then; and categories that teach topics of their own",
  tag: "Bot",
  method: "GET",
  path: "/api/v1/bot/intents",
  audience: ["agent", "key"],
  permission: "bot.read",
  result: z.object({ items: z.array(intent), categories: z.array(taughtCategory) }),
});

export const createIntent = defineContract({
  name: "createIntent",
  summary: "Add what customers come about",
  tag: "Bot",
  method: "POST",
  path: "/api/v1/bot/intents",
  audience: ["agent", "key"],
  permission: "bot.write",
  body: intentInput.extend({
    examples: intentInput.shape.examples.max(EXAMPLES_MAX).default([]),
    action: intentInput.shape.action.default("answer"),
    priority: intentInput.shape.priority.default(null),
    skill: intentInput.shape.skill.default(null),
    enabled: intentInput.shape.enabled.default(true),
  }),
  result: z.object({ id: z.string() }),
  status: 201,
});

export const updateIntent = defineContract({
  name: "updateIntent",
  summary: "Change what customers come about; what is left out stays",
  tag: "Bot",
  method: "PATCH",
  path: "/api/v1/bot/intents/{id}",
  audience: ["agent", "key"],
  permission: "bot.write",
  params: byId,
  body: intentInput.partial().extend({
    /** Version that was read; without it the last writer wins. */
    version: z.int().optional(),
  }),
  result: ok,
});

export const deleteIntent = defineContract({
  name: "deleteIntent",
  summary: "Remove what customers come about; topics of earlier conversations stay",
  tag: "Bot",
  method: "DELETE",
  path: "/api/v1/bot/intents/{id}",
  audience: ["agent", "key"],
  permission: "bot.write",
  params: byId,
  result: ok,
});

export const tryIntents = defineContract({
  name: "tryIntents",
  summary: "What the bot takes a question to be about, likeliest first; without any model, nothing is counted",
  tag: "Bot",
  method: "POST",
  path: "/api/v1/bot/intents/recognition",
  audience: ["agent", "key"],
  permission: "bot.read",
  body: z.object({ text: z.string().trim().min(1).max(1_000) }),
  result: z.object({ items: z.array(intentGuess) }),
});
