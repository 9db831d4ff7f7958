import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

export const quickReply = z.object({
  id: z.string(),
  folder: z.string(),
  shortcut: z.string(),
  title: z.string(),
  text: z.string(),
  language: z.string(),
  personal: z.boolean(),
  usedCount: z.number().int(),
});
export type QuickReply = z.infer<typeof quickReply>;

// Without defaults: in zod 4 a default also fills an optional field, and a change of the title would empty the folder.
const quickReplyFields = z.object({
  folder: z.string().trim().max(40),
  shortcut: z.string().trim().max(20),
  title: z.string().trim().min(1).max(80),
  text: z.string().trim().min(1).max(5_000),
  language: z.string().max(10),
});
/** Columns of a table of quick replies, as it is exported and taken back. */
export const QUICK_REPLY_COLUMNS = ["title", "text", "shortcut", "folder", "language"] as const;

export const quickReplyInput = quickReplyFields.extend({
  folder: quickReplyFields.shape.folder.default(""),
  shortcut: quickReplyFields.shape.shortcut.default(""),
  language: quickReplyFields.shape.language.default("zh-CN"),
  /** True: the caller's own; false: the merchant's (needs quick_replies.manage). */
  personal: z.boolean().default(true),
});
const byId = z.object({ id: z.string().max(40) });

export const listQuickReplies = defineContract({
  name: "listQuickReplies",
  summary: "The merchant's and the caller's own quick replies, most used first",
  tag: "Quick replies",
  method: "GET",
  path: "/api/v1/quick-replies",
  audience: ["agent"],
  permission: "quick_replies.read",
  result: z.object({ items: z.array(quickReply) }),
});

export const createQuickReply = defineContract({
  name: "createQuickReply",
  summary: "Add a quick reply",
  tag: "Quick replies",
  method: "POST",
  path: "/api/v1/quick-replies",
  audience: ["agent"],
  permission: "quick_replies.write",
  body: quickReplyInput,
  result: quickReply,
  status: 201,
});

/** A row that did not fit, as a spreadsheet counts (the head is 1), and the first field that was wrong. */
const refusedRow = z.object({ row: z.int(), field: z.string() });
export type RefusedRow = z.infer<typeof refusedRow>;

export const importQuickReplies = defineContract({
  name: "importQuickReplies",
  summary: "Take quick replies from a csv table; the same title again changes what is there",
  tag: "Quick replies",
  method: "POST",
  path: "/api/v1/quick-replies/import",
  audience: ["agent"],
  permission: "quick_replies.write",
  body: z.object({ csv: z.string().min(1).max(2_000_000), personal: z.boolean() }),
  result: z.object({ created: z.int(), updated: z.int(), refused: z.array(refusedRow) }),
  maxBytes: 4_000_000,
  perMinute: 10,
});

export const updateQuickReply = defineContract({
  name: "updateQuickReply",
  summary: "Change a quick reply",
  tag: "Quick replies",
  method: "PATCH",
  path: "/api/v1/quick-replies/{id}",
  audience: ["agent"],
  permission: "quick_replies.write",
  params: byId,
  body: quickReplyFields.partial(),
  result: quickReply,
});

export const deleteQuickReply = defineContract({
  name: "deleteQuickReply",
  summary: "Delete a quick reply",
  tag: "Quick replies",
  method: "DELETE",
  path: "/api/v1/quick-replies/{id}",
  audience: ["agent"],
  permission: "quick_replies.write",
  params: byId,
  result: z.object({ ok: z.literal(true) }),
});

export const countQuickReplyUse = defineContract({
  name: "countQuickReplyUse",
  summary: "A quick reply was used; the list is ordered by use",
  tag: "Quick replies",
  method: "POST",
  path: "/api/v1/quick-replies/{id}/use",
  audience: ["agent"],
  permission: "quick_replies.read",
  params: byId,
  result: z.object({ ok: z.literal(true) }),
});
