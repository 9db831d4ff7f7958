/** A platform's clock that a test moves by hand: what ends after days ends at once, and nothing has to wait. */
export class StubClock {
  #ahead = 0;

  /** Milliseconds since 1970, as far ahead of the real time as it was moved. */
  readonly now = (): number => Date.now() + this.#ahead;

  /** @param milliseconds how far it goes on */
  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}
