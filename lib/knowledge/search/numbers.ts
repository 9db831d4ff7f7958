/** Numbers of one block, a power of two: 32 kB. */
const BLOCK_BITS = 13;
const BLOCK = 2 ** BLOCK_BITS;

/**
 * Numbers in typed arrays that grow by blocks: one array that is doubled is copied whole, and of millions of numbers that
 * takes longer than others should wait.
 */
export class Numbers {
  length = 0;
  private blocks: Uint32Array[] = [];

  push(value: number): void {
    const place = this.length % BLOCK;
    if (place === 0) {
      this.blocks.push(new Uint32Array(BLOCK));
    }
    (this.blocks[this.blocks.length - 1] as Uint32Array)[place] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.blocks[index >>> BLOCK_BITS]?.[index % BLOCK] ?? 0;
  }

  /** Exactly as long as what is in it; nothing is in it after. */
  take(): Uint32Array {
    const taken = new Uint32Array(this.length);
    for (const [number, block] of this.blocks.entries()) {
      const start = number * BLOCK;
      taken.set(this.length - start < BLOCK ? block.subarray(0, this.length - start) : block, start);
    }
    this.clear();
    return taken;
  }

  clear(): void {
    this.blocks = [];
    this.length = 0;
  }
}
