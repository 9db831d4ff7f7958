import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import type { AgentContext, StaffContext } from "./agent-service";
import { broadcastChange, broadcastRow } from "./broadcast";
import { ALLOWED, mayActForOthers } from "./policy";
import { changeConversation, lockConversation } from "./repository";
import type { ConversationRow } from "./rows";
import { announce, writeNotice } from "./service";
import { LONGEST_SNOOZE_DAYS } from "./triage-contracts";

const DAY_MS = 86_400_000;

/** The conversation, locked, if this person may act in it. @throws AppError not_found; conflict `already_taken` */
async function held(
  tx: Parameters<typeof lockConversation>[0],
  context: AgentContext,
  id: string,
): Promise<ConversationRow> {
  const { actor } = context;
  const row = await lockConversation(tx, actor.merchantId, id);
  if (!row) {
    throw new AppError("not_found", "conversation_not_found");
  }
  if (row.assignee_id !== null && row.assignee_id !== actor.agentId && !mayActForOthers(actor.role)) {
    throw new AppError("conflict", "already_taken");
  }
  return row;
}

/**
 * Puts a conversation aside. It comes back at the time, when the customer writes, or when somebody takes it up again;
 * it stays the assignee's all the while.
 *
 * @param until null: only when the customer writes
 * @throws AppError invalid `snooze_time`; not_found; conflict `already_taken` | `not_in_progress`
 */
export async function snoozeConversation(context: AgentContext, id: string, until: Date | null): Promise<void> {
  const { actor } = context;
  const ahead = until === null ? 1 : until.getTime() - context.now().getTime();
  if (ahead <= 0 || ahead > LONGEST_SNOOZE_DAYS * DAY_MS) {
    throw new AppError("invalid", "snooze_time", { values: { days: LONGEST_SNOOZE_DAYS } });
  }
  const notice = await context.db.transaction(async (tx) => {
    const row = await held(tx, context, id);
    const changed = await changeConversation(
      tx,
      { id: row.id, merchantId: row.merchant_id, statuses: ALLOWED.snooze },
      sql`status = 'snoozed', snoozed_until = ${until?.toISOString() ?? null}::timestamptz`,
    );
    if (!changed) {
      throw new AppError("conflict", "not_in_progress");
    }
    await emit(tx, { merchantId: actor.merchantId, at: context.now() }, "conversation.snoozed", {
      conversationId: id,
      by: actor.agentId,
      until: until?.toISOString() ?? null,
    });
    const values = { name: actor.name, ...(until && { until: until.toISOString() }) };
    return writeNotice(tx, context, id, { key: until ? "snoozed_until" : "snoozed", values, internal: true });
  });
  await announce(context, notice);
  broadcastChange(notice.conversation);
}

/**
 * Takes a snoozed conversation up again; one that is not snoozed stays as it is.
 *
 * @param why what woke it: `time`, `reply` (the customer wrote) or `agent`
 */
export async function wake(context: Context, id: string, why: "time" | "reply" | "agent"): Promise<void> {
  const merchantId = merchantOf(context);
  const notice = await context.db.transaction(async (tx) => {
    const changed = await changeConversation(
      tx,
      { id, merchantId, statuses: ALLOWED.wake },
      sql`status = case when assignee_id is null then 'queued'::conversation_status else 'assigned'::conversation_status end,
          queued_at = case when assignee_id is null then ${context.now().toISOString()}::timestamptz else queued_at end,
          snoozed_until = null`,
    );
    if (!changed) {
      return undefined;
    }
    const scope = { merchantId, at: context.now() };
    await emit(tx, scope, "conversation.woken", { conversationId: id, why });
    if (changed.status === "queued") {
      await emit(tx, scope, "conversation.queued", { conversationId: id, reason: "woken" });
    }
    return writeNotice(tx, context, id, { key: `woken_${why}`, internal: true });
  });
  if (notice) {
    await announce(context, notice);
    broadcastChange(notice.conversation);
  }
}

/** An agent takes a snoozed conversation up again. @throws AppError not_found; conflict `already_taken` */
export async function wakeByAgent(context: AgentContext, id: string): Promise<void> {
  await context.db.transaction((tx) => held(tx, context, id));
  await wake(context, id, "agent");
}

/** Sets how urgent a conversation is: the queue is ordered by it. @throws AppError not_found; conflict `conversation_ended` */
export async function setPriority(
  context: StaffContext | Context<ActorOf<"system">>,
  id: string,
  priority: number,
): Promise<void> {
  const merchantId = merchantOf(context);
  const changed = await context.db.transaction(async (tx) => {
    const row = await lockConversation(tx, merchantId, id);
    if (!row) {
      throw new AppError("not_found", "conversation_not_found");
    }
    const after = await changeConversation(
      tx,
      { id, merchantId, statuses: ALLOWED.prioritise },
      sql`priority = ${priority}`,
    );
    if (!after) {
      throw new AppError("conflict", "conversation_ended");
    }
    await emit(tx, { merchantId, at: context.now() }, "conversation.prioritised", { conversationId: id, priority });
    return after;
  });
  broadcastRow(changed);
}

/** Snoozed conversations that have to come back now: their time is over, or the customer has written meanwhile. */
export async function dueToWake(
  context: Context,
  limit: number,
): Promise<{ id: string; merchantId: string; why: "time" | "reply" }[]> {
  return rowsOf(
    context.db,
    sql`select id, merchant_id as "merchantId",
          case when snoozed_until <= ${context.now().toISOString()}::timestamptz then 'time' else 'reply' end as why
        from conversations
        where status = 'snoozed' and (snoozed_until <= ${context.now().toISOString()}::timestamptz or unread_count > 0)
        order by snoozed_until limit ${limit}`,
  );
}
