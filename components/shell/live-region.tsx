"use client";

import { createContext, type ReactNode, use, useCallback, useState } from "react";

type Announce = (text: string, urgency?: "polite" | "assertive") => void;

const AnnounceContext = createContext<Announce>(() => {});

/** Speaks to screen readers without moving focus: new messages, finished work. "assertive" interrupts; use it sparingly. */
export function useAnnounce(): Announce {
  return use(AnnounceContext);
}

export function LiveRegionProvider({ children }: { children: ReactNode }) {
  const [spoken, setSpoken] = useState({ polite: "", assertive: "" });
  const announce = useCallback<Announce>((text, urgency = "polite") => {
    // The same words twice are only spoken again when the text differs; a no-break space makes it so.
    setSpoken((before) => ({ ...before, [urgency]: before[urgency] === text ? `${text}\u00a0` : text }));
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div aria-live="polite" className="sr-only">
        {spoken.polite}
      </div>
      <div aria-live="assertive" className="sr-only">
        {spoken.assertive}
      </div>
    </AnnounceContext>
  );
}
