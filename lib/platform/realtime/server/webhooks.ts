/** What the hub tells its process, where hosted Pusher would call a webhook (protocols/07, section 7.9). */
export interface HubEvents {
  channel_occupied: { readonly channel: string };
  channel_vacated: { readonly channel: string };
  member_added: { readonly channel: string; readonly userId: string };
  member_removed: { readonly channel: string; readonly userId: string };
  client_event: {
    readonly channel: string;
    readonly event: string;
    readonly data: string;
    readonly socketId: string;
    readonly userId: string | undefined;
  };
  cache_miss: { readonly channel: string };
}

export type HubEvent = keyof HubEvents;
export type HubListener<Event extends HubEvent> = (payload: HubEvents[Event]) => void;

interface Pending {
  readonly dueAt: number;
  readonly tell: () => void;
}

/**
 * Calls listeners, and holds back "left" events for a moment: a reload must not look like somebody going and coming.
 *
 * All delays are equally long, so one timer for the oldest entry is enough, and what waits is bounded by how much
 * left within that time.
 */
export class HubHooks {
  readonly #listeners: { [Event in HubEvent]: Set<HubListener<Event>> } = {
    channel_occupied: new Set(),
    channel_vacated: new Set(),
    member_added: new Set(),
    member_removed: new Set(),
    client_event: new Set(),
    cache_miss: new Set(),
  };
  readonly #pending = new Map<string, Pending>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly graceMilliseconds: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** @returns a function that takes the listener away again */
  on<Event extends HubEvent>(event: Event, listener: HubListener<Event>): () => void {
    const listeners: Set<HubListener<Event>> = this.#listeners[event];
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Calls every listener; one that throws is reported and harms nobody. */
  emit<Event extends HubEvent>(event: Event, payload: HubEvents[Event]): void {
    const listeners: Set<HubListener<Event>> = this.#listeners[event];
    for (const listener of listeners) {
      try {
        listener(payload);
      } catch (error) {
        this.onError(error);
      }
    }
  }

  /** Tells of an arrival, unless it is a return within the grace: then the departure is forgotten instead. */
  arrived(key: string, tell: () => void): void {
    if (!this.#pending.delete(key)) {
      tell();
    }
  }

  /** Tells of a departure when the grace has passed. */
  left(key: string, tell: () => void): void {
    this.#pending.delete(key);
    this.#pending.set(key, { dueAt: performance.now() + this.graceMilliseconds, tell });
    this.#schedule();
  }

  /** Forgets what waits; for shutdown. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending.clear();
  }

  #schedule(): void {
    if (this.#timer !== undefined) {
      return;
    }
    for (const first of this.#pending.values()) {
      this.#timer = setTimeout(() => this.#tellDue(), Math.max(0, first.dueAt - performance.now()));
      this.#timer.unref();
      return;
    }
  }

  #tellDue(): void {
    this.#timer = undefined;
    const now = performance.now();
    for (const [key, pending] of this.#pending) {
      // Half a millisecond of kindness: timers fire on whole ones.
      if (pending.dueAt > now + 0.5) {
        break;
      }
      this.#pending.delete(key);
      pending.tell();
    }
    this.#schedule();
  }
}
