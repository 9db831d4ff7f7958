import { anonymousKey } from "../store/visitor-session";
import { browserStore, canStore, type KeyValueStore, memoryStore } from "../store/visitor-storage";

/** How long a frame that may store nothing waits for what the page keeps for it, in milliseconds. */
const PATIENCE_MS = 1_500;

export interface KeptSession {
  readonly store: KeyValueStore;
  /** Settles once it is known who the visitor was on the page before; at once where the frame may store things. */
  ready(): Promise<void>;
  /** What the page around kept; null: nothing. */
  take(value: string | null): void;
}

/**
 * Where a frame keeps who its visitor is: in the browser's storage, or, where a frame on another site may store nothing,
 * in memory, with the page around it keeping the token of a visitor who is not signed in.
 *
 * @param tell says to the page what to keep
 */
export function keptSession(
  channelId: string,
  tell: (value: string | null) => void,
  storage: () => Storage = () => localStorage,
): KeptSession {
  if (canStore(storage)) {
    return { store: browserStore(storage), ready: async () => undefined, take: () => undefined };
  }
  const key = anonymousKey(channelId);
  const memory = memoryStore();
  let settle: () => void = () => undefined;
  const known = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const changing = (change: (name: string) => void) => (name: string) => {
    change(name);
    if (name === key) {
      tell(memory.get(key));
    }
  };
  return {
    store: {
      ...memory,
      set: (name, value) => changing(() => memory.set(name, value))(name),
      remove: changing((name) => memory.remove(name)),
    },
    ready: () => {
      setTimeout(settle, PATIENCE_MS);
      return known;
    },
    take: (value) => {
      if (value && memory.get(key) === null) {
        memory.set(key, value);
      }
      settle();
    },
  };
}
