import { sql } from "drizzle-orm";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { getAgent } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import { assign } from "./agent-service";
import { broadcastChange, broadcastRow } from "./broadcast";
import { contentOf } from "./parts";
import { ALLOWED } from "./policy";
import { changeConversation, lockConversation } from "./repository";
import type { ConversationRow } from "./rows";
import { announce, postMessage, requestHandoff, writeNotice } from "./service";

/** A rule's hands: the product itself, at one merchant. */
export type RuleContext = Context<ActorOf<"system"> & { readonly merchantId: string }>;

/** @throws AppError not_found */
function found(row: ConversationRow | undefined): ConversationRow {
  if (!row) {
    throw new AppError("not_found", "conversation_not_found");
  }
  return row;
}

/**
 * Gives a conversation to an agent, whoever has it. @throws AppError not_found; conflict `agent_not_available` |
 * `at_capacity` | `conversation_ended`
 */
export async function assignByRule(context: RuleContext, id: string, agentId: string): Promise<void> {
  const agent = await getAgent(context, agentId);
  if (agent.disabled || agent.presence !== "online") {
    throw new AppError("conflict", "agent_not_available");
  }
  const notice = await context.db.transaction(async (tx) => {
    const row = found(await lockConversation(tx, context.actor.merchantId, id));
    if (!ALLOWED.transfer.includes(row.status)) {
      throw new AppError("conflict", "conversation_ended");
    }
    return row.assignee_id === agentId ? undefined : assign(tx, context, row, agentId, "rule");
  });
  if (notice) {
    await announce(context, notice);
    broadcastChange(notice.conversation);
    publish([realtimeChannel.agent(agentId)], "conversation.assigned", { conversationId: id });
  }
}

/**
 * Puts a conversation in line for a person, first noting what that person has to know. Who is served already goes back
 * in line only where the skill is a new one.
 *
 * @throws AppError not_found; conflict `conversation_ended`
 */
export async function queueByRule(context: RuleContext, id: string, skill: string | null): Promise<void> {
  const { merchantId } = context.actor;
  const done = await context.db.transaction(async (tx) => {
    const row = found(await lockConversation(tx, merchantId, id));
    if (!ALLOWED.transfer.includes(row.status)) {
      throw new AppError("conflict", "conversation_ended");
    }
    const changes = skill !== null && row.skill !== skill;
    if (!changes) {
      return { row, notice: undefined };
    }
    const again = row.status === "assigned";
    const at = context.now();
    const after = await changeConversation(
      tx,
      { id, merchantId, statuses: [row.status] },
      again
        ? sql`skill = ${skill}, status = 'queued', assignee_id = null, assigned_at = null, accepted_at = null,
              queued_at = ${at.toISOString()}::timestamptz, queue_told_at = null`
        : sql`skill = ${skill}`,
    );
    await emit(tx, { merchantId, at }, "conversation.skill_needed", { conversationId: id, skill });
    if (!again) {
      return { row: after ?? row, notice: undefined };
    }
    const notice = await writeNotice(tx, context, id, { key: "back_to_queue" });
    await emit(tx, { merchantId, at }, "conversation.queued", { conversationId: id, reason: "rule" });
    return { row: notice.conversation, notice };
  });
  if (done.notice) {
    await announce(context, done.notice);
    broadcastChange(done.row);
  } else {
    broadcastRow(done.row);
  }
  if (done.row.status === "bot") {
    await requestHandoff(context, { conversationId: id, reason: "rule" });
  }
}

/**
 * Says something to the customer in the bot's name, or leaves a note that only agents see.
 *
 * @param clientId makes it one message however often the rule's job runs
 * @throws AppError not_found; conflict `conversation_ended`
 */
export async function writeByRule(
  context: RuleContext,
  id: string,
  message: { readonly text: string; readonly internal: boolean; readonly clientId: string },
): Promise<void> {
  await postMessage(context, {
    conversationId: id,
    allowedStatuses: message.internal ? ALLOWED.note : ALLOWED.visitor_post,
    authorKind: message.internal ? "system" : "bot",
    authorId: null,
    visibility: message.internal ? "internal" : "public",
    content: contentOf(
      message.internal
        ? [{ type: "notice", key: "rule_note", values: { note: message.text } }]
        : [{ type: "text", text: message.text }],
    ),
    clientId: message.clientId,
  });
}
