import { z } from "zod";
import { collectionName } from "../schema";

/** Largest file, in bytes, and most rows or sections of one import. */
export const FILE_MAX_BYTES = 50 * 1024 * 1024;
export const ROWS_MAX = 100_000;
/** Pages and depth of a site that may be asked for. */
export const PAGES_MAX = 500;
export const DEPTH_MAX = 5;
/** Kinds of files, by the ends of their names. */
export const FILE_TYPES = [".json", ".csv", ".xlsx", ".md", ".docx", ".pdf", ".html", ".htm", ".txt"] as const;

export const importStatus = z.enum([
  "waiting",
  "reading",
  "ready",
  "queued",
  "importing",
  "done",
  "cancelled",
  "failed",
]);
export type ImportStatus = z.infer<typeof importStatus>;
/** In these something is going on: whoever watches asks again soon. */
export const ACTIVE: readonly ImportStatus[] = ["waiting", "reading", "queued", "importing"];

/** What a row would do. */
export const itemPlan = z.enum(["create", "update", "unchanged", "repeated", "duplicate", "archive", "refused"]);
export type ItemPlan = z.infer<typeof itemPlan>;

/** What is done with a row that asks the same as an entry: leave it, add its wording to that entry, or take it in. */
export const duplicateChoice = z.enum(["skip", "merge", "import"]);
export type DuplicateChoice = z.infer<typeof duplicateChoice>;

/** What was done. */
export const OUTCOMES = ["created", "updated", "unchanged", "merged", "skipped", "archived", "refused"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const webMode = z.enum(["page", "site", "sitemap"]);

const count = z.number().int().min(0);

export const knowledgeImport = z.object({
  id: z.string(),
  source: z.enum(["file", "page", "site", "sitemap"]),
  /** Name of the file, or the address. */
  name: z.string(),
  /** Null: as each row says. */
  collection: z.string().nullable(),
  status: importStatus,
  /** Why it failed, in words; null: it did not. */
  problem: z.string().nullable(),
  /** Rows and sections read so far. */
  read: count,
  /** How many rows would do what. */
  plans: z.record(itemPlan, count),
  /** How many rows did what. */
  outcomes: z.record(z.enum(OUTCOMES), count),
  /** Of the duplicates, how many are left, merged or taken in. */
  choices: z.record(duplicateChoice, count),
  createdByName: z.string().nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type KnowledgeImport = z.infer<typeof knowledgeImport>;

export const importItem = z.object({
  position: z.number().int(),
  row: z.number().int().nullable(),
  place: z.string(),
  question: z.string(),
  /** How the answer begins, without its marks; empty: the row has none, or is not to be written. */
  answer: z.string(),
  plan: itemPlan,
  choice: duplicateChoice.nullable(),
  /** The entry that is changed or asks the same. */
  entryId: z.string().nullable(),
  matchedQuestion: z.string().nullable(),
  /** How sure it is that both ask the same, 0–1. */
  confidence: z.number().nullable(),
  field: z.string().nullable(),
  /** Why it is refused, in words. */
  problem: z.string().nullable(),
});
export type ImportItemView = z.infer<typeof importItem>;

/** What goes for every source: where entries go, and whether customers are told at once. */
export const importOptions = z.object({
  collection: collectionName.optional(),
  status: z.enum(["draft", "published"]).default("published"),
});

export const webImport = importOptions.extend({
  address: z.string().trim().min(1).max(1_000),
  mode: webMode.default("page"),
  pages: z.number().int().min(1).max(PAGES_MAX).default(50),
  depth: z.number().int().min(0).max(DEPTH_MAX).default(2),
});
export type WebImport = z.infer<typeof webImport>;
