import { type ChatEntry, findChatEntry, nameOfEntry, wordingFor } from "@/lib/channels/chat-entry-queries";
import { languageSettings } from "@/lib/channels/language-settings-schema";
import { chatSettings } from "@/lib/conversations/chat-settings-schema";
import { parseHexColor } from "@/lib/core/color";
import { uploadMaxBytes } from "@/lib/files/queries";
import { uploadSettings } from "@/lib/files/settings-schema";
import { isLocale, LOCALE_COOKIE, type Locale, negotiateLocale } from "@/lib/i18n/locales";
import { canMailTranscripts } from "@/lib/notifications/transcript-service";
import { database } from "@/lib/platform/database/database";
import { env } from "@/lib/platform/env/env";
import { fileAddress } from "@/lib/platform/storage/file-address";
import { readSettings } from "@/lib/settings/service";
import { type ChatAssets, chatAssets } from "./chat-assets";
import { contentSecurityPolicy } from "./content-security-policy";
import { realtimeOrigins } from "./realtime-origins";
import { wechatIdentity } from "./wechat-entry";

/** Everything that the chat page is rendered from. */
export interface ChatVisit {
  readonly locale: Locale;
  readonly theme: "light" | "dark" | null;
  readonly embedded: boolean;
  readonly nonce: string;
  readonly assets: ChatAssets;
  readonly uploadMaxBytes: number;
  readonly identity: {
    readonly userId: string;
    readonly signature: string;
    readonly name?: string;
    readonly email?: string;
  } | null;
  readonly channel: {
    readonly id: string;
    readonly name: string;
    readonly avatarUrl: string | null;
    readonly accent: string | null;
    readonly welcome: string;
    readonly greeting: string;
    readonly quickQuestions: readonly string[];
    readonly mailsTranscripts: boolean;
    readonly typingPreview: boolean;
    readonly voice: boolean;
    readonly botEnabled: boolean;
  } | null;
  readonly headers: Headers;
}

function cookieOf(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split("; ");
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The page's language: named in the address, else chosen before, else the merchant's, else the browser's wish. */
export function chatLocale(request: Request, wish: string | null, merchants = "auto"): Locale {
  const named = wish === "zh" ? "zh-CN" : wish;
  const chosen = cookieOf(request, LOCALE_COOKIE);
  const unchosen = isLocale(merchants) ? merchants : undefined;
  return negotiateLocale(
    isLocale(named) ? named : isLocale(chosen) ? chosen : unchosen,
    request.headers.get("accept-language"),
  );
}

function identityOf(query: URLSearchParams): ChatVisit["identity"] {
  const [userId, signature] = [query.get("user_id"), query.get("signature")];
  const [name, email] = [query.get("name"), query.get("email")];
  return userId && signature ? { userId, signature, ...(name && { name }), ...(email && { email }) } : null;
}

async function channelOf(
  entry: ChatEntry,
  locale: Locale,
  wishedAccent: string | null,
): Promise<NonNullable<ChatVisit["channel"]>> {
  const { config, branding } = entry;
  const accent = wishedAccent ?? branding.accent;
  return {
    id: entry.channelId,
    name: nameOfEntry(entry, locale),
    avatarUrl: branding.logo ? fileAddress(branding.logo, new Date()) : null,
    accent: parseHexColor(accent) ? accent : null,
    welcome: wordingFor(config.welcome, locale) ?? "",
    greeting: config.greets ? (wordingFor(config.greeting, locale) ?? "") : "",
    quickQuestions: wordingFor(config.quickQuestions, locale) ?? [],
    mailsTranscripts: await canMailTranscripts({ db: database() }, entry.merchantId),
    typingPreview: (await readSettings(database(), entry.merchantId, chatSettings)).typingPreview,
    voice: (await readSettings(database(), entry.merchantId, uploadSettings)).kinds.includes("audio"),
    botEnabled: config.botEnabled,
  };
}

/** Who may put the page into a frame: anybody while the channel names no domains, else our own pages and those. */
function frameAncestors(entry: ChatEntry | undefined): string[] {
  const domains = entry?.config.allowedDomains ?? [];
  return domains.length > 0 ? ["'self'", ...domains] : ["*"];
}

function headersFor(request: Request, nonce: string, entry: ChatEntry | undefined): Headers {
  const secure = new URL(request.url).protocol === "https:" || request.headers.get("x-forwarded-proto") === "https";
  const policy = contentSecurityPolicy({
    nonce,
    secure,
    development: env().NODE_ENV === "development",
    frameAncestors: frameAncestors(entry),
    connect: realtimeOrigins(),
  });
  return new Headers({
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
    // The page carries a nonce, and with an identity a signature: it belongs in no cache.
    "cache-control": "private, no-store",
    vary: "accept-language, cookie",
  });
}

/** Reads a request for the chat page: which channel, which language, whose identity (V1, V11, C1). */
export async function readChatVisit(request: Request): Promise<ChatVisit> {
  const query = new URL(request.url).searchParams;
  const wished = { channelId: query.get("channel") ?? undefined, merchantSlug: query.get("target") ?? undefined };
  const entry = await findChatEntry(database(), wished);
  const languages = entry && (await readSettings(database(), entry.merchantId, languageSettings));
  const locale = chatLocale(request, query.get("lang"), languages?.visitor);
  const nonce = btoa(crypto.randomUUID());
  const theme = query.get("theme");
  return {
    locale,
    nonce,
    theme: theme === "light" || theme === "dark" ? theme : null,
    embedded: query.get("embed") === "1",
    assets: chatAssets(),
    uploadMaxBytes: entry ? await uploadMaxBytes(database(), entry.merchantId) : 0,
    identity: identityOf(query) ?? (entry ? await wechatIdentity(request, entry.channelId) : null),
    channel: entry ? await channelOf(entry, locale, query.get("accent")) : null,
    headers: headersFor(request, nonce, entry),
  };
}
