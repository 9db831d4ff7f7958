import { LRUCache } from "lru-cache";

/**
 * A cache that the whole process shares.
 *
 * On globalThis because Next's pages, its routes and the server's own bundle are separate module graphs: a cache in a
 * module variable exists once in each, and forgetting in one would leave a revoked session alive in the others.
 *
 * @param ttl milliseconds after which an entry counts as unknown: what another process changed shows after this
 */
export function sharedCache<Value extends object>(name: string, max: number, ttl: number): LRUCache<string, Value> {
  const slot = Symbol.for(`yingda.cache.${name}`);
  const holder = globalThis as { [key: symbol]: LRUCache<string, Value> | undefined };
  holder[slot] ??= new LRUCache<string, Value>({ max, ttl });
  return holder[slot];
}
