import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

const text = z.string().trim().min(1).max(5_000);
export const ASSIST_LANGUAGES = ["zh-CN", "en"] as const;

/** What a model may do for an agent. Nothing of it reaches the customer but by the agent's own hand. */
export const assistTask = z.discriminatedUnion("task", [
  /** An answer to the customer's last words, from the knowledge base. */
  z.object({ task: z.literal("suggest") }),
  /** What to do next, as one of a few steps, with a reason. */
  z.object({ task: z.literal("next") }),
  z.object({ task: z.literal("summarise") }),
  z.object({ task: z.literal("polish"), text }),
  z.object({ task: z.literal("shorten"), text }),
  z.object({ task: z.literal("translate"), text, language: z.enum(ASSIST_LANGUAGES) }),
]);
export type AssistTask = z.infer<typeof assistTask>;

/** A step that the agent may take with one click after having looked at it. */
export const nextStep = z.discriminatedUnion("kind", [
  /** Words for the reply field: an entry's answer, or the question for the order number. */
  z.object({ kind: z.enum(["answer", "ask_order"]), text: z.string() }),
  z.object({ kind: z.literal("transfer"), to: z.enum(["agent", "team"]), id: z.string(), name: z.string() }),
  z.object({ kind: z.literal("follow_up"), until: z.iso.datetime() }),
  z.object({ kind: z.literal("resolve") }),
]);
export type NextStep = z.infer<typeof nextStep>;

export const getAssist = defineContract({
  name: "getAssist",
  summary: "Whether a model can help agents now, and why not",
  tag: "Bot",
  method: "GET",
  path: "/api/v1/assist",
  audience: ["agent"],
  permission: "conversations.reply",
  result: z.object({
    available: z.boolean(),
    /** `none`: no model is set up; `off`: switched off; `budget`: this month's is used up. */
    reason: z.enum(["none", "off", "budget"]).nullable(),
  }),
});

export const assist = defineContract({
  name: "assist",
  summary: "Have a model suggest an answer with its sources or the next step, summarise, polish, shorten or translate",
  tag: "Bot",
  method: "POST",
  path: "/api/v1/conversations/{id}/assist",
  audience: ["agent"],
  permission: "conversations.reply",
  params: z.object({ id: z.string().max(40) }),
  body: assistTask,
  result: z.object({
    /** Of `next`: the reason. */
    text: z.string(),
    sources: z.array(z.object({ entryId: z.string(), title: z.string() })),
    step: nextStep.optional(),
  }),
  perMinute: 30,
});
