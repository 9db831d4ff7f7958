import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { findDefaultChannel } from "@/lib/channels/lookup-queries";
import { createChannel } from "@/lib/channels/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { isLocale } from "@/lib/i18n/locales";
import { serverTranslator } from "@/lib/i18n/server-translator";
import type { Context } from "@/lib/platform/context";

export type KeyContext = Context<ActorOf<"key">>;

/** A person as an integration names them, with their newest conversation. */
export interface KnownUser {
  readonly channelId: string;
  readonly conversationId: string | null;
  readonly status: string | null;
}

/** Texts of these paths in the caller's language. */
export function words(context: Context) {
  return serverTranslator(isLocale(context.locale) ? context.locale : "zh-CN", "compatibility");
}

/**
 * The API channel that requests without a channel belong to: the merchant's oldest, made when there is none, so that an
 * integration works with nothing but its key.
 */
export async function apiChannelOf(context: KeyContext): Promise<string> {
  const found = await findDefaultChannel(context.db, ["api"], context.actor.merchantId);
  if (found) {
    return found.id;
  }
  // Two first requests at once make one channel: the second waits here and finds it.
  return context.db.transaction(async (tx) => {
    await rowsOf(
      tx,
      sql`select pg_advisory_xact_lock(hashtextextended(${`api-channel:${context.actor.merchantId}`}, 0))`,
    );
    const again = await findDefaultChannel(tx, ["api"], context.actor.merchantId);
    return again?.id ?? (await createChannel(context, { type: "api", name: words(context)("channel") })).channel.id;
  });
}

/** Where a user of any of the merchant's channels last spoke; undefined for one who never did. */
export async function findUser(context: KeyContext, userId: string): Promise<KnownUser | undefined> {
  const [row] = await rowsOf<{ channel_id: string; conversation_id: string | null; status: string | null }>(
    context.db,
    sql`
    select i.channel_id, c.id as conversation_id, c.status from customer_identities i
    left join conversations c on c.identity_id = i.id
    where i.merchant_id = ${context.actor.merchantId} and i.external_id = ${userId}
    order by (c.status not in ('resolved', 'closed')) desc nulls last, c.created_at desc nulls last limit 1`,
  );
  return row && { channelId: row.channel_id, conversationId: row.conversation_id, status: row.status };
}

/** The user's open conversation. @throws AppError not_found `conversation_not_found` */
export async function openConversationOf(context: KeyContext, userId: string): Promise<string> {
  const user = await findUser(context, userId);
  if (!user?.conversationId || user.status === "resolved" || user.status === "closed") {
    throw new AppError("not_found", "conversation_not_found");
  }
  return user.conversationId;
}
