import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { ENDED_STATUSES } from "./policy";
import { findLatestConversation } from "./repository";
import type { ConversationRow } from "./rows";

type VisitorContext = Context<ActorOf<"visitor">>;

async function handed(executor: Executor, id: string): Promise<ConversationRow | undefined> {
  const [found] = await rowsOf<{ row: ConversationRow }>(
    executor,
    sql`select to_jsonb(c) as row from conversations c where id = ${id}`,
  );
  return found?.row;
}

/** Where a conversation goes on: itself, or the last of those that merchants made of it (docs/decisions/0009). */
export async function standingOf(executor: Executor, row: ConversationRow): Promise<ConversationRow> {
  let standing = row;
  while (standing.handed_to_id) {
    const next = await handed(executor, standing.handed_to_id);
    if (!next) {
      break;
    }
    standing = next;
  }
  return standing;
}

/** The conversations that one goes on from, at other merchants. */
export async function idsBefore(executor: Executor, id: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    executor,
    sql`with recursive before as (
          select handed_from_id as id from conversations where id = ${id}
          union all
          select c.handed_from_id from before b join conversations c on c.id = b.id)
        select id from before where id is not null`,
  );
  return rows.map((row) => row.id);
}

/** The visitor as the customer that the merchant of a conversation knows. */
export function actingIn(context: VisitorContext, row: ConversationRow): VisitorContext {
  const { merchantId, customerId } = context.actor.home ?? context.actor;
  if (row.merchant_id === merchantId) {
    return context;
  }
  const actor = {
    kind: "visitor",
    merchantId: row.merchant_id,
    channelId: row.channel_id,
    customerId: row.customer_id,
    identityId: row.identity_id,
    home: { merchantId, customerId },
  } as const;
  return { ...context, actor };
}

/** The open conversation at another merchant to which the visitor's last one here was handed. */
export async function openElsewhere({ db, actor }: VisitorContext): Promise<ConversationRow | undefined> {
  const latest = await findLatestConversation(db, actor.channelId, actor.customerId);
  const standing = latest?.handed_to_id ? await standingOf(db, latest) : undefined;
  return standing && !ENDED_STATUSES.includes(standing.status) ? standing : undefined;
}

/**
 * A conversation at another merchant that this visitor's session goes on in.
 *
 * @returns undefined for everything else: what is not theirs does not exist (T39)
 */
export async function handedConversation(
  { db, actor }: VisitorContext,
  id: string,
): Promise<ConversationRow | undefined> {
  const row = await handed(db, id);
  return row?.origin_identity_id === actor.identityId ? row : undefined;
}

/**
 * Does what a visitor asks for in a conversation of theirs; in one that another merchant goes on with, as that merchant's
 * customer. Only what is not found at home is looked for elsewhere, so that nobody else pays for it.
 *
 * @throws what `act` throws
 */
export async function whereTheyTalk<Result>(
  context: VisitorContext,
  id: string,
  act: (context: VisitorContext) => Promise<Result>,
): Promise<Result> {
  try {
    return await act(context);
  } catch (error) {
    if (!AppError.is(error) || error.code !== "not_found") {
      throw error;
    }
    const row = await handedConversation(context, id);
    if (!row) {
      throw error;
    }
    return act(actingIn(context, row));
  }
}
