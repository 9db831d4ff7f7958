import { exampleOf, probabilities } from "./learned-weights";
import { CHANNELS, type Postings } from "./postings";
import type { Query } from "./query";

/** A batch of entries in the index. */
export interface Segment {
  readonly postings: Postings;
  /** Weights learned for this batch; undefined when there was nothing to learn from. */
  readonly weights: Float32Array | undefined;
  /** Whether a document is still what the entry says, and one that this search may see. */
  allows(document: number): boolean;
}

/** What speaks for an entry being the answer; confidence.ts weighs it. */
export interface Features {
  /** Share of the question's grams, by rarity, that the entry's closest phrases name. 0–1 */
  readonly coverage: number;
  /** How well the closest phrase and the question cover each other: cosine by rarity. 0–1 */
  readonly phrase: number;
  /** Sum of the channels, each as a share of what a perfect match of this question would bring. 0–1 */
  readonly strength: number;
  /** Lead over the best other entry as a share of the best score; negative for those behind. -1–1 */
  readonly margin: number;
  /** Probability by the learned weights; undefined where nothing was learned. 0–1 */
  readonly learned: number | undefined;
  readonly contentGrams: number;
  /** The question asks how long, how much or when, and of nothing. */
  readonly namesNothing: boolean;
  /** Share of Han characters in the question, 0–1. */
  readonly hanShare: number;
  /** The question is one of the entry's phrases, or a clause of one that no other entry has. */
  readonly exact: boolean;
}

export interface Ranked {
  readonly segment: number;
  readonly document: number;
  readonly score: number;
  /** Place of the closest phrase among the entry's: 0 is its question. */
  readonly phrase: number;
  readonly features: Features;
}

/** BM25 over documents of several similar questions. */
const K1 = 1.2;
const B = 0.7;
/** What a Han function word counts beside a content word; Latin ones tell questions apart. */
const FUNCTION_WEIGHT = 0.5;
const LEARNED_WEIGHT = 0.8;
const PHRASE_WEIGHT = 0.1;
/** Added to the score of an entry that has the question word for word, as a phrase or as a clause of one. */
const WHOLE = 10;
const CLAUSE = 4;
/** Entries that are scored exactly. */
const CANDIDATES = 100;
/** Postings read for one channel before the commonest terms are left to the candidates alone. */
const POSTINGS_MAX = 60_000;
const TERMS_MIN = 3;

/** A token of the question in every segment, with what a match is worth. */
interface Term {
  readonly hash: number;
  readonly numbers: readonly number[];
  readonly frequency: number;
  readonly worth: number;
}

class Search {
  private readonly documents: number;
  private readonly averages: readonly number[];
  private readonly worths = new Map<number, number>();

  constructor(
    private readonly segments: readonly Segment[],
    private readonly query: Query,
  ) {
    this.documents = segments.reduce((sum, { postings }) => sum + postings.documents, 0);
    const totals = Array.from({ length: CHANNELS }, (_none, channel) =>
      segments.reduce((sum, { postings }) => sum + (postings.totals[channel] ?? 0), 0),
    );
    this.averages = totals.map((total) => total / (this.documents || 1) || 1);
  }

  private termOf(hash: number): Term {
    const numbers = this.segments.map(({ postings }) => postings.find(hash));
    let frequency = 0;
    for (const [index, { postings }] of this.segments.entries()) {
      const number = numbers[index] ?? -1;
      frequency += number < 0 ? 0 : (postings.starts[number + 1] ?? 0) - (postings.starts[number] ?? 0);
    }
    const idf = Math.log(1 + (this.documents - frequency + 0.5) / (frequency + 0.5));
    const share = this.query.functionWords.has(hash) ? 1 - (1 - FUNCTION_WEIGHT) * this.query.hanShare : 1;
    return { hash, numbers, frequency, worth: idf * share };
  }

  /** What a gram is worth, by rarity. */
  private worthOf(hash: number): number {
    let worth = this.worths.get(hash);
    if (worth === undefined) {
      worth = this.termOf(hash).worth;
      this.worths.set(hash, worth);
    }
    return worth;
  }

