/** How many requests of one bulk action are under way at once. */
const AT_ONCE = 4;

export interface BulkResult {
  readonly done: number;
  /** What went wrong, once for each conversation that stayed as it was. */
  readonly failures: readonly unknown[];
}

/** Does the same to many, a few at a time; one that fails does not keep the others from being done. */
export async function runBulk(ids: readonly string[], work: (id: string) => Promise<void>): Promise<BulkResult> {
  const waiting = [...ids];
  const failures: unknown[] = [];
  async function next(): Promise<void> {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      await work(id).catch((error: unknown) => failures.push(error));
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return { done: ids.length - failures.length, failures };
}
