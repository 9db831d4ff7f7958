/** @jsxImportSource preact */
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { type ChatState, isEnded } from "../store/chat-state";
import { useChat } from "./chat-context";
import { MoreIcon } from "./icons";
import { PushItem } from "./push-item";

/** Other language, same place: what is being typed is kept by the composer. */
function languageAddress(locale: string): string {
  const address = new URL(location.href);
  address.searchParams.set("lang", locale === "en" ? "zh-CN" : "en");
  return address.href;
}

/** Closes an open menu on Escape and on a click beside it. */
function useClosing(details: RefObject<HTMLDetailsElement | null>): void {
  useEffect(() => {
    const close = (event: Event) => {
      const menu = details.current;
      const isEscape = event instanceof KeyboardEvent && event.key === "Escape";
      if (menu?.open && (isEscape || (event.type === "click" && !menu.contains(event.target as Node)))) {
        menu.open = false;
        event.stopPropagation();
        if (isEscape) {
          menu.querySelector("summary")?.focus();
        }
      }
    };
    document.addEventListener("click", close);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("click", close);
      document.removeEventListener("keydown", close);
    };
  }, [details]);
}

/** What is not needed often. */
export function HeaderMenu({ state }: { readonly state: ChatState }) {
  const { data, open, t } = useChat();
  const details = useRef<HTMLDetailsElement>(null);
  const [opened, setOpened] = useState(false);
  useClosing(details);
  const choose = (act: () => void) => () => {
    if (details.current) {
      details.current.open = false;
    }
    act();
  };
  const canEnd = state.conversation !== null && !isEnded(state.conversation);
  return (
    <details
      class="menu"
      ref={details}
      onToggle={() => setOpened((before) => before || details.current?.open === true)}
    >
      <summary class="icon-button" aria-label={t("header.menu")}>
        <MoreIcon />
      </summary>
      <div class="menu-list">
        <button
          type="button"
          lang={data.locale === "en" ? "zh-CN" : "en"}
          onClick={choose(() => location.replace(languageAddress(data.locale)))}
        >
          {t("menu.language")}
        </button>
        <button type="button" onClick={choose(() => open({ kind: "search" }))}>
          {t("menu.search")}
        </button>
        {data.channel.mailsTranscripts && state.conversation && (
          <button type="button" onClick={choose(() => open({ kind: "transcript" }))}>
            {t("menu.transcript")}
          </button>
        )}
        {opened && <PushItem choose={choose} />}
        {canEnd && (
          <button type="button" onClick={choose(() => open({ kind: "end" }))}>
            {t("menu.end")}
          </button>
        )}
      </div>
    </details>
  );
}
