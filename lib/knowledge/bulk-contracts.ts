import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { collectionName } from "./schema";

/** Most entries of one request. */
const BULK_MAX = 200;

export const bulkAction = z.enum(["publish", "unpublish", "archive", "delete", "move"]);
export type BulkAction = z.infer<typeof bulkAction>;

export const changeEntries = defineContract({
  name: "changeEntries",
  summary: "Publish, take back, archive, delete or move many entries; each for itself",
  tag: "Knowledge",
  method: "POST",
  path: "/api/v1/knowledge/entries/bulk",
  audience: ["agent", "key"],
  permission: "knowledge.write",
  body: z.object({
    ids: z.array(z.string().max(40)).min(1).max(BULK_MAX),
    action: bulkAction,
    /** Where `move` takes them; empty: out of their collection. */
    collection: collectionName.default(""),
  }),
  result: z.object({
    done: z.array(z.string()),
    /** With the reason in the language of the caller. */
    failed: z.array(z.object({ id: z.string(), reason: z.string(), detail: z.string() })),
  }),
});
