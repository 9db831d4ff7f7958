import { messagesFor } from "@/lib/i18n/catalogue";
import { isLocale, type Locale } from "@/lib/i18n/locales";
import { createTranslator } from "@/lib/i18n/translate";
import type { DueNotice, DueReply } from "./push-repository";
import type { PushText } from "./push-send";

/** A push has room for some three lines; push services take 4 KB at most. */
const LENGTH = 140;

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > LENGTH ? `${line.slice(0, LENGTH - 1)}…` : line;
}

function translatorFor(locale: string) {
  const known: Locale = isLocale(locale) ? locale : "zh-CN";
  return createTranslator(known, messagesFor(known, ["push"])["push"] ?? {});
}

/** A reply, as the customer's phone shows it. */
export function textOfReply(due: DueReply): PushText {
  const t = translatorFor(due.locale);
  return {
    title: due.author_name ? t("from", { name: due.author_name, merchant: due.merchant_name }) : due.merchant_name,
    body: shortened(due.text) || t("file"),
    url: `/chat?channel=${due.channel_id}`,
    tag: due.conversation_id,
  };
}

const noticeOf = ({ kind, values }: DueNotice): string =>
  kind === "ticket" && values["what"] === "commented" ? "ticket_commented" : kind;

function addressOf({ conversation_id, values }: DueNotice): string {
  if (values["ticketId"] !== undefined) {
    return `/desk/tickets/${values["ticketId"]}`;
  }
  if (values["runId"] !== undefined) {
    return `/admin/bot/cases?run=${values["runId"]}`;
  }
  return conversation_id ? `/desk?c=${conversation_id}` : "/desk";
}

/** A notification, as the agent's phone shows it. */
export function textOfNotice(due: DueNotice): PushText {
  const t = translatorFor(due.locale);
  return {
    title: t(`notice.${noticeOf(due)}`, {
      count: due.values["count"] ?? 0,
      number: due.values["number"] ?? "",
      actor: due.actor_name ?? t("somebody"),
      customer: due.customer_name ?? t("customer"),
    }),
    body: shortened(due.excerpt) || t("open"),
    url: addressOf(due),
    tag: due.conversation_id ?? String(due.values["ticketId"] ?? due.kind),
  };
}
