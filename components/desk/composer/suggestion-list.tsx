"use client";

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { cn } from "@/components/ui/class-names";
import { floatingClasses } from "@/components/ui/floating-classes";

export interface SuggestionListProps<Item> {
  id: string;
  label: string;
  items: readonly Item[];
  active: number;
  onPick: (item: Item) => void;
  keyOf: (item: Item) => string;
  children: (item: Item) => ReactNode;
  /** What is said instead of an empty list. */
  empty: ReactNode;
}

/** The list above the composer while a `/` or `@` is being written. The text field keeps the focus and names the line. */
export function SuggestionList<Item>(props: SuggestionListProps<Item>) {
  const { id, label, items, active, onPick, keyOf, children, empty } = props;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div
      className={cn(floatingClasses, "absolute inset-x-2 bottom-full mb-1 max-h-72 overflow-y-auto p-1")}
      data-state="open"
    >
      {items.length === 0 ? (
        <p className="flex items-center justify-center gap-2 px-3 py-4 text-sm text-ink-muted">{empty}</p>
      ) : null}
      <div ref={list} id={id} role="listbox" aria-label={label}>
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: the text field keeps the focus and handles the keys
          <div
            key={keyOf(item)}
            id={`${id}-${index}`}
            data-index={index}
            role="option"
            aria-selected={index === active}
            // Keeps the caret where it is.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(item)}
            className={cn("cursor-default rounded-sm px-2 py-1.5 hover:bg-hover", index === active && "bg-selected")}
          >
            {children(item)}
          </div>
        ))}
      </div>
    </div>
  );
}

export interface SuggestionKeys {
  readonly active: number;
  readonly reset: () => void;
  /** Handles arrows, Enter, Tab and Escape while the list is open. @returns true when the key was for the list */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** Chooses from a list of suggestions by keyboard while the text field has the focus. */
export function useSuggestionKeys<Item>(
  open: boolean,
  items: readonly Item[],
  pick: (item: Item) => void,
  close: () => void,
): SuggestionKeys {
  const [place, setPlace] = useState(0);
  const active = Math.min(place, Math.max(0, items.length - 1));
  const step = (by: number) => setPlace(items.length === 0 ? 0 : (active + items.length + by) % items.length);

  function onKey(event: KeyboardEvent): boolean {
    if (!open) {
      return false;
    }
    const item = items[active];
    switch (event.key) {
      case "ArrowDown":
        step(1);
        return true;
      case "ArrowUp":
        step(-1);
        return true;
      case "Enter":
      case "Tab":
        if (item === undefined) {
          return false;
        }
        pick(item);
        return true;
      case "Escape":
        close();
        return true;
      default:
        return false;
    }
  }

  return { active, reset: () => setPlace(0), onKey };
}
