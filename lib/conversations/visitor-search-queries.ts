import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import { searchTokens } from "@/lib/core/text";
import type { Context } from "@/lib/platform/context";
import { wire } from "./queries";
import type { MessageRow } from "./rows";
import type { Message } from "./schema";

/**
 * What the visitor and the shop wrote to each other on this channel, over all visits, that contains all words; newest
 * first (V8). Notes among agents and what was taken back are not there to be found.
 */
export async function searchOwnMessages(
  context: Context<ActorOf<"visitor">>,
  { q, limit }: { readonly q: string; readonly limit: number },
): Promise<Message[]> {
  const tokens = searchTokens(q);
  if (tokens.length === 0) {
    return [];
  }
  const { customerId, channelId, identityId } = context.actor;
  // What another merchant was given of a conversation stands in the conversation itself, too. One customer has few conversations: they are walked through, and no index over all messages is asked.
  const rows = await rowsOf<{ row: MessageRow }>(
    context.db,
    sql`select to_jsonb(m) - 'tokens' as row from conversations c join messages m on m.conversation_id = c.id
        where c.id in (select id from conversations where customer_id = ${customerId} and channel_id = ${channelId}
                      union all select id from conversations where origin_identity_id = ${identityId})
          and (m.external_id is null or m.external_id not like 'handed:%') and m.visibility = 'public'
          and m.author_kind <> 'system' and m.recalled_at is null and m.tokens @> ${sql.param(tokens)}::text[]
        order by m.created_at desc, m.id desc limit ${limit}`,
  );
  return wire(
    context,
    rows.map(({ row }) => row),
  );
}
