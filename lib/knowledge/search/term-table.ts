/** Parts of a table, by the first bits of a hash. */
const PART_BITS = 6;
const PLACES_AT_FIRST = 64;

/** Hashes and their numbers, by open addressing. */
class Part {
  private size = 0;
  private keys = new Uint32Array(PLACES_AT_FIRST);
  private numbers = new Uint32Array(PLACES_AT_FIRST);

  find(hash: number): number {
    const mask = this.keys.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const key = this.keys[place];
      if (key === hash) {
        return this.numbers[place] ?? -1;
      }
      if (key === 0) {
        return -1;
      }
    }
  }

  add(hash: number, number: number): void {
    if (this.size * 2 >= this.keys.length) {
      this.grow();
    }
    this.place(hash, number);
    this.size += 1;
  }

  private place(hash: number, number: number): void {
    const mask = this.keys.length - 1;
    let place = hash & mask;
    while (this.keys[place] !== 0) {
      place = (place + 1) & mask;
    }
    this.keys[place] = hash;
    this.numbers[place] = number;
  }

  private grow(): void {
    const { keys, numbers } = this;
    this.keys = new Uint32Array(keys.length * 2);
    this.numbers = new Uint32Array(keys.length * 2);
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index] ?? 0;
      if (key !== 0) {
        this.place(key, numbers[index] ?? 0);
      }
    }
  }
}

/**
 * Hash → number of the term, in typed arrays: a Map of a million terms weighs ten times as much. In parts, for a table that
 * is full is made anew, and of a million terms at once that would take longer than others should wait.
 */
export class TermTable {
  size = 0;
  private readonly parts = Array.from({ length: 2 ** PART_BITS }, () => new Part());

  private partOf(hash: number): Part {
    return this.parts[hash >>> (32 - PART_BITS)] as Part;
  }

  /** Number of the term or -1. */
  find(hash: number): number {
    return this.partOf(hash).find(hash);
  }

  /** Number of the term, a new one if it is not there. */
  add(hash: number): number {
    const part = this.partOf(hash);
    const known = part.find(hash);
    if (known >= 0) {
      return known;
    }
    const number = this.size;
    part.add(hash, number);
    this.size += 1;
    return number;
  }
}
