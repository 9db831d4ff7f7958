import { entryInput } from "@/lib/knowledge/schema";
import type { EntryDraft } from "./entry-draft";

const keyOf = (entryId: string | undefined): string => `entry-draft:${entryId ?? "new"}`;
// A draft may be half written: nothing is required of it but its shape.
const shape = entryInput.omit({ status: true }).partial();

/** Keeps what is being written in this tab, so that a slip of the mouse or a crash loses nothing. */
export function rememberDraft(entryId: string | undefined, draft: EntryDraft): void {
  try {
    sessionStorage.setItem(keyOf(entryId), JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing (private mode, full storage): the guard before leaving still stands.
  }
}

export function forgetDraft(entryId: string | undefined): void {
  try {
    sessionStorage.removeItem(keyOf(entryId));
  } catch {
    // As above.
  }
}

/** What was written and not saved; undefined when there is nothing or it cannot be read. */
export function recallDraft(entryId: string | undefined, base: EntryDraft): EntryDraft | undefined {
  try {
    const text = sessionStorage.getItem(keyOf(entryId));
    if (text === null) {
      return undefined;
    }
    const stored: unknown = JSON.parse(text);
    if (typeof stored !== "object" || stored === null) {
      return undefined;
    }
    const known = Object.entries(stored).filter(
      ([field, value]) =>
        field in base && shape.shape[field as keyof EntryDraft].safeParse(value === "" ? undefined : value).success,
    );
    return { ...base, ...Object.fromEntries(known) };
  } catch {
    return undefined;
  }
}
