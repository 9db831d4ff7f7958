import { findChatEntry } from "@/lib/channels/chat-entry-queries";
import type { Locale } from "@/lib/i18n/locales";
import { database } from "@/lib/platform/database/database";
import { env } from "@/lib/platform/env/env";
import { chatLocale } from "./chat-visit";

/** What the example shop is rendered from. */
export interface DemoVisit {
  readonly locale: Locale;
  /** The nonce that the proxy put into this response's policy. */
  readonly nonce: string;
  readonly address: string;
  readonly channelId: string;
  /** After how many seconds the channel greets; 0: it does not. */
  readonly greetsAfter: number;
}

/** Reads a request for the example shop; `?channel` or `?target` choose whose widget it shows. */
export async function readDemoVisit(request: Request): Promise<DemoVisit> {
  const query = new URL(request.url).searchParams;
  const wished = { channelId: query.get("channel") ?? undefined, merchantSlug: query.get("target") ?? undefined };
  const entry = await findChatEntry(database(), wished);
  return {
    locale: chatLocale(request, query.get("lang")),
    nonce: request.headers.get("x-nonce") ?? "",
    address: env().YINGDA_URL,
    channelId: entry?.channelId ?? "",
    greetsAfter: entry?.config.greets ? entry.config.greetingAfter : 0,
  };
}
