import { DEFAULT_LOCALE, isLocale, type Locale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import type { Availability } from "./availability-queries";
import type { ConversationRow } from "./rows";
import type { MessagePart } from "./schema";

/** What the product says to a customer by itself: the merchant's own words where there are some, else the product's. */
export interface Saying {
  /** Key below `said` in the namespace `notices`. */
  readonly key: string;
  readonly values?: Record<string, string | number>;
  /** By language; empty: the product's. */
  readonly own?: { readonly chinese: string; readonly english: string };
  /** With a button to leave a message. */
  readonly leaveMessage?: boolean;
}

export function languageOf(row: Pick<ConversationRow, "locale">): Locale {
  return row.locale && isLocale(row.locale) ? row.locale : DEFAULT_LOCALE;
}

/** The words of a saying in the customer's language. */
export function partsOf(locale: Locale, saying: Saying): MessagePart[] {
  const t = serverTranslator(locale, "notices");
  const own = locale === "en" ? saying.own?.english : saying.own?.chinese;
  const text = own || t(`said.${saying.key}`, saying.values ?? {});
  const offer: MessagePart = { type: "choices", choices: [{ label: t("said.leave"), action: "leave_message" }] };
  return saying.leaveMessage ? [{ type: "text", text }, offer] : [{ type: "text", text }];
}

/** Why nobody comes now, and what the customer can do. */
export function sayingOf(availability: Exclude<Availability, { kind: "open" }>): Saying {
  if (availability.kind === "full") {
    return { key: "queue_full", leaveMessage: true };
  }
  const { opens, hours, mayQueue } = availability;
  return {
    key: `${mayQueue ? "closed_queue" : "closed"}${opens === null ? "" : "_until"}`,
    values: opens === null ? {} : { opens },
    own: { chinese: hours.answerChinese, english: hours.answerEnglish },
    leaveMessage: true,
  };
}
