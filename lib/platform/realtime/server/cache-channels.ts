import { LRUCache } from "lru-cache";

/** The last event of a cache channel. */
export interface CachedEvent {
  readonly event: string;
  readonly data: string;
}

const KEPT_MILLISECONDS = 30 * 60 * 1_000;
const KEPT_CHANNELS = 1_000;
const KEPT_BYTES = 8 * 1024 * 1024;

/** Last events of cache channels, for 30 minutes at most (protocols/07, section 7.10), the least used forgotten first. */
export class CacheChannels {
  readonly #events = new LRUCache<string, CachedEvent>({
    max: KEPT_CHANNELS,
    maxSize: KEPT_BYTES,
    sizeCalculation: (value, name) => 1 + name.length + value.event.length + value.data.length * 2,
    ttl: KEPT_MILLISECONDS,
  });

  remember(channel: string, event: CachedEvent): void {
    this.#events.set(channel, event);
  }

  recall(channel: string): CachedEvent | undefined {
    return this.#events.get(channel);
  }

  /** Seconds until the event of `channel` is forgotten, rounded. */
  secondsLeft(channel: string): number {
    return Math.round(this.#events.getRemainingTTL(channel) / 1_000);
  }
}
