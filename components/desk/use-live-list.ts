"use client";

import { useCallback, useEffect, useState } from "react";
import { useDeskState } from "./desk-provider";

/**
 * A short list, read anew whenever the desk is told of a change or is connected again.
 *
 * @param ask asks the server for it; the same function as long as the same is asked
 * @param changed grows with each change that the desk is told of
 */
export function useLiveList<Item>(ask: () => Promise<{ readonly items: readonly Item[] }>, changed: number) {
  const connection = useDeskState((state) => state.connection);
  const [items, setItems] = useState<readonly Item[]>([]);
  const refresh = useCallback(
    () =>
      ask().then(
        (page) => setItems(page.items),
        // Nothing is lost: the next change or connection asks again.
        () => undefined,
      ),
    [ask],
  );
  useEffect(() => {
    if (connection !== "lost" && changed >= 0) {
      void refresh();
    }
  }, [refresh, changed, connection]);
  return { items, refresh };
}
