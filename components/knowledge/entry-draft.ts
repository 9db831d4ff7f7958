import type { Entry, EntryContent } from "@/lib/knowledge/schema";

/** What the editor holds: all that a person writes of an entry. */
export type EntryDraft = EntryContent;

export const EMPTY_DRAFT: EntryDraft = {
  question: "",
  variants: [],
  answer: "",
  collection: "",
  category: "",
  tags: [],
  language: "zh-CN",
  kind: "faq",
  validFrom: null,
  validUntil: null,
  channelIds: [],
  audience: "everyone",
  ownerId: null,
  reviewOn: null,
  fileIds: [],
};

/** The fields of an entry, in the order in which people read them. */
export const ENTRY_FIELDS = Object.keys(EMPTY_DRAFT) as (keyof EntryDraft)[];

/** What customers are told of an entry, or would be. */
export function contentOf(entry: EntryDraft): EntryDraft {
  return Object.fromEntries(ENTRY_FIELDS.map((field) => [field, entry[field]])) as unknown as EntryDraft;
}

/** What was last written of an entry: changes that wait to be published, or the entry itself. */
export function draftOf(entry: Entry): EntryDraft {
  return contentOf(entry.pending?.content ?? entry);
}

/** Without the lines that were opened and left empty. */
export function cleaned(draft: EntryDraft): EntryDraft {
  return { ...draft, variants: draft.variants.filter((variant) => variant.trim() !== "") };
}

export function sameDraft(first: EntryDraft, second: EntryDraft): boolean {
  return differences(cleaned(first), cleaned(second)).length === 0;
}

/** Fields in which two versions differ. */
export function differences(first: EntryDraft, second: EntryDraft): (keyof EntryDraft)[] {
  return ENTRY_FIELDS.filter((field) => JSON.stringify(first[field]) !== JSON.stringify(second[field]));
}
