"use client";

import { createContext, type ReactNode, use, useCallback, useMemo, useState } from "react";

export interface Selection {
  /** True while rows are chosen instead of opened. */
  readonly active: boolean;
  readonly ids: ReadonlySet<string>;
  readonly begin: () => void;
  readonly toggle: (id: string) => void;
  readonly choose: (ids: readonly string[]) => void;
  readonly end: () => void;
}

const NOBODY: ReadonlySet<string> = new Set();
const SelectionContext = createContext<Selection>({
  active: false,
  ids: NOBODY,
  begin: () => undefined,
  toggle: () => undefined,
  choose: () => undefined,
  end: () => undefined,
});

export function useSelection(): Selection {
  return use(SelectionContext);
}

/** Which conversations of a list are chosen for an action on all of them. Mount it anew for each tab. */
export function SelectionProvider({ children }: { children: ReactNode }) {
  const [ids, setIds] = useState<ReadonlySet<string>>();
  const begin = useCallback(() => setIds((before) => before ?? NOBODY), []);
  const end = useCallback(() => setIds(undefined), []);
  const choose = useCallback((chosen: readonly string[]) => setIds(new Set(chosen)), []);
  const toggle = useCallback(
    (id: string) =>
      setIds((before) => {
        const next = new Set(before);
        return next.delete(id) ? next : next.add(id);
      }),
    [],
  );
  const value = useMemo(
    () => ({ active: ids !== undefined, ids: ids ?? NOBODY, begin, toggle, choose, end }),
    [ids, begin, toggle, choose, end],
  );
  return <SelectionContext value={value}>{children}</SelectionContext>;
}
