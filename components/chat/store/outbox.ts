import { backOff, isPassing } from "./back-off";
import type { Outgoing } from "./chat-state";
import { type KeyValueStore, memoryStore } from "./visitor-storage";

/** What a delivery came to; anything else it throws. */
export interface DeliveryFailure {
  readonly status: number;
  readonly reason: string;
  readonly detail: string;
  readonly retryAfterSeconds: number | undefined;
}

export interface OutboxOptions {
  /** Sends one message to `target`; resolves when the server has stored it, throws a RequestFailure otherwise. */
  readonly deliver: (item: Outgoing, target: string | null) => Promise<void>;
  /** The open conversation at this moment, or null when the server shall open one. */
  readonly target: () => string | null;
  readonly onChange: (items: readonly Outgoing[]) => void;
  readonly isFailure: (cause: unknown) => cause is DeliveryFailure;
  readonly random?: () => number;
  readonly later?: (run: () => void, milliseconds: number) => () => void;
}

function later(run: () => void, milliseconds: number): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}

/**
 * Messages on their way. They go out one at a time and in order, survive a reload, and are repeated with the same
 * `clientId` until the server has said yes or no, so that none is lost and none stands twice.
 */
export class Outbox {
  private items: readonly Outgoing[] = [];
  private storage: KeyValueStore = memoryStore();
  private busy = false;
  private paused = true;
  private cancelWait: (() => void) | undefined;

  constructor(private readonly options: OutboxOptions) {}

  get all(): readonly Outgoing[] {
    return this.items;
  }

  /**
   * Takes up what an earlier page left behind and keeps everything there from now on.
   *
   * @param storage one entry per message, so that two tabs never overwrite each other's
   */
  open(storage: KeyValueStore): void {
    const fresh = this.items;
    this.storage = storage;
    const left = storage.keys().flatMap((key) => readItem(storage.get(key)));
    const old = left.filter((item) => !this.find(item.clientId));
    for (const item of fresh) {
      this.keep(item);
    }
    this.change([...old, ...fresh].sort((one, other) => one.createdAt - other.createdAt));
  }

  /** Starts sending; before, messages are only kept. */
  start(): void {
    this.paused = false;
    this.wake();
  }

  /** Stops sending until `start`; nothing is lost. */
  pause(): void {
    this.paused = true;
  }

  add(item: Outgoing): void {
    this.change([...this.items, item]);
    this.keep(item);
    void this.flush();
  }

  /** Changes one message; a finished upload or a retry makes it ready to go. */
  update(clientId: string, patch: Partial<Outgoing>): void {
    const item = this.find(clientId);
    if (item) {
      const next = { ...item, ...patch };
      this.change(this.items.map((each) => (each === item ? next : each)));
      this.keep(next);
      void this.flush();
    }
  }

  remove(clientId: string): void {
    if (this.find(clientId)) {
      this.storage.remove(clientId);
      this.change(this.items.filter((item) => item.clientId !== clientId));
    }
  }

  /** Takes out what the server is known to have stored. */
  confirm(clientIds: ReadonlySet<string | null>): void {
    for (const item of this.items) {
      if (clientIds.has(item.clientId)) {
        this.remove(item.clientId);
      }
    }
  }

  find(clientId: string): Outgoing | undefined {
    return this.items.find((item) => item.clientId === clientId);
  }

  /** Tries again now instead of when the wait is over: the network came back. */
  wake(): void {
    this.cancelWait?.();
    this.cancelWait = undefined;
    void this.flush();
  }

  private async flush(): Promise<void> {
    if (this.busy || this.paused || this.cancelWait) {
      return;
    }
    this.busy = true;
    for (let item = this.next(); item && !this.paused && !this.cancelWait; item = this.next()) {
      await this.attempt(item);
    }
    this.busy = false;
  }

  private next(): Outgoing | undefined {
    return this.items.find((item) => item.state === "queued");
  }

  private async attempt(item: Outgoing): Promise<void> {
    const target = item.target === undefined ? this.options.target() : item.target;
    this.patch(item.clientId, { target });
    try {
      await this.options.deliver(item, target);
      this.remove(item.clientId);
    } catch (cause) {
      if (this.options.isFailure(cause)) {
        this.judge(item, target, cause);
      } else {
        this.patch(item.clientId, { state: "failed" });
      }
    }
  }

  private judge(item: Outgoing, target: string | null, failure: DeliveryFailure): void {
    const isGone = failure.reason === "conversation_ended" || failure.reason === "conversation_not_found";
    if (isGone && target !== null) {
      // It ended while this was on its way and nothing was stored: the same message opens the next conversation.
      this.patch(item.clientId, { target: null, quote: null });
    } else if (failure.reason === "quote_unknown" && item.quote) {
      // What it answers to was taken back, or stands in a conversation that went on elsewhere: the words go without it.
      this.patch(item.clientId, { quote: null });
    } else if (isPassing(failure.status)) {
      const attempts = item.attempts + 1;
      this.patch(item.clientId, { attempts });
      const wait = backOff(attempts, (this.options.random ?? Math.random)(), failure.retryAfterSeconds);
      this.cancelWait = (this.options.later ?? later)(() => this.wake(), wait);
    } else {
      this.patch(item.clientId, { state: "failed", error: failure.detail });
    }
  }

  private patch(clientId: string, patch: Partial<Outgoing>): void {
    const item = this.find(clientId);
    if (item) {
      const next = { ...item, ...patch };
      this.change(this.items.map((each) => (each === item ? next : each)));
      this.keep(next);
    }
  }

  private keep(item: Outgoing): void {
    // A file that is not on the server yet cannot be kept: the browser forgets it with the page.
    if (!item.file || item.file.fileId) {
      const file = item.file && { ...item.file, previewUrl: null };
      this.storage.set(item.clientId, JSON.stringify({ ...item, file }));
    }
  }

  private change(items: readonly Outgoing[]): void {
    this.items = items;
    this.options.onChange(items);
  }
}

function readItem(text: string | null): Outgoing[] {
  try {
    const item = JSON.parse(text ?? "") as Partial<Outgoing>;
    if (typeof item.clientId !== "string" || typeof item.text !== "string" || typeof item.createdAt !== "number") {
      return [];
    }
    const state = item.state === "failed" ? "failed" : "queued";
    return [{ attempts: 0, error: null, file: null, quote: null, target: undefined, ...item, state } as Outgoing];
  } catch {
    return [];
  }
}
