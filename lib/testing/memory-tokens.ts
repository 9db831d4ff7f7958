import type { TokenSource } from "@/lib/channels/token-source";

/** Tokens of one test, kept in memory; `given` are there from the start and never end. */
export function memoryTokens(given: Readonly<Record<string, string>> = {}): TokenSource {
  const held = new Map(Object.entries(given));
  return {
    async get(name, fetchToken) {
      const value = held.get(name) ?? (await fetchToken()).value;
      held.set(name, value);
      return value;
    },
    async refuse(name, value) {
      if (held.get(name) === value) {
        held.delete(name);
      }
    },
  };
}
