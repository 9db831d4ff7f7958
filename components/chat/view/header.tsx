/** @jsxImportSource preact */
import { useEffect, useRef, useState } from "preact/hooks";
import { type ChatState, isEnded } from "../store/chat-state";
import { Avatar } from "./avatar";
import { useChat } from "./chat-context";
import { CloseIcon, MoreIcon } from "./icons";
import { PushItem } from "./push-item";

type Presence = "online" | "waiting" | "none";

/** Who answers, in words and as the colour of a dot. */
function statusOf(state: ChatState, botEnabled: boolean): { readonly key: string; readonly presence: Presence } {
  const status = state.conversation?.status;
  if (state.phase === "refused") {
    return { key: "unavailable", presence: "none" };
  }
  if (state.link === "offline") {
    return { key: "connecting", presence: "none" };
  }
  switch (status) {
    case "queued":
      return { key: "queued", presence: "waiting" };
    case "assigned":
    case "snoozed":
      return { key: "assigned", presence: "online" };
    case "offline":
      return { key: "offline", presence: "waiting" };
    case "resolved":
    case "closed":
      return { key: "ended", presence: "none" };
    default:
      return { key: botEnabled ? "bot" : "people", presence: "online" };
  }
}

/** Other language, same place: what is being typed is kept by the composer. */
function languageAddress(locale: string): string {
  const address = new URL(location.href);
  address.searchParams.set("lang", locale === "en" ? "zh-CN" : "en");
  return address.href;
}

function Menu({ state }: { readonly state: ChatState }) {
  const { data, open, t } = useChat();
  const details = useRef<HTMLDetailsElement>(null);
  const [opened, setOpened] = useState(false);
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
  }, []);
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

export function Header({ state, onClose }: { readonly state: ChatState; readonly onClose: (() => void) | null }) {
  const { data, t } = useChat();
  const { channel } = data;
  const { key, presence } = statusOf(state, channel.botEnabled);
  const agent = key === "assigned" ? state.conversation?.agent : null;
  return (
    <header class="header">
      <Avatar
        name={agent?.name ?? channel.name}
        url={agent ? agent.avatarUrl : channel.avatarUrl}
        class="avatar-large"
      />
      <div class="header-text">
        <h1>{channel.name}</h1>
        <p class="header-status">
          <span class={`presence presence-${presence}`} aria-hidden="true" />
          {agent && <strong>{agent.name}</strong>}
          <span>{t(`header.${key}`)}</span>
        </p>
      </div>
      <Menu state={state} />
      {onClose && (
        <button type="button" class="icon-button" aria-label={t("header.close")} onClick={onClose}>
          <CloseIcon />
        </button>
      )}
    </header>
  );
}
