import type { Entry, EntryInput } from "@/lib/knowledge/schema";

/** What the editor holds: the fields of an entry that a person writes. */
export type EntryDraft = Omit<EntryInput, "status">;

export const EMPTY_DRAFT: EntryDraft = {
  question: "",
  variants: [],
  answer: "",
  collection: "",
  category: "",
  tags: [],
  language: "zh-CN",
};

export function draftOf(entry: Entry): EntryDraft {
  const { question, variants, answer, collection, category, tags, language } = entry;
  return { question, variants, answer, collection, category, tags, language };
}

/** Without the lines that were opened and left empty. */
export function cleaned(draft: EntryDraft): EntryDraft {
  return { ...draft, variants: draft.variants.filter((variant) => variant.trim() !== "") };
}

export function sameDraft(first: EntryDraft, second: EntryDraft): boolean {
  return JSON.stringify(cleaned(first)) === JSON.stringify(cleaned(second));
}

/** Fields in which two versions differ. */
export function differences(first: EntryDraft, second: EntryDraft): (keyof EntryDraft)[] {
  return (Object.keys(EMPTY_DRAFT) as (keyof EntryDraft)[]).filter(
    (field) => JSON.stringify(first[field]) !== JSON.stringify(second[field]),
  );
}
