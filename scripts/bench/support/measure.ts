import { performance } from "node:perf_hooks";
import { type Latency, latencyOf } from "./report";

/**
 * Calls the work one after the other and tells how long the calls took.
 *
 * @param prepare what has to be undone or made ready before each call, outside the measured time
 */
export async function measure(
  runs: number,
  work: (run: number) => Promise<unknown>,
  prepare: (run: number) => Promise<unknown> = async () => undefined,
): Promise<Latency> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    await prepare(run);
    const start = performance.now();
    await work(run);
    times.push(performance.now() - start);
  }
  return latencyOf(times);
}
