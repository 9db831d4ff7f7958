import { sql } from "drizzle-orm";
import type { ActorOf } from "@/lib/core/actor";
import type { Context } from "@/lib/platform/context";
import { broadcastChange } from "./broadcast";
import { ALLOWED } from "./policy";
import { changeConversation } from "./repository";
import { announce, writeNotice } from "./service";

/**
 * A person who answers from a system of the merchant's own takes the conversation from bot or line: the bot is silent
 * from here on, and no agent is sent to it. One that a person has already stays theirs.
 */
export async function takeForIntegration(context: Context<ActorOf<"key">>, id: string): Promise<void> {
  const at = context.now().toISOString();
  const notice = await context.db.transaction(async (tx) => {
    const row = await changeConversation(
      tx,
      { id, merchantId: context.actor.merchantId, statuses: ALLOWED.claim },
      sql`status = 'assigned', assignee_id = null, assigned_at = ${at}::timestamptz, accepted_at = ${at}::timestamptz`,
    );
    return row && writeNotice(tx, context, id, { key: "agent_joined", values: { name: context.actor.name } });
  });
  if (notice) {
    await announce(context, notice);
    broadcastChange(notice.conversation);
  }
}
