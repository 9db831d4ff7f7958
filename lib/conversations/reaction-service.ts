import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { broadcastMessageChange } from "./broadcast";
import { wire } from "./queries";
import type { MessageRow } from "./rows";
import type { Message } from "./schema";

/**
 * Answers a message with a sign, or takes the sign back; the same again changes nothing. One statement, so that two
 * colleagues at once both stay.
 *
 * @throws AppError not_found `message_not_found`: also for one that was taken back, and for lines of the product's own
 */
export async function reactToMessage(
  context: Context<ActorOf<"agent">>,
  id: string,
  messageId: string,
  reaction: { readonly sign: string; readonly on: boolean },
): Promise<Message> {
  const { actor } = context;
  const own = JSON.stringify([{ sign: reaction.sign, agentId: actor.agentId, name: actor.name }]);
  const [found] = await rowsOf<{ row: MessageRow }>(
    context.db,
    sql`update messages m set reactions = nullif(
          (select coalesce(jsonb_agg(r), '[]') from jsonb_array_elements(coalesce(m.reactions, '[]')) r
            where not (r ->> 'agentId' = ${actor.agentId} and r ->> 'sign' = ${reaction.sign}))
          || ${reaction.on ? own : "[]"}::text::jsonb, '[]'::jsonb)
        where m.id = ${messageId} and m.conversation_id = ${id} and m.merchant_id = ${actor.merchantId}
          and m.recalled_at is null and m.author_kind <> 'system'
        returning to_jsonb(m) - 'tokens' as row`,
  );
  return announced(context, found?.row);
}

/**
 * A visitor answers words of an agent or the bot with a sign: one, so that another takes its place. Off takes back
 * whichever it is.
 *
 * @throws AppError not_found `message_not_found`: also for one's own, for what was taken back, and elsewhere (T39)
 */
export async function reactAsVisitor(
  context: Context<ActorOf<"visitor">>,
  id: string,
  messageId: string,
  reaction: { readonly sign: string; readonly on: boolean },
): Promise<Message> {
  const { merchantId, customerId } = context.actor;
  const own = JSON.stringify([{ sign: reaction.sign, agentId: customerId, name: "", visitor: true }]);
  const [found] = await rowsOf<{ row: MessageRow }>(
    context.db,
    sql`update messages m set reactions = nullif(
          (select coalesce(jsonb_agg(r), '[]') from jsonb_array_elements(coalesce(m.reactions, '[]')) r
            where r ->> 'visitor' is null)
          || ${reaction.on ? own : "[]"}::text::jsonb, '[]'::jsonb)
        from conversations c
        where m.id = ${messageId} and m.conversation_id = ${id} and m.merchant_id = ${merchantId}
          and c.id = m.conversation_id and c.customer_id = ${customerId}
          and m.recalled_at is null and m.visibility = 'public' and m.author_kind in ('agent', 'bot')
        returning to_jsonb(m) - 'tokens' as row`,
  );
  return announced(context, found?.row);
}

/** Tells both sides how a message looks now. */
async function announced(context: Context, row: MessageRow | undefined): Promise<Message> {
  const [message] = row ? await wire(context, [row]) : [];
  if (!message) {
    throw new AppError("not_found", "message_not_found");
  }
  broadcastMessageChange(message);
  return message;
}
