import { z } from "zod";

/** Protocols that are spoken. `openai` is every service with OpenAI's chat completions. */
export const PROVIDER_KINDS = ["openai", "azure", "anthropic", "dify", "qingyunke"] as const;
export const providerKind = z.enum(PROVIDER_KINDS);
export type ProviderKind = z.infer<typeof providerKind>;

const address = z
  .string()
  .trim()
  .max(500)
  .refine((value) => /^https?:\/\/[^\s/]+/u.test(value) && URL.canParse(value), { error: "invalid_url" });

// Without defaults, for changes: in zod 4 a default fills an optional field too.
export const providerOptionFields = z.object({
  /** Azure only. */
  azureApiVersion: z.string().trim().max(40),
  /** Dify only: read the answer while it is written. */
  streaming: z.boolean(),
  /** Dify only: what the app answers needs no source that we see. */
  trusted: z.boolean(),
  /** The model may search the knowledge base itself. Not every model can use tools. */
  tools: z.boolean(),
  /** Name of a header for a second key, where a vendor wants one. */
  extraHeader: z
    .string()
    .trim()
    .max(60)
    .regex(/^[A-Za-z0-9-]*$/u, { error: "invalid_format" }),
  /** Longest wait for the first word, in milliseconds. */
  firstTextMs: z.int().min(500).max(30_000),
  /** Price of a million tokens, in `currency`. */
  inputPrice: z.number().min(0).max(10_000),
  outputPrice: z.number().min(0).max(10_000),
  currency: z.enum(["CNY", "USD"]),
});
export const providerOptions = z.object({
  azureApiVersion: providerOptionFields.shape.azureApiVersion.default("2024-10-21"),
  streaming: providerOptionFields.shape.streaming.default(true),
  trusted: providerOptionFields.shape.trusted.default(false),
  tools: providerOptionFields.shape.tools.default(false),
  extraHeader: providerOptionFields.shape.extraHeader.default(""),
  firstTextMs: providerOptionFields.shape.firstTextMs.default(6_000),
  inputPrice: providerOptionFields.shape.inputPrice.default(0),
  outputPrice: providerOptionFields.shape.outputPrice.default(0),
  currency: providerOptionFields.shape.currency.default("CNY"),
});
export type ProviderOptions = z.infer<typeof providerOptions>;

/** What a person fills in. A secret that is left out stays; an empty one is removed. */
export const providerFields = z.object({
  name: z.string().trim().min(1).max(60),
  kind: providerKind,
  baseUrl: address,
  model: z.string().trim().max(120),
  apiKey: z.string().trim().max(500),
  extraSecret: z.string().trim().max(500),
  enabled: z.boolean(),
  options: providerOptions,
});

export const providerInput = providerFields.extend({
  model: providerFields.shape.model.default(""),
  apiKey: providerFields.shape.apiKey.default(""),
  extraSecret: providerFields.shape.extraSecret.default(""),
  enabled: z.boolean().default(true),
  options: providerOptions.prefault({}),
});
export type ProviderInput = z.infer<typeof providerInput>;

export const providerNumbers = z.object({
  /** Of the last seven days. */
  calls: z.number().int(),
  failures: z.number().int(),
  averageMs: z.number().int().nullable(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  /** Millionths of the provider's currency. */
  costMicros: z.number().int(),
  lastOutcome: z.string().nullable(),
  lastAt: z.iso.datetime().nullable(),
  /** Seconds for which it is left alone after failures; 0 while it is asked as usual. */
  restSeconds: z.number().int(),
});

/** A provider as it is shown: never a secret. */
export const provider = z.object({
  id: z.string(),
  name: z.string(),
  kind: providerKind,
  baseUrl: z.string(),
  model: z.string(),
  hasKey: z.boolean(),
  hasExtraSecret: z.boolean(),
  enabled: z.boolean(),
  options: providerOptions,
  version: z.number().int(),
  numbers: providerNumbers,
});
export type Provider = z.infer<typeof provider>;

/** What a test call came to. */
export const providerTrial = z.object({
  outcome: z.string(),
  /** What the provider said when it refused. */
  detail: z.string(),
  text: z.string(),
  firstMs: z.number().int().nullable(),
  totalMs: z.number().int(),
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
});
export type ProviderTrial = z.infer<typeof providerTrial>;

/** Most providers of one merchant. */
export const PROVIDERS_MAX = 10;
