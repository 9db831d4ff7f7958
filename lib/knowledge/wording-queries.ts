import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { likeness, senseOf } from "./gap-likeness";
import { phraseKey, segment, withoutCourtesy } from "./search/segmentation";
import { STOP_WORDS } from "./search/stop-words";

/** A wording of a published entry, and the category it stands in. */
export interface CategoryWording {
  readonly category: string;
  readonly text: string;
}

/** Wordings of one category that are read: more teach little and cost time. */
const EACH_MAX = 60;
const ALL_MAX = 5_000;

/** How customers ask, by category, from the caller's merchant's published entries; the newest of each. */
export function categoryWordings(context: Context): Promise<CategoryWording[]> {
  return rowsOf<CategoryWording>(
    context.db,
    sql`select category, text from (
          select e.category, w.text, row_number() over (partition by e.category order by e.updated_at desc, e.id, w.place) as n
          from kb_entries e, unnest(array_prepend(e.question, e.variants)) with ordinality as w(text, place)
          where e.merchant_id = ${merchantOf(context)} and e.status = 'published' and e.category <> '') each
        where n <= ${EACH_MAX} order by category, text limit ${ALL_MAX}`,
  );
}

/** When the caller's merchant's entries last changed, as text to compare; empty without any. */
export async function knowledgeStamp(context: Context): Promise<string> {
  const [row] = await rowsOf<{ stamp: string | null }>(
    context.db,
    sql`select max(updated_at)::text as stamp from kb_entries where merchant_id = ${merchantOf(context)}`,
  );
  return row?.stamp ?? "";
}

/**
 * What a question says, as the search reads it: words and their pairs, simplified and folded, and the synonym groups
 * that they name, which are the same in Chinese and English. Each once.
 */
export function termsOf(question: string): string[] {
  const { grams, words, concepts } = segment(withoutCourtesy(question));
  return [...new Set([...grams, ...words, ...concepts])].filter((term) => !STOP_WORDS.has(term));
}

/** How alike two texts are in what they say, 0–1; from 0.5 on two questions ask the same (gap-likeness.ts). */
export const likenessOf = (one: string, other: string): number => likeness(senseOf(one), senseOf(other));

/** Questions with the same key are the same but for case, width and punctuation. */
export const keyOf = (question: string): string => phraseKey(question);
