"use client";

import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState, useTransition } from "react";

export interface ListQuery {
  readonly get: (name: string) => string | undefined;
  /** Sets or (undefined, "") removes filters; the list begins at its first page again. */
  readonly set: (changes: Readonly<Record<string, string | undefined>>) => void;
  readonly clear: () => void;
  /** True while a filter is set. */
  readonly filtered: boolean;
  readonly pending: boolean;
  readonly next: (cursor: string) => void;
  readonly previous: (() => void) | undefined;
  /** Asks the server for the same page again, after a change. */
  readonly refresh: () => void;
}

const CURSOR = "cursor";

/**
 * Filters and page of a table, kept in the address: it can be sent to a colleague, and Back goes back. The server
 * renders the rows anew for each; keyset pages know only their successor, so the way back is remembered here.
 */
export function useListQuery(): ListQuery {
  const router = useRouter();
  const path = usePathname();
  const current = useSearchParams();
  const [pending, startTransition] = useTransition();
  const [trail, setTrail] = useState<readonly string[]>([]);

  function go(changes: Readonly<Record<string, string | undefined>>, base: URLSearchParams): void {
    const search = new URLSearchParams(base);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === "") {
        search.delete(name);
      } else {
        search.set(name, value);
      }
    }
    const query = search.toString();
    startTransition(() => router.replace(query === "" ? path : `${path}?${query}`, { scroll: false }));
  }

  const cursor = current.get(CURSOR) ?? "";
  return {
    get: (name) => current.get(name) ?? undefined,
    set: (changes) => {
      setTrail([]);
      go({ ...changes, [CURSOR]: undefined }, current);
    },
    clear: () => {
      setTrail([]);
      go({}, new URLSearchParams());
    },
    filtered: [...current.keys()].some((name) => name !== CURSOR),
    pending,
    next: (to) => {
      setTrail([...trail, cursor]);
      go({ [CURSOR]: to }, current);
    },
    previous:
      cursor === ""
        ? undefined
        : () => {
            setTrail(trail.slice(0, -1));
            go({ [CURSOR]: trail.at(-1) }, current);
          },
    refresh: () => startTransition(() => router.refresh()),
  };
}
