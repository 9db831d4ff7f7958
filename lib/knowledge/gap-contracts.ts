import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

export const gap = z.object({
  id: z.string(),
  /** The wording that is asked most. */
  question: z.string(),
  /** How often, in all wordings. */
  count: z.number().int(),
  /** Other wordings of the same, most asked first; 19 at most. */
  examples: z.array(z.string()),
  /** The entry that is being written to answer it. */
  entryId: z.string().nullable(),
  lastAskedAt: z.iso.datetime(),
});
export type Gap = z.infer<typeof gap>;

export const listGaps = defineContract({
  name: "listGaps",
  summary: "Questions that had no answer, those that ask the same as one, most asked first",
  tag: "Knowledge",
  method: "GET",
  path: "/api/v1/knowledge/gaps",
  audience: ["agent", "key"],
  permission: "knowledge.read",
  query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(30) }),
  result: z.object({ items: z.array(gap) }),
});

export const dismissGap = defineContract({
  name: "dismissGap",
  summary: "Take a question off the list, with all that ask the same",
  tag: "Knowledge",
  method: "POST",
  path: "/api/v1/knowledge/gaps/{id}/dismiss",
  audience: ["agent", "key"],
  permission: "knowledge.write",
  params: z.object({ id: z.string().max(40) }),
  result: z.object({ ok: z.literal(true) }),
});

export const beginAnswer = defineContract({
  name: "beginAnswer",
  summary: "Note which entry is written to answer a question; once it is published the question is off the list",
  tag: "Knowledge",
  method: "PUT",
  path: "/api/v1/knowledge/gaps/{id}/entry",
  audience: ["agent", "key"],
  permission: "knowledge.write",
  params: z.object({ id: z.string().max(40) }),
  body: z.object({ entryId: z.string().max(40) }),
  result: z.object({ ok: z.literal(true) }),
});
