/** @jsxImportSource preact */
import { useRef, useState } from "preact/hooks";
import type { Message } from "@/lib/conversations/schema";
import { useAction, useChat } from "./chat-context";
import { ThumbIcon } from "./icons";

/** Longest comment, as the server takes it. */
const COMMENT_MAX = 500;

/** True for answers that can be voted on: those that rest on something, not greetings and questions back. */
export const isVotable = ({ author, parts, recalledAt }: Message): boolean =>
  author.kind === "bot" && recalledAt === null && parts.some(({ type }) => type === "citation");

function Comment({ onSend }: { readonly onSend: (comment: string) => void }) {
  const { t } = useChat();
  const words = useRef<HTMLInputElement>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    onSend(words.current?.value.trim() ?? "");
  };
  return (
    <form class="vote-why" onSubmit={submit}>
      <input ref={words} maxLength={COMMENT_MAX} aria-label={t("vote.why")} placeholder={t("vote.why")} />
      <button type="submit" class="button">
        {t("vote.send")}
      </button>
    </form>
  );
}

/** Whether an answer helped: one tap, changed or taken back by another; why not, in words, if one likes. */
export function AnswerVote({ message }: { readonly message: Message }) {
  const { store, t } = useChat();
  const { busy, run } = useAction();
  const [helpful, setHelpful] = useState<boolean | null>(() => store?.voteOf(message.id) ?? null);
  const [asks, setAsks] = useState<"why" | "thanks" | null>(null);
  const cast = (value: boolean) =>
    run(async () => {
      const next = helpful === value ? null : value;
      await store?.vote(message, next);
      setHelpful(next);
      setAsks(next === false ? "why" : null);
    });
  const tell = (comment: string) =>
    run(async () => {
      if (comment) {
        await store?.vote(message, false, comment);
      }
      setAsks("thanks");
    });
  const thumb = (value: boolean) => (
    <button
      type="button"
      class={value ? "vote" : "vote vote-down"}
      aria-label={t(value ? "vote.up" : "vote.down")}
      aria-pressed={helpful === value}
      disabled={busy}
      onClick={() => cast(value)}
    >
      <ThumbIcon />
    </button>
  );
  return (
    <div class="votes">
      <fieldset class="vote-pair">
        <legend class="hidden">{t("vote.label")}</legend>
        {thumb(true)}
        {thumb(false)}
      </fieldset>
      {asks === "why" && <Comment onSend={tell} />}
      <span class="vote-thanks" role="status">
        {asks === "thanks" && t("vote.thanks")}
      </span>
    </div>
  );
}
