import type { EmbeddingModel } from "@/lib/platform/ai/embedding-model";
import { isUnlimited, isVisible, type Limits, limitsOf, type Reader } from "../policy";
import type { AnalysedEntry } from "./analysed-entry";
import { analyseEntry } from "./analysed-entry";
import { type Discriminant, learnDiscriminant } from "./discriminant";
import type { AskedVector, Features, Segment } from "./features";
import { canLearn, learnWeights } from "./learned-weights";
import { Pauses } from "./pauses";
import { type PhraseVectors, PhraseVectorsBuilder } from "./phrase-vectors";
import { type Postings, PostingsBuilder } from "./postings";
import { queryOf } from "./query";
import { rank } from "./ranking";
import { normalise } from "./segmentation";
import { type KnownWords, learnSpelling, type Spelling } from "./spelling/known-words";
import { mendSpelling } from "./spelling/mend-spelling";
import { tokenHash } from "./token-hash";
import { learnVectors, sketch, sketchedLength, type VectorClassifier } from "./vector-classifier";

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

export interface SearchedIndex {
  /** Best first. */
  readonly found: readonly FoundEntry[];
  /** The question as it was understood: normalised, typing mistakes mended. */
  readonly read: string;
}

/** Phrases up to which the analysed entries are kept while an index is made, to learn from. */
const KEPT_PHRASES = 20_000;

interface Batch {
  readonly ids: readonly string[];
  readonly languages: readonly string[];
  /** Of the few entries that have any, by their place. */
  readonly limits: ReadonlyMap<number, Limits>;
  readonly postings: Postings;
  readonly weights: Float32Array | undefined;
  readonly vectors: PhraseVectors | undefined;
  readonly classifier: VectorClassifier | undefined;
  readonly discriminant: Discriminant | undefined;
  readonly spelling: Spelling;
}

/** A word or pair of characters that any wording or answer has is spelled well. */
function knownWords(batches: readonly Batch[]): KnownWords {
  return {
    spellings: batches.map(({ spelling }) => spelling),
    has: (text) =>
      batches.some(({ postings }) => postings.find(tokenHash(text, 0)) >= 0 || postings.find(tokenHash(text, 4)) >= 0),
  };
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
  private readonly forms = new Map<string, number>();
  private phrases = 0;
  private vectors: PhraseVectorsBuilder | null = null;
  private keptVectors: (readonly Float32Array[])[] | null = [];

  /** @param vectorOf the vector of a wording, of length 1; undefined where there is none */
  async add(
    entries: readonly IndexedEntry[],
    vectorOf: (wording: string) => Float32Array | undefined = () => undefined,
  ): Promise<void> {
    const pauses = new Pauses();
    for (const entry of entries) {
      await pauses.ifDue();
      const analysed = analyseEntry(entry);
      this.postings.add(analysed);
      const limits = limitsOf(entry);
      if (!isUnlimited(limits)) {
        this.limits.set(this.ids.length, limits);
      }
      this.ids.push(entry.id);
      this.languages.push(entry.language);
      for (const form of analysed.forms) {
        this.forms.set(form, (this.forms.get(form) ?? 0) + 1);
      }
      this.phrases += analysed.wordings.length;
      if (this.phrases > KEPT_PHRASES) {
        this.kept = null;
      }
      this.kept?.push(analysed);
      this.addVectors([entry.question, ...entry.variants].flatMap((wording) => vectorOf(wording) ?? []));
    }
  }

  private addVectors(vectors: readonly Float32Array[]): void {
    const [first] = vectors;
    if (first && !this.vectors) {
      this.vectors = new PhraseVectorsBuilder(first.length);
      for (let before = 1; before < this.ids.length; before += 1) {
        this.vectors.add([]);
      }
    }
    this.vectors?.add(vectors);
    if (this.phrases > KEPT_PHRASES) {
      this.keptVectors = null;
    }
    this.keptVectors?.push(vectors.map(sketch));
  }

  /**
   * @param learn whether the weights of the entries' wordings are learned; not worth it for a handful of changes
   * @param spread of the vectors (`EmbeddingModel.spread`)
   */
  async build(learn: boolean, spread = 1): Promise<Batch> {
    const postings = await this.postings.build();
    const learns = learn && canLearn(this.ids.length, this.phrases);
    const vectors = await this.vectors?.build();
    const dimension = sketchedLength(vectors?.dimension ?? 0);
    const lessons = learns && vectors && this.keptVectors;
    const classifier = lessons ? await learnVectors(lessons, dimension, spread) : null;
    return {
      ids: this.ids,
      languages: this.languages,
      limits: this.limits,
      postings,
      spelling: await learnSpelling(postings.words, this.forms),
      weights: learns && this.kept ? await learnWeights(postings, this.kept) : undefined,
      vectors,
      classifier: classifier ?? undefined,
      // What is too much for the one is too much for the other.
      discriminant: lessons && classifier ? await learnDiscriminant(lessons, dimension) : undefined,
    };
  }
}

/**
 * The entries of one merchant, searchable in memory: a large batch, and a small one of what changed since it was made.
 */
export class EntryIndex {
  private changed: Batch | null = null;
  /** Entries of the large batch that changed or went since. */
  private stale: ReadonlySet<string> = new Set();

  /** @param model that made the entries' vectors, and is to make the questions' */
  constructor(
    private readonly base: Batch,
    public model?: EmbeddingModel,
  ) {}

  /** Entries in memory, changed ones twice. */
  get size(): number {
    return this.base.ids.length + (this.changed?.ids.length ?? 0);
  }

  get hasVectors(): boolean {
    return this.base.vectors !== undefined || this.changed?.vectors !== undefined;
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
  async replaceChanged(
    ids: ReadonlySet<string>,
    entries: readonly IndexedEntry[],
    vectorOf?: (wording: string) => Float32Array | undefined,
  ): Promise<void> {
    const builder = new EntryIndexBuilder();
    await builder.add(entries, vectorOf);
    const changed = await builder.build(false);
    this.changed = changed;
    this.stale = new Set(ids);
  }

  /** The entries that are most likely to answer a question, best first; by words, and by vectors where there are some. */
  search(question: string, limit: number, filter: EntryFilter = {}, asked?: AskedVector): SearchedIndex {
    const batches = this.changed ? [this.base, this.changed] : [this.base];
    const read = mendSpelling(normalise(question), knownWords(batches));
    const segments: Segment[] = batches.map((batch, index) => ({
      postings: batch.postings,
      weights: batch.weights,
      vectors: batch.vectors,
      classifier: batch.classifier,
      discriminant: batch.discriminant,
      allows: (document) =>
        (filter.language === undefined || batch.languages[document] === filter.language) &&
        mayRead(batch.limits.get(document), filter.reader) &&
        (index > 0 || this.stale.size === 0 || !this.stale.has(batch.ids[document] ?? "")),
    }));
    const dimension = (this.base.vectors ?? this.changed?.vectors)?.dimension;
    const comparable = asked?.vector.length === dimension ? asked : undefined;
    const found = rank(segments, queryOf(read), limit, comparable).map(({ segment, document, phrase, features }) => ({
      id: batches[segment]?.ids[document] ?? "",
      phrase,
      features,
    }));
    return { found, read };
  }
}
