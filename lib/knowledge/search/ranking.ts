import { Alignment } from "./alignment";
import { type Belonging, belongingOf } from "./discriminant";
import { featuresOf, type Scored } from "./evidence";
import type { AskedVector, Ranked, Segment } from "./features";
import { exampleOf, probabilities } from "./learned-weights";
import { documentsNear, type PhraseVectors, type Similarity, similarityOf } from "./phrase-vectors";
import { WORDS_MAX } from "./phrase-words";
import { CHANNELS } from "./postings";
import type { Query } from "./query";
import { addScaled, largest, Shortlist, scratch } from "./shortlist";
import { tokenHash } from "./token-hash";
import { classify } from "./vector-classifier";
import { wordingOf } from "./wording";

/** BM25 over documents of several similar questions. */
const K1 = 1.2;
const B = 0.7;
/** What a Han function word counts beside a content word; Latin ones tell questions apart. */
const FUNCTION_WEIGHT = 0.5;
const LEARNED_WEIGHT = 0.8;
/**
 * Word by word. Where entries have answers and one wording each, it does not count: what only an answer speaks of is asked
 * in other words.
 */
const ALIGNMENT_WEIGHT = { han: 0.5, latin: 0.2 } as const;
/** The order of letters tells Chinese questions apart; Latin words keep theirs anyway. */
const ORDER_WEIGHT = { han: 0.3, latin: 0.1 } as const;
/** Single Han characters once more, beside pairs and words. */
const CHARACTER_WEIGHT = 0.2;
/** Sentence vectors, where the model knows the question's words, and the two that learn from them. */
const VECTOR_WEIGHT = 1;
const CLASSIFIER_WEIGHT = 0.5;
const DISCRIMINANT_WEIGHT = 0.5;
/** What the surest document must look like before it counts in full. */
const CLASSIFIED_MIN = 0.2;
/** Entries that are scored exactly, and of these the ones whose wordings are compared. */
const CANDIDATES = 100;
const NEAR = 40;
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
  private readonly answered: number;
  private readonly worths = new Map<number, number>();

  constructor(
    private readonly segments: readonly Segment[],
    private readonly query: Query,
    private readonly asked: AskedVector | undefined,
  ) {
    this.documents = segments.reduce((sum, { postings }) => sum + postings.documents, 0);
    const totals = Array.from({ length: CHANNELS }, (_none, channel) =>
      segments.reduce((sum, { postings }) => sum + (postings.totals[channel] ?? 0), 0),
    );
    this.answered =
      segments.reduce((sum, { postings }) => sum + postings.answered * postings.documents, 0) / (this.documents || 1);
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

  private learned(): readonly (Float32Array | undefined)[] {
    return this.segments.map(({ postings, weights }) =>
      weights ? probabilities(postings, weights, exampleOf(postings, this.query.channels)) : undefined,
    );
  }

  /** How close a document is, in the measure of the weights. */
  private nearnessOf(vectors: PhraseVectors, document: number, asked: AskedVector): Similarity | undefined {
    const found = similarityOf(vectors, document, asked.vector);
    const { measure } = asked;
    return found && measure ? { best: measure(found.best), middle: measure(found.middle) } : found;
  }

  /** How close the vectors of documents are: all of a small batch, the nearest of a large one. */
  private similar(): readonly Map<number, Similarity>[] {
    const { asked } = this;
    return this.segments.map(({ vectors }) => {
      const found = new Map<number, Similarity>();
      if (asked && vectors) {
        for (const document of documentsNear(vectors, asked.vector)) {
          const similarity = this.nearnessOf(vectors, document, asked);
          if (similarity) {
            found.set(document, similarity);
          }
        }
      }
      return found;
    });
  }

  /** The most promising documents by what was read of all channels. */
  private promising(
    channels: readonly ReturnType<Search["channel"]>[],
    learned: readonly (Float32Array | undefined)[],
    similar: readonly Map<number, Similarity>[],
  ) {
    const candidates = new Shortlist(CANDIDATES);
    const highest = channels.map(({ scores }) => Math.max(1e-9, ...scores.map(largest)));
    const scale = scaleOf(similar.flatMap((each) => [...each.values()]));
    for (const [segment, { postings, allows }] of this.segments.entries()) {
      const totals = scratch(segment * (CHANNELS + 1) + CHANNELS, postings.documents);
      for (const [channel, { scores }] of channels.entries()) {
        addScaled(totals, scores[segment], this.weightOf(channel) / (highest[channel] ?? 1));
      }
      addScaled(totals, learned[segment], LEARNED_WEIGHT);
      for (const [document, similarity] of similar[segment] ?? []) {
        totals[document] = (totals[document] as number) + this.vectorScore(similarity, scale);
      }
      for (let document = 0; document < totals.length; document += 1) {
        const score = totals[document] as number;
        if (score > candidates.least && allows(document)) {
          candidates.add({ segment, document, score });
        }
      }
    }
    return candidates.items;
  }

  /** Answers compare entries only where all have one. */
  private weightOf(channel: number): number {
    const weight = this.query.weights[channel] ?? 0;
    return channel === 4 ? weight * this.answered : weight;
  }

  private vectorScore({ best, middle }: Similarity, scale: Similarity): number {
    const share = (value: number, most: number) => (Math.max(0, value) / most) ** 2;
    const both = share(best, scale.best) + share(middle, scale.middle);
    return (VECTOR_WEIGHT * (this.asked?.trust ?? 0) * both) / 2;
  }

  private sumOf({ scores, late }: ReturnType<Search["channel"]>, channel: number, at: Place): number {
    let sum = scores[at.segment]?.[at.document] ?? 0;
    for (const term of late) {
      const place = this.placeOf(at.segment, term, at.document);
      sum += place < 0 ? 0 : this.gain(at.segment, place, channel, term.worth);
    }
    return sum;
  }

  private charactersOf(terms: readonly Term[], { segment, document }: Place): number {
    let sum = 0;
    for (const term of terms) {
      const place = this.placeOf(segment, term, document);
      sum += place < 0 ? 0 : this.gain(segment, place, 0, term.worth);
    }
    return sum;
  }

  private scored() {
    const channels = this.query.channels.map((_tokens, channel) => this.channel(channel));
    const learned = this.learned();
    const similar = this.similar();
    const classes = this.segments.map(({ classifier }) =>
      classifier && this.asked ? classify(classifier, this.asked.vector) : undefined,
    );
    const belonging = this.segments.map(({ discriminant }) =>
      discriminant && this.asked ? belongingOf(discriminant, this.asked.vector) : undefined,
    );
    const characters = this.query.characters.map((hash) => this.termOf(hash));
    const candidates = this.promising(channels, learned, similar).map(({ segment, document }) => {
      const { vectors } = this.segments[segment] ?? {};
      return {
        segment,
        document,
        sums: channels.map((channel, index) => this.sumOf(channel, index, { segment, document })),
        characters: this.charactersOf(characters, { segment, document }),
        similarity:
          similar[segment]?.get(document) ??
          (vectors && this.asked ? this.nearnessOf(vectors, document, this.asked) : undefined),
        learned: learned[segment]?.[document],
        classified: classes[segment]?.[document] ?? 0,
        belonging: at(belonging[segment], document),
      };
    });
    const highest = channels.map((_channel, channel) =>
      candidates.reduce((most, { sums }) => Math.max(most, sums[channel] ?? 0), 1e-9),
    );
    const mostCharacters = candidates.reduce((most, found) => Math.max(most, found.characters), 1e-9);
    const scale = scaleOf(candidates.flatMap(({ similarity }) => similarity ?? []));
    const words = candidates.map((found) => {
      let score = (CHARACTER_WEIGHT * found.characters) / mostCharacters;
      let strength = 0;
      for (const [channel, sum] of found.sums.entries()) {
        score += (this.weightOf(channel) * sum) / (highest[channel] ?? 1);
        strength +=
          channel < 4 ? (this.query.weights[channel] ?? 0) * Math.min(1, sum / (channels[channel]?.perfect ?? 1)) : 0;
      }
      const answerStrength = this.answered * Math.min(1, (found.sums[4] ?? 0) / (channels[4]?.perfect ?? 1));
      return { ...found, score, strength, answerStrength };
    });
    const mostClassified = candidates.reduce((most, { classified }) => Math.max(most, classified), CLASSIFIED_MIN);
    // A model that was measured counts as far as it was found to understand.
    const learnedShare = this.asked?.measure ? this.asked.trust : 1;
    const bestWords = words.reduce((most, { score }) => Math.max(most, score), 1e-9);
    return words.map((found) => ({
      ...found,
      score:
        found.score +
        LEARNED_WEIGHT * (found.learned ?? 0) +
        (learnedShare * CLASSIFIER_WEIGHT * found.classified) / mostClassified +
        learnedShare * DISCRIMINANT_WEIGHT * (found.belonging?.probabilities ?? 0) +
        // What has no vector yet is taken to be as near as its words are.
        (found.similarity
          ? this.vectorScore(found.similarity, scale)
          : (VECTOR_WEIGHT * (this.asked?.trust ?? 0) * found.score ** 2) / bestWords ** 2),
    }));
  }

  private answerOf({ segment, document }: Place): number {
    return this.segments[segment]?.postings.answerKeys[document] ?? 0;
  }

  private saySame(one: Place, other: Place): boolean {
    const answer = this.answerOf(one);
    return answer !== 0 && answer === this.answerOf(other);
  }

  /** What the words of a question are worth, and where they stand in the wordings. */
  private alignment(): Alignment {
    return new Alignment(this.query.words.slice(0, WORDS_MAX), (word) => this.worthOf(tokenHash(word, 1)));
  }

  run(limit: number): Ranked[] {
    const { query } = this;
    const comparison = { query, worthOf: (hash: number) => this.worthOf(hash), alignment: this.alignment() };
    const near = this.scored()
      .sort((one, other) => other.score - one.score)
      .slice(0, Math.max(limit * 2, NEAR))
      .flatMap((found) => {
        const postings = this.segments[found.segment]?.postings;
        return postings ? { ...found, ...wordingOf(postings, found.document, comparison) } : [];
      });
    const bestOrder = near.reduce((most, { order }) => Math.max(most, order), 1e-9);
    const bestAlignment = near.reduce((most, { alignment }) => Math.max(most, alignment), 1e-9);
    const byScript = ({ han, latin }: { readonly han: number; readonly latin: number }) =>
      han * query.hanShare + latin * (1 - query.hanShare);
    const orderWeight = byScript(ORDER_WEIGHT);
    const alignmentWeight =
      byScript(ALIGNMENT_WEIGHT) * (this.segments.some(({ weights }) => weights) ? 1 : 1 - this.answered);
    const ranked = near
      .map((found) => ({
        ...found,
        score:
          found.exact +
          found.score +
          (alignmentWeight * found.alignment) / bestAlignment +
          (orderWeight * found.order) / bestOrder,
      }))
      .sort((one, other) => other.score - one.score);
    const about = {
      query,
      trust: this.asked?.trust ?? 0,
      answered: this.answered,
      saySame: (one: Place, other: Place) => this.saySame(one, other),
    };
    return ranked.slice(0, limit).map((found) => ({
      segment: found.segment,
      document: found.document,
      score: found.score,
      phrase: found.phrase,
      features: featuresOf(found, ranked, about),
    }));
  }
}

/** What was learned from the vectors about one document. */
function at(belonging: Belonging | undefined, document: number): Scored["belonging"] {
  return belonging
    ? { probabilities: belonging.probabilities[document] ?? 0, nearness: belonging.nearness[document] ?? 0 }
    : undefined;
}

interface Place {
  readonly segment: number;
  readonly document: number;
}

/** The most of both similarities, against which the others are measured. */
function scaleOf(similarities: readonly Similarity[]): Similarity {
  let best = 1e-3;
  let middle = 1e-3;
  for (const each of similarities) {
    best = Math.max(best, each.best);
    middle = Math.max(middle, each.middle);
  }
  return { best, middle };
}

/** Ranks the entries of an index for a question, best first. */
export function rank(segments: readonly Segment[], query: Query, limit: number, asked?: AskedVector): Ranked[] {
  return query.channels[0]?.length ? new Search(segments, query, asked).run(limit) : [];
}
