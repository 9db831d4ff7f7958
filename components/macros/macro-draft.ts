import { type Keyed, keyed } from "@/components/automations/rule-draft";
import type { Macro, MacroAction } from "@/lib/conversations/macro-schema";

export interface MacroDraft {
  readonly name: string;
  readonly shortcut: string;
  readonly rows: readonly Keyed<MacroAction>[];
}

/** An action of that type with nothing filled in. */
export function emptyAction(type: MacroAction["type"]): MacroAction {
  switch (type) {
    case "reply":
    case "note":
      return { type, text: "" };
    case "tag":
    case "untag":
      return { type, tags: [] };
    case "priority":
      return { type, priority: 2 };
    case "assign":
      return { type, agentId: null };
    case "queue":
      return { type, skill: null };
    case "snooze":
      return { type, hours: 24 };
    default:
      return { type };
  }
}

export function draftOf(macro: Macro | undefined): MacroDraft {
  return {
    name: macro?.name ?? "",
    shortcut: macro?.shortcut ?? "",
    rows: (macro?.actions ?? [emptyAction("reply")]).map((action) => keyed(action)),
  };
}
