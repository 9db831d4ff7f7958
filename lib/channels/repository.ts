import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { channels, webhookDeliveries } from "@/db/schema/channels";
import { AppError } from "@/lib/core/errors";
import type { ChannelRow } from "./serialize";

const ofMerchant = (id: string, merchantId: string) =>
  and(eq(channels.id, id), eq(channels.merchantId, merchantId), isNull(channels.removedAt));

/** The merchant's channels that were not removed, oldest first. */
export function selectChannels(executor: Executor, merchantId: string): Promise<ChannelRow[]> {
  return executor
    .select()
    .from(channels)
    .where(and(eq(channels.merchantId, merchantId), isNull(channels.removedAt)))
    .orderBy(asc(channels.createdAt), asc(channels.id));
}

/** A channel of this merchant. */
export async function selectChannel(
  executor: Executor,
  merchantId: string,
  id: string,
): Promise<ChannelRow | undefined> {
  const [row] = await executor.select().from(channels).where(ofMerchant(id, merchantId));
  return row;
}

/** The same, its row locked until the transaction ends. */
export async function lockChannel(tx: Transaction, merchantId: string, id: string): Promise<ChannelRow | undefined> {
  const [row] = await tx.select().from(channels).where(ofMerchant(id, merchantId)).for("update");
  return row;
}

export async function insertChannel(tx: Transaction, row: typeof channels.$inferInsert): Promise<ChannelRow> {
  const [inserted] = await tx.insert(channels).values(row).returning();
  if (!inserted) {
    throw new AppError("internal", "internal");
  }
  return inserted;
}

export type ChannelChange = Partial<Pick<ChannelRow, "name" | "enabled" | "config" | "sealedSecrets" | "removedAt">>;

/** Saves a change and raises the version. @returns the row as it stands now */
export async function saveChannel(tx: Transaction, id: string, change: ChannelChange): Promise<ChannelRow | undefined> {
  const [row] = await tx
    .update(channels)
    .set({ ...change, version: sql`${channels.version} + 1` })
    .where(eq(channels.id, id))
    .returning();
  return row;
}

/** The last webhooks that arrived, newest first, without their content. */
export function selectDeliveries(
  executor: Executor,
  channelId: string,
  limit: number,
): Promise<{ id: string; outcome: string; error: string | null; createdAt: Date }[]> {
  return executor
    .select({
      id: webhookDeliveries.id,
      outcome: webhookDeliveries.outcome,
      error: webhookDeliveries.error,
      createdAt: webhookDeliveries.createdAt,
    })
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.channelId, channelId))
    .orderBy(desc(webhookDeliveries.createdAt), desc(webhookDeliveries.id))
    .limit(limit);
}
