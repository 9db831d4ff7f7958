import { z } from "zod";

const found = z.object({
  entryId: z.string(),
  question: z.string(),
  confidence: z.number(),
  phrase: z.string(),
  words: z.array(z.string()),
});

const attempt = z.object({
  providerId: z.string(),
  provider: z.string(),
  outcome: z.string(),
  firstMs: z.number().int().nullable(),
  totalMs: z.number().int(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
});

/** Why a turn was answered as it was: what the playground and a real conversation's record show. */
export const botTrace = z.object({
  /** The question without private data. */
  question: z.string(),
  /** What was searched for, when the question leaned on what was said before. */
  resolved: z.object({ text: z.string(), by: z.enum(["rule", "model", "choice"]) }).nullable(),
  language: z.string(),
  signals: z.array(z.string()),
  /** What it was taken to be about; absent from turns of older releases. */
  intent: z
    .object({ name: z.string(), confidence: z.number(), by: z.enum(["examples", "model"]), action: z.string() })
    .nullable()
    .default(null),
  search: z.string(),
  found: z.array(found),
  decision: z.string(),
  reason: z.string(),
  attempts: z.array(attempt),
  /** Why a model's words were not used. */
  violation: z.string().nullable(),
  /** Why no model was asked although there is one. */
  spared: z.string().nullable(),
  review: z.string().nullable(),
  searchMs: z.number().int(),
  modelMs: z.number().int(),
  totalMs: z.number().int(),
});
export type BotTrace = z.infer<typeof botTrace>;
