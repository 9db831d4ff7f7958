import { and, asc, desc, eq, isNull, or, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { quickReplies } from "@/db/schema/operations";

export type QuickReplyRow = typeof quickReplies.$inferSelect;

/** Most replies a picker gets at once; an agent with more finds no use in a list. */
const LIST_LIMIT = 1_000;

/** The merchant's and this agent's own, most used first. */
export function selectQuickReplies(executor: Executor, merchantId: string, agentId: string): Promise<QuickReplyRow[]> {
  return executor
    .select()
    .from(quickReplies)
    .where(
      and(eq(quickReplies.merchantId, merchantId), or(isNull(quickReplies.ownerId), eq(quickReplies.ownerId, agentId))),
    )
    .orderBy(desc(quickReplies.usedCount), asc(quickReplies.title), asc(quickReplies.id))
    .limit(LIST_LIMIT);
}

/** A reply that this agent can see, locked until the transaction ends. */
export async function lockQuickReply(
  tx: Transaction,
  merchantId: string,
  agentId: string,
  id: string,
): Promise<QuickReplyRow | undefined> {
  const [row] = await tx
    .select()
    .from(quickReplies)
    .where(
      and(
        eq(quickReplies.id, id),
        eq(quickReplies.merchantId, merchantId),
        or(isNull(quickReplies.ownerId), eq(quickReplies.ownerId, agentId)),
      ),
    )
    .for("update");
  return row;
}

export async function insertQuickReply(
  tx: Transaction,
  values: typeof quickReplies.$inferInsert,
): Promise<QuickReplyRow | undefined> {
  const [row] = await tx.insert(quickReplies).values(values).returning();
  return row;
}

export async function changeQuickReply(
  tx: Transaction,
  id: string,
  change: Partial<Pick<QuickReplyRow, "folder" | "shortcut" | "title" | "text" | "language">>,
): Promise<QuickReplyRow | undefined> {
  const [row] = await tx.update(quickReplies).set(change).where(eq(quickReplies.id, id)).returning();
  return row;
}

export async function removeQuickReply(tx: Transaction, id: string): Promise<void> {
  await tx.delete(quickReplies).where(eq(quickReplies.id, id));
}

/** Counts one use of a reply that this agent can see. @returns false when there is none */
export async function countUse(executor: Executor, merchantId: string, agentId: string, id: string): Promise<boolean> {
  const rows = await executor
    .update(quickReplies)
    .set({ usedCount: sql`${quickReplies.usedCount} + 1` })
    .where(
      and(
        eq(quickReplies.id, id),
        eq(quickReplies.merchantId, merchantId),
        or(isNull(quickReplies.ownerId), eq(quickReplies.ownerId, agentId)),
      ),
    )
    .returning({ id: quickReplies.id });
  return rows.length > 0;
}
