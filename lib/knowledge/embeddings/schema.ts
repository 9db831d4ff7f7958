import { z } from "zod";

const address = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine((value) => /^https?:\/\/[^\s/]+/u.test(value) && URL.canParse(value), { error: "invalid_url" });

/** Most numbers of a vector that a search takes; more would only cost memory. */
export const DIMENSIONS_MAX = 4_096;

/** What a person fills in. A key that is left out stays; an empty one is removed. */
export const embedderInput = z.object({
  baseUrl: address,
  model: z.string().trim().min(1).max(120),
  apiKey: z.string().trim().max(500).optional(),
  /** Numbers of a vector to ask for; null: as many as the model gives. */
  dimensions: z.int().min(8).max(DIMENSIONS_MAX).nullable().default(null),
  /** Texts in one call; services allow from 10 to 2,048. */
  batchSize: z.int().min(1).max(128).default(10),
  /** Price of a million tokens, in `currency`. */
  price: z.number().min(0).max(10_000).default(0),
  currency: z.enum(["CNY", "USD"]).default("CNY"),
  /** Off: no service's vectors, the platform's neither. */
  enabled: z.boolean().default(true),
});
export type EmbedderInput = z.infer<typeof embedderInput>;

/** A service as it is shown: never its key. */
export const embedder = embedderInput.omit({ apiKey: true }).extend({ hasKey: z.boolean(), version: z.int() });
export type Embedder = z.infer<typeof embedder>;

export const indexState = z.enum(["building", "active", "failed", "cancelled"]);
export type IndexState = z.infer<typeof indexState>;

/** How far a merchant's entries have vectors of a service. */
export const vectorIndex = z.object({
  state: indexState,
  model: z.string(),
  /** Entries. */
  total: z.int(),
  done: z.int(),
  /** Wordings that the service would not take: they are found by their words. */
  refused: z.int(),
  /** Entries a second of the run under way; null before it is known. */
  rate: z.number().nullable(),
  secondsLeft: z.int().nullable(),
  /** Why the last call failed; while it is being built, it is tried again. */
  reason: z.string().nullable(),
  detail: z.string(),
  finishedAt: z.iso.datetime().nullable(),
});
export type VectorIndex = z.infer<typeof vectorIndex>;

/** What a model makes of pairs of questions that mean the same: how many of them it recognises, 0–1. */
export const understanding = z.object({ zh: z.number(), en: z.number() });

export const vectorSearch = z.object({
  /** The merchant's own service; null: the platform's, if it has one. */
  own: embedder.nullable(),
  /** The platform's, where this is not the platform. */
  inherited: z.object({ model: z.string() }).nullable(),
  /** Whether the package with the English model is there, which needs no service. */
  local: z.boolean(),
  /** What searches use now. */
  active: vectorIndex.extend({ dimension: z.int(), understands: understanding }).nullable(),
  /** What they are going to use, or would. */
  next: vectorIndex.nullable(),
  /** Of the last thirty days. */
  usage: z.object({
    calls: z.int(),
    failures: z.int(),
    averageMs: z.int().nullable(),
    tokens: z.int(),
    costMicros: z.int(),
    currency: z.enum(["CNY", "USD"]),
  }),
  /** Seconds for which questions go without vectors after failures; 0 while the service is asked as usual. */
  restSeconds: z.int(),
});
export type VectorSearch = z.infer<typeof vectorSearch>;

/** What a test call came to. */
export const embedderTrial = z.object({
  outcome: z.string(),
  /** What the service said when it refused. */
  detail: z.string(),
  dimension: z.int().nullable(),
  /** Of one call. */
  ms: z.int(),
  tokens: z.int(),
  costMicros: z.int(),
  /** What it makes of Chinese and of English; null when nothing usable came. */
  understands: understanding.nullable(),
  /** It takes longer than a question waits: searches would go by words most of the time. */
  slow: z.boolean(),
});
export type EmbedderTrial = z.infer<typeof embedderTrial>;
