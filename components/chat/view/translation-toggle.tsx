/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { Message, MessagePart } from "@/lib/conversations/schema";
import { translatedParts } from "@/lib/core/translated-parts";
import { useChat } from "./chat-context";

interface Reading {
  readonly parts: readonly MessagePart[];
  /** Language of what is shown, where it is not the page's own. */
  readonly lang: string | undefined;
  /** Absent where nothing was translated. */
  readonly toggle: (() => void) | undefined;
  readonly isOriginal: boolean;
}

/** What the visitor reads of a message: its translation as soon as there is one, its own words when they ask. */
export function useReading(message: Message): Reading {
  const [isOriginal, setOriginal] = useState(false);
  const translation = message.author.kind === "visitor" ? undefined : message.translations?.visitor;
  return {
    parts: translation && !isOriginal ? translatedParts(message.parts, translation) : message.parts,
    lang: translation && !isOriginal ? translation.language : undefined,
    toggle: translation && (() => setOriginal(!isOriginal)),
    isOriginal,
  };
}

/** Between a translation and the words themselves, one tap. */
export function TranslationToggle({ reading }: { readonly reading: Reading }) {
  const { t } = useChat();
  return reading.toggle ? (
    <span class="mark">
      <span>{t(reading.isOriginal ? "thread.original" : "thread.translated")}</span>
      <button type="button" class="mark-action" onClick={reading.toggle}>
        {t(reading.isOriginal ? "thread.showTranslation" : "thread.showOriginal")}
      </button>
    </span>
  ) : null;
}
