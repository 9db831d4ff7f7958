import type { Belonging } from "./discriminant";
import type { Features } from "./features";
import type { Similarity } from "./phrase-vectors";
import type { Query } from "./query";
import { CLAUSE, WHOLE, type Wording } from "./wording";

/** An entry that was scored, with all that its score is made of. */
export interface Scored extends Wording {
  readonly segment: number;
  readonly document: number;
  readonly score: number;
  readonly strength: number;
  readonly answerStrength: number;
  readonly learned: number | undefined;
  readonly similarity: Similarity | undefined;
  /** Of this document, by what was learned from the vectors. */
  readonly belonging: { readonly [Part in keyof Belonging]: number } | undefined;
}

interface About {
  readonly query: Query;
  readonly trust: number;
  readonly answered: number;
  /** Whether two entries have the same answer. */
  readonly saySame: (one: Scored, other: Scored) => boolean;
}

/** Rivals that an entry is to stand out from. */
const CROWD = 5;

/** What was learned for an entry and for those that say the same. */
function learnedTogether(ranked: readonly Scored[], rivals: readonly Scored[]): number {
  const alike = ranked.filter((other) => !rivals.includes(other));
  return Math.min(
    1,
    alike.reduce((sum, { learned }) => sum + (learned ?? 0), 0),
  );
}

const highest = (values: readonly number[]): number => values.reduce((high, value) => Math.max(high, value), 0);

/**
 * What speaks for an entry and against it. Entries with the same answer, in another collection perhaps, are no rivals:
 * either answers the question.
 *
 * @param ranked all that were compared, best first
 */
export function featuresOf(
  found: Scored,
  ranked: readonly Scored[],
  { query, trust, answered, saySame }: About,
): Features {
  const rivals = ranked.filter((other) => other !== found && !saySame(found, other));
  const rival = rivals[0]?.score ?? 0;
  const most = Math.max(found.score, rival, 1e-9);
  const next = rivals.slice(0, CROWD);
  const crowd = next.reduce((sum, { score }) => sum + Math.max(0, score), 0) / (next.length || 1);
  return {
    coverage: found.coverage,
    phrase: found.cosine,
    strength: found.strength,
    answerStrength: found.answerStrength,
    answered,
    alignment: found.alignment,
    alignmentLead: found.alignment - highest(rivals.map(({ alignment }) => alignment)),
    margin: (found.score - rival) / most,
    clearance: (found.score - crowd) / most,
    learned: found.learned === undefined ? undefined : learnedTogether(ranked, rivals),
    similarity: found.similarity?.best,
    similarityLead: found.similarity
      ? found.similarity.best - highest(rivals.map(({ similarity }) => similarity?.best ?? 0))
      : 0,
    belonging: found.belonging,
    trust,
    contentGrams: query.contentGrams,
    namesNothing: query.namesNothing,
    hanShare: query.hanShare,
    exact: found.exact === WHOLE || (found.exact === CLAUSE && found.score - rival > CLAUSE / 2),
  };
}
