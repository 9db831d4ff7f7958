import { Alignment } from "./alignment";
import { ChannelScorer, type ChannelScores, type Place } from "./channel-scores";
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

/** One question on its way through the segments of an index. */
class Search {
  private readonly scorer: ChannelScorer;

  constructor(
    private readonly segments: readonly Segment[],
    private readonly query: Query,
    private readonly asked: AskedVector | undefined,
  ) {
    this.scorer = new ChannelScorer(segments, query);
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
    channels: readonly ChannelScores[],
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
    return channel === 4 ? weight * this.scorer.answered : weight;
  }

  private vectorScore({ best, middle }: Similarity, scale: Similarity): number {
    const share = (value: number, most: number) => (Math.max(0, value) / most) ** 2;
    const both = share(best, scale.best) + share(middle, scale.middle);
    return (VECTOR_WEIGHT * (this.asked?.trust ?? 0) * both) / 2;
  }

  private scored() {
    const channels = this.query.channels.map((_tokens, channel) => this.scorer.scores(channel));
    const learned = this.learned();
    const similar = this.similar();
    const classes = this.segments.map(({ classifier }) =>
      classifier && this.asked ? classify(classifier, this.asked.vector) : undefined,
    );
    const belonging = this.segments.map(({ discriminant }) =>
      discriminant && this.asked ? belongingOf(discriminant, this.asked.vector) : undefined,
    );
    const characters = this.query.characters.map((hash) => this.scorer.termOf(hash));
    const candidates = this.promising(channels, learned, similar).map(({ segment, document }) => {
      const { vectors } = this.segments[segment] ?? {};
      return {
        segment,
        document,
        sums: channels.map((channel, index) => this.scorer.sumOf(channel, index, { segment, document })),
        characters: this.scorer.charactersOf(characters, { segment, document }),
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
      const answerStrength = this.scorer.answered * Math.min(1, (found.sums[4] ?? 0) / (channels[4]?.perfect ?? 1));
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
    return new Alignment(this.query.words.slice(0, WORDS_MAX), (word) => this.scorer.worthOf(tokenHash(word, 1)));
  }

  run(limit: number): Ranked[] {
    const { query } = this;
    const comparison = { query, worthOf: (hash: number) => this.scorer.worthOf(hash), alignment: this.alignment() };
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
      byScript(ALIGNMENT_WEIGHT) * (this.segments.some(({ weights }) => weights) ? 1 : 1 - this.scorer.answered);
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
      answered: this.scorer.answered,
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
