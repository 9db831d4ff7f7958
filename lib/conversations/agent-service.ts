import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import { participants } from "@/db/schema/conversations";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import { broadcastChange, broadcastRow } from "./broadcast";
import { tellRead } from "./channel-fact-jobs";
import { calling } from "./mention-service";
import { mentionsOf } from "./mentions";
import { contentFromPerson } from "./parts";
import { showTypingOnPlatform } from "./platform-typing";
import { ALLOWED, mayActForOthers } from "./policy";
import { quotesOf } from "./quotes";
import { checkReplyAllowance } from "./reply-window-service";
import { type Appended, changeConversation, findConversation, lockConversation } from "./repository";
import type { ConversationRow } from "./rows";
import type { Message, SentPart } from "./schema";
import { announce, writeMessage, writeNotice } from "./service";
import { takeSlot } from "./slots";
import { translateForPeople } from "./translation-service";

export type AgentContext = Context<ActorOf<"agent">>;
/** Agents and API keys act alike where no place of an agent is taken. */
export type StaffContext = Context<ActorOf<"agent"> | ActorOf<"key">>;

export type Stored = Extract<Appended, { message: unknown }>;

async function existing(context: Context, id: string): Promise<ConversationRow> {
  const row = await findConversation(context.db, merchantOf(context), id);
  if (!row) {
    throw new AppError("not_found", "conversation_not_found");
  }
  return row;
}

/** Announces a notice and the change it stands for, after the commit. */
export async function finish(context: Context, notice: Stored): Promise<ConversationRow> {
  await announce(context, notice);
  broadcastChange(notice.conversation);
  return notice.conversation;
}

/**
 * Takes a conversation. One of two agents who click at once wins, the other gets 409 (T12).
 *
 * @throws AppError not_found; conflict `already_taken` | `conversation_ended` | `at_capacity`
 */
export async function claimConversation(context: AgentContext, id: string): Promise<ConversationRow> {
  const { actor } = context;
  const notice = await context.db.transaction(async (tx) => {
    const row = await lockConversation(tx, actor.merchantId, id);
    if (!row) {
      throw new AppError("not_found", "conversation_not_found");
    }
    if (row.assignee_id === actor.agentId && ALLOWED.take_over.includes(row.status)) {
      return undefined;
    }
    const mine = ALLOWED.claim.includes(row.status);
    if (
      !mine &&
      !(ALLOWED.take_over.includes(row.status) && (row.assignee_id === null || mayActForOthers(actor.role)))
    ) {
      throw new AppError("conflict", ALLOWED.take_over.includes(row.status) ? "already_taken" : "conversation_ended");
    }
    return assign(tx, context, row, actor.agentId, "claimed");
  });
  return notice ? finish(context, notice) : existing(context, id);
}

/** Gives a locked conversation to an agent with room. @throws AppError conflict `at_capacity` */
export async function assign(
  tx: Transaction,
  context: Context,
  row: ConversationRow,
  agentId: string,
  by: string,
): Promise<Stored> {
  const at = context.now().toISOString();
  const name = await takeSlot(tx, { merchantId: row.merchant_id, agentId, at: context.now() });
  await changeConversation(
    tx,
    { id: row.id, merchantId: row.merchant_id, statuses: [row.status] },
    sql`status = 'assigned', assignee_id = ${agentId}, assigned_at = ${at}::timestamptz, passed_over_id = null,
        accepted_at = ${by === "transferred" ? null : at}::timestamptz`,
  );
  const notice = await writeNotice(tx, context, row.id, { key: "agent_joined", values: { name } });
  await emit(tx, { merchantId: row.merchant_id, at: context.now() }, "conversation.assigned", {
    conversationId: row.id,
    agentId,
    by,
  });
  await translateForPeople(tx, row);
  return notice;
}

interface Reply {
  readonly clientId: string;
  readonly parts: readonly SentPart[];
  readonly visibility: "public" | "internal";
}

/**
 * An agent's reply or internal note. A reply in a waiting conversation takes it first.
 *
 * @throws AppError as claimConversation, and invalid `message_empty` | `message_too_long` | `file_unknown`;
 * conflict `conversation_ended` | `already_taken` | `reply_window_closed` | `reply_limit_reached`
 */
export async function postReply(context: StaffContext, id: string, reply: Reply): Promise<Message> {
  const { actor } = context;
  const uploaderId = actor.kind === "agent" ? actor.agentId : actor.keyId;
  const note = reply.visibility === "internal";
  const mentions = note ? await mentionsOf(context.db, actor, id, reply.parts) : undefined;
  const quotes = await quotesOf(
    context.db,
    { merchantId: actor.merchantId, conversationId: id, publicOnly: !note },
    reply.parts,
  );
  const content = await contentFromPerson(
    context.db,
    { merchantId: actor.merchantId, kind: actor.kind, id: uploaderId },
    reply.parts,
    [...quotes, ...(mentions?.parts ?? [])],
  );
  if (!note) {
    await checkReplyAllowance(context, id, reply.clientId);
  }
  const actsForOthers = actor.kind === "key" || mayActForOthers(actor.role);
  const write = (executor: Context["db"] | Transaction = context.db) =>
    writeMessage(executor, context, {
      conversationId: id,
      allowedStatuses: note ? ALLOWED.note : ALLOWED.agent_post,
      assigneeId: note || actsForOthers ? null : uploaderId,
      authorKind: "agent",
      authorId: actor.kind === "agent" ? actor.agentId : null,
      visibility: reply.visibility,
      content,
      clientId: reply.clientId,
    });
  let stored = mentions?.parts.length ? await calling(context, mentions, write) : await write();
  if (stored.outcome === "refused" && actor.kind === "agent" && ALLOWED.claim.includes(stored.conversation.status)) {
    await claimConversation(context as AgentContext, id);
    stored = await write();
  }
  if (stored.outcome === "missing") {
    throw new AppError("not_found", "conversation_not_found");
  }
  if (stored.outcome === "refused") {
    throw new AppError(
      "conflict",
      ALLOWED.agent_post.includes(stored.conversation.status) ? "already_taken" : "conversation_ended",
    );
  }
  return announce(context, stored);
}

