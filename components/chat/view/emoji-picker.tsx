/** @jsxImportSource preact */
import { useEffect, useRef } from "preact/hooks";
import { useChat } from "./chat-context";
import { EmojiIcon } from "./icons";

const EMOJI = (
  "😀 😄 😂 🙂 😉 😊 😍 😘 🤔 😅 😭 😢 😡 😱 😴 🤝 👍 👎 👌 🙏 👏 💪 👋 ✌️ " +
  "🎉 🎁 🌹 ❤️ 💔 🔥 ✨ ⭐ ☀️ 🌙 ☕ 🍎 📦 🚚 🛒 💰 🧾 📱 ✅ ❌ ❓ ❗ ⏰ 📍"
).split(" ");

/** A small set of what people send to a shop; the phone's keyboard has the rest. */
export function EmojiPicker({ onPick }: { readonly onPick: (emoji: string) => void }) {
  const { t } = useChat();
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      const picker = details.current;
      if (!picker?.open) {
        return;
      }
      if (event instanceof KeyboardEvent ? event.key === "Escape" : !picker.contains(event.target as Node)) {
        picker.open = false;
        if (event instanceof KeyboardEvent) {
          picker.querySelector("summary")?.focus();
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
  return (
    <details class="emoji" ref={details}>
      <summary class="icon-button" aria-label={t("composer.emoji")}>
        <EmojiIcon />
      </summary>
      <fieldset class="emoji-grid" aria-label={t("composer.emoji")}>
        {EMOJI.map((emoji) => (
          <button key={emoji} type="button" onClick={() => onPick(emoji)}>
            {emoji}
          </button>
        ))}
      </fieldset>
    </details>
  );
}
