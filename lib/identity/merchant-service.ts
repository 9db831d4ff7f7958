import { randomBytes } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf, type Transaction } from "@/db/client";
import { memberships } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import { record } from "@/lib/audit/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError, isUniqueViolation } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { decodeCursor, encodeCursor } from "@/lib/core/pagination";
import { validTimeZone } from "@/lib/i18n/locales";
import type { Context } from "@/lib/platform/context";
import { terminateUser } from "@/lib/platform/realtime/publish";
import { forgetRights } from "@/lib/platform/revocable-cache";
import type { MerchantRow, merchantInput, merchantPatch } from "./merchant-contracts";
import { isPlatformAdmin } from "./queries";

type Administrator = Context<ActorOf<"agent">>;

/** @throws AppError not_found: who does not run the platform learns nothing of other merchants */
export async function requirePlatformAdmin(context: Context): Promise<void> {
  if (context.actor.kind !== "agent" || !(await isPlatformAdmin(context.db, context.actor.userId))) {
    throw new AppError("not_found", "merchant_not_found");
  }
}

/** A short name for addresses: the letters of the name, or something that nobody else has. */
export function slugOf(name: string): string {
  const letters = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return letters.length >= 2 ? letters.slice(0, 40) : `shop-${randomBytes(3).toString("hex")}`;
}

const cursorKey = z.tuple([z.iso.datetime({ offset: true }), z.string().max(40)]);

/** Merchants in the order they came, with who and what belongs to them. @throws AppError not_found for others */
export async function listMerchants(
  context: Administrator,
  query: { readonly limit: number; readonly cursor?: string | undefined; readonly search?: string | undefined },
): Promise<{ items: Omit<MerchantRow, "figures">[]; nextCursor: string | null }> {
  await requirePlatformAdmin(context);
  const after = decodeCursor(query.cursor, cursorKey);
  const pattern = `%${(query.search ?? "").replace(/[%_\\]/g, "\\$&")}%`;
  const rows = await rowsOf<Omit<MerchantRow, "figures"> & Record<string, unknown>>(
    context.db,
    sql`
    select m.id, m.kind, m.slug, m.name, m.locale, m.timezone, m.suspended_at as "suspendedAt", m.created_at as "createdAt",
      (select count(*)::int from memberships p join users u on u.id = p.user_id
        where p.merchant_id = m.id and not p.visiting and not p.disabled and not u.disabled) as people,
      (select count(*)::int from channels c where c.merchant_id = m.id and c.removed_at is null) as channels,
      (select count(*)::int from conversations c where c.merchant_id = m.id and c.status = 'queued') as waiting
    from merchants m
    where (m.name ilike ${pattern} or m.slug ilike ${pattern})
      ${after ? sql`and (m.created_at, m.id) > (${after[0]}::timestamptz, ${after[1]})` : sql``}
    order by m.created_at, m.id limit ${query.limit + 1}`,
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const iso = (at: string) => new Date(at).toISOString();
  return {
    items: page.map((row) => ({
      ...row,
      suspendedAt: row.suspendedAt === null ? null : iso(row.suspendedAt),
      createdAt: iso(row.createdAt),
    })),
    nextCursor: rows.length > query.limit && last ? encodeCursor([iso(last.createdAt), last.id]) : null,
  };
}

/** A second merchant makes a platform of the installation: somebody has to stand above both. */
async function ensurePlatform(tx: Transaction, context: Administrator, name: string): Promise<void> {
  const [known] = await tx.select({ id: merchants.id }).from(merchants).where(eq(merchants.kind, "platform")).limit(1);
  if (known) {
    return;
  }
  const id = newId("merchant", context.now());
  await tx.insert(merchants).values({ id, kind: "platform", slug: "platform", name });
  await tx
    .insert(memberships)
    .values({ id: newId("agent", context.now()), userId: context.actor.userId, merchantId: id, role: "admin" });
}

function explained(error: unknown): unknown {
  return isUniqueViolation(error)
    ? new AppError("conflict", "slug_taken", { fields: [{ path: "slug", reason: "slug_taken" }] })
    : error;
}

/** @throws AppError invalid `time_zone_unknown` for a zone that the server does not know */
function zoneOf(wanted: string): string {
  if (validTimeZone(wanted) !== wanted) {
    throw new AppError("invalid", "time_zone_unknown", {
      fields: [{ path: "timezone", reason: "time_zone_unknown" }],
    });
  }
  return wanted;
}

/**
 * Adds a merchant.
 *
 * @param platformName what the platform is called where this is the second merchant and makes one
 * @param afterwards what else belongs to the same transaction (the first channel)
 * @returns its id
 * @throws AppError not_found for others; conflict `slug_taken`; invalid `time_zone_unknown`
 */
export async function createMerchant(
  context: Administrator,
  input: z.output<typeof merchantInput>,
  platformName: string,
  afterwards: (tx: Transaction, merchantId: string) => Promise<void>,
): Promise<string> {
  await requirePlatformAdmin(context);
  const id = newId("merchant", context.now());
  const { name, locale } = input;
  const values = { id, name, locale, slug: input.slug ?? slugOf(name), timezone: zoneOf(input.timezone) };
  try {
    await context.db.transaction(async (tx) => {
      await ensurePlatform(tx, context, platformName);
      await tx.insert(merchants).values(values);
      await afterwards(tx, id);
      await record(tx, context, { action: "merchant.created", targetType: "merchant", targetId: id, after: values });
    });
  } catch (error) {
    throw explained(error);
  }
  return id;
}

/** Ends what people of a merchant have open: sessions at their next request, sockets now. */
async function cutOff(context: Context, merchantId: string): Promise<void> {
  forgetRights();
  const people = await rowsOf<{ id: string }>(
    context.db,
    sql`select user_id as id from memberships where merchant_id = ${merchantId}`,
  );
  for (const { id } of people) {
    terminateUser(id);
  }
}

/**
 * Renames a merchant, or takes it out of service and back. Out of service its channels take nothing, its people and keys
 * are refused; administrators of the platform still enter. Nothing is deleted.
 *
 * @throws AppError not_found; conflict `slug_taken` | `platform_stays`; invalid `time_zone_unknown`
 */
export async function updateMerchant(
  context: Administrator,
  id: string,
  { suspended, ...change }: z.output<typeof merchantPatch>,
): Promise<void> {
  await requirePlatformAdmin(context);
  const [before] = await context.db.select().from(merchants).where(eq(merchants.id, id));
  if (!before) {
    throw new AppError("not_found", "merchant_not_found");
  }
  if (suspended && (before.kind === "platform" || id === context.actor.merchantId)) {
    throw new AppError("conflict", "platform_stays");
  }
  const suspendedAt = suspended === undefined ? before.suspendedAt : suspended ? context.now() : null;
  const { name = before.name, slug = before.slug, locale = before.locale } = change;
  const timezone = change.timezone === undefined ? before.timezone : zoneOf(change.timezone);
  try {
    await context.db.transaction(async (tx) => {
      await tx.update(merchants).set({ name, slug, locale, timezone, suspendedAt }).where(eq(merchants.id, id));
      await record(tx, context, {
        action: suspended === undefined ? "merchant.updated" : suspended ? "merchant.suspended" : "merchant.resumed",
        targetType: "merchant",
        targetId: id,
        before: { name: before.name, slug: before.slug, locale: before.locale, timezone: before.timezone },
        after: { ...change, ...(suspended !== undefined && { suspended }) },
      });
    });
  } catch (error) {
    throw explained(error);
  }
  if (suspended !== undefined) {
    await cutOff(context, id);
  }
}
