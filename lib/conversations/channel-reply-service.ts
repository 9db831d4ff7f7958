import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { record } from "@/lib/audit/service";
import { getChannel } from "@/lib/channels/queries";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/jobs/emit";
import { broadcastMessageChange } from "./broadcast";
import type { ChannelReply } from "./channel-reply-contracts";
import type { MessageRow } from "./rows";
import { toMessage } from "./serialize";

type Staff = Context<ActorOf<"agent"> | ActorOf<"key"> | ActorOf<"system">>;

const SHOWN = 20;
/** How many of the merchant's newest messages are looked through: the list costs the same in a large shop. */
const LOOKED_THROUGH = 5_000;

interface ReplyRow extends Record<string, unknown> {
  readonly id: string;
  readonly conversation_id: string;
  readonly author_kind: ChannelReply["author"];
  readonly delivery: ChannelReply["outcome"];
  readonly delivery_error: string | null;
  readonly created_at: Date | string;
}

/**
 * The last replies over a channel, newest first, among the merchant's newest messages.
 *
 * @throws AppError not_found
 */
export async function listChannelReplies(context: Staff, channelId: string): Promise<ChannelReply[]> {
  await getChannel(context, channelId);
  const rows = await rowsOf<ReplyRow>(
    context.db,
    sql`
    select m.id, m.conversation_id, m.author_kind, m.delivery, m.delivery_error, m.created_at from (
      select * from messages where merchant_id = ${merchantOf(context)} order by created_at desc nulls first
      limit ${LOOKED_THROUGH}) m
    join conversations c on c.id = m.conversation_id
    where c.channel_id = ${channelId} and m.author_kind in ('agent', 'bot') and m.visibility = 'public'
      and m.recalled_at is null
    order by m.created_at desc, m.id desc limit ${SHOWN}`,
  );
  return rows.map((row) => ({
    id: row.id,
    conversationId: row.conversation_id,
    author: row.author_kind,
    outcome: row.delivery,
    reason: row.delivery_error,
    createdAt: new Date(row.created_at).toISOString(),
  }));
}

/**
 * Sends a reply that failed once more, from the piece that failed on. One of which nobody knows whether it arrived may
 * arrive twice: whoever replays it has decided that.
 *
 * @throws AppError not_found; conflict `channel_disabled` | `reply_not_failed`
 */
export async function replayReply(context: Staff, channelId: string, messageId: string): Promise<void> {
  const channel = await getChannel(context, channelId);
  if (!channel.enabled) {
    throw new AppError("conflict", "channel_disabled");
  }
  const row = await context.db.transaction(async (tx) => {
    const [known] = await rowsOf<{ row: MessageRow }>(
      tx,
      sql`select to_jsonb(m) - 'tokens' as row from messages m join conversations c on c.id = m.conversation_id
          where m.id = ${messageId} and c.channel_id = ${channelId} and m.merchant_id = ${merchantOf(context)}
            and m.author_kind in ('agent', 'bot') for update of m`,
    );
    if (!known) {
      throw new AppError("not_found", "delivery_not_found");
    }
    if (known.row.delivery !== "failed" || known.row.recalled_at !== null) {
      throw new AppError("conflict", "reply_not_failed");
    }
    await rowsOf(
      tx,
      sql`update messages set delivery = 'queued', delivery_error = null, delivery_step = delivery_step / 2 * 2
          where id = ${messageId}`,
    );
    await enqueue(tx, {
      name: "channel.deliver",
      payload: { messageId },
      lane: `deliver:${known.row.conversation_id}`,
    });
    await record(tx, context, {
      action: "channel.reply_replayed",
      targetType: "channel",
      targetId: channelId,
      after: { messageId },
    });
    return { ...known.row, delivery: "queued", delivery_error: null } as const;
  });
  broadcastMessageChange(toMessage(row, new Map(), context.now()));
}
