import { and, asc, avg, count, desc, eq } from "drizzle-orm";
import type { Executor, Transaction } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { conversations, pageVisits, ratings } from "@/db/schema/conversations";
import { customerIdentities, customers } from "@/db/schema/customers";
import { tickets } from "@/db/schema/tickets";

export type CustomerRow = typeof customers.$inferSelect;

/** How many earlier conversations a profile shows; the rest is found by search. */
const HISTORY_LENGTH = 20;

/** A customer of this merchant. */
export async function findCustomer(
  executor: Executor,
  merchantId: string,
  id: string,
): Promise<CustomerRow | undefined> {
  const [row] = await executor
    .select()
    .from(customers)
    .where(and(eq(customers.id, id), eq(customers.merchantId, merchantId)));
  return row;
}

/** The same, locked until the transaction ends: what the audit log calls "before" is what was changed. */
export async function lockCustomer(tx: Transaction, merchantId: string, id: string): Promise<CustomerRow | undefined> {
  const [row] = await tx
    .select()
    .from(customers)
    .where(and(eq(customers.id, id), eq(customers.merchantId, merchantId)))
    .for("update");
  return row;
}

export type CustomerChange = Partial<Pick<CustomerRow, "name" | "email" | "phone" | "city" | "tags" | "note">>;

export async function changeCustomer(
  tx: Transaction,
  merchantId: string,
  id: string,
  change: CustomerChange,
): Promise<void> {
  await tx
    .update(customers)
    .set(change)
    .where(and(eq(customers.id, id), eq(customers.merchantId, merchantId)));
}

/** How one channel knows somebody. */
export async function findIdentity(
  executor: Executor,
  id: string,
): Promise<typeof customerIdentities.$inferSelect | undefined> {
  const [row] = await executor.select().from(customerIdentities).where(eq(customerIdentities.id, id));
  return row;
}

/** How each channel knows the customer, oldest first. */
export function selectIdentities(executor: Executor, customerId: string) {
  return executor
    .select({
      channelType: channels.type,
      channelName: channels.name,
      externalId: customerIdentities.externalId,
      verified: customerIdentities.verified,
    })
    .from(customerIdentities)
    .innerJoin(channels, eq(channels.id, customerIdentities.channelId))
    .where(eq(customerIdentities.customerId, customerId))
    .orderBy(asc(customerIdentities.createdAt), asc(customerIdentities.id));
}

/** The customer's conversations with their ratings, newest first. */
export function selectHistory(executor: Executor, customerId: string) {
  return executor
    .select({
      id: conversations.id,
      status: conversations.status,
      lastMessagePreview: conversations.lastMessagePreview,
      context: conversations.context,
      createdAt: conversations.createdAt,
      stars: ratings.stars,
    })
    .from(conversations)
    .leftJoin(ratings, eq(ratings.conversationId, conversations.id))
    .where(eq(conversations.customerId, customerId))
    .orderBy(desc(conversations.createdAt), desc(conversations.id))
    .limit(HISTORY_LENGTH);
}

/** Pages of the visit from which the customer's last conversation came, newest first. */
export function selectPages(executor: Executor, customerId: string) {
  const last = executor
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.customerId, customerId))
    .orderBy(desc(conversations.createdAt), desc(conversations.id))
    .limit(1);
  return executor
    .select({ url: pageVisits.url, title: pageVisits.title, at: pageVisits.at })
    .from(pageVisits)
    .where(eq(pageVisits.conversationId, last))
    .orderBy(desc(pageVisits.at), pageVisits.url);
}

export type PageRow = Awaited<ReturnType<typeof selectPages>>[number];
export type HistoryRow = Awaited<ReturnType<typeof selectHistory>>[number];
export type IdentityRow = Awaited<ReturnType<typeof selectIdentities>>[number];

/** How many tickets the customer ever had. */
export async function countTickets(executor: Executor, merchantId: string, customerId: string): Promise<number> {
  const [row] = await executor
    .select({ tickets: count() })
    .from(tickets)
    .where(and(eq(tickets.merchantId, merchantId), eq(tickets.customerId, customerId)));
  return row?.tickets ?? 0;
}

/** Mean of all stars the customer gave, 1–5; null before the first rating. */
export async function averageStars(executor: Executor, merchantId: string, customerId: string): Promise<number | null> {
  const [row] = await executor
    .select({ stars: avg(ratings.stars).mapWith(Number) })
    .from(ratings)
    .innerJoin(conversations, eq(conversations.id, ratings.conversationId))
    .where(and(eq(ratings.merchantId, merchantId), eq(conversations.customerId, customerId)));
  return row?.stars ?? null;
}
