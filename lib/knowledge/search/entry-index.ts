import { isUnlimited, isVisible, type Limits, limitsOf, type Reader } from "../policy";
import type { AnalysedEntry } from "./analysed-entry";
import { analyseEntry } from "./analysed-entry";
import { canLearn, learnWeights } from "./learned-weights";
import { type Postings, PostingsBuilder } from "./postings";
import { type Query, queryOf } from "./query";
import { type Features, rank, type Segment } from "./ranking";

/** A published entry as the index takes it. */
export interface IndexedEntry extends Partial<Limits> {
  readonly id: string;
  readonly question: string;
  readonly variants: readonly string[];
  readonly answer: string;
  readonly language: string;
}

/** Which entries a search may see. */
export interface EntryFilter {
  readonly language?: string | undefined;
  /** Who asks; without it, entries are found whatever their limits. */
  readonly reader?: Reader | undefined;
}

export interface FoundEntry {
  readonly id: string;
  /** Place of the closest phrase: 0 is the question, then the variants in their order. */
  readonly phrase: number;
  readonly features: Features;
}

/** Phrases up to which the analysed entries are kept while an index is made, to learn from. */
const KEPT_PHRASES = 20_000;
/** Entries that are analysed before other requests get their turn. */
const SLICE = 200;

interface Batch {
  readonly ids: readonly string[];
  readonly languages: readonly string[];
  /** Of the few entries that have any, by their place. */
  readonly limits: ReadonlyMap<number, Limits>;
  readonly postings: Postings;
  readonly weights: Float32Array | undefined;
}

const mayRead = (limits: Limits | undefined, reader: Reader | undefined): boolean =>
  limits === undefined || reader === undefined || isVisible(limits, reader);

/** Takes entries one batch after the other and makes an index of them. */
export class EntryIndexBuilder {
  private readonly postings = new PostingsBuilder();
  private readonly ids: string[] = [];
  private readonly languages: string[] = [];
  private readonly limits = new Map<number, Limits>();
  private kept: AnalysedEntry[] | null = [];
  private phrases = 0;

  async add(entries: readonly IndexedEntry[]): Promise<void> {
    for (const [index, entry] of entries.entries()) {
      if (index % SLICE === SLICE - 1) {
        await new Promise((resume) => setImmediate(resume));
      }
      const analysed = analyseEntry(entry);
      this.postings.add(analysed);
      const limits = limitsOf(entry);
      if (!isUnlimited(limits)) {
        this.limits.set(this.ids.length, limits);
      }
      this.ids.push(entry.id);
      this.languages.push(entry.language);
      this.phrases += analysed.wordings.length;
      if (this.phrases > KEPT_PHRASES) {
        this.kept = null;
      }
      this.kept?.push(analysed);
    }
  }

  /** @param learn whether the weights of the entries' wordings are learned; not worth it for a handful of changes */
  async build(learn: boolean): Promise<Batch> {
    const postings = this.postings.build();
    const weights =
      learn && this.kept && canLearn(this.ids.length, this.phrases)
        ? await learnWeights(postings, this.kept)
        : undefined;
    return { ids: this.ids, languages: this.languages, limits: this.limits, postings, weights };
  }
}

/**
 * The entries of one merchant, searchable in memory: a large batch, and a small one of what changed since it was made.
 */
export class EntryIndex {
  private changed: Batch | null = null;
  /** Entries of the large batch that changed or went since. */
  private stale: ReadonlySet<string> = new Set();

  constructor(private readonly base: Batch) {}

  /** Entries in memory, changed ones twice. */
  get size(): number {
    return this.base.ids.length + (this.changed?.ids.length ?? 0);
  }

  get changes(): number {
    return this.stale.size;
  }

  /**
   * Puts what changed since the large batch was made beside it.
   *
   * @param ids all entries that changed, were added or went
   * @param entries those of them that are published now
   */
  async replaceChanged(ids: ReadonlySet<string>, entries: readonly IndexedEntry[]): Promise<void> {
    const builder = new EntryIndexBuilder();
    await builder.add(entries);
    const changed = await builder.build(false);
    this.changed = changed;
    this.stale = new Set(ids);
  }

  /** The entries that are most likely to answer a question, best first. */
  search(question: string, limit: number, filter: EntryFilter = {}): { found: readonly FoundEntry[]; query: Query } {
    const query = queryOf(question);
    const batches = this.changed ? [this.base, this.changed] : [this.base];
    const segments: Segment[] = batches.map((batch, index) => ({
      postings: batch.postings,
      weights: batch.weights,
      allows: (document) =>
        (filter.language === undefined || batch.languages[document] === filter.language) &&
        mayRead(batch.limits.get(document), filter.reader) &&
        (index > 0 || this.stale.size === 0 || !this.stale.has(batch.ids[document] ?? "")),
    }));
    const found = rank(segments, query, limit).map(({ segment, document, phrase, features }) => ({
      id: batches[segment]?.ids[document] ?? "",
      phrase,
      features,
    }));
    return { found, query };
  }
}
