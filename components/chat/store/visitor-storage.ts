/** The part of `Storage` that is used. */
export interface KeyValueStore {
  keys(): readonly string[];
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

/** Keeps things as long as the page lives: for a frame whose browser blocks storage. */
export function memoryStore(): KeyValueStore {
  const values = new Map<string, string>();
  return {
    keys: () => [...values.keys()],
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
  };
}

/** True where pages may store things; frames on other sites often may not. */
export function canStore(open: () => Storage): boolean {
  try {
    const storage = open();
    storage.setItem("yingda:probe", "1");
    storage.removeItem("yingda:probe");
    return true;
  } catch {
    return false;
  }
}

/**
 * The browser's storage, or memory when it is blocked (third-party frames, private windows). A full storage loses the
 * copy for a reload, never the message on screen.
 */
export function browserStore(open: () => Storage): KeyValueStore {
  if (!canStore(open)) {
    return memoryStore();
  }
  const storage = open();
  return {
    keys: () => Object.keys(storage),
    get: (key) => storage.getItem(key),
    set: (key, value) => {
      try {
        storage.setItem(key, value);
      } catch {
        storage.removeItem(key);
      }
    },
    remove: (key) => storage.removeItem(key),
  };
}

/** A part of a store under a prefix: one per channel and signed-in user, so that neither sees the other's. */
export function storePart(store: KeyValueStore, prefix: string): KeyValueStore {
  return {
    keys: () =>
      store
        .keys()
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length)),
    get: (key) => store.get(prefix + key),
    set: (key, value) => store.set(prefix + key, value),
    remove: (key) => store.remove(prefix + key),
  };
}
