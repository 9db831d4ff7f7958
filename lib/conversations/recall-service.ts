import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { broadcastMessageChange, broadcastRow } from "./broadcast";
import { ALLOWED, RECALL_WINDOW_MS } from "./policy";
import { wire } from "./queries";
import { forgetQuotes } from "./quotes";
import { changeConversation, lockConversation } from "./repository";
import type { MessageRow } from "./rows";
import type { Message } from "./schema";
import { announce } from "./service";

type Person = ActorOf<"agent"> | ActorOf<"visitor">;

/**
 * Takes an own message back within two minutes: both sides see it gone, the audit log keeps that it happened.
 *
 * @throws AppError not_found `message_not_found`; forbidden `not_own_message`; conflict `recall_too_late`
 */
export async function recallMessage(context: Context<Person>, id: string, messageId: string): Promise<Message> {
  const { actor } = context;
  const authorId = actor.kind === "agent" ? actor.agentId : actor.customerId;
  const done = await context.db.transaction(async (tx) => {
    const conversation = await lockConversation(tx, actor.merchantId, id);
    const isForeign = actor.kind === "visitor" && conversation?.customer_id !== actor.customerId;
    const [found] = await rowsOf<{ row: MessageRow }>(
      tx,
      sql`select to_jsonb(m) - 'tokens' as row from messages m where m.id = ${messageId} and m.conversation_id = ${id}
          and m.merchant_id = ${actor.merchantId} ${actor.kind === "visitor" ? sql`and m.visibility = 'public'` : sql``}`,
    );
    if (!conversation || isForeign || !found) {
      throw new AppError("not_found", "message_not_found");
    }
    if (found.row.author_id !== authorId || found.row.author_kind !== actor.kind) {
      throw new AppError("forbidden", "not_own_message");
    }
    if (context.now().getTime() - new Date(found.row.created_at).getTime() > RECALL_WINDOW_MS) {
      throw new AppError("conflict", "recall_too_late");
    }
    const at = context.now().toISOString();
    await rowsOf(tx, sql`update messages set recalled_at = ${at}::timestamptz, tokens = '{}' where id = ${messageId}`);
    const quoting = await forgetQuotes(tx, id, messageId);
    const last = conversation.last_seq === found.row.seq ? sql`last_message_preview = ''` : sql`last_seq = last_seq`;
    const row = await changeConversation(tx, { id, merchantId: actor.merchantId, statuses: ALLOWED.note }, last);
    await emit(tx, { merchantId: actor.merchantId, at: context.now() }, "message.recalled", {
      conversationId: id,
      messageId,
      seq: found.row.seq,
    });
    await record(tx, context, { action: "message.recalled", targetType: "message", targetId: messageId });
    return { quoting, message: { ...found.row, recalled_at: at }, conversation: row ?? conversation };
  });
  const message = await announce(context, { outcome: "duplicate", ...done });
  for (const changed of [message, ...(await wire(context, done.quoting))]) {
    broadcastMessageChange(changed);
  }
  broadcastRow(done.conversation);
  return message;
}
