"use client";

import { useCallback, useEffect } from "react";
import { addressOf, placeOf } from "./address";
import { useDesk, useDeskState } from "./desk-provider";
import type { Place } from "./store/state";

/** Where the agent is. */
export function usePlace(): Place {
  return useDeskState((state) => state.place);
}

/**
 * Goes to another place without loading a page: the store first, so that it shows at once, then the address bar.
 *
 * @returns `go(place)`; with `replace` the step before is not kept (typing in the search field, say)
 */
export function useGo(): (place: Partial<Place>, options?: { replace?: boolean }) => void {
  const desk = useDesk();
  return useCallback(
    (place, { replace = false } = {}) => {
      desk.go(place);
      const address = addressOf(desk.store.get().place);
      if (address === `${window.location.pathname}${window.location.search}`) {
        return;
      }
      if (replace) {
        window.history.replaceState(null, "", address);
      } else {
        window.history.pushState(null, "", address);
      }
    },
    [desk],
  );
}

/** Follows the browser's back and forward buttons. */
export function useAddressBar(): void {
  const desk = useDesk();
  useEffect(() => {
    const follow = () => {
      const place = placeOf(Object.fromEntries(new URLSearchParams(window.location.search)));
      desk.go({ filters: undefined, at: undefined, ...place });
    };
    window.addEventListener("popstate", follow);
    return () => window.removeEventListener("popstate", follow);
  }, [desk]);
}
