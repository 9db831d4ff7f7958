import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import { findChatEntry, nameOfEntry } from "@/lib/channels/chat-entry-queries";
import { findChannel } from "@/lib/channels/lookup-queries";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { environmentSetting } from "@/lib/platform/env/env";
import { languageOf } from "./customer-words";
import { findConversation } from "./repository";
import type { ConversationRow } from "./rows";
import type { ReceivingMerchant } from "./schema";
import { handoverSettings } from "./settings-schema";

/** Most merchants that are shown at once; the search finds the others. */
const SHOWN = 30;

interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly locales: Readonly<Record<string, string>>;
  readonly channel_id: string;
  readonly own_name: string;
  readonly online: number;
}

/** A merchant that takes the conversations of the caller's. */
export interface Receiver {
  readonly merchantId: string;
  readonly name: string;
  readonly channelId: string;
  /** What the caller's merchant is called. */
  readonly from: string;
}

/** Merchants with a chat of their own that are in service and take conversations; the caller's is none of them. */
function candidates(executor: Executor, ownId: string, where = sql``): Promise<Candidate[]> {
  const fixed = environmentSetting(handoverSettings.name, "accepts").text;
  return rowsOf<Candidate & Record<string, unknown>>(
    executor,
    sql`select m.id, m.name, m.name_by_locale as locales, ch.id as channel_id, own.name as own_name,
          (select count(*)::int from memberships a where a.merchant_id = m.id and a.presence = 'online' and not a.disabled) as online
        from merchants m join merchants own on own.id = ${ownId}
        join lateral (
          select id from channels where merchant_id = m.id and type = 'web' and enabled and removed_at is null
          order by created_at, id limit 1) ch on true
        left join settings s on s.merchant_id = m.id and s.key = ${handoverSettings.name}
        left join lateral (
          select value from settings g join merchants pm on pm.id = g.merchant_id and pm.kind = 'platform'
          where g.key = ${handoverSettings.name} limit 1) shared on true
        cross join lateral (
          select coalesce(${fixed ?? null}, s.value ->> 'accepts', shared.value ->> 'accepts', 'platform') as from_whom) accepts
        where (accepts.from_whom = 'all'
            or accepts.from_whom = 'platform' and (m.kind = 'platform' or own.kind = 'platform'))
          and m.id <> ${ownId} and m.suspended_at is null ${where}
        order by m.kind, m.name, m.id limit ${SHOWN}`,
  );
}

/** Customers of other channels are bound to the merchant's own account there, and hear nobody else. */
export async function canBeHandedOn(executor: Executor, row: ConversationRow): Promise<boolean> {
  return (await findChannel(executor, row.channel_id))?.type === "web";
}

/**
 * The merchants that a conversation may be handed to, by name; empty where its channel binds the customer to this one.
 *
 * @throws AppError not_found
 */
export async function receivingMerchants(context: Context, id: string, search: string): Promise<ReceivingMerchant[]> {
  const ownId = merchantOf(context);
  const row = await findConversation(context.db, ownId, id);
  if (!row) {
    throw new AppError("not_found", "conversation_not_found");
  }
  if (!(await canBeHandedOn(context.db, row))) {
    return [];
  }
  const like = `%${search.replace(/[%_\\]/g, "\\$&")}%`;
  const found = await candidates(
    context.db,
    ownId,
    sql`and (m.name ilike ${like} or m.name_by_locale::text ilike ${like})`,
  );
  return found.map(({ id: merchantId, name, locales, online }) => ({
    id: merchantId,
    name: locales[context.locale] ?? name,
    agentsOnline: online,
  }));
}

/** What the customers of a channel know its merchant by. */
async function knownAs(executor: Executor, channelId: string, locale: string, name: string): Promise<string> {
  const entry = await findChatEntry(executor, { channelId });
  return entry ? nameOfEntry(entry, locale) : name;
}

/**
 * One of them, with both names as the customer of `conversation` knows them.
 *
 * @throws AppError not_found `conversation_not_found`, `merchant_not_receiving`: refusing and not existing look the same
 */
export async function receiverOf(context: Context, conversation: string, merchantId: string): Promise<Receiver> {
  const row = await findConversation(context.db, merchantOf(context), conversation);
  if (!row) {
    throw new AppError("not_found", "conversation_not_found");
  }
  const [found] = await candidates(context.db, merchantOf(context), sql`and m.id = ${merchantId}`);
  if (!found) {
    throw new AppError("not_found", "merchant_not_receiving");
  }
  const locale = languageOf(row);
  return {
    merchantId,
    channelId: found.channel_id,
    name: await knownAs(context.db, found.channel_id, locale, found.name),
    from: await knownAs(context.db, row.channel_id, locale, found.own_name),
  };
}
