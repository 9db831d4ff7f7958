"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";

interface Place {
  /** Null until it is on the page, and where nobody made a place. */
  readonly element: HTMLElement | null;
  readonly take: (element: HTMLElement | null) => void;
}

const PlaceContext = createContext<Place>({ element: null, take: () => undefined });

/** For what floats: the element it is rendered into, for the `container` of a portal; undefined means the body. */
export function usePortalPlace(): HTMLElement | undefined {
  return useContext(PlaceContext).element ?? undefined;
}

/**
 * Says where menus, lists and hints of what is inside are rendered: in the PortalOutlet among them. A landmark or a dialog
 * has one, so that nothing floats outside of all landmarks, and nothing of a dialog lies in the page it hides (WCAG 1.3.1).
 */
export function PortalPlace({ children }: { children: ReactNode }) {
  const [element, take] = useState<HTMLElement | null>(null);
  return <PlaceContext value={useMemo(() => ({ element, take }), [element])}>{children}</PlaceContext>;
}

/** Where it is rendered to. Takes no room: what floats has a fixed position. */
export function PortalOutlet() {
  const { take } = useContext(PlaceContext);
  return <div ref={take} />;
}
