"use client";

import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from "react";
import type { RealtimeSettings } from "@/components/realtime/connection";
import { newId } from "@/lib/core/ids";
import { createClient } from "@/lib/platform/http/client";
import { createDesk, type Desk } from "./store/desk";
import type { DeskAgent } from "./store/desk-parts";
import type { DeskState, FirstData } from "./store/state";
import { createDeskStorage, type KeyValueStorage } from "./store/storage";

/** What the server knows and the browser needs. */
export interface DeskSettings {
  readonly realtime: RealtimeSettings;
  /** Largest file, in bytes. */
  readonly uploadMaxBytes: number;
  /** True when the merchant has messages translated for each side. */
  readonly translates: boolean;
}

const DeskContext = createContext<{ desk: Desk; settings: DeskSettings } | undefined>(undefined);

/** Undefined on the server, and where the browser forbids storage. */
function browserStorage(): KeyValueStorage | undefined {
  try {
    return typeof window === "undefined" ? undefined : window.localStorage;
  } catch {
    return undefined;
  }
}

interface DeskProviderProps {
  agent: DeskAgent;
  first: FirstData;
  settings: DeskSettings;
  children: ReactNode;
}

/** Holds the desk's store. Stands above the shell, whose rail shows the agent's own state. */
export function DeskProvider({ agent, first, settings, children }: DeskProviderProps) {
  // Made once: when the language changes, the server renders anew and the desk stays as it is.
  const [value] = useState(() => ({
    settings,
    desk: createDesk({
      agent,
      first,
      call: createClient(),
      storage: createDeskStorage(browserStorage(), agent.id),
      newClientId: () => newId("client"),
    }),
  }));
  // After hydration: the server knew nothing of what this browser keeps.
  useEffect(() => value.desk.restore(), [value]);
  return <DeskContext value={value}>{children}</DeskContext>;
}

function useDeskContext() {
  const context = use(DeskContext);
  if (context === undefined) {
    throw new Error("the desk's hooks need a DeskProvider above them");
  }
  return context;
}

/** The desk: its store and what can be done. @throws Error outside of a DeskProvider */
export function useDesk(): Desk {
  return useDeskContext().desk;
}

/** @throws Error outside of a DeskProvider */
export function useDeskSettings(): DeskSettings {
  return useDeskContext().settings;
}

/**
 * A part of the desk's state. `select` has to answer the same object while nothing of that part changed: pick what is
 * there, and compute with useMemo.
 */
export function useDeskState<Part>(select: (state: DeskState) => Part): Part {
  const { store } = useDesk();
  const read = () => select(store.get());
  return useSyncExternalStore(store.subscribe, read, read);
}
