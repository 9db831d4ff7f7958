/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import type { ChatState } from "../store/chat-state";
import { useChat } from "./chat-context";

/** A short cut mends itself; only one that lasts longer is told, in milliseconds. */
const PATIENCE_MS = 3_000;

function useLasting(active: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!active) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [active]);
  return lasting && active;
}

/** What is wrong with the connection, for as long as it is. */
export function Banner({ state }: { readonly state: ChatState }) {
  const { store, t } = useChat();
  const isStuck = state.phase === "starting" && state.problem !== null;
  const isSlow = useLasting(state.phase === "ready" && state.link === "polling" && state.conversation !== null);
  const key = state.link === "offline" ? "offline" : isStuck ? "starting" : isSlow ? "reconnecting" : undefined;
  return (
    <div role="status" class="banner-place">
      {state.phase === "refused" && <p class="banner banner-strong">{state.problem || t("missing.title")}</p>}
      {state.phase !== "refused" && key && (
        <p class="banner">
          <span>{t(`banner.${key}`)}</span>
          {key !== "offline" && (
            <button type="button" class="text-button" onClick={() => store?.wake()}>
              {t("banner.retry")}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
