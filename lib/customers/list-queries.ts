import { and, desc, eq, isNotNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { customers } from "@/db/schema/customers";
import { decodeCursor, encodeCursor } from "@/lib/core/pagination";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { fileAddress } from "@/lib/platform/storage/file-address";
import type { CustomerListRow } from "./schema";

export interface CustomerFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
  /** Part of the name, the mail address or the telephone number, or the id. */
  readonly search?: string | undefined;
  readonly tag?: string | undefined;
  /** Only who may not write. */
  readonly blocked?: "true" | undefined;
}

const cursorKey = z.tuple([z.iso.datetime(), z.string().max(40)]);

function holding(search: string): SQL {
  const pattern = `%${search.replace(/[%_\\]/g, "\\$&")}%`;
  return sql`(${customers.name} ilike ${pattern} or ${customers.email} ilike ${pattern}
    or ${customers.phone} ilike ${pattern} or ${customers.id} = ${search})`;
}

// Names in full: drizzle leaves a table's own name out where it is the only one.
/** The conversation that a customer began last. */
const last = (column: SQL) =>
  sql`(select ${column} from conversations c where c.customer_id = customers.id order by c.created_at desc limit 1)`;
const COUNT = sql`select count(*)::int from conversations c where c.customer_id = customers.id`;

function whereOf(merchantId: string, { cursor, search, tag, blocked }: CustomerFilter) {
  const after = decodeCursor(cursor, cursorKey);
  return and(
    eq(customers.merchantId, merchantId),
    // Not who only opened the chat page and never said a word.
    sql`(customers.name is not null or exists (select 1 from conversations c where c.customer_id = customers.id))`,
    search ? holding(search) : undefined,
    tag ? sql`${customers.tags} @> array[${tag}]::text[]` : undefined,
    blocked ? isNotNull(customers.blockedAt) : undefined,
    after ? sql`(${customers.createdAt}, ${customers.id}) < (${after[0]}::timestamptz, ${after[1]})` : undefined,
  );
}

/** Customers of the caller's merchant, the latest first, page by page. */
export async function listCustomers(
  context: Context,
  filter: CustomerFilter,
): Promise<{ items: CustomerListRow[]; nextCursor: string | null }> {
  const rows = await context.db
    .select({
      row: customers,
      lastConversationId: sql<string | null>`${last(sql`c.id`)}`,
      lastMessageAt: sql<
        string | null
      >`${last(sql`to_char(c.last_message_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`)}`,
      conversations: sql<number>`(${COUNT})`,
    })
    .from(customers)
    .where(whereOf(merchantOf(context), filter))
    .orderBy(desc(customers.createdAt), desc(customers.id))
    .limit(filter.limit + 1);
  const page = rows.slice(0, filter.limit);
  const end = page.at(-1)?.row;
  return {
    items: page.map(({ row, ...more }) => ({
      id: row.id,
      name: row.name,
      avatarUrl: row.avatarFileId && fileAddress(row.avatarFileId, context.now()),
      email: row.email,
      phone: row.phone,
      city: row.city,
      tags: row.tags,
      totalOrders: row.totalOrders,
      blockedAt: row.blockedAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
      ...more,
    })),
    nextCursor: rows.length > filter.limit && end ? encodeCursor([end.createdAt.toISOString(), end.id]) : null,
  };
}
