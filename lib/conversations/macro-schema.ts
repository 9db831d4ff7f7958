import { z } from "zod";

const text = z.string().trim().min(1).max(2_000);
const label = z.string().trim().min(1).max(40);
/** Longest time that a macro puts a conversation aside, in hours. */
export const LONGEST_MACRO_SNOOZE_HOURS = 24 * 30;

/** One step of a macro. Words of `reply` and `note` may hold variables (lib/core/reply-variables.ts). */
export const macroAction = z.discriminatedUnion("type", [
  z.object({ type: z.literal("reply"), text }),
  z.object({ type: z.literal("note"), text }),
  z.object({ type: z.literal("tag"), tags: z.array(label).min(1).max(10) }),
  z.object({ type: z.literal("untag"), tags: z.array(label).min(1).max(10) }),
  z.object({ type: z.literal("priority"), priority: z.int().min(0).max(3) }),
  /** `agentId` null: whoever runs it. */
  z.object({ type: z.literal("assign"), agentId: z.string().min(1).max(40).nullable() }),
  z.object({ type: z.literal("queue"), skill: label.nullable() }),
  z.object({ type: z.literal("bot") }),
  /** `hours` null: until the customer writes. */
  z.object({ type: z.literal("snooze"), hours: z.int().min(1).max(LONGEST_MACRO_SNOOZE_HOURS).nullable() }),
  z.object({ type: z.literal("resolve") }),
]);
export type MacroAction = z.infer<typeof macroAction>;
export const MACRO_ACTION_TYPES = [
  "reply",
  "note",
  "tag",
  "untag",
  "priority",
  "assign",
  "queue",
  "bot",
  "snooze",
  "resolve",
] as const satisfies readonly MacroAction["type"][];

export const macro = z.object({
  id: z.string(),
  name: z.string(),
  shortcut: z.string(),
  actions: z.array(macroAction),
  /** The caller's own; else the merchant's. */
  personal: z.boolean(),
  usedCount: z.int(),
  version: z.int(),
});
export type Macro = z.infer<typeof macro>;

/** What takes one step of a run back. */
export const macroUndo = z.discriminatedUnion("type", [
  z.object({ type: z.literal("recall"), messageId: z.string() }),
  z.object({ type: z.literal("tags"), tags: z.array(z.string()) }),
  z.object({ type: z.literal("priority"), priority: z.int() }),
  z.object({ type: z.literal("wake") }),
  z.object({ type: z.literal("reopen") }),
]);
export type MacroUndo = z.infer<typeof macroUndo>;

/** What one step did. `reason`: why it was not done, a key of the namespace `errors` with its `values`. */
export const macroStep = z.object({
  type: z.enum(MACRO_ACTION_TYPES),
  ok: z.boolean(),
  reason: z.string().nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type MacroStep = z.infer<typeof macroStep>;
