import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { duplicateChoice, importItem, itemPlan, knowledgeImport, webImport } from "./schema";

const byId = z.object({ id: z.string().max(40) });
const shared = { tag: "Knowledge", audience: ["agent", "key"], permission: "knowledge.write" } as const;

export const listImports = defineContract({
  ...shared,
  name: "listImports",
  summary: "The last imports of knowledge, newest first",
  method: "GET",
  path: "/api/v1/knowledge/imports",
  result: z.object({ items: z.array(knowledgeImport) }),
});

export const getImport = defineContract({
  ...shared,
  name: "getImport",
  summary: "One import: how far it is, what it would do or has done",
  method: "GET",
  path: "/api/v1/knowledge/imports/{id}",
  params: byId,
  result: knowledgeImport,
});

export const listImportItems = defineContract({
  ...shared,
  name: "listImportItems",
  summary: "Rows of an import in their order, all or those of one plan",
  method: "GET",
  path: "/api/v1/knowledge/imports/{id}/items",
  params: byId,
  query: z.object({
    plan: itemPlan.optional(),
    /** Position of the last row that was read. */
    after: z.coerce.number().int().min(-1).default(-1),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  result: z.object({ items: z.array(importItem), more: z.boolean() }),
});

export const startWebImport = defineContract({
  ...shared,
  name: "startWebImport",
  summary: "Read a page, a site or a sitemap; nothing is written before it is confirmed",
  method: "POST",
  path: "/api/v1/knowledge/imports/web",
  body: webImport,
  result: knowledgeImport,
  status: 201,
  perMinute: 20,
});

export const confirmImport = defineContract({
  ...shared,
  name: "confirmImport",
  summary: "Do what the import shows; `duplicates` is for the rows that nothing was chosen for",
  method: "POST",
  path: "/api/v1/knowledge/imports/{id}/confirm",
  params: byId,
  body: z.object({ duplicates: duplicateChoice.default("skip") }),
  result: knowledgeImport,
});

export const cancelImport = defineContract({
  ...shared,
  name: "cancelImport",
  summary: "Stop an import; what is done stays",
  method: "POST",
  path: "/api/v1/knowledge/imports/{id}/cancel",
  params: byId,
  result: knowledgeImport,
});

export const chooseForItem = defineContract({
  ...shared,
  name: "chooseForItem",
  summary: "What is done with one row that asks the same as an entry",
  method: "PUT",
  path: "/api/v1/knowledge/imports/{id}/items/{position}",
  params: byId.extend({ position: z.coerce.number().int().min(0) }),
  body: z.object({ choice: duplicateChoice }),
  result: z.object({ ok: z.literal(true) }),
});