  private gain(segment: number, place: number, channel: number, worth: number): number {
    const postings = this.segments[segment]?.postings;
    const count = postings?.counts[place] ?? 0;
    const length = postings?.lengths[(postings.documentOf[place] ?? 0) * CHANNELS + channel] ?? 0;
    return (worth * count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / (this.averages[channel] ?? 1)));
  }

  private addAll(term: Term, channel: number, scores: readonly Float32Array[]): void {
    const gainOfCount = term.worth * (K1 + 1);
    const base = K1 * (1 - B);
    const slope = (K1 * B) / (this.averages[channel] ?? 1);
    for (const [index, { postings }] of this.segments.entries()) {
      const number = term.numbers[index] ?? -1;
      const into = scores[index];
      if (number < 0 || into === undefined) {
        continue;
      }
      const { starts, documentOf, counts, lengths } = postings;
      const end = starts[number + 1] ?? 0;
      for (let place = starts[number] ?? 0; place < end; place += 1) {
        const document = documentOf[place] as number;
        const count = counts[place] as number;
        const length = lengths[document * CHANNELS + channel] as number;
        into[document] = (into[document] as number) + (gainOfCount * count) / (count + base + slope * length);
      }
    }
  }

  /** Place of a document among the postings of a term, or -1; they are in the order of the documents. */
  private placeOf(segment: number, term: Term, document: number): number {
    const number = term.numbers[segment] ?? -1;
    const postings = this.segments[segment]?.postings;
    if (number < 0 || !postings) {
      return -1;
    }
    let low = postings.starts[number] ?? 0;
    let high = (postings.starts[number + 1] ?? 0) - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = postings.documentOf[middle] ?? 0;
      if (found === document) {
        return middle;
      }
      if (found < document) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Scores of one channel for all documents, its commonest terms left out when there are too many of them. */
  private channel(channel: number) {
    const terms = (this.query.channels[channel] ?? [])
      .map((hash) => this.termOf(hash))
      .sort((one, other) => one.frequency - other.frequency);
    const scores = this.segments.map(({ postings }, segment) =>
      scratch(segment * (CHANNELS + 1) + channel, postings.documents),
    );
    const late: Term[] = [];
    let read = 0;
    let perfect = 0;
    for (const [index, term] of terms.entries()) {
      read += term.frequency;
      perfect += term.worth * (K1 + 1) * 0.5;
      if (index >= TERMS_MIN && read > POSTINGS_MAX) {
        late.push(term);
      } else if (term.frequency > 0) {
        this.addAll(term, channel, scores);
      }
    }
    return { scores, late, perfect: perfect || 1 };
  }

  private closest(segment: number, document: number) {
    const postings = this.segments[segment]?.postings;
    const asked = new Set(this.query.channels[0]);
    let askedNorm = 0;
    for (const hash of asked) {
      askedNorm += this.worthOf(hash);
    }
    let best = { phrase: 0, cosine: 0, exact: 0 };
    const named = new Set<number>();
    const first = postings?.phraseStarts[document] ?? 0;
    for (let phrase = first; phrase < (postings?.phraseStarts[document + 1] ?? 0); phrase += 1) {
      let common = 0;
      let norm = 0;
      for (let gram = postings?.gramStarts[phrase] ?? 0; gram < (postings?.gramStarts[phrase + 1] ?? 0); gram += 1) {
        const hash = postings?.grams[gram] ?? 0;
        const worth = this.worthOf(hash);
        norm += worth;
        if (asked.has(hash)) {
          common += worth;
          named.add(hash);
        }
      }
      const cosine = common / Math.sqrt(askedNorm * norm || 1);
      const key = postings?.keys[phrase];
      const exact = key === this.query.key ? WHOLE : key === this.query.clauseKey ? CLAUSE : 0;
      if (exact > best.exact || (cosine > best.cosine && exact === best.exact)) {
        best = { phrase: phrase - first, cosine, exact };
      }
    }
    let covered = 0;
    for (const hash of named) {
      covered += this.worthOf(hash);
    }
    return { ...best, coverage: covered / (askedNorm || 1) };
  }

  private learned(): readonly (Float32Array | undefined)[] {
    return this.segments.map(({ postings, weights }) =>
      weights ? probabilities(postings, weights, exampleOf(postings, this.query.channels)) : undefined,
    );
  }

  /** The most promising documents by what was read of all channels. */
  private promising(
    channels: readonly ReturnType<Search["channel"]>[],
    learned: readonly (Float32Array | undefined)[],
  ) {
    const candidates = new Shortlist(CANDIDATES);
    const highest = channels.map(({ scores }) => Math.max(1e-9, ...scores.map(largest)));
    for (const [segment, { postings, allows }] of this.segments.entries()) {
      const totals = scratch(segment * (CHANNELS + 1) + CHANNELS, postings.documents);
      for (const [channel, { scores }] of channels.entries()) {
        addScaled(totals, scores[segment], (this.query.weights[channel] ?? 0) / (highest[channel] ?? 1));
      }
      addScaled(totals, learned[segment], LEARNED_WEIGHT);
      for (let document = 0; document < totals.length; document += 1) {
        const score = totals[document] as number;
        if (score > candidates.least && allows(document)) {
          candidates.add({ segment, document, score });
        }
      }
    }
    return candidates.items;
  }

  run(limit: number): Ranked[] {
    const channels = this.query.channels.map((_tokens, channel) => this.channel(channel));
    const learned = this.learned();
    const candidates = this.promising(channels, learned).map(({ segment, document }) => {
      const sums = channels.map(({ scores, late }, channel) => {
        let sum = scores[segment]?.[document] ?? 0;
        for (const term of late) {
          const place = this.placeOf(segment, term, document);
          sum += place < 0 ? 0 : this.gain(segment, place, channel, term.worth);
        }
        return sum;
      });
      return { segment, document, sums };
    });
    const highest = channels.map((_channel, channel) =>
      candidates.reduce((most, { sums }) => Math.max(most, sums[channel] ?? 0), 1e-9),
    );
    const scored = candidates.map(({ segment, document, sums }) => {
      let score = LEARNED_WEIGHT * (learned[segment]?.[document] ?? 0);
      let strength = 0;
      for (const [channel, sum] of sums.entries()) {
        const weight = this.query.weights[channel] ?? 0;
        score += (weight * sum) / (highest[channel] ?? 1);
        strength += channel < 4 ? weight * Math.min(1, sum / (channels[channel]?.perfect ?? 1)) : 0;
      }
      return { segment, document, score, strength };
    });
    const near = scored.sort((one, other) => other.score - one.score).slice(0, Math.max(limit * 2, 20));
    const close = near.map((found) => ({ ...found, ...this.closest(found.segment, found.document) }));
    const bestCosine = close.reduce((most, { cosine }) => Math.max(most, cosine), 1e-9);
    const ranked = close
      .map((found) => ({
        ...found,
        score: found.exact + found.score + (PHRASE_WEIGHT * found.cosine) / bestCosine,
      }))
      .sort((one, other) => other.score - one.score);
    return ranked.slice(0, limit).map((found, place) => {
      const rival = (place === 0 ? ranked[1] : ranked[0])?.score ?? 0;
      const most = Math.max(found.score, rival, 1e-9);
      return {
        segment: found.segment,
        document: found.document,
        score: found.score,
        phrase: found.phrase,
        features: {
          coverage: found.coverage,
          phrase: found.cosine,
          strength: found.strength,
          margin: (found.score - rival) / most,
          learned: learned[found.segment]?.[found.document],
          contentGrams: this.query.contentGrams,
          namesNothing: this.query.namesNothing,
          hanShare: this.query.hanShare,
          exact: found.exact === WHOLE || (found.exact === CLAUSE && found.score - rival > CLAUSE / 2),
        },
      };
    });
  }
}

