import { z } from "zod";
import { uploadedFile } from "@/lib/files/schema";

/** Being written, waiting for somebody's yes, told to customers, put away. */
/** Entries are counted up to here: beyond it nobody reads a number, and counting would cost more than the page. */
export const COUNTED_MAX = 2_000;

export const ENTRY_STATUSES = ["draft", "review", "published", "archived"] as const;
export const entryStatus = z.enum(ENTRY_STATUSES);
export type EntryStatus = z.infer<typeof entryStatus>;

/** Who may be told an entry. */
export const AUDIENCES = ["everyone", "customers", "agents"] as const;
export const audience = z.enum(AUDIENCES);
export type Audience = z.infer<typeof audience>;

/** Limits of one entry, in characters. */
export const QUESTION_MAX = 500;
export const ANSWER_MAX = 20_000;
export const VARIANTS_MAX = 300;
export const FILES_MAX = 20;
export const COLLECTION_MAX = 60;

/** Name of a collection. */
export const collectionName = z.string().trim().max(COLLECTION_MAX);

export const ENTRY_KINDS = ["faq", "document", "tutorial"] as const;
export const entryKind = z.enum(ENTRY_KINDS);
export type EntryKind = z.infer<typeof entryKind>;

const id = z.string().min(1).max(40);

/** What is known of an entry beside its words. Its bounds in time are moments, the day of its review is a date. */
const circumstances = z.object({
  kind: entryKind,
  /** Told from this moment on; null: from its publication. */
  validFrom: z.iso.datetime({ offset: true }).nullable(),
  /** Told until this moment; null: for good. */
  validUntil: z.iso.datetime({ offset: true }).nullable(),
  /** Ids of the channels in which customers may be told; empty: all. */
  channelIds: z.array(id).max(50),
  audience,
  /** Id of the agent who answers for it. */
  ownerId: id.nullable(),
  /** Day on which somebody should look at it again. */
  reviewOn: z.iso.date().nullable(),
  /** Ids of uploaded files that belong to the answer. */
  fileIds: z.array(id).max(FILES_MAX),
});

const fields = circumstances.extend({
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
  kind: entryKind.default("faq"),
  validFrom: fields.shape.validFrom.default(null),
  validUntil: fields.shape.validUntil.default(null),
  channelIds: fields.shape.channelIds.default([]),
  audience: audience.default("everyone"),
  ownerId: fields.shape.ownerId.default(null),
  reviewOn: fields.shape.reviewOn.default(null),
  fileIds: fields.shape.fileIds.default([]),
});
export type EntryInput = z.infer<typeof entryInput>;
export type NewEntryInput = z.input<typeof entryInput>;
/** All that people write of an entry. */
export type EntryContent = Omit<EntryInput, "status">;

/** Some of the fields, without the state. */
export const contentChange = fields.omit({ status: true }).partial();

/** Some of the fields. Not `entryInput.partial()`: a default would overwrite what a change leaves out. */
export const entryChange = fields.partial();

/** Changes to a published entry that wait beside its text. */
export const pendingChange = z.object({
  status: z.enum(["draft", "review"]),
  content: entryInput.omit({ status: true }),
  authorId: z.string().nullable(),
  savedAt: z.iso.datetime(),
});

export const entry = entryInput.extend({
  id: z.string(),
  pending: pendingChange.nullable(),
  /** File or address of the document that it was imported from as a section; null: it is none. */
  document: z.string().nullable(),
  /** Where in the document: its address, the page, the place in the order of sections. */
  source: z
    .object({ address: z.string().optional(), page: z.number().int().optional(), position: z.number().int() })
    .nullable(),
  version: z.number().int(),
  usedCount: z.number().int(),
  publishedAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
});
export type Entry = z.infer<typeof entry>;

/** One entry with its files, each with an address that is good for a day. */
export const entryDetail = entry.extend({ files: z.array(uploadedFile) });
export type EntryDetail = z.infer<typeof entryDetail>;

/** One state of an entry, newest first in a list. */
export const entryVersion = z.object({
  version: z.number().int(),
  /** State of the entry after the change. */
  status: entryStatus,
  /** The change waited beside the published text. */
  pending: z.enum(["draft", "review"]).nullable(),
  content: entryInput.omit({ status: true }),
  authorId: z.string().nullable(),
  authorName: z.string().nullable(),
  /** The version that was brought back by this one. */
  restoredFrom: z.number().int().nullable(),
  createdAt: z.iso.datetime(),
});
export type EntryVersion = z.infer<typeof entryVersion>;

/** Why an entry was found: the wording that comes closest, shared words, words said in another way, and vectors. */
export const searchMatch = z.object({
  phrase: z.string(),
  /** Whether the wording is a variant of the entry. */
  variant: z.boolean(),
  words: z.array(z.string()),
  synonyms: z.array(z.string()),
  /** Whether the sentence vectors say that it means the same, whatever its words. */
  meaning: z.boolean(),
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
  /** Pictures and other files that go out with the answer. */
  files: z.array(uploadedFile.omit({ url: true })),
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
  /** The platform's own, searched for every merchant that has not switched it off. */
  shared: z.boolean(),
});
export type Collection = z.infer<typeof collection>;

/** A collection that was put away with its entries. */
export const archivedCollection = collection.extend({ archivedAt: z.iso.datetime() });
export type ArchivedCollection = z.infer<typeof archivedCollection>;

/** A collection of the platform, as a merchant sees it. */
export const platformCollection = z.object({
  id: z.string(),
  name: z.string(),
  published: z.number().int(),
  /** Whether this merchant's searches see it. */
  enabled: z.boolean(),
});
export type PlatformCollection = z.infer<typeof platformCollection>;

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
