import { and, asc, eq, sql } from "drizzle-orm";
import { type Executor, rowsOf, type Transaction } from "@/db/client";
import { botIntents } from "@/db/schema/bot";

export type IntentRow = typeof botIntents.$inferSelect;

/** A merchant's intents by name. */
export function selectIntents(executor: Executor, merchantId: string): Promise<IntentRow[]> {
  return executor.select().from(botIntents).where(eq(botIntents.merchantId, merchantId)).orderBy(asc(botIntents.name));
}

/** Changes whenever an intent of the merchant was added, changed or removed. */
export async function intentStamp(executor: Executor, merchantId: string): Promise<string> {
  const [row] = await rowsOf<{ stamp: string }>(
    executor,
    sql`select concat(count(*), ':', sum(version), ':', max(updated_at)) as stamp from bot_intents
        where merchant_id = ${merchantId}`,
  );
  return row?.stamp ?? "";
}

export async function lockIntent(tx: Transaction, merchantId: string, id: string): Promise<IntentRow | undefined> {
  const [row] = await tx
    .select()
    .from(botIntents)
    .where(and(eq(botIntents.id, id), eq(botIntents.merchantId, merchantId)))
    .for("update");
  return row;
}

/** @returns false when another of the merchant has this name */
export async function insertIntent(tx: Transaction, values: typeof botIntents.$inferInsert): Promise<boolean> {
  const rows = await tx.insert(botIntents).values(values).onConflictDoNothing().returning({ id: botIntents.id });
  return rows.length === 1;
}

export async function changeIntent(
  tx: Transaction,
  id: string,
  change: Partial<Omit<IntentRow, "id" | "merchantId" | "version" | "createdAt">>,
): Promise<void> {
  await tx
    .update(botIntents)
    .set({ ...change, version: sql`${botIntents.version} + 1` })
    .where(eq(botIntents.id, id));
}

/** True when another intent of the merchant has this name. */
export async function isNameTaken(tx: Transaction, merchantId: string, name: string, except: string): Promise<boolean> {
  const rows = await tx
    .select({ id: botIntents.id })
    .from(botIntents)
    .where(and(eq(botIntents.merchantId, merchantId), eq(botIntents.name, name), sql`${botIntents.id} <> ${except}`));
  return rows.length > 0;
}

export async function removeIntent(tx: Transaction, id: string): Promise<void> {
  await tx.delete(botIntents).where(eq(botIntents.id, id));
}
