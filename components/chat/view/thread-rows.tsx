/** @jsxImportSource preact */
import type { ChatState } from "../store/chat-state";
import { Avatar } from "./avatar";
import { useChat } from "./chat-context";
import { chatTime } from "./chat-time";
import { BubbleRow, MessageRow } from "./message-row";
import { OutgoingRow } from "./outgoing-row";
import { AnswerText } from "./text-content";
import type { NoticePart, Row } from "./timeline";

/** A line of the product's own; some are worded from the visitor's side. */
function Notice({ part }: { readonly part: NoticePart }) {
  const { t } = useChat();
  const own = `notices.${part.key}`;
  const worded = t(own, part.values);
  return <li class="notice">{worded === own ? t(`shared.${part.key}`, part.values) : worded}</li>;
}

/** An answer as it is being written. */
function Stream({ text }: { readonly text: string }) {
  const { t, data } = useChat();
  return (
    <BubbleRow own={false} first name={t("bot")} avatar={<Avatar name={data.channel.name} bot />}>
      <div class="bubble streaming">
        <AnswerText text={text} />
      </div>
    </BubbleRow>
  );
}

/** Three dots for somebody who types. */
export function TypingRow({ state }: { readonly state: ChatState }) {
  const { t, data } = useChat();
  const { typist, conversation } = state;
  if (!typist) {
    return null;
  }
  const isBot = typist.side === "bot";
  const name = isBot ? t("bot") : (typist.name ?? conversation?.agent?.name ?? t("agent"));
  return (
    <BubbleRow
      own={false}
      first
      avatar={
        <Avatar
          name={isBot ? data.channel.name : name}
          url={isBot ? null : conversation?.agent?.avatarUrl}
          bot={isBot}
        />
      }
    >
      <div class="bubble dots">
        <span class="hidden">{isBot ? t("thread.thinking") : t("thread.typing", { name })}</span>
        <i />
        <i />
        <i />
      </div>
    </BubbleRow>
  );
}

export function ThreadRow({ row, offline }: { readonly row: Row; readonly offline: boolean }) {
  const { t, data } = useChat();
  switch (row.kind) {
    case "time":
      return (
        <li class="time">
          <time dateTime={new Date(row.at).toISOString()}>{chatTime(row.at, Date.now(), data.locale, t)}</time>
        </li>
      );
    case "divider":
      return <li class="divider">{t(row.what === "unread" ? "thread.unread" : "thread.newConversation")}</li>;
    case "notice":
      return <Notice part={row.part} />;
    case "message":
      return <MessageRow row={row} />;
    case "outgoing":
      return <OutgoingRow item={row.item} first={row.first} offline={offline} />;
    default:
      return <Stream text={row.text} />;
  }
}
