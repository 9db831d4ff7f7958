import { and, eq } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { botChannelRules } from "@/db/schema/bot";
import { record } from "@/lib/audit/service";
import { getChannel, listChannels } from "@/lib/channels/queries";
import type { ActorOf } from "@/lib/core/actor";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { readSettings } from "@/lib/settings/service";
import { type BotChannel, type ChannelRules, channelRules, NO_RULES, rulesOn } from "./channel-rules-schema";
import { type BotRules, botSettings } from "./settings-schema";

type Reader = Context<ActorOf<"agent"> | ActorOf<"key"> | ActorOf<"system">>;

/** What is stored; a field that an older release does not know, or knows otherwise, counts as not set. */
function stored(rules: Record<string, unknown>): ChannelRules {
  const parsed = channelRules.partial().safeParse(rules);
  return { ...NO_RULES, ...(parsed.success ? parsed.data : {}) };
}

/** How the bot does on one channel. @param channelId null: in none */
export async function rulesOfChannel(
  executor: Executor,
  merchantId: string,
  channelId: string | null,
): Promise<BotRules> {
  const rules = await readSettings(executor, merchantId, botSettings);
  if (channelId === null) {
    return rules;
  }
  const [row] = await executor
    .select({ rules: botChannelRules.rules })
    .from(botChannelRules)
    .where(and(eq(botChannelRules.channelId, channelId), eq(botChannelRules.merchantId, merchantId)));
  return row ? rulesOn(rules, stored(row.rules)) : rules;
}

/** The caller's merchant's channels with how the bot does there. */
export async function listBotChannels(context: Reader): Promise<BotChannel[]> {
  const merchantId = merchantOf(context);
  const [channels, rules, rows] = await Promise.all([
    listChannels(context),
    readSettings(context.db, merchantId, botSettings),
    context.db.select().from(botChannelRules).where(eq(botChannelRules.merchantId, merchantId)),
  ]);
  return channels.map(({ id, name, type, enabled }) => {
    const own = stored(rows.find((row) => row.channelId === id)?.rules ?? {});
    const { answerFrom, caution, choices, streaming, useModels, reviewEnabled, failuresMax } = rulesOn(rules, own);
    const effective = { answerFrom, caution, choices, streaming, useModels, reviewEnabled, failuresMax };
    return { id, name, type, enabled, own, effective };
  });
}

/** Changes how the bot does on one channel; what is left out stays. @throws AppError not_found `channel_not_found` */
export async function changeBotChannel(
  context: Reader,
  channelId: string,
  change: { readonly [Key in keyof ChannelRules]?: ChannelRules[Key] | undefined },
): Promise<void> {
  const merchantId = merchantOf(context);
  await getChannel(context, channelId);
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  await context.db.transaction(async (tx) => {
    const [row] = await tx.select().from(botChannelRules).where(eq(botChannelRules.channelId, channelId)).for("update");
    const before = stored(row?.rules ?? {});
    const rules = { ...before, ...given };
    const set = { rules, updatedAt: context.now() };
    await tx
      .insert(botChannelRules)
      .values({ channelId, merchantId, ...set })
      .onConflictDoUpdate({ target: botChannelRules.channelId, set });
    const target = { targetType: "channel", targetId: channelId } as const;
    await record(tx, context, { action: "bot.channel_changed", ...target, before, after: rules });
  });
}
