import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { broadcastChange, broadcastMessageChange } from "./broadcast";
import { contentFromPerson } from "./parts";
import { ALLOWED, ENDED_STATUSES } from "./policy";
import { changeConversation, findOpenConversation, lockConversation } from "./repository";
import type { ConversationRow, MessageRow } from "./rows";
import type { SentPart } from "./schema";
import { toMessage } from "./serialize";
import { announce, writeMessage, writeNotice } from "./service";

type VisitorContext = Context<ActorOf<"visitor">>;

/** Statuses in which somebody here, or the bot, has the conversation: what a colleague outside may take. */
const TAKEABLE = ALLOWED.end;

/**
 * A colleague who works in the platform's own app has this customer now: the bot keeps silent, nobody is asked to take
 * it, and whoever reads it here sees who has it. Told twice, it changes nothing.
 */
export async function takenOutside(context: VisitorContext, row: ConversationRow, name: string): Promise<void> {
  const { merchantId } = context.actor;
  const notice = await context.db.transaction(async (tx) => {
    const locked = await lockConversation(tx, merchantId, row.id);
    if (!locked || ENDED_STATUSES.includes(locked.status) || locked.outside_owner === name) {
      return undefined;
    }
    const at = context.now().toISOString();
    await changeConversation(
      tx,
      { id: row.id, merchantId, statuses: TAKEABLE },
      sql`status = 'assigned', assignee_id = null, outside_owner = ${name}, queued_at = null, snoozed_until = null,
          assigned_at = ${at}::timestamptz, accepted_at = ${at}::timestamptz`,
    );
    await emit(tx, { merchantId, at: context.now() }, "conversation.transferred", {
      conversationId: row.id,
      from: locked.assignee_id,
      to: "outside",
    });
    return writeNotice(tx, context, row.id, { key: "outside_joined", values: { name }, internal: true });
  });
  if (notice) {
    await announce(context, notice);
    broadcastChange(notice.conversation);
  }
}

/** The colleague outside is done: the customer's next words start anew, with the bot. */
export async function endedOutside(context: VisitorContext, name: string): Promise<void> {
  const { merchantId, channelId, customerId } = context.actor;
  const open = await findOpenConversation(context.db, channelId, customerId);
  if (!open) {
    return;
  }
  const notice = await context.db.transaction(async (tx) => {
    const at = context.now();
    const row = await changeConversation(
      tx,
      { id: open.id, merchantId, statuses: ALLOWED.end, and: sql`outside_owner is not null` },
      sql`status = 'resolved', outside_owner = null, resolved_at = ${at.toISOString()}::timestamptz, waiting_since = null,
          unread_count = 0`,
    );
    if (!row) {
      return undefined;
    }
    await emit(tx, { merchantId, at }, "conversation.resolved", { conversationId: open.id, by: "outside" });
    return writeNotice(tx, context, open.id, { key: "outside_ended", values: { name }, internal: true });
  });
  if (notice) {
    await announce(context, notice);
    broadcastChange(notice.conversation);
  }
}

/** What a colleague outside wrote to the customer: part of the thread, and sent already. */
export async function writtenOutside(
  context: VisitorContext,
  row: ConversationRow,
  input: { readonly clientId: string; readonly parts: readonly SentPart[] },
): Promise<void> {
  const { merchantId, customerId } = context.actor;
  const content = await contentFromPerson(context.db, { merchantId, kind: "visitor", id: customerId }, input.parts);
  const stored = await context.db.transaction(async (tx) => {
    const written = await writeMessage(tx, context, {
      conversationId: row.id,
      allowedStatuses: ALLOWED.note,
      authorKind: "agent",
      authorId: null,
      visibility: "public",
      content,
      clientId: input.clientId,
    });
    if (written.outcome !== "created") {
      return written;
    }
    await rowsOf(tx, sql`update messages set delivery = 'sent' where id = ${written.message.id}`);
    return { ...written, message: { ...written.message, delivery: "sent" as const } };
  });
  if (stored.outcome === "created" || stored.outcome === "duplicate") {
    await announce(context, stored);
  }
}

/** A message of this customer's threads was taken back on the platform: its words go here, too. */
export async function recalledOutside(
  context: VisitorContext,
  recalled: { readonly clientId: string; readonly externalId: string },
): Promise<void> {
  const { channelId, customerId } = context.actor;
  const [found] = await rowsOf<{ row: MessageRow }>(
    context.db,
    sql`
    update messages m set recalled_at = ${context.now().toISOString()}::timestamptz, tokens = '{}'
    from conversations c
    where c.channel_id = ${channelId} and c.customer_id = ${customerId} and m.conversation_id = c.id
      and m.recalled_at is null and (m.client_id = ${recalled.clientId} or m.external_id = ${recalled.externalId})
    returning to_jsonb(m) - 'tokens' as row`,
  );
  if (found) {
    broadcastMessageChange(toMessage(found.row, new Map(), context.now()));
  }
}
