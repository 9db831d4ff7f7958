import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { listPublicMessages } from "./queries";
import type { Message } from "./schema";
import { writeNotice } from "./service";

/** A mailbox is somebody's, and nobody asked whose: more than this would make the chat a way to send spam. */
const MOST_TRANSCRIPTS = 3;
const PAGE = 200;
const NOTICE = "transcript_sent";

/**
 * Notes in an own conversation that it is sent to a mailbox, for the agents to see.
 *
 * @returns the note, to be announced after the commit
 * @param conversationId one that is known to be the visitor's
 * @throws AppError conflict `transcript_empty` before anybody replied, `transcript_limit`
 */
export async function noteTranscript(
  tx: Transaction,
  context: Context<ActorOf<"visitor">>,
  conversationId: string,
): ReturnType<typeof writeNotice> {
  // The row's lock counts requests of the same moment one after the other.
  await tx.execute(sql`select 1 from conversations where id = ${conversationId} for update`);
  const [counted] = await rowsOf<{ replies: number; sent: number }>(
    tx,
    sql`select count(*) filter (where author_kind in ('agent', 'bot') and visibility = 'public')::int as replies,
          count(*) filter (where parts @> ${JSON.stringify([{ type: "notice", key: NOTICE }])}::jsonb)::int as sent
        from messages where conversation_id = ${conversationId}`,
  );
  if (!counted || counted.replies === 0) {
    throw new AppError("conflict", "transcript_empty");
  }
  if (counted.sent >= MOST_TRANSCRIPTS) {
    throw new AppError("conflict", "transcript_limit");
  }
  return writeNotice(tx, context, conversationId, { key: NOTICE, internal: true });
}

/** All that customer and shop wrote to each other, in order. */
export async function transcriptOf(context: Context, conversationId: string): Promise<Message[]> {
  const messages: Message[] = [];
  for (let afterSeq = 0, more = true; more; ) {
    const page = await listPublicMessages(context, conversationId, { afterSeq, limit: PAGE });
    messages.push(...page.items.filter(({ recalledAt }) => recalledAt === null));
    const last = page.items.at(-1);
    more = page.hasMore && last !== undefined;
    afterSeq = last?.seq ?? afterSeq;
  }
  return messages;
}
