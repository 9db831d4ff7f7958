import { and, desc, eq, inArray, like, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { rowsOf } from "@/db/client";
import { auditLog } from "@/db/schema/operations";
import type { ActorOf } from "@/lib/core/actor";
import { decodeCursor, encodeCursor } from "@/lib/core/pagination";
import type { Context } from "@/lib/platform/context";
import type { AuditRow } from "./contracts";

export interface AuditFilter {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly action?: string | undefined;
  readonly actorId?: string | undefined;
  readonly search?: string | undefined;
  /** First and last calendar day of the merchant's, YYYY-MM-DD. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

type Reader = Context<ActorOf<"agent"> | ActorOf<"key">>;

const cursorKey = z.tuple([z.iso.datetime(), z.string().max(40)]);
const escaped = (text: string): string => text.replace(/[%_\\]/g, "\\$&");

/** Names of people that hold the words of a search. */
const NAMES = 50;

/**
 * Lines of one target, or of people whose name holds the words, each taken newest first from its own index: words that
 * occur nowhere cost nothing, where a filter over the whole log would read it to the end.
 */
async function idsOf(context: Reader, filter: AuditFilter & { readonly search: string }): Promise<string[]> {
  const { merchantId } = context.actor;
  const { search, ...rest } = filter;
  const pattern = `%${escaped(search)}%`;
  const names = await rowsOf<{ value: string }>(
    context.db,
    sql`select value from (${distinct(merchantId, "actor_name", 5_000)}) names where value ilike ${pattern} limit ${NAMES}`,
  );
  const wanted = [eq(auditLog.targetId, search), ...names.map(({ value }) => eq(auditLog.actorName, value))];
  const found = await Promise.all(
    wanted.map((one) =>
      context.db
        .select({ id: auditLog.id })
        .from(auditLog)
        .where(and(whereOf(merchantId, rest), one))
        .orderBy(desc(auditLog.createdAt), desc(auditLog.id))
        .limit(filter.limit + 1),
    ),
  );
  return found.flat().map(({ id }) => id);
}

/** The moment that a day of the merchant's begins at. */
const startOf = (merchantId: string, day: SQL): SQL =>
  sql`(${day}::timestamp at time zone (select timezone from merchants where id = ${merchantId}))`;

function whereOf(merchantId: string, filter: Omit<AuditFilter, "search">) {
  const after = decodeCursor(filter.cursor, cursorKey);
  const { action, actorId, from, to } = filter;
  return and(
    eq(auditLog.merchantId, merchantId),
    action ? or(eq(auditLog.action, action), like(auditLog.action, `${escaped(action)}.%`)) : undefined,
    actorId ? eq(auditLog.actorId, actorId) : undefined,
    from ? sql`${auditLog.createdAt} >= ${startOf(merchantId, sql`${from}::date`)}` : undefined,
    to ? sql`${auditLog.createdAt} < ${startOf(merchantId, sql`(${to}::date + 1)`)}` : undefined,
    after ? sql`(${auditLog.createdAt}, ${auditLog.id}) < (${after[0]}::timestamptz, ${after[1]})` : undefined,
  );
}

/** What was done at the caller's merchant, newest first (features.md P4). */
export async function listAudit(
  context: Reader,
  filter: AuditFilter,
): Promise<{ items: AuditRow[]; nextCursor: string | null }> {
  const { search } = filter;
  const where = search
    ? inArray(auditLog.id, await idsOf(context, { ...filter, search }))
    : whereOf(context.actor.merchantId, filter);
  const rows = await context.db
    .select()
    .from(auditLog)
    .where(where)
    .orderBy(desc(auditLog.createdAt), desc(auditLog.id))
    .limit(filter.limit + 1);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ merchantId: _, createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() })),
    nextCursor: rows.length > filter.limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
  };
}

/** Different values of a column, one after the other by its index: a year's log is never read for a filter's choices. */
function distinct(merchantId: string, column: "action" | "actor_id" | "actor_name", most: number): SQL {
  const name = sql.raw(column);
  const next = (after: SQL) =>
    sql`(select ${name} from audit_log where merchant_id = ${merchantId} and ${name} > ${after} order by ${name} limit 1)`;
  return sql`with recursive used as (
      select ${next(sql`''`)} as value union all select ${next(sql`used.value`)} from used where used.value is not null)
    select value from used where value is not null limit ${most}`;
}

/** What the list can be filtered by. */
export async function auditFacets(
  context: Reader,
): Promise<{ actions: string[]; actors: { id: string; name: string }[] }> {
  const { merchantId } = context.actor;
  const [actions, actors] = await Promise.all([
    rowsOf<{ value: string }>(context.db, distinct(merchantId, "action", 100)),
    rowsOf<{ id: string; name: string }>(
      context.db,
      sql`select ids.value as id, last.actor_name as name from (${distinct(merchantId, "actor_id", 200)}) ids
          cross join lateral (
            select actor_name from audit_log where merchant_id = ${merchantId} and actor_id = ids.value
            order by created_at desc, id desc limit 1) last
          where last.actor_name is not null`,
    ),
  ]);
  return { actions: actions.map(({ value }) => value), actors };
}
