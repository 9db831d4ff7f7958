/** @jsxImportSource preact */
import { Avatar } from "./avatar";
import { useChat } from "./chat-context";
import { BubbleRow } from "./message-row";
import { AnswerText } from "./text-content";

/** What stands before the first message: a greeting and what others ask. Works before the script is there. */
export function Welcome({ withQuestions, greeted }: { readonly withQuestions: boolean; readonly greeted: boolean }) {
  const { data, store, t } = useChat();
  const { name, quickQuestions, avatarUrl, botEnabled } = data.channel;
  const welcome = (greeted && data.channel.greeting) || data.channel.welcome;
  const speaker = botEnabled ? t("bot") : name;
  return (
    <>
      {welcome && (
        <ol class="rows">
          <BubbleRow own={false} first name={speaker} avatar={<Avatar name={name} url={avatarUrl} bot={botEnabled} />}>
            <div class="bubble">
              <AnswerText text={welcome} />
            </div>
          </BubbleRow>
        </ol>
      )}
      {withQuestions && quickQuestions.length > 0 && (
        <section class="quick" aria-label={t("quick.label")}>
          <p class="quick-hint">{t("quick.hint")}</p>
          <div class="choices">
            {quickQuestions.map((question) => (
              <button
                key={question}
                type="button"
                class="choice"
                data-ask={question}
                onClick={() => store?.send(question)}
              >
                {question}
              </button>
            ))}
          </div>
        </section>
      )}
    </>
  );
}
