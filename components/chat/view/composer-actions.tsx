/** @jsxImportSource preact */
import { type ChatState, isEnded } from "../store/chat-state";
import { useAction, useChat } from "./chat-context";
import { PersonIcon, StarIcon } from "./icons";

/** What is always at hand above the composer: a person, the end, the rating. */
export function ComposerActions({ state }: { readonly state: ChatState }) {
  const { open, store, t } = useChat();
  const { busy, run } = useAction();
  const { conversation } = state;
  const status = conversation?.status;
  const ended = isEnded(conversation);
  const withHandoff = !conversation || status === "bot" || ended;
  const withRating = ended && !conversation?.rated && state.ratingDismissed === conversation?.id;
  return (
    <div class="chips">
      {withHandoff && (
        <button
          type="button"
          class="chip"
          data-handoff
          disabled={busy || state.phase === "refused"}
          onClick={() => run(async () => store?.requestAgent())}
        >
          <span class="chip-face">
            <PersonIcon />
            {t("composer.handoff")}
          </span>
        </button>
      )}
      {withRating && (
        <button type="button" class="chip" onClick={() => store?.showRating()}>
          <span class="chip-face">
            <StarIcon />
            {t("composer.rate")}
          </span>
        </button>
      )}
      {conversation && !ended && status !== "bot" && (
        <button type="button" class="chip" onClick={() => open({ kind: "end" })}>
          <span class="chip-face">{t("composer.end")}</span>
        </button>
      )}
    </div>
  );
}