/** Marks as solved; solving a solved one changes nothing. @throws AppError not_found */
export async function resolveConversation(context: StaffContext, id: string): Promise<ConversationRow> {
  const { actor } = context;
  const notice = await context.db.transaction(async (tx) => {
    const row = await changeConversation(
      tx,
      { id, merchantId: actor.merchantId, statuses: ALLOWED.resolve },
      sql`status = 'resolved', resolved_at = ${context.now().toISOString()}::timestamptz, waiting_since = null, unread_count = 0`,
    );
    if (!row) {
      return undefined;
    }
    const by = actor.kind === "agent" ? actor.agentId : actor.keyId;
    await emit(tx, { merchantId: actor.merchantId, at: context.now() }, "conversation.resolved", {
      conversationId: id,
      by,
    });
    return writeNotice(tx, context, id, { key: "resolved" });
  });
  return notice ? finish(context, notice) : existing(context, id);
}

/** Opens a solved conversation again for the caller. @throws AppError conflict `not_ended` | `handed_on` | `customer_has_open` | `at_capacity` */
export async function reopenConversation(context: AgentContext, id: string): Promise<ConversationRow> {
  const notice = await context.db.transaction(async (tx) => {
    const row = await lockConversation(tx, context.actor.merchantId, id);
    if (!row) {
      throw new AppError("not_found", "conversation_not_found");
    }
    if (!ALLOWED.reopen.includes(row.status)) {
      throw new AppError("conflict", "not_ended");
    }
    if (row.handed_to_id) {
      throw new AppError("conflict", "handed_on");
    }
    const [open] = await rowsOf(
      tx,
      sql`select 1 from conversations where channel_id = ${row.channel_id}
      and customer_id = ${row.customer_id} and status not in ('resolved', 'closed')`,
    );
    if (open) {
      throw new AppError("conflict", "customer_has_open");
    }
    await rowsOf(tx, sql`update conversations set resolved_at = null where id = ${id}`);
    const assigned = await assign(tx, context, row, context.actor.agentId, "reopened");
    await emit(tx, { merchantId: row.merchant_id, at: context.now() }, "conversation.reopened", {
      conversationId: id,
      by: context.actor.agentId,
    });
    return assigned;
  });
  return finish(context, notice);
}

/** How far this agent has read; never moves back. The assignee's reading is what the customer sees as "read". */
export async function markReadByAgent(context: AgentContext, id: string, seq: number): Promise<void> {
  const { actor } = context;
  const row = await existing(context, id);
  const upTo = Math.min(seq, row.last_seq);
  await context.db
    .insert(participants)
    .values({ conversationId: id, agentId: actor.agentId, lastReadSeq: upTo })
    .onConflictDoUpdate({
      target: [participants.conversationId, participants.agentId],
      set: { lastReadSeq: sql`greatest(${participants.lastReadSeq}, ${upTo})` },
    });
  if (row.assignee_id !== actor.agentId) {
    return;
  }
  const changed = await changeConversation(
    context.db,
    { id, merchantId: actor.merchantId, statuses: ALLOWED.note, and: sql`agent_read_seq < ${upTo}` },
    sql`agent_read_seq = ${upTo}, accepted_at = coalesce(accepted_at, ${context.now().toISOString()}::timestamptz),
        unread_count = (select count(*) from messages m
        where m.conversation_id = ${id} and m.seq > ${upTo} and m.author_kind = 'visitor')`,
  );
  if (changed) {
    publish([realtimeChannel.visitor(id), realtimeChannel.conversation(id)], "read", {
      conversationId: id,
      side: "agent",
      seq: upTo,
    });
    broadcastRow(changed);
    await tellRead(context, changed);
  }
}

/** Tells the customer and colleagues that an agent is typing; kept nowhere. */
export async function agentIsTyping(context: AgentContext, id: string, typing: boolean): Promise<void> {
  const row = await existing(context, id);
  publish([realtimeChannel.visitor(id), realtimeChannel.conversation(id)], "typing", {
    conversationId: id,
    side: "agent",
    name: context.actor.name,
    typing,
  });
  if (row.assignee_id === context.actor.agentId) {
    showTypingOnPlatform(context, row, typing).catch((error: unknown) =>
      context.log.debug({ conversationId: id, reason: String(error) }, "typing not shown on the platform"),
    );
  }
}
