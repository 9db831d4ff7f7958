import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { confidenceOf } from "../search/confidence";
import { answersOf } from "../search/index-source";
import { indexOf } from "../search/index-store";
import { phraseKey } from "../search/segmentation";
import { wordingsAfter } from "./repository";

/** From this confidence of the search on, an entry answers the question already (retrieval.md section 6). */
const SAME_FROM = 0.9;
/** Time that one import may spend on comparing meanings; what comes after is compared by its words. Milliseconds. */
const MEANING_MAX_MS = 20_000;
const PAGE = 1_000;
/** Candidates that are ranked against each other: how far the best is ahead says how sure it is. */
const JUDGED = 5;
/** Wordings that are kept in memory at most: about 30 MB. */
const WORDINGS_MAX = 200_000;

export interface SameQuestion {
  readonly entryId: string | null;
  readonly question: string;
  readonly confidence: number;
}

/** Finds what asks the same as a new question: by its words among all entries, and by its meaning among published ones. */
export class SameQuestions {
  private readonly known = new Map<string, { entryId: string | null; question: string }>();
  private index: Awaited<ReturnType<typeof indexOf>> | undefined;
  private spent = 0;

  private constructor(private readonly context: Context) {}

  static async of(context: Context): Promise<SameQuestions> {
    const same = new SameQuestions(context);
    for (let after = ""; same.known.size < WORDINGS_MAX; ) {
      const rows = await wordingsAfter(context.db, merchantOf(context), after, PAGE);
      for (const { id, question, variants } of rows) {
        for (const wording of [question, ...variants]) {
          same.remember(wording, id, question);
        }
      }
      const last = rows.at(-1);
      if (rows.length < PAGE || !last) {
        break;
      }
      after = last.id;
    }
    return same;
  }

  private remember(wording: string, entryId: string | null, question: string): void {
    const key = phraseKey(wording);
    if (key !== "" && !this.known.has(key)) {
      this.known.set(key, { entryId, question });
    }
  }

  /** Before a batch: what was published meanwhile is known from now on. Rows that change nothing need no index. */
  refresh(): void {
    this.index = undefined;
  }

  /** The entry, or row of the same file (`entryId` null), that asks the same; the question is known from now on. */
  async find(question: string): Promise<SameQuestion | undefined> {
    const exact = this.known.get(phraseKey(question));
    if (exact) {
      return { ...exact, confidence: 1 };
    }
    this.remember(question, null, question);
    if (this.spent > MEANING_MAX_MS) {
      return undefined;
    }
    // All of it counts, waiting too: on a busy machine an import must end all the same.
    const start = performance.now();
    const found = await this.byMeaning(question);
    this.spent += performance.now() - start;
    return found;
  }

  private async byMeaning(question: string): Promise<SameQuestion | undefined> {
    this.index ??= await indexOf(this.context.db, merchantOf(this.context));
    if (this.index.size === 0) {
      return undefined;
    }
    const [best] = this.index.search(question, JUDGED).found;
    const confidence = best ? confidenceOf(best.features) : 0;
    // Others get their turn: a batch of rows is not one piece of work.
    await new Promise((resume) => setImmediate(resume));
    if (!best || confidence < SAME_FROM) {
      return undefined;
    }
    const [entry] = await answersOf(this.context.db, merchantOf(this.context), [best.id]);
    return entry && { entryId: entry.id, question: entry.question, confidence };
  }
}
