/** What of the launcher's server the benchmarks, which are TypeScript, use. */
export const memoryFlags: readonly string[];
