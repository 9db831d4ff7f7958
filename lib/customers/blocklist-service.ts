import { BlockList, isIP, isIPv6 } from "node:net";
import { and, desc, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Executor } from "@/db/client";
import { blocklist, customers } from "@/db/schema/customers";
import { merchants } from "@/db/schema/merchants";
import { record } from "@/lib/audit/service";
import { AppError, isUniqueViolation } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { decodeCursor, encodeCursor } from "@/lib/core/pagination";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { sharedCache } from "@/lib/platform/shared-cache";
import type { BlockEntry } from "./blocklist-contracts";

interface Blocked {
  readonly customers: ReadonlyMap<string, number>;
  /** The merchant is out of service: nobody may write. */
  readonly suspended: boolean;
  readonly networks: readonly { readonly list: BlockList; readonly until: number }[];
}

/** What another process blocked counts here after this long; what this one blocked, at once. */
const CACHE_MS = 3_000;
const DAY_MS = 86_400_000;
const MOST_ENTRIES = 5_000;
const known = sharedCache<Blocked>("blocklist", 500, CACHE_MS);

const lives = (now: Date) => or(isNull(blocklist.until), gt(blocklist.until, now));

/** An address or CIDR range as Postgres and Node both take it, without host bits. @returns undefined for neither */
export function parseNetwork(text: string): { readonly address: string; readonly prefix: number } | undefined {
  const [address = "", given, rest] = text.trim().split("/");
  const family = isIP(address);
  const widest = family === 6 ? 128 : 32;
  const prefix = given === undefined ? widest : /^\d{1,3}$/.test(given) ? Number(given) : -1;
  return family === 0 || rest !== undefined || prefix < 0 || prefix > widest ? undefined : { address, prefix };
}

function listOf(network: string): BlockList {
  const list = new BlockList();
  const parsed = parseNetwork(network);
  if (parsed) {
    list.addSubnet(parsed.address, parsed.prefix, isIPv6(parsed.address) ? "ipv6" : "ipv4");
  }
  return list;
}

async function blockedAt(executor: Executor, merchantId: string, now: Date): Promise<Blocked> {
  const cached = known.get(merchantId);
  if (cached) {
    return cached;
  }
  const rows = await executor
    .select({ customerId: blocklist.customerId, network: blocklist.network, until: blocklist.until })
    .from(blocklist)
    .where(and(eq(blocklist.merchantId, merchantId), lives(now)))
    .limit(MOST_ENTRIES);
  const [merchant] = await executor
    .select({ suspendedAt: merchants.suspendedAt })
    .from(merchants)
    .where(eq(merchants.id, merchantId));
  const end = (until: Date | null) => until?.getTime() ?? Number.POSITIVE_INFINITY;
  const found: Blocked = {
    suspended: merchant?.suspendedAt != null,
    customers: new Map(rows.flatMap((row) => (row.customerId ? [[row.customerId, end(row.until)] as const] : []))),
    networks: rows.flatMap((row) => (row.network ? [{ list: listOf(row.network), until: end(row.until) }] : [])),
  };
  known.set(merchantId, found);
  return found;
}

/** Forgets who is blocked at a merchant, after the merchant itself was changed. */
export function forgetBlocked(merchantId: string): void {
  known.delete(merchantId);
}

/** Whether a visitor, or the address they write from, is blocked at a merchant now. */
export async function isBlocked(
  executor: Executor,
  who: { readonly merchantId: string; readonly customerId: string | null; readonly ip: string | null },
  now: Date,
): Promise<boolean> {
  const at = now.getTime();
  const blocked = await blockedAt(executor, who.merchantId, now);
  if (blocked.suspended) {
    return true;
  }
  if (who.customerId !== null && (blocked.customers.get(who.customerId) ?? 0) > at) {
    return true;
  }
  const ip = who.ip?.replace(/^::ffff:/i, "") ?? "";
  const family = isIP(ip);
  return (
    family !== 0 &&
    blocked.networks.some(({ list, until }) => until > at && list.check(ip, family === 6 ? "ipv6" : "ipv4"))
  );
}

const cursorKey = z.tuple([z.iso.datetime(), z.string().max(40)]);

/** Part of a name or a reason, an id, or an address: ranges that hold it count, too. */
function holding(search: string): SQL {
  const pattern = `%${search.replace(/[%_\\]/g, "\\$&")}%`;
  const network = parseNetwork(search);
  return sql`(${customers.name} ilike ${pattern} or ${blocklist.reason} ilike ${pattern}
    or ${blocklist.customerId} = ${search} or host(${blocklist.network}) like ${pattern}
    ${network ? sql`or ${blocklist.network} >>= ${`${network.address}/${network.prefix}`}::inet` : sql``})`;
}

