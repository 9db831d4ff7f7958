import type { Segment } from "./features";
import { CHANNELS } from "./postings";
import type { Query } from "./query";
import { scratch } from "./shortlist";

/** BM25 over documents of several similar questions. */
const K1 = 1.2;
const B = 0.7;
/** What a Han function word counts beside a content word; Latin ones tell questions apart. */
const FUNCTION_WEIGHT = 0.5;
/** Postings read for one channel before the commonest terms are left to the candidates alone. */
const POSTINGS_MAX = 60_000;
const TERMS_MIN = 3;

/** A document of a segment. */
export interface Place {
  readonly segment: number;
  readonly document: number;
}

/** A token of the question in every segment, with what a match is worth. */
export interface Term {
  readonly hash: number;
  readonly numbers: readonly number[];
  readonly frequency: number;
  readonly worth: number;
}

/** Scores of one channel for all documents. */
export interface ChannelScores {
  /** By segment and document. */
  readonly scores: readonly Float32Array[];
  /** Terms that are so common that they are looked up for the candidates alone. */
  readonly late: readonly Term[];
  /** What a document that has all of the question once would get. */
  readonly perfect: number;
}

/** BM25 of one question over the channels of all segments as if they were one index: rarity and lengths are theirs together. */
export class ChannelScorer {
  /** Share of documents with an answer, 0–1. */
  readonly answered: number;
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
    this.answered =
      segments.reduce((sum, { postings }) => sum + postings.answered * postings.documents, 0) / (this.documents || 1);
    this.averages = totals.map((total) => total / (this.documents || 1) || 1);
  }

  /** What a token of the question is worth, and where it stands. */
  termOf(hash: number): Term {
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
  worthOf(hash: number): number {
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
  scores(channel: number): ChannelScores {
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

  /** Score of one document in one channel, its common terms too. */
  sumOf({ scores, late }: ChannelScores, channel: number, at: Place): number {
    let sum = scores[at.segment]?.[at.document] ?? 0;
    for (const term of late) {
      const place = this.placeOf(at.segment, term, at.document);
      sum += place < 0 ? 0 : this.gain(at.segment, place, channel, term.worth);
    }
    return sum;
  }

  /** Score of one document for terms of the first channel. */
  charactersOf(terms: readonly Term[], { segment, document }: Place): number {
    let sum = 0;
    for (const term of terms) {
      const place = this.placeOf(segment, term, document);
      sum += place < 0 ? 0 : this.gain(segment, place, 0, term.worth);
    }
    return sum;
  }
}
