import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { mergeCustomers } from "./merge-service";

/**
 * Keeps the one id of a person over all accounts of a platform (WeChat's union id), and makes one customer of those who
 * have the same.
 *
 * @param identityId how one channel knows them
 */
export async function learnUnionId(context: Context, identityId: string, unionId: string): Promise<void> {
  await context.db.transaction(async (tx) => {
    const [own] = await rowsOf<{ merchant_id: string; customer_id: string }>(
      tx,
      sql`update customer_identities set union_id = ${unionId} where id = ${identityId} returning merchant_id, customer_id`,
    );
    if (!own) {
      return;
    }
    // Two who learn the same at once would each miss the other.
    await rowsOf(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`union:${own.merchant_id}:${unionId}`}, 0))`);
    const others = await rowsOf<{ customer_id: string }>(
      tx,
      sql`select distinct customer_id from customer_identities
          where merchant_id = ${own.merchant_id} and union_id = ${unionId} and customer_id <> ${own.customer_id}`,
    );
    for (const { customer_id: other } of others) {
      if (await mergeCustomers(tx, context, own.merchant_id, own.customer_id, other)) {
        return;
      }
    }
  });
}
