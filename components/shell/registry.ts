import { useSyncExternalStore } from "react";

const NOTHING: readonly never[] = [];

/** A list that mounted components put themselves into, and that others watch. */
export class Registry<Entry extends { readonly id: string }> {
  #entries: readonly Entry[] = NOTHING;
  readonly #listeners = new Set<() => void>();

  readonly entries = (): readonly Entry[] => this.#entries;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Adds an entry, in place of one with the same id; returns what takes it away. */
  readonly add = (entry: Entry): (() => void) => {
    this.#change([...this.#entries.filter(({ id }) => id !== entry.id), entry]);
    return () => this.#change(this.#entries.filter((other) => other !== entry));
  };

  #change(entries: readonly Entry[]): void {
    this.#entries = entries;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

/** The entries, rendered anew when they change; none on the server. */
export function useRegistryEntries<Entry extends { readonly id: string }>(registry: Registry<Entry>): readonly Entry[] {
  return useSyncExternalStore(registry.subscribe, registry.entries, () => NOTHING);
}
