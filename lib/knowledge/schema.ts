import { z } from "zod";

/** Being written, waiting for somebody's yes, told to customers, put away. */
export const ENTRY_STATUSES = ["draft", "review", "published", "archived"] as const;
export const entryStatus = z.enum(ENTRY_STATUSES);
export type EntryStatus = z.infer<typeof entryStatus>;

/** Who may be told an entry. */
export const AUDIENCES = ["everyone", "customers", "agents"] as const;
export const audience = z.enum(AUDIENCES);
export type Audience = z.infer<typeof audience>;

/** Limits of one entry, in characters. */
export const QUESTION_MAX = 300;
export const ANSWER_MAX = 20_000;
export const VARIANTS_MAX = 100;
export const COLLECTION_MAX = 60;

/** Name of a collection. */
export const collectionName = z.string().trim().max(COLLECTION_MAX);

const fields = z.object({
  question: z.string().trim().min(1).max(QUESTION_MAX),
  variants: z.array(z.string().trim().min(1).max(QUESTION_MAX)).max(VARIANTS_MAX),
  answer: z.string().trim().min(1).max(ANSWER_MAX),
  /** Name of the collection; empty: none. One that is new is made. */
  collection: collectionName,
  category: z.string().trim().max(60),
  tags: z.array(z.string().trim().min(1).max(40)).max(20),
  language: z.string().trim().max(10),
  status: entryStatus,
});

export const entryInput = fields.extend({
  variants: fields.shape.variants.default([]),
  collection: fields.shape.collection.default(""),
  category: fields.shape.category.default(""),
  tags: fields.shape.tags.default([]),
  language: fields.shape.language.default("zh-CN"),
  status: entryStatus.default("draft"),
});
export type EntryInput = z.infer<typeof entryInput>;

/** Some of the fields. Not `entryInput.partial()`: a default would overwrite what a change leaves out. */
export const entryChange = fields.partial();

export const entry = entryInput.extend({
  id: z.string(),
  kind: z.enum(["faq", "document", "tutorial"]),
  version: z.number().int(),
  usedCount: z.number().int(),
  publishedAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
});
export type Entry = z.infer<typeof entry>;

/** Why an entry was found: the wording that comes closest, shared words, and words said in another way. */
export const searchMatch = z.object({
  phrase: z.string(),
  /** Whether the wording is a variant of the entry. */
  variant: z.boolean(),
  words: z.array(z.string()),
  synonyms: z.array(z.string()),
});

/** One found entry. `confidence` is 0–1 and comparable between merchants; `matched` says why it was found. */
export const searchHit = z.object({
  entryId: z.string(),
  /** The integrator's own id, if the entry was imported with one. */
  externalId: z.string().nullable(),
  question: z.string(),
  answer: z.string(),
  category: z.string(),
  language: z.string(),
  /** Whom it may be told; `agents`: an internal note that no customer is to read. */
  audience,
  /** It stands in a collection that the platform shares with its merchants. */
  shared: z.boolean(),
  confidence: z.number().min(0).max(1),
  matched: searchMatch,
});
export type SearchHit = z.infer<typeof searchHit>;

/** What the best confidence of a search allows: give the answer, offer choices, or fetch a person. */
export const searchDecision = z.enum(["answer", "choices", "handoff"]);
export type SearchDecision = z.infer<typeof searchDecision>;

/**
 * From this confidence on the entry's answer is given as the answer: on public question sets nine to ten of ten such
 * answers were right. The same bound everywhere: chat, test box, API (retrieval.md section 6 on why).
 */
export const ANSWER_FROM = 0.75;
/** From here on the best entries are offered as choices, never asserted; below, a person is offered. */
export const CHOICES_FROM = 0.35;
/** Choices are offered too when the right entry is among the first few with this probability, whichever it is. */
export const AMONG_FROM = 0.5;
/** A further entry is worth offering by itself from this confidence on. */
export const OFFER_FROM = 0.12;

export const collection = z.object({
  id: z.string(),
  name: z.string(),
  entries: z.number().int(),
  published: z.number().int(),
});
export type Collection = z.infer<typeof collection>;

/** The file shape of seed 003: `{"faq":[{id,question,answer,category,tags}]}`. */
export const faqFile = z.object({
  faq: z.array(
    z.object({
      id: z.string().max(100).optional(),
      question: z.string(),
      variants: z.array(z.string()).optional(),
      answer: z.string(),
      category: z.string().optional(),
      tags: z.array(z.string()).optional(),
      language: z.string().optional(),
    }),
  ),
});
