import { and, eq, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { botDrafts } from "@/db/schema/bot";

export type DraftRow = typeof botDrafts.$inferSelect;
export type DraftEnd = "approved" | "edited" | "rejected" | "expired" | "unneeded";

/** Keeps a draft; an older one of the conversation gives way, because the customer has gone on. */
export async function insertDraft(tx: Transaction, values: typeof botDrafts.$inferInsert): Promise<void> {
  await tx
    .update(botDrafts)
    .set({ status: "replaced", decidedAt: values.createdAt ?? null })
    .where(and(eq(botDrafts.conversationId, values.conversationId), eq(botDrafts.status, "waiting")));
  await tx.insert(botDrafts).values(values);
}

export interface WaitingRow {
  readonly id: string;
  readonly conversation_id: string;
  readonly customer_name: string | null;
  readonly question: string;
  readonly answer: string;
  readonly parts: readonly { type: string; title?: string }[];
  readonly reason: string;
  readonly created_at: string;
  readonly expires_at: string;
}

const LIST_LIMIT = 100;

/** What waits in conversations that are still the bot's. */
export function selectWaiting(executor: Executor, merchantId: string): Promise<WaitingRow[]> {
  return rowsOf<WaitingRow>(
    executor,
    sql`select d.id, d.conversation_id, cu.name as customer_name, d.question, d.answer, d.parts, d.reason, d.created_at, d.expires_at
        from bot_drafts d
        join conversations c on c.id = d.conversation_id and c.status = 'bot'
        join customers cu on cu.id = c.customer_id
        where d.merchant_id = ${merchantId} and d.status = 'waiting' and d.expires_at > now()
        order by d.expires_at limit ${LIST_LIMIT}`,
  );
}

export async function findDraft(executor: Executor, merchantId: string, id: string): Promise<DraftRow | undefined> {
  const [row] = await executor
    .select()
    .from(botDrafts)
    .where(and(eq(botDrafts.id, id), eq(botDrafts.merchantId, merchantId)));
  return row;
}

/** Ends a draft if it still waits: one winner. @returns false when somebody else was first */
export async function endDraft(
  executor: Executor,
  id: string,
  end: { readonly status: DraftEnd; readonly by: string | null; readonly sent?: string; readonly at: Date },
): Promise<boolean> {
  const rows = await executor
    .update(botDrafts)
    .set({ status: end.status, decidedBy: end.by, decidedAt: end.at, ...(end.sent && { sent: end.sent }) })
    .where(and(eq(botDrafts.id, id), eq(botDrafts.status, "waiting")))
    .returning({ id: botDrafts.id });
  return rows.length === 1;
}
