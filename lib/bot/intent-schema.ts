import { z } from "zod";

/** What is done when customers come about it: answer as always, fetch a person, or have an agent read the answer first. */
export const INTENT_ACTIONS = ["answer", "handoff", "review"] as const;
export const intentAction = z.enum(INTENT_ACTIONS);
export type IntentAction = z.infer<typeof intentAction>;

/** Most intents of one merchant, and examples of one. */
export const INTENTS_MAX = 100;
export const EXAMPLES_MAX = 100;
export const EXAMPLE_MAX = 200;

/** What a person fills in. */
export const intentInput = z.object({
  /** Also the conversation's topic; entries of a category with this name teach it too. */
  name: z.string().trim().min(1).max(60),
  examples: z.array(z.string().trim().min(1).max(EXAMPLE_MAX)).max(EXAMPLES_MAX),
  action: intentAction,
  /** Priority that the conversation gets; null: as it is. */
  priority: z.int().min(0).max(3).nullable(),
  /** What an agent has to know to take it; null: nothing special. */
  skill: z.string().trim().min(1).max(40).nullable(),
  enabled: z.boolean(),
});
export type IntentInput = z.infer<typeof intentInput>;

export const intent = intentInput.extend({
  id: z.string(),
  version: z.int(),
  /** Wordings of published entries that teach it beside its examples. */
  learned: z.int(),
});
export type Intent = z.infer<typeof intent>;

/** A category that teaches a topic of its own while no intent has its name. */
export const taughtCategory = z.object({ name: z.string(), learned: z.int() });
export type TaughtCategory = z.infer<typeof taughtCategory>;

export const intentGuess = z.object({
  name: z.string(),
  /** Null: a category without an intent of its own. */
  intentId: z.string().nullable(),
  /** 0–1. */
  confidence: z.number(),
});
export type IntentGuess = z.infer<typeof intentGuess>;

/** From this confidence on a question is taken to be about it, and what the intent says is done. */
export const INTENT_FROM = 0.7;
/** From this confidence on it becomes the conversation's topic. */
export const TOPIC_FROM = 0.5;
