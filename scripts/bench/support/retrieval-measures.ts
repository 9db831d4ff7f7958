/** One question of a set with what the search made of it. */
export interface Judged {
  /** Whether the knowledge base has an entry for it. */
  readonly inScope: boolean;
  readonly right: boolean;
  readonly confidence: number;
}

/** Area under the ROC curve of the confidence, in scope against out of scope: 0.5 tells nothing, 1 everything. */
export function separation(judged: readonly Judged[]): number {
  const sorted = judged.toSorted((one, other) => one.confidence - other.confidence);
  let rankSum = 0;
  let inScope = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end]?.confidence === sorted[start]?.confidence) {
      end += 1;
    }
    const rank = (start + 1 + end) / 2;
    const here = sorted.slice(start, end).filter((one) => one.inScope).length;
    rankSum += rank * here;
    inScope += here;
    start = end;
  }
  return (rankSum - (inScope * (inScope + 1)) / 2) / (inScope * (judged.length - inScope));
}

/** Largest share of all questions that can be answered, surest first, while `precision` of the answers are right. */
export function coverageAt(judged: readonly Judged[], precision: number): number {
  const sorted = judged.toSorted((one, other) => other.confidence - one.confidence);
  let right = 0;
  let best = 0;
  for (const [index, one] of sorted.entries()) {
    right += one.right ? 1 : 0;
    const last = sorted[index + 1]?.confidence !== one.confidence;
    if (last && right / (index + 1) >= precision) {
      best = index + 1;
    }
  }
  return best / (judged.length || 1);
}

/** Share of all questions whose confidence is at least `from`, and the share of those that are right (1 for none). */
export function shareAt(judged: readonly Judged[], from: number): { share: number; right: number } {
  const answered = judged.filter((one) => one.confidence >= from);
  return {
    share: answered.length / (judged.length || 1),
    right: answered.length > 0 ? answered.filter((one) => one.right).length / answered.length : 1,
  };
}
