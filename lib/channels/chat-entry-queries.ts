import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { merchants } from "@/db/schema/merchants";
import { brandingSettings } from "@/lib/identity/settings-schema";
import type { SettingsOf } from "@/lib/settings/definition";
import { readSettings } from "@/lib/settings/service";
import { type WebChannelConfig, webChannelConfig } from "./schema";

/** What the chat page shows of a web channel and its merchant before anybody has said who they are. */
export interface ChatEntry {
  readonly channelId: string;
  readonly merchantId: string;
  readonly merchantSlug: string;
  readonly merchantName: string;
  readonly merchantNameByLocale: Readonly<Record<string, string>>;
  readonly branding: SettingsOf<typeof brandingSettings>;
  readonly config: WebChannelConfig;
}

/**
 * The enabled web channel that a chat address means: the one named, else the oldest of the merchant named by its slug,
 * else the oldest of the oldest merchant that is not the platform itself.
 *
 * @returns undefined when there is none, or it is switched off
 */
export async function findChatEntry(
  executor: Executor,
  wanted: { readonly channelId?: string | undefined; readonly merchantSlug?: string | undefined },
): Promise<ChatEntry | undefined> {
  const { channelId, merchantSlug } = wanted;
  const [row] = await executor
    .select({
      channelId: channels.id,
      merchantId: merchants.id,
      config: channels.config,
      merchantSlug: merchants.slug,
      merchantName: merchants.name,
      merchantNameByLocale: merchants.nameByLocale,
    })
    .from(channels)
    .innerJoin(merchants, eq(merchants.id, channels.merchantId))
    .where(
      and(
        eq(channels.type, "web"),
        eq(channels.enabled, true),
        isNull(merchants.suspendedAt),
        channelId ? eq(channels.id, channelId) : undefined,
        merchantSlug && !channelId ? eq(merchants.slug, merchantSlug) : undefined,
        channelId || merchantSlug ? undefined : sql`${merchants.kind} = 'merchant'`,
      ),
    )
    .orderBy(asc(merchants.createdAt), asc(merchants.id), asc(channels.createdAt), asc(channels.id))
    .limit(1);
  if (!row) {
    return undefined;
  }
  const branding = await readSettings(executor, row.merchantId, brandingSettings);
  return { ...row, branding, config: webChannelConfig.parse(row.config) };
}

/** What customers know the merchant by: its brand in their language, else its own name. */
export function nameOfEntry(entry: ChatEntry, locale: string): string {
  const brand = locale === "zh-CN" ? entry.branding.nameChinese : entry.branding.nameEnglish;
  return brand || (entry.merchantNameByLocale[locale] ?? entry.merchantName);
}

/** A text that exists by locale, in the reader's language or the nearest there is; empty when there is none. */
export function wordingFor<Text>(byLocale: Readonly<Record<string, Text>>, locale: string): Text | undefined {
  const language = locale.split("-")[0] ?? locale;
  const sameLanguage = Object.keys(byLocale).find((key) => key === language || key.startsWith(`${language}-`));
  const key = [locale, sameLanguage, "zh-CN", ...Object.keys(byLocale)].find(
    (candidate) => candidate !== undefined && Object.hasOwn(byLocale, candidate),
  );
  return key === undefined ? undefined : byLocale[key];
}
