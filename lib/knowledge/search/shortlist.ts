/** Room for scores, used again by the next search: a search never pauses, so no two are under way. */
const room: Float32Array[] = [];

export function scratch(slot: number, length: number): Float32Array {
  let buffer = room[slot];
  if (!buffer || buffer.length < length) {
    buffer = new Float32Array(length);
    room[slot] = buffer;
  }
  return buffer.subarray(0, length).fill(0);
}

export function addScaled(totals: Float32Array, scores: Float32Array | undefined, factor: number): void {
  if (scores) {
    for (let document = 0; document < totals.length; document += 1) {
      totals[document] = (totals[document] as number) + factor * (scores[document] as number);
    }
  }
}

export function largest(scores: Float32Array): number {
  let most = 0;
  // By index: the iterator of a typed array took five milliseconds for 100,000 entries.
  for (let document = 0; document < scores.length; document += 1) {
    if ((scores[document] as number) > most) {
      most = scores[document] as number;
    }
  }
  return most;
}

export interface Candidate {
  readonly segment: number;
  readonly document: number;
  readonly score: number;
}

/** The best few of many, without sorting them all: a bag that is cut back whenever it is twice too full. */
export class Shortlist {
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
