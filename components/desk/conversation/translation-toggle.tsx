"use client";

import { Languages } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { Message, MessagePart } from "@/lib/conversations/schema";
import { translatedParts } from "@/lib/core/translated-parts";

export interface Reading {
  readonly parts: readonly MessagePart[];
  readonly lang: string | undefined;
  readonly isTranslated: boolean;
  /** Absent where nothing was translated. */
  readonly toggle: (() => void) | undefined;
  /** An agent's own words, of which the customer reads a translation. */
  readonly forCustomer: boolean;
  readonly language: string;
}

/**
 * What an agent reads of a message: of others the translation first, of colleagues their own words first; the other of
 * the two is one click away.
 */
export function useReading(message: Message): Reading {
  const { visitor, agents } = message.translations ?? {};
  const translation = agents ?? visitor;
  const forCustomer = agents === undefined;
  const [flipped, setFlipped] = useState(false);
  const isTranslated = translation !== undefined && flipped === forCustomer;
  return {
    parts: isTranslated ? translatedParts(message.parts, translation) : message.parts,
    lang: isTranslated ? translation.language : undefined,
    isTranslated,
    toggle: translation && (() => setFlipped(!flipped)),
    forCustomer,
    language: translation?.language ?? "",
  };
}

/** Says that a translation is shown, or that there is one. */
export function TranslationToggle({ reading }: { reading: Reading }) {
  const t = useTranslations("desk.translation");
  const locale = useLocale();
  if (!reading.toggle) {
    return null;
  }
  // "zh-CN" would be called the Chinese of a country; it is the simplified one that is meant.
  const tag = reading.language === "zh-CN" ? "zh-Hans" : reading.language;
  const language = new Intl.DisplayNames(locale, { type: "language" }).of(tag) ?? tag;
  const side = reading.forCustomer ? "customer" : "agents";
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 text-2xs text-ink-subtle">
      <Languages aria-hidden className="size-3.5" />
      <span>{t(`${side}.${reading.isTranslated ? "translated" : "original"}`, { language })}</span>
      <button
        type="button"
        onClick={reading.toggle}
        className="min-h-6 rounded-xs text-accent-ink hover:underline touch:min-h-11"
      >
        {t(reading.isTranslated ? "showOriginal" : "showTranslation")}
      </button>
    </p>
  );
}