/** Who is blocked at the caller's merchant, newest first, page by page; what has ended is left out. */
export async function listBlocked(
  context: Context,
  query: { readonly limit: number; readonly cursor?: string | undefined; readonly search?: string | undefined },
): Promise<{ items: BlockEntry[]; nextCursor: string | null }> {
  const after = decodeCursor(query.cursor, cursorKey);
  const rows = await context.db
    .select({ entry: blocklist, customerName: customers.name })
    .from(blocklist)
    .leftJoin(customers, eq(customers.id, blocklist.customerId))
    .where(
      and(
        eq(blocklist.merchantId, merchantOf(context)),
        lives(context.now()),
        after ? sql`(${blocklist.createdAt}, ${blocklist.id}) < (${after[0]}::timestamptz, ${after[1]})` : undefined,
        query.search ? holding(query.search) : undefined,
      ),
    )
    .orderBy(desc(blocklist.createdAt), desc(blocklist.id))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1)?.entry;
  return {
    items: page.map(toEntry),
    nextCursor: rows.length > query.limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
  };
}

function toEntry({
  entry,
  customerName,
}: {
  entry: typeof blocklist.$inferSelect;
  customerName: string | null;
}): BlockEntry {
  return {
    id: entry.id,
    customerId: entry.customerId,
    customerName,
    network: entry.network,
    reason: entry.reason,
    until: entry.until?.toISOString() ?? null,
    createdBy: entry.createdBy,
    createdAt: entry.createdAt.toISOString(),
  };
}

interface Terms {
  readonly reason: string;
  /** From now; undefined: for ever. */
  readonly days?: number | undefined;
}

const endOf = (now: Date, days: number | undefined): Date | null =>
  days === undefined ? null : new Date(now.getTime() + days * DAY_MS);

function nameOf(context: Context): string | null {
  return context.actor.kind === "agent" || context.actor.kind === "key" ? context.actor.name : null;
}

/** Blocks a customer; blocking one again changes reason and end. @throws AppError not_found `customer_not_found` */
export async function blockCustomer(context: Context, customerId: string, terms: Terms): Promise<void> {
  const merchantId = merchantOf(context);
  const now = context.now();
  await context.db.transaction(async (tx) => {
    const [customer] = await tx
      .update(customers)
      .set({ blockedAt: now })
      .where(and(eq(customers.id, customerId), eq(customers.merchantId, merchantId)))
      .returning({ id: customers.id });
    if (!customer) {
      throw new AppError("not_found", "customer_not_found");
    }
    const values = { reason: terms.reason, until: endOf(now, terms.days), createdBy: nameOf(context), createdAt: now };
    await tx
      .insert(blocklist)
      .values({ id: newId("block", now), merchantId, customerId, ...values })
      .onConflictDoUpdate({ target: blocklist.customerId, set: values });
    await record(tx, context, {
      action: "customer.blocked",
      targetType: "customer",
      targetId: customerId,
      after: terms,
    });
  });
  known.delete(merchantId);
}

/**
 * Blocks an address or a range of addresses.
 *
 * @throws AppError invalid `network_invalid` | `network_too_wide`; conflict `network_blocked_already`
 */
export async function blockNetwork(context: Context, network: string, terms: Terms): Promise<void> {
  const merchantId = merchantOf(context);
  const parsed = parseNetwork(network);
  if (!parsed) {
    throw new AppError("invalid", "network_invalid", { fields: [{ path: "network", reason: "network_invalid" }] });
  }
  // A slip of the finger must not shut half the internet out, least of all the admin's own half.
  if (parsed.prefix < (isIPv6(parsed.address) ? 32 : 8)) {
    throw new AppError("invalid", "network_too_wide", { fields: [{ path: "network", reason: "network_too_wide" }] });
  }
  const now = context.now();
  const id = newId("block", now);
  try {
    await context.db.transaction(async (tx) => {
      await tx
        .delete(blocklist)
        .where(and(eq(blocklist.merchantId, merchantId), sql`${blocklist.until} <= ${now.toISOString()}::timestamptz`));
      await tx.insert(blocklist).values({
        id,
        merchantId,
        network: sql`network(${`${parsed.address}/${parsed.prefix}`}::inet)`,
        reason: terms.reason,
        until: endOf(now, terms.days),
        createdBy: nameOf(context),
        createdAt: now,
      });
      await record(tx, context, {
        action: "network.blocked",
        targetType: "block",
        targetId: id,
        after: { network, ...terms },
      });
    });
  } catch (error) {
    throw isUniqueViolation(error) ? new AppError("conflict", "network_blocked_already") : error;
  }
  known.delete(merchantId);
}

/** Takes a block back. @throws AppError not_found `block_not_found` */
export async function unblock(context: Context, id: string): Promise<void> {
  const merchantId = merchantOf(context);
  await context.db.transaction(async (tx) => {
    const [gone] = await tx
      .delete(blocklist)
      .where(and(eq(blocklist.id, id), eq(blocklist.merchantId, merchantId)))
      .returning();
    if (!gone) {
      throw new AppError("not_found", "block_not_found");
    }
    if (gone.customerId) {
      await tx.update(customers).set({ blockedAt: null }).where(eq(customers.id, gone.customerId));
    }
    await record(tx, context, {
      action: "block.removed",
      targetType: "block",
      targetId: id,
      before: { network: gone.network, customerId: gone.customerId, reason: gone.reason },
    });
  });
  known.delete(merchantId);
}
