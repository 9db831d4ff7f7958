/** @jsxImportSource preact */
import type { ChatState } from "../store/chat-state";
import { Avatar } from "./avatar";
import { useChat } from "./chat-context";
import { HeaderMenu } from "./header-menu";
import { CloseIcon } from "./icons";

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
      <HeaderMenu state={state} />
      {onClose && (
        <button type="button" class="icon-button" aria-label={t("header.close")} onClick={onClose}>
          <CloseIcon />
        </button>
      )}
    </header>
  );
}
