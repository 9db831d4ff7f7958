import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

export const gap = z.object({
  id: z.string(),
  question: z.string(),
  count: z.number().int(),
  lastAskedAt: z.iso.datetime(),
});
export type Gap = z.infer<typeof gap>;

export const listGaps = defineContract({
  name: "listGaps",
  summary: "Questions that had no answer, most asked first",
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
  summary: "Take a question off the list: it was answered, or needs no answer",
  tag: "Knowledge",
  method: "POST",
  path: "/api/v1/knowledge/gaps/{id}/dismiss",
  audience: ["agent", "key"],
  permission: "knowledge.write",
  params: z.object({ id: z.string().max(40) }),
  result: z.object({ ok: z.literal(true) }),
});
