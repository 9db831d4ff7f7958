import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { macro, macroAction, macroStep, macroUndo } from "./macro-schema";
import { conversationSummary } from "./schema";

// Without defaults: in zod 4 a default also fills an optional field of a change.
const macroFields = z.object({
  name: z.string().trim().min(1).max(60),
  shortcut: z
    .string()
    .trim()
    .max(20)
    .regex(/^[^\s/]*$/u),
  actions: z.array(macroAction).min(1).max(10),
});
export const macroInput = macroFields.extend({
  shortcut: macroFields.shape.shortcut.default(""),
  /** True: the caller's own; false: the merchant's (needs quick_replies.manage). */
  personal: z.boolean().default(true),
});
const byId = z.object({ id: z.string().max(40) });

export const listMacros = defineContract({
  name: "listMacros",
  summary: "The merchant's and the caller's own macros, most used first",
  tag: "Quick replies",
  method: "GET",
  path: "/api/v1/macros",
  audience: ["agent"],
  permission: "quick_replies.read",
  result: z.object({ items: z.array(macro) }),
});

export const createMacro = defineContract({
  name: "createMacro",
  summary: "Add a macro: a named sequence of actions",
  tag: "Quick replies",
  method: "POST",
  path: "/api/v1/macros",
  audience: ["agent"],
  permission: "quick_replies.write",
  body: macroInput,
  result: macro,
  status: 201,
});

export const updateMacro = defineContract({
  name: "updateMacro",
  summary: "Change a macro; 409 `stale_version` when somebody else saved it meanwhile",
  tag: "Quick replies",
  method: "PATCH",
  path: "/api/v1/macros/{id}",
  audience: ["agent"],
  permission: "quick_replies.write",
  params: byId,
  body: macroFields.partial().extend({ version: z.int() }),
  result: macro,
});

export const deleteMacro = defineContract({
  name: "deleteMacro",
  summary: "Delete a macro",
  tag: "Quick replies",
  method: "DELETE",
  path: "/api/v1/macros/{id}",
  audience: ["agent"],
  permission: "quick_replies.write",
  params: byId,
  result: z.object({ ok: z.literal(true) }),
});

export const runMacro = defineContract({
  name: "runMacro",
  summary: "Run a macro on a conversation; it stops at the first action that cannot be done",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/conversations/{id}/macros/{macroId}",
  audience: ["agent"],
  permission: "conversations.reply",
  params: byId.extend({ macroId: z.string().max(40) }),
  /** The same `runId` again sends no message twice. */
  body: z.object({ runId: z.string().min(8).max(50) }),
  result: z.object({
    steps: z.array(macroStep),
    /** What takes it back, last first. */
    undo: z.array(macroUndo),
    conversation: conversationSummary,
  }),
});
