import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { contentChange, entry, entryVersion } from "./schema";

const byId = z.object({ id: z.string().max(40) });
const version = z.coerce.number().int().min(1).optional();

export const saveDraft = defineContract({
  name: "saveDraft",
  summary: "Save changes without publishing; a published entry keeps its text until they are published",
  tag: "Knowledge",
  method: "PUT",
  path: "/api/v1/knowledge/entries/{id}/draft",
  audience: ["agent", "key"],
  permission: "knowledge.draft",
  params: byId,
  /** `review`: hand the changes in for somebody to publish. `version`: of the entry that was read. */
  body: contentChange.extend({ review: z.boolean().default(false), version: z.number().int().optional() }),
  result: entry,
});

export const discardDraft = defineContract({
  name: "discardDraft",
  summary: "Throw away changes that wait beside a published entry",
  tag: "Knowledge",
  method: "DELETE",
  path: "/api/v1/knowledge/entries/{id}/draft",
  audience: ["agent", "key"],
  permission: "knowledge.draft",
  params: byId,
  query: z.object({ version }),
  result: entry,
});

export const publishEntry = defineContract({
  name: "publishEntry",
  summary: "Publish what was last written of an entry, with last changes",
  tag: "Knowledge",
  method: "POST",
  path: "/api/v1/knowledge/entries/{id}/publish",
  audience: ["agent", "key"],
  permission: "knowledge.write",
  params: byId,
  body: contentChange.extend({ version: z.number().int().optional() }),
  result: entry,
});

export const listVersions = defineContract({
  name: "listVersions",
  summary: "Versions of an entry, newest first",
  tag: "Knowledge",
  method: "GET",
  path: "/api/v1/knowledge/entries/{id}/versions",
  audience: ["agent", "key"],
  permission: "knowledge.read",
  params: byId,
  query: z.object({
    /** Only versions older than this one: the `nextBefore` of the page before. */
    before: version,
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  result: z.object({ items: z.array(entryVersion), nextBefore: z.number().int().nullable() }),
});

export const restoreVersion = defineContract({
  name: "restoreVersion",
  summary: "Bring an earlier version back as a draft",
  tag: "Knowledge",
  method: "POST",
  path: "/api/v1/knowledge/entries/{id}/versions/{number}/restore",
  audience: ["agent", "key"],
  permission: "knowledge.draft",
  params: byId.extend({ number: z.coerce.number().int().min(1) }),
  body: z.object({ version: z.number().int().optional() }),
  result: entry,
});
