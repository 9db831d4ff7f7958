import { LRUCache } from "lru-cache";
import { merchantOf } from "@/lib/identity/queries";
import { type CategoryWording, categoryWordings, knowledgeStamp, termsOf } from "@/lib/knowledge/wording-queries";
import type { Context } from "@/lib/platform/context";
import { type Guess, IntentClassifier } from "./intent-classifier";
import { type IntentRow, intentStamp, selectIntents } from "./intent-repository";

/** What a merchant's bot knows of what customers come about. */
export interface LearnedIntents {
  /** Those that are on. */
  readonly intents: readonly IntentRow[];
  /** How many wordings of published entries teach each category. */
  readonly learned: ReadonlyMap<string, number>;
  guess(question: string): Guess[];
}

interface Kept {
  readonly stamp: string;
  readonly madeAt: number;
  readonly intentsStamp: string;
  readonly learned: LearnedIntents;
}

/** While knowledge changes all the time it is learned anew this often, in milliseconds; a changed intent counts at once. */
const PATIENCE_MS = 20_000;
const kept = new LRUCache<string, Kept>({ max: 200 });

/** Learns from the intents' own examples and, under the same or their own names, from the categories' wordings. */
export function learnIntents(rows: readonly IntentRow[], wordings: readonly CategoryWording[]): LearnedIntents {
  const intents = rows.filter(({ enabled }) => enabled);
  const off = new Set(rows.filter(({ enabled }) => !enabled).map(({ name }) => name));
  const learned = new Map<string, number>();
  for (const { category } of wordings) {
    learned.set(category, (learned.get(category) ?? 0) + 1);
  }
  const classifier = new IntentClassifier(
    [
      ...intents.flatMap(({ name, examples }) => [name, ...examples].map((text) => ({ label: name, text }))),
      ...wordings.filter(({ category }) => !off.has(category)).map(({ category, text }) => ({ label: category, text })),
    ].map(({ label, text }) => ({ label, terms: termsOf(text) })),
  );
  return { intents, learned, guess: (question) => classifier.classify(termsOf(question)) };
}

/** What the caller's merchant's bot has learned, as its intents are now and its knowledge was a moment ago. */
export async function learnedIntents(context: Context): Promise<LearnedIntents> {
  const merchantId = merchantOf(context);
  const [intentsStamp, knowledge] = await Promise.all([intentStamp(context.db, merchantId), knowledgeStamp(context)]);
  const stamp = `${intentsStamp}|${knowledge}`;
  const known = kept.get(merchantId);
  const isFresh =
    known?.stamp === stamp || (known?.intentsStamp === intentsStamp && Date.now() - known.madeAt < PATIENCE_MS);
  if (known && isFresh) {
    return known.learned;
  }
  const [rows, wordings] = await Promise.all([selectIntents(context.db, merchantId), categoryWordings(context)]);
  const learned = learnIntents(rows, wordings);
  kept.set(merchantId, { stamp, intentsStamp, madeAt: Date.now(), learned });
  return learned;
}
