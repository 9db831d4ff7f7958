/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { Message } from "@/lib/conversations/schema";
import { REACTION_SIGNS, type ReactionSign } from "@/lib/core/reaction-signs";
import { useAction, useChat } from "./chat-context";
import { EmojiIcon } from "./icons";

/** True for what a visitor may answer with a sign: words of an agent or the bot that stand. */
const isAnswerable = ({ author, recalledAt }: Message): boolean =>
  (author.kind === "agent" || author.kind === "bot") && recalledAt === null;

/** Signs that a message was answered with, and the visitor's own to choose: one, changed or taken back by a tap. */
export function Reactions({ message }: { readonly message: Message }) {
  const { store, t } = useChat();
  const { busy, run } = useAction();
  const [open, setOpen] = useState(false);
  const given = message.reactions ?? [];
  const mine = given.find(({ visitor }) => visitor)?.sign;
  const choose = (sign: ReactionSign) =>
    run(async () => {
      await store?.react(message, sign, sign !== mine);
      setOpen(false);
    });
  const shown = REACTION_SIGNS.filter((sign) => given.some((each) => each.sign === sign));
  return (
    <div class="reacting">
      {shown.length > 0 && (
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
      )}
      {isAnswerable(message) && (
        <button
          type="button"
          class="react"
          aria-label={t("thread.react")}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <EmojiIcon />
        </button>
      )}
      {open && (
        <fieldset class="react-choice">
          <legend class="hidden">{t("thread.react")}</legend>
          {REACTION_SIGNS.map((sign) => (
            <button
              key={sign}
              type="button"
              aria-label={t("thread.reactWith", { sign })}
              aria-pressed={sign === mine}
              disabled={busy}
              onClick={() => choose(sign)}
            >
              {sign}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}
