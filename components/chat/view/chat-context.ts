import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Translate } from "@/lib/i18n/translate";
import type { ChatPageData } from "../page-data";
import type { ChatState } from "../store/chat-state";
import type { ChatStore } from "../store/chat-store";

/** What floats above the page; at most one at a time. */
export type Overlay =
  | { readonly kind: "citation"; readonly entryId: string; readonly title: string }
  | { readonly kind: "image"; readonly url: string; readonly name: string }
  | { readonly kind: "search" }
  | { readonly kind: "transcript" }
  | { readonly kind: "leave" }
  | { readonly kind: "end" };

export interface Chat {
  readonly data: ChatPageData;
  readonly t: Translate;
  /** Absent while the server renders. */
  readonly store: ChatStore | null;
  readonly open: (overlay: Overlay | null) => void;
  /** Shows a short line above the composer for a few seconds. */
  readonly say: (text: string) => void;
  /** Puts the caret into the composer. */
  readonly focusComposer: () => void;
}

export const ChatContext = createContext<Chat | undefined>(undefined);

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) {
    throw new Error("ChatContext is missing");
  }
  return chat;
}

/** The store's state; renders again when it changes. */
export function useChatState(store: ChatStore | null, initial: ChatState): ChatState {
  const [state, setState] = useState(initial);
  useEffect(() => {
    if (!store) {
      return;
    }
    setState(store.box.state);
    return store.box.subscribe(() => setState(store.box.state));
  }, [store]);
  return state;
}

/** Runs something that may fail, one at a time; a failure is said in the visitor's language. */
export function useAction(): { readonly busy: boolean; readonly run: (action: () => Promise<void>) => void } {
  const { say, t } = useChat();
  const [busy, setBusy] = useState(false);
  const run = (action: () => Promise<void>) => {
    if (busy) {
      return;
    }
    setBusy(true);
    action()
      .catch((cause: unknown) => {
        const detail = typeof cause === "object" && cause !== null && "detail" in cause ? String(cause.detail) : "";
        say(detail || t("failed"));
      })
      .finally(() => setBusy(false));
  };
  return { busy, run };
}
