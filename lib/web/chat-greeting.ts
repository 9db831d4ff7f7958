import { isSomebodyOnline } from "@/lib/bot/colleagues";
import { findChatEntry, nameOfEntry, wordingFor } from "@/lib/channels/chat-entry-queries";
import { baseContext } from "@/lib/composition/base-context";
import { negotiateLocale } from "@/lib/i18n/locales";
import { database } from "@/lib/platform/database/database";

/**
 * The greeting of a channel as a script that hands it to the widget: a script needs nothing of the page's policy that
 * the widget itself does not need. Empty where the channel does not greet, or not now.
 */
export async function greetingScript(request: Request): Promise<string> {
  const query = new URL(request.url).searchParams;
  const channelId = query.get("channel");
  const locale = negotiateLocale(query.get("lang"), request.headers.get("accept-language"));
  const entry = channelId ? await findChatEntry(database(), { channelId, merchantSlug: undefined }) : undefined;
  const text = entry?.config.greets ? wordingFor(entry.config.greeting, locale) : undefined;
  if (!entry || !text) {
    return "";
  }
  const { greetingOnline, greetingAfter: afterSeconds, greetingPages: pages } = entry.config;
  if (greetingOnline && !(await isAnswering(request, entry.merchantId))) {
    return "";
  }
  const greeting = { author: nameOfEntry(entry, locale), text, afterSeconds, pages };
  return `Yingda("extend",function(w){w.greet&&w.greet(${JSON.stringify(greeting)})})`;
}

/** True while a person would answer. */
function isAnswering(request: Request, merchantId: string): Promise<boolean> {
  return isSomebodyOnline({ ...baseContext(request.headers), actor: { kind: "bot", merchantId } });
}
