/** @jsxImportSource preact */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Message, MessagePart } from "@/lib/conversations/schema";
import { AnswerVote, isVotable } from "./answer-vote";
import { Avatar } from "./avatar";
import { byPosition } from "./by-position";
import { useAction, useChat } from "./chat-context";
import { MessagePartView } from "./message-parts";
import { MessageTools } from "./message-tools";
import type { Row } from "./timeline";
import { TranslationToggle, useReading } from "./translation-toggle";
import { useLongPress } from "./use-long-press";

/** Parts that stand below the bubble, not in it. */
const isOutside = (part: MessagePart) => part.type === "choices" || part.type === "image";

interface BubbleRowProps {
  readonly own: boolean;
  readonly first: boolean;
  readonly avatar?: ComponentChildren;
  readonly name?: string | undefined;
  /** What a finger that rests on it does. */
  readonly press?: ReturnType<typeof useLongPress>;
  readonly children: ComponentChildren;
}

/** A line of the thread with a bubble: the other side left with a face, the visitor right. */
export function BubbleRow({ own, first, avatar, name, press, children }: BubbleRowProps) {
  return (
    <li class={`row ${own ? "row-own" : "row-other"} ${first ? "row-first" : ""}`}>
      {!own && <span class="row-face">{first && avatar}</span>}
      <div class="row-body" {...press}>
        {!own && first && name && <span class="row-name">{name}</span>}
        {children}
      </div>
    </li>
  );
}

function partsOf(message: Message, { parts, lang }: ReturnType<typeof useReading>, current: boolean) {
  const view = ({ key, item: part }: { readonly key: number; readonly item: MessagePart }) => (
    <MessagePartView key={key} part={part} message={message} active={current} />
  );
  const inside = parts.filter((part) => !isOutside(part));
  const outside = parts.filter(isOutside);
  return (
    <>
      {inside.length > 0 && (
        <div class="bubble" lang={lang}>
          {byPosition(inside).map(view)}
        </div>
      )}
      {byPosition(outside).map(view)}
    </>
  );
}

/** Takes an own message back; the server has the last word on whether there is still time. */
function RecallButton({ message }: { readonly message: Message }) {
  const { store, t } = useChat();
  const { busy, run } = useAction();
  return (
    <button type="button" class="mark-action" disabled={busy} onClick={() => run(async () => store?.recall(message))}>
      {t("thread.recall")}
    </button>
  );
}

/** A message of anybody. */
export function MessageRow({ row }: { readonly row: Extract<Row, { kind: "message" }> }) {
  const { t, data } = useChat();
  const { message, first, mark, current, quotable } = row;
  const { kind, avatarUrl } = message.author;
  const reading = useReading(message);
  const [open, setOpen] = useState(false);
  const press = useLongPress(() => setOpen(true));
  const own = kind === "visitor";
  const recallable = own && row.recallable;
  const name = own ? t("you") : kind === "bot" ? t("bot") : (message.author.name ?? t("agent"));
  return (
    <BubbleRow
      own={own}
      first={first}
      name={name}
      press={press}
      avatar={<Avatar name={kind === "bot" ? data.channel.name : name} url={avatarUrl} bot={kind === "bot"} />}
    >
      {(own || !first) && <span class="hidden">{t("thread.says", { name })}</span>}
      {message.recalledAt ? <p class="recalled">{t("thread.recalled")}</p> : partsOf(message, reading, current)}
      <TranslationToggle reading={reading} />
      <MessageTools message={message} quotable={quotable} open={open} setOpen={setOpen} />
      {isVotable(message) && <AnswerVote message={message} />}
      {(mark || recallable) && (
        <span class="mark">
          {mark && <span>{t(`thread.${mark}`)}</span>}
          {recallable && <RecallButton message={message} />}
        </span>
      )}
    </BubbleRow>
  );
}
