import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import type { Vote } from "./vote-contracts";

interface Row {
  readonly message_id: string;
  readonly conversation_id: string;
  readonly customer_name: string | null;
  readonly helpful: boolean;
  readonly comment: string;
  readonly question: string | null;
  readonly answer: string;
  readonly entry_id: string | null;
  readonly updated_at: string;
}

/** What visitors thought of the bot's answers, newest first. */
export async function listVotes(
  context: Context,
  query: {
    readonly conversationId?: string | undefined;
    readonly helpful?: boolean | undefined;
    readonly limit: number;
  },
): Promise<Vote[]> {
  const { conversationId, helpful, limit } = query;
  const rows = await rowsOf<Row>(
    context.db,
    sql`select v.message_id, v.conversation_id, cu.name as customer_name, v.helpful, v.comment, t.question,
          left(m.text, 500) as answer, v.entry_id, v.updated_at
        from bot_votes v join messages m on m.id = v.message_id
        join conversations c on c.id = v.conversation_id join customers cu on cu.id = c.customer_id
        left join bot_turns t on t.conversation_id = v.conversation_id and t.answer_id = m.client_id
        where v.merchant_id = ${merchantOf(context)}
          ${conversationId === undefined ? sql`` : sql`and v.conversation_id = ${conversationId}`}
          ${helpful === undefined ? sql`` : sql`and v.helpful = ${helpful}`}
        order by v.updated_at desc, v.message_id limit ${limit}`,
  );
  return rows.map((row) => ({
    messageId: row.message_id,
    conversationId: row.conversation_id,
    customerName: row.customer_name,
    helpful: row.helpful,
    comment: row.comment,
    question: row.question ?? "",
    answer: row.answer,
    entryId: row.entry_id,
    updatedAt: new Date(row.updated_at).toISOString(),
  }));
}
