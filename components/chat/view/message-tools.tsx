/** @jsxImportSource preact */
import type { Message } from "@/lib/conversations/schema";
import { REACTION_SIGNS, type ReactionSign } from "@/lib/core/reaction-signs";
import { useAction, useChat } from "./chat-context";
import { EmojiIcon, ReplyIcon } from "./icons";

/** True for what a visitor may answer with a sign: words of an agent or the bot that stand. */
const isAnswerable = ({ author, recalledAt }: Message): boolean =>
  (author.kind === "agent" || author.kind === "bot") && recalledAt === null;

/** Signs that a message was answered with. */
function GivenSigns({ message, mine }: { readonly message: Message; readonly mine: string | undefined }) {
  const { t } = useChat();
  const given = message.reactions ?? [];
  const shown = REACTION_SIGNS.filter((sign) => given.some((each) => each.sign === sign));
  return shown.length === 0 ? null : (
    <ul class="reactions" aria-label={t("thread.reactions")}>
      {shown.map((sign) => {
        const count = given.filter((each) => each.sign === sign).length;
        return (
          <li key={sign} class={sign === mine ? "reaction-mine" : undefined}>
            {count > 1 ? `${sign} ${count}` : sign}
          </li>
        );
      })}
    </ul>
  );
}

interface ChoiceProps {
  readonly message: Message;
  readonly mine: string | undefined;
  readonly onSign: (sign: ReactionSign) => void;
  /** Absent where it cannot be quoted. */
  readonly onQuote: (() => void) | undefined;
  readonly busy: boolean;
}

/** The signs to choose from, and the answer in words. */
function Choice({ message, mine, onSign, onQuote, busy }: ChoiceProps) {
  const { t } = useChat();
  return (
    <fieldset class="tool-choice">
      <legend class="hidden">{t("thread.react")}</legend>
      {isAnswerable(message) &&
        REACTION_SIGNS.map((sign) => (
          <button
            key={sign}
            type="button"
            aria-label={t("thread.reactWith", { sign })}
            aria-pressed={sign === mine}
            disabled={busy}
            onClick={() => onSign(sign)}
          >
            {sign}
          </button>
        ))}
      {onQuote && (
        <button type="button" class="tool-word" onClick={onQuote}>
          <ReplyIcon />
          {t("thread.quote")}
        </button>
      )}
    </fieldset>
  );
}

interface MessageToolsProps {
  readonly message: Message;
  readonly quotable: boolean;
  /** Whether the choice is shown: opened by the button, or by a finger that rests on the message. */
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
}

/** What a visitor may do with a message: one sign, changed or taken back by a tap, and the answer that quotes it. */
export function MessageTools({ message, quotable, open, setOpen }: MessageToolsProps) {
  const { store, t, focusComposer } = useChat();
  const { busy, run } = useAction();
  const mine = message.reactions?.find(({ visitor }) => visitor)?.sign;
  const answerable = isAnswerable(message);
  const choose = (sign: ReactionSign) =>
    run(async () => {
      await store?.react(message, sign, sign !== mine);
      setOpen(false);
    });
  const quote = () => {
    store?.quote(message.id);
    setOpen(false);
    focusComposer();
  };
  return (
    <div class="tools">
      <GivenSigns message={message} mine={mine} />
      <span class="tool-pair">
        {answerable && (
          <button
            type="button"
            class="tool"
            aria-label={t("thread.react")}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <EmojiIcon />
          </button>
        )}
        {quotable && (
          <button type="button" class="tool" aria-label={t("thread.quoteThis")} onClick={quote}>
            <ReplyIcon />
          </button>
        )}
      </span>
      {open && (answerable || quotable) && (
        <Choice message={message} mine={mine} onSign={choose} onQuote={quotable ? quote : undefined} busy={busy} />
      )}
    </div>
  );
}
