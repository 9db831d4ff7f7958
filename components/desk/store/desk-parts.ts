import type { createClient } from "@/lib/platform/http/client";
import { RequestFailed } from "@/lib/platform/http/client";
import type { News } from "./news";
import type { DeskState } from "./state";
import type { DeskStorage } from "./storage";
import type { Store } from "./store";

export type Call = ReturnType<typeof createClient>;

/** Who works at this desk. */
export interface DeskAgent {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl: string | null;
  readonly merchantId: string;
  readonly merchantName: string;
  /** May answer and take over what colleagues have. */
  readonly mayTakeOver: boolean;
}

/** What the actions share. */
export interface DeskParts {
  readonly store: Store<DeskState>;
  readonly call: Call;
  readonly agent: DeskAgent;
  readonly storage: DeskStorage;
  readonly newClientId: () => string;
  readonly now: () => Date;
  readonly tell: (news: News) => void;
}

/** The server's own words for a failure, in the agent's language; empty when no answer came at all. */
export function detailOf(error: unknown): string {
  return error instanceof RequestFailed ? error.problem.detail : "";
}

/** Calls the server and notes when the session has ended, so that the page can say so instead of failing everywhere. */
export function callNotingSession(parts: Pick<DeskParts, "store">, call: Call): Call {
  return async (contract, request, signal) => {
    try {
      return await call(contract, request, signal);
    } catch (error) {
      if (error instanceof RequestFailed && error.problem.status === 401) {
        parts.store.update((state) => (state.signedOut ? state : { ...state, signedOut: true }));
      }
      throw error;
    }
  };
}
