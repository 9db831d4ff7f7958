"use client";

import { listMacros } from "@/lib/conversations/macro-contracts";
import type { Macro } from "@/lib/conversations/macro-schema";
import { type KeptItems, keptList, useKeptList } from "../use-kept-list";

const MACROS = keptList<Macro>((desk, signal) => desk.call(listMacros, {}, signal));

/** The macros that the agent may run, asked for when they are first wanted. */
export function useMacros(wanted: boolean): { macros: readonly Macro[]; status: KeptItems<Macro>["status"] } {
  const { items, status } = useKeptList(MACROS, wanted);
  return { macros: items, status };
}

/** Macros whose name or shortcut fits; the most used first, as the server sent them. */
export function filterMacros(macros: readonly Macro[], query: string): Macro[] {
  const wanted = query.trim().toLowerCase();
  return macros.filter(
    ({ name, shortcut }) => name.toLowerCase().includes(wanted) || shortcut.toLowerCase().startsWith(wanted),
  );
}
