import { LRUCache } from "lru-cache";

/** What a right that was just read may be remembered for, should the news of its end be lost. Milliseconds. */
const TTL_MS = 5_000;

interface Shared {
  /** Rises with every revocation: what was read before one is not remembered after it. */
  generation: number;
  /** True while this process hears of revocations at once (revocation-listener.ts). */
  hears: boolean;
  readonly caches: Map<string, LRUCache<string, object>>;
}

const SLOT = Symbol.for("yingda.revocable-caches");

/** On globalThis, because pages, routes and the server's own bundle are separate module graphs of one process. */
function shared(): Shared {
  const holder = globalThis as { [SLOT]?: Shared };
  holder[SLOT] ??= { generation: 0, hears: false, caches: new Map() };
  return holder[SLOT];
}

/**
 * Remembers who somebody is and what they may, for a moment, and only in a process that hears at once when a right ends:
 * anywhere else (a function of a platform, say) every request asks the database.
 */
export function revocableCache<Value extends object>(name: string, max: number) {
  /** Made at first use, so that every module graph finds the same. */
  function entries(): LRUCache<string, object> {
    const { caches } = shared();
    let found = caches.get(name);
    if (!found) {
      found = new LRUCache<string, object>({ max, ttl: TTL_MS });
      caches.set(name, found);
    }
    return found;
  }
  return {
    /** What is remembered under the key, else what `load` finds; undefined is never remembered. */
    async get(key: string, load: () => Promise<Value | undefined>): Promise<Value | undefined> {
      const state = shared();
      const known = state.hears ? entries().get(key) : undefined;
      if (known) {
        return known as Value;
      }
      const { generation } = state;
      const value = await load();
      if (value && state.hears && state.generation === generation) {
        entries().set(key, value);
      }
      return value;
    },
  };
}

/** Forgets every right that is remembered: one of them ended. */
export function forgetRights(): void {
  const state = shared();
  state.generation += 1;
  for (const cache of state.caches.values()) {
    cache.clear();
  }
}

/** Says whether this process hears of revocations from now on. While it does not, nothing is remembered. */
export function hearRevocations(hears: boolean): void {
  shared().hears = hears;
  forgetRights();
}
