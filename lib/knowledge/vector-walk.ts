import { setTimeout as wait } from "node:timers/promises";
import { EmbeddingError } from "@/lib/platform/ai/embedding-error";
import type { EmbeddingModel } from "@/lib/platform/ai/embedding-model";
import type { Context } from "@/lib/platform/context";
import type { IndexedEntry } from "./search/entry-index";
import { publishedPages } from "./search/index-source";
import { keepVectors, knownKeys, textKey } from "./search/vector-store";

/** Vectors kept at once; what a killed run has to do again. */
const KEEP = 64;
/** Tries of one call in a run, and the rest before the second, doubled each time. Milliseconds. */
const TRIES = 5;
const REST_MS = 500;
const REST_MAX_MS = 30_000;

/** Texts refused one after the other from which on it is no matter of single texts. */
const REFUSED_MAX = 20;

interface Wording {
  readonly key: string;
  readonly text: string;
  /** Place of its entry on the page. */
  readonly place: number;
}

export interface Walked {
  /** Entries behind it. */
  readonly done: number;
  /** Entries that have got vectors since it was told last. */
  readonly changed: readonly string[];
  /** Wordings that the service would not take. */
  readonly refused: number;
}

export interface WalkHooks {
  /** After each piece. @returns false to stop */
  readonly onProgress: (walked: Walked) => Promise<boolean>;
  /** A call failed and is tried again. */
  readonly onFailure?: (error: EmbeddingError) => Promise<void>;
}

const wordingsOf = ({ question, variants }: IndexedEntry): string[] => [question, ...variants];

/** Wordings of a page that have no vector yet, each once. */
async function missingOf(
  context: Context,
  merchantId: string,
  model: EmbeddingModel,
  page: readonly IndexedEntry[],
): Promise<{ missing: Wording[]; keys: string[] }> {
  const wordings = new Map<string, Wording>();
  for (const [place, entry] of page.entries()) {
    for (const text of wordingsOf(entry).filter((each) => model.speaks(each))) {
      const key = textKey(text);
      if (!wordings.has(key)) {
        wordings.set(key, { key, text, place });
      }
    }
  }
  const keys = [...wordings.keys()];
  const known = await knownKeys(context.db, merchantId, model.id, keys);
  return { missing: [...wordings.values()].filter(({ key }) => !known.has(key)), keys };
}

type Made = { readonly key: string; readonly vector: Float32Array };

/** One run over a merchant's published entries that makes what vectors of a model are missing. */
export class VectorWalk {
  private refused = 0;
  /** Texts refused since one was taken. */
  private refusedInARow = 0;

  constructor(
    private readonly context: Context,
    private readonly merchantId: string,
    private readonly model: EmbeddingModel,
    private readonly hooks: WalkHooks,
  ) {}

  /**
   * @returns the keys of all wordings; undefined when it was stopped
   * @throws Error when the model cannot be asked; what was made is kept
   */
  async run(): Promise<string[] | undefined> {
    const every: string[] = [];
    let before = 0;
    for await (const page of publishedPages(this.context.db, this.merchantId)) {
      const { missing, keys } = await missingOf(this.context, this.merchantId, this.model, page);
      every.push(...keys);
      if (!(await this.page(page, missing, before))) {
        return undefined;
      }
      before += page.length;
    }
    return every;
  }

  private async page(page: readonly IndexedEntry[], missing: readonly Wording[], before: number): Promise<boolean> {
    const { texts, calls } = this.model.batch;
    const size = Math.max(KEEP, texts * calls);
    for (let start = 0; start < missing.length; start += size) {
      const piece = missing.slice(start, start + size);
      const made = await this.make(piece);
      await keepVectors(this.context.db, this.merchantId, this.model.id, made);
      const keys = new Set(made.map(({ key }) => key));
      const next = missing[start + size];
      const walked = {
        done: before + (next?.place ?? page.length),
        changed: page.flatMap((entry) => (wordingsOf(entry).some((text) => keys.has(textKey(text))) ? entry.id : [])),
        refused: this.refused,
      };
      if (!(await this.hooks.onProgress(walked))) {
        return false;
      }
    }
    const walked = { done: before + page.length, changed: [], refused: this.refused };
    return missing.length > 0 || this.hooks.onProgress(walked);
  }

  /** Vectors of a piece, some calls at a time. What came is kept when another call fails for good. */
  private async make(piece: readonly Wording[]): Promise<Made[]> {
    const { texts, calls } = this.model.batch;
    const made: Made[] = [];
    for (let start = 0; start < piece.length; start += texts * calls) {
      const round = Array.from({ length: calls }, (_none, call) =>
        piece.slice(start + call * texts, Math.min(start + (call + 1) * texts, start + texts * calls)),
      ).filter((call) => call.length > 0);
      const outcomes = await Promise.allSettled(round.map((call) => this.call(call)));
      made.push(...outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? outcome.value : [])));
      const failed = outcomes.find((outcome) => outcome.status === "rejected");
      if (failed) {
        await keepVectors(this.context.db, this.merchantId, this.model.id, made);
        throw failed.reason;
      }
    }
    return made;
  }

  /** One call. Where a text spoils it, the texts go one by one, and those that are refused are left to their words. */
  private async call(wordings: readonly Wording[]): Promise<Made[]> {
    try {
      const embeddings = await this.patiently(wordings);
      this.refusedInARow = 0;
      return wordings.flatMap(({ key }, index) => {
        const vector = embeddings[index]?.vector;
        return vector ? { key, vector } : [];
      });
    } catch (error) {
      if (!(error instanceof EmbeddingError && error.mayBeOneText)) {
        throw error;
      }
      if (wordings.length > 1) {
        const made: Made[] = [];
        for (const wording of wordings) {
          made.push(...(await this.call([wording])));
        }
        return made;
      }
      this.refused += 1;
      this.refusedInARow += 1;
      if (this.refusedInARow > REFUSED_MAX) {
        throw new EmbeddingError(error.failure, { ...error.options, cause: error });
      }
      return [];
    }
  }

  /** Tries again, later each time or when the service says, while it is only busy. */
  private async patiently(wordings: readonly Wording[]) {
    const texts = wordings.map(({ text }) => text);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.model.embed(
          texts,
          texts.map(() => []),
        );
      } catch (error) {
        if (!(error instanceof EmbeddingError && error.isPassing) || attempt >= TRIES) {
          throw error;
        }
        await this.hooks.onFailure?.(error);
        await wait(Math.min(error.options.restMs ?? REST_MS * 2 ** (attempt - 1), REST_MAX_MS));
      }
    }
  }
}
