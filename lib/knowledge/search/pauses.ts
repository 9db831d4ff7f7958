/** Longest work without a pause, in milliseconds: requests are answered between two stretches of it. */
const STRETCH_MS = 6;

/** Lets other requests have their turn while something long is made. */
export class Pauses {
  private since = performance.now();

  /** Resolves at once while little time has passed, or after the others' turn. */
  async ifDue(): Promise<void> {
    if (performance.now() - this.since > STRETCH_MS) {
      await new Promise((resume) => setImmediate(resume));
      this.since = performance.now();
    }
  }
}
