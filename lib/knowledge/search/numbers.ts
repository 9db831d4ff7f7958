/** Numbers in a typed array that grows. */
export class Numbers {
  length = 0;
  private store = new Uint32Array(1024);

  push(value: number): void {
    if (this.length === this.store.length) {
      const larger = new Uint32Array(this.store.length * 2);
      larger.set(this.store);
      this.store = larger;
    }
    this.store[this.length] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.store[index] ?? 0;
  }

  /** Exactly as long as what is in it; nothing is in it after. */
  take(): Uint32Array {
    const taken = this.store.slice(0, this.length);
    this.store = new Uint32Array(1024);
    this.length = 0;
    return taken;
  }
}
