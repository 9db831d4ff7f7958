import { z } from "zod";
import { messagePart } from "@/lib/conversations/schema";
import { defineContract } from "@/lib/platform/http/contract";
import { botTrace } from "./trace-schema";

/** Most turns of a conversation that is tried out. */
export const SAYS_MAX = 10;

export const says = z.array(z.string().trim().min(1).max(1_000)).min(1).max(SAYS_MAX);

export const rehearsed = z.object({
  kind: z.string(),
  parts: z.array(messagePart),
  handoff: z.string().nullable(),
  review: z.string().nullable(),
  trace: botTrace,
});
export type Rehearsed = z.infer<typeof rehearsed>;

export const tryBot = defineContract({
  name: "tryBot",
  summary: "Have the bot answer a conversation that nobody has, with why it answers so; nothing is sent or counted",
  tag: "Bot",
  method: "POST",
  path: "/api/v1/bot/playground",
  audience: ["agent", "key"],
  permission: "bot.read",
  body: z.object({
    says,
    /** Ask the configured services; off, entries answer in their own words. */
    useModels: z.boolean().default(false),
    agentsOnline: z.boolean().default(true),
    /** As on this channel: its rules, and the entries that are told there. */
    channelId: z.string().max(40).optional(),
    /** As a customer who has signed in: entries for customers are told, too. */
    signedIn: z.boolean().default(false),
  }),
  result: z.object({ replies: z.array(rehearsed) }),
  perMinute: 30,
});