/** Room for scores, used again by the next search: a search never pauses, so no two are under way. */
const room: Float32Array[] = [];

function scratch(slot: number, length: number): Float32Array {
  let buffer = room[slot];
  if (!buffer || buffer.length < length) {
    buffer = new Float32Array(length);
    room[slot] = buffer;
  }
  return buffer.subarray(0, length).fill(0);
}

function addScaled(totals: Float32Array, scores: Float32Array | undefined, factor: number): void {
  if (scores) {
    for (let document = 0; document < totals.length; document += 1) {
      totals[document] = (totals[document] as number) + factor * (scores[document] as number);
    }
  }
}

function largest(scores: Float32Array): number {
  let most = 0;
  // By index: the iterator of a typed array took five milliseconds for 100,000 entries.
  for (let document = 0; document < scores.length; document += 1) {
    if ((scores[document] as number) > most) {
      most = scores[document] as number;
    }
  }
  return most;
}

interface Candidate {
  readonly segment: number;
  readonly document: number;
  readonly score: number;
}

/** The best few of many, without sorting them all: a bag that is cut back whenever it is twice too full. */
class Shortlist {
  least = 0;
  private bag: Candidate[] = [];

  constructor(private readonly size: number) {}

  get items(): readonly Candidate[] {
    this.cut();
    return this.bag;
  }

  add(candidate: Candidate): void {
    this.bag.push(candidate);
    if (this.bag.length >= this.size * 2) {
      this.cut();
    }
  }

  private cut(): void {
    this.bag.sort((one, other) => other.score - one.score);
    this.bag.length = Math.min(this.bag.length, this.size);
    this.least = this.bag.length === this.size ? (this.bag.at(-1)?.score ?? 0) : 0;
  }
}

/** Ranks the entries of an index for a question, best first. */
export function rank(segments: readonly Segment[], query: Query, limit: number): Ranked[] {
  return query.channels[0]?.length ? new Search(segments, query).run(limit) : [];
}
