import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import { record } from "@/lib/audit/service";
import type { Context } from "@/lib/platform/context";

interface Pair {
  /** Whose identities and conversations move. */
  readonly from: string;
  readonly into: string;
}

/**
 * Who moves to whom: the later known to the earlier, but a visitor of the chat page stays, for their browser holds a token
 * with their customer.
 *
 * @returns undefined when they may not become one: both are visitors, or one channel knows them as two people
 */
async function pairOf(tx: Transaction, first: string, second: string): Promise<Pair | undefined> {
  const rows = await rowsOf<{ id: string; has_page: boolean }>(
    tx,
    sql`
    select cu.id, exists (select 1 from customer_identities i join channels ch on ch.id = i.channel_id
      where i.customer_id = cu.id and ch.type = 'web') as has_page
    from customers cu where cu.id in (${first}, ${second}) order by cu.created_at, cu.id for update of cu`,
  );
  const [shared] = await rowsOf(
    tx,
    sql`select 1 from customer_identities a join customer_identities b on b.channel_id = a.channel_id
        where a.customer_id = ${first} and b.customer_id = ${second}`,
  );
  const [older, newer] = rows;
  if (!older || !newer || shared || (older.has_page && newer.has_page)) {
    return undefined;
  }
  return newer.has_page ? { from: older.id, into: newer.id } : { from: newer.id, into: older.id };
}

/** What is known of one and not of the other is kept; words that people wrote about both stand one under the other. */
async function joinProfiles(tx: Transaction, { from, into }: Pair): Promise<void> {
  await rowsOf(
    tx,
    sql`
    update customers t set name = coalesce(t.name, f.name), email = coalesce(t.email, f.email),
      phone = coalesce(t.phone, f.phone), locale = coalesce(t.locale, f.locale), city = coalesce(t.city, f.city),
      tags = array(select distinct unnest(t.tags || f.tags)), attributes = f.attributes || t.attributes,
      note = nullif(concat_ws(E'\\n', t.note, f.note), ''), total_orders = t.total_orders + f.total_orders,
      total_spent_minor = t.total_spent_minor + f.total_spent_minor,
      last_purchase_at = greatest(t.last_purchase_at, f.last_purchase_at),
      blocked_at = coalesce(t.blocked_at, f.blocked_at), last_seen_at = greatest(t.last_seen_at, f.last_seen_at),
      created_at = least(t.created_at, f.created_at)
    from customers f where t.id = ${into} and f.id = ${from}`,
  );
}

/**
 * Makes one customer of two who are the same person: conversations, ratings, tickets, files and blocks go to one of them.
 *
 * @returns false when they cannot be one (see `pairOf`); nothing is changed then
 */
export async function mergeCustomers(
  tx: Transaction,
  context: Context,
  merchantId: string,
  first: string,
  second: string,
): Promise<boolean> {
  const pair = first === second ? undefined : await pairOf(tx, first, second);
  if (!pair) {
    return false;
  }
  const { from, into } = pair;
  await rowsOf(
    tx,
    sql`update messages m set author_id = ${into} from conversations c
        where c.customer_id = ${from} and m.conversation_id = c.id and m.author_kind = 'visitor' and m.author_id = ${from}`,
  );
  await rowsOf(tx, sql`update conversations set customer_id = ${into} where customer_id = ${from}`);
  await rowsOf(tx, sql`update tickets set customer_id = ${into} where customer_id = ${from}`);
  await rowsOf(tx, sql`update ratings set customer_id = ${into} where customer_id = ${from}`);
  await rowsOf(
    tx,
    sql`update files set uploader_id = ${into} where uploader_kind = 'visitor' and uploader_id = ${from}
        and merchant_id = ${merchantId}`,
  );
  await rowsOf(
    tx,
    sql`update blocklist set customer_id = ${into} where customer_id = ${from}
        and not exists (select 1 from blocklist b where b.customer_id = ${into})`,
  );
  await rowsOf(tx, sql`update customer_identities set customer_id = ${into} where customer_id = ${from}`);
  await joinProfiles(tx, pair);
  await rowsOf(tx, sql`delete from customers where id = ${from}`);
  const actor = { kind: "system", merchantId } as const;
  const entry = { action: "customer.merged", targetType: "customer", targetId: into, before: { customerId: from } };
  await record(tx, { ...context, actor }, entry);
  return true;
}
