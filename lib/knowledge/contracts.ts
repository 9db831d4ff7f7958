import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/pagination";
import { uploadedFile } from "@/lib/files/schema";
import { defineContract } from "@/lib/platform/http/contract";
import {
  archivedCollection,
  audience,
  collection,
  collectionName,
  entry,
  entryChange,
  entryDetail,
  entryInput,
  entryKind,
  entryStatus,
  platformCollection,
  searchDecision,
  searchHit,
  searchMatch,
} from "./schema";

const byId = z.object({ id: z.string().max(40) });

export const listEntries = defineContract({
  name: "listEntries",
  summary: "Knowledge entries, last changed first",
  tag: "Knowledge",
  method: "GET",
  path: "/api/v1/knowledge/entries",
  audience: ["agent", "key"],
  permission: "knowledge.read",
  query: pageQuery.extend({
    search: z.string().max(100).optional(),
    /** `review` finds what waits beside a published entry too; without a status, all but the archived. */
    status: entryStatus.optional(),
    kind: entryKind.optional(),
    collection: collectionName.optional(),
    category: z.string().max(60).optional(),
    language: z.string().max(10).optional(),
    /** Id of the agent who answers for it. */
    owner: z.string().max(40).optional(),
    audience: audience.optional(),
    /** `due`: somebody should have looked at it again by today. `changed`: published, with changes that wait. */
    attention: z.enum(["due", "changed"]).optional(),
  }),
  result: pageOf(entry).extend({ total: z.number().int(), categories: z.array(z.string()) }),
});

export const getEntry = defineContract({
  name: "getEntry",
  summary: "One entry",
  tag: "Knowledge",
  method: "GET",
  path: "/api/v1/knowledge/entries/{id}",
  audience: ["agent", "key"],
  permission: "knowledge.read",
  params: byId,
  result: entryDetail,
});

export const createEntry = defineContract({
  name: "createEntry",
  summary: "Add an entry; who may not publish adds drafts",
  tag: "Knowledge",
  method: "POST",
  path: "/api/v1/knowledge/entries",
  audience: ["agent", "key"],
  permission: "knowledge.draft",
  body: entryInput,
  result: entry,
  status: 201,
});

export const updateEntry = defineContract({
  name: "updateEntry",
  summary: "Change an entry; `version` of the entry that was read, 409 `stale_version` when it changed since",
  tag: "Knowledge",
  method: "PATCH",
  path: "/api/v1/knowledge/entries/{id}",
  audience: ["agent", "key"],
  permission: "knowledge.write",
  params: byId,
  body: entryChange.extend({ version: z.number().int().optional() }),
  result: entry,
});

export const deleteEntry = defineContract({
  name: "deleteEntry",
  summary: "Delete an entry",
  tag: "Knowledge",
  method: "DELETE",
  path: "/api/v1/knowledge/entries/{id}",
  audience: ["agent", "key"],
  permission: "knowledge.write",
  params: byId,
  result: z.object({ ok: z.literal(true) }),
});

export const searchKnowledge = defineContract({
  name: "searchKnowledge",
  summary: "What the bot would find for a question",
  tag: "Knowledge",
  method: "GET",
  path: "/api/v1/knowledge/search",
  audience: ["agent", "key"],
  permission: "knowledge.read",
  query: z.object({
    q: z.string().min(1).max(300),
    limit: z.coerce.number().int().min(1).max(20).default(5),
    collection: collectionName.optional(),
    language: z.string().max(10).optional(),
    /** As whom to look: agents find all that is published, customers what they would be told. */
    as: audience.optional(),
    /** Id of the channel in which a customer would ask. */
    channel: z.string().max(40).optional(),
  }),
  result: z.object({ items: z.array(searchHit), decision: searchDecision }),
});

export const listCollections = defineContract({
  name: "listCollections",
  summary: "Collections by name with how many entries each holds, those put away, and those that the platform shares",
  tag: "Knowledge",
  method: "GET",
  path: "/api/v1/knowledge/collections",
  audience: ["agent", "key"],
  permission: "knowledge.read",
  result: z.object({
    items: z.array(collection),
    archived: z.array(archivedCollection),
    platform: z.array(platformCollection),
  }),
});

/** For integrations: the entries of one search, best first, with how sure it is and why. */
export const searchKnowledgeBase = defineContract({
  name: "searchKnowledgeBase",
  summary: "Search the knowledge base",
  tag: "Knowledge",
  method: "GET",
  path: "/api/kb/search",
  unprocessable: true,
  audience: ["key"],
  permission: "knowledge.read",
  query: z.object({
    /** What is blank but there finds nothing; what is missing is refused. */
    q: z.string().min(1).max(50_000),
    /** Name of a collection; without it, all that the key may see. */
    collection: collectionName.optional(),
    lang: z.string().max(10).optional(),
    limit: z.coerce.number().int().min(1).max(20).default(5),
  }),
  result: z.object({
    results: z.array(
      z.object({
        id: z.string(),
        /** The `id` of the imported row. */
        external_id: z.string().nullable(),
        question: z.string(),
        answer: z.string(),
        confidence: z.number().min(0).max(1),
        matched: searchMatch,
      }),
    ),
    /** Milliseconds that the search took. */
    took_ms: z.number().min(0),
  }),
});

/** The source behind a bot's citation, for the visitor who opens it. Published entries of the visitor's merchant only. */
export const getCitation = defineContract({
  name: "getCitation",
  summary: "The published entry behind a citation",
  tag: "Chat",
  method: "GET",
  path: "/api/v1/chat/entries/{id}",
  audience: ["visitor"],
  params: byId,
  result: z.object({
    id: z.string(),
    question: z.string(),
    answer: z.string(),
    category: z.string(),
    updatedAt: z.iso.datetime(),
    files: z.array(uploadedFile),
  }),
});
