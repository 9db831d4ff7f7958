/** @jsxImportSource preact */
import { useRef, useState } from "preact/hooks";
import { type ChatState, isEnded } from "../store/chat-state";
import { useAction, useChat } from "./chat-context";
import { StarIcon } from "./icons";

const STARS = [1, 2, 3, 4, 5] as const;
const GOOD = ["fast", "clear", "kind", "solved"] as const;
const BAD = ["slow", "unclear", "rude", "unsolved"] as const;
/** From this many stars on, the tags praise. */
const PRAISE_FROM = 4;

function StarChoice({ stars, onChange }: { readonly stars: number; readonly onChange: (stars: number) => void }) {
  const { t } = useChat();
  return (
    <fieldset class="stars">
      <legend class="hidden">{t("rating.stars")}</legend>
      {STARS.map((value) => (
        <label key={value} class={value <= stars ? "star star-on" : "star"}>
          <input
            type="radio"
            name="stars"
            value={value}
            checked={value === stars}
            onChange={() => onChange(value)}
            class="hidden"
          />
          <span class="hidden">{t("rating.star", { stars: value })}</span>
          <StarIcon />
        </label>
      ))}
    </fieldset>
  );
}

function TagChoice({
  stars,
  chosen,
  onChange,
}: {
  readonly stars: number;
  readonly chosen: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
}) {
  const { t } = useChat();
  const praise = stars >= PRAISE_FROM;
  const toggle = (tag: string) =>
    onChange(chosen.includes(tag) ? chosen.filter((each) => each !== tag) : [...chosen, tag]);
  return (
    <fieldset class="tags">
      <legend>{t("rating.tags")}</legend>
      {(praise ? GOOD : BAD).map((key) => {
        const tag = t(`rating.${praise ? "good" : "bad"}.${key}`);
        return (
          <label key={key} class={chosen.includes(tag) ? "tag-choice tag-choice-on" : "tag-choice"}>
            <input type="checkbox" class="hidden" checked={chosen.includes(tag)} onChange={() => toggle(tag)} />
            {tag}
          </label>
        );
      })}
    </fieldset>
  );
}

function RatingForm() {
  const { store, t } = useChat();
  const { busy, run } = useAction();
  const [stars, setStars] = useState(0);
  const [tags, setTags] = useState<readonly string[]>([]);
  const comment = useRef<HTMLTextAreaElement>(null);
  const choose = (value: number) => {
    if (value >= PRAISE_FROM !== stars >= PRAISE_FROM) {
      setTags([]);
    }
    setStars(value);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const words = comment.current?.value.trim();
    run(async () => store?.rate({ stars, tags: [...tags], ...(words && { comment: words }) }));
  };
  return (
    <form class="card rating" onSubmit={submit}>
      <h2>{t("rating.title")}</h2>
      <StarChoice stars={stars} onChange={choose} />
      <p class="rating-level" aria-live="polite">
        {stars > 0 && t(`rating.level${stars}`)}
      </p>
      {stars > 0 && (
        <>
          <TagChoice stars={stars} chosen={tags} onChange={setTags} />
          <textarea
            ref={comment}
            rows={2}
            maxLength={1_000}
            aria-label={t("rating.comment")}
            placeholder={t("rating.comment")}
          />
        </>
      )}
      <div class="buttons">
        <button type="button" class="button" onClick={() => store?.dismissRating()}>
          {t("rating.later")}
        </button>
        {stars > 0 && (
          <button type="submit" class="button button-strong" disabled={busy}>
            {t("rating.submit")}
          </button>
        )}
      </div>
    </form>
  );
}

/** After the end: a rating, then thanks and the way to a new conversation. */
export function RatingCard({ state }: { readonly state: ChatState }) {
  const { t, store, focusComposer } = useChat();
  const { conversation, ratingDismissed, outbox } = state;
  if (!conversation || !isEnded(conversation) || ratingDismissed === conversation.id || outbox.length > 0) {
    return null;
  }
  if (!conversation.rated) {
    return <RatingForm key={conversation.id} />;
  }
  const again = () => {
    store?.dismissRating();
    focusComposer();
  };
  return (
    <section class="card thanks" role="status">
      <h2>{t("rating.thanks")}</h2>
      <p class="quiet">{t("rating.thanksBody")}</p>
      <button type="button" class="button button-strong" onClick={again}>
        {t("rating.again")}
      </button>
    </section>
  );
}
