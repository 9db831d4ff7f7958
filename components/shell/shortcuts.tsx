"use client";

import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useSyncExternalStore,
} from "react";
import { chordsOf, pressMatches, worksWhileTyping } from "./key-chords";
import { Registry, useRegistryEntries } from "./registry";

export interface Shortcut {
  readonly id: string;
  readonly keys: string;
  readonly description: string;
  /** Heading in the help dialog; the general one unless given. */
  readonly group: string | undefined;
  readonly run: (event: KeyboardEvent) => void;
}

export interface ShortcutOptions {
  group?: string;
  /** False takes it away for the time being. */
  enabled?: boolean;
}

const ShortcutContext = createContext<Registry<Shortcut>>(new Registry());

/** Longest pause between the keys of a sequence, in milliseconds. */
const SEQUENCE_MILLISECONDS = 900;

const noSubscription = () => () => {};

/** True on Apple's systems; false while rendering on the server. */
export function useApplePlatform(): boolean {
  return useSyncExternalStore(
    noSubscription,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );
}

/**
 * Binds keys while the component is mounted and lists them in the `?` dialog. Of two on the same keys the later one
 * wins. Keys without Control or Command stay silent while somebody types.
 */
export function useShortcut(
  keys: string,
  description: string,
  handler: (event: KeyboardEvent) => void,
  { group, enabled = true }: ShortcutOptions = {},
): void {
  const registry = use(ShortcutContext);
  const id = useId();
  const run = useEffectEvent(handler);
  useEffect(
    () => (enabled ? registry.add({ id, keys, description, group, run: (event) => run(event) }) : undefined),
    [registry, id, keys, description, group, enabled],
  );
}

/** All that are bound at the moment, in the order in which they came. */
export function useShortcuts(): readonly Shortcut[] {
  return useRegistryEntries(use(ShortcutContext));
}

function isTyping(target: EventTarget | null): boolean {
  const element = target instanceof HTMLElement ? target : null;
  return element?.closest("input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable=true]") != null;
}

/** A dialog keeps its keys to itself, but for those with a modifier. */
function isInDialog(): boolean {
  return document.querySelector("[role=dialog][data-state=open], [role=alertdialog][data-state=open]") !== null;
}

export function ShortcutProvider({ children }: { children: ReactNode }) {
  const registry = useMemo(() => new Registry<Shortcut>(), []);
  const pending = useRef<{ chords: string[]; at: number }>({ chords: [], at: 0 });
  const apple = useApplePlatform();

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.isComposing || event.repeat) {
        return;
      }
      const before = event.timeStamp - pending.current.at < SEQUENCE_MILLISECONDS ? pending.current.chords : [];
      const quiet = isTyping(event.target) || isInDialog();
      const advanced: string[] = [];
      for (const shortcut of [...registry.entries()].reverse()) {
        const chords = chordsOf(shortcut.keys);
        const step = before.length > 0 && before.every((chord, index) => chords[index] === chord) ? before.length : 0;
        const chord = chords[step] ?? "";
        if ((quiet && !worksWhileTyping(chord)) || !pressMatches(event, chord, apple)) {
          continue;
        }
        if (step === chords.length - 1) {
          pending.current = { chords: [], at: 0 };
          event.preventDefault();
          shortcut.run(event);
          return;
        }
        advanced.push(...(advanced.length === 0 ? chords.slice(0, step + 1) : []));
      }
      pending.current = { chords: advanced, at: event.timeStamp };
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [registry, apple]);

  return <ShortcutContext value={registry}>{children}</ShortcutContext>;
}
