import { and, desc, eq, ilike, isNotNull, like, or, sql } from "drizzle-orm";
import { z } from "zod";
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
}

type Reader = Context<ActorOf<"agent"> | ActorOf<"key">>;

const cursorKey = z.tuple([z.iso.datetime(), z.string().max(40)]);
const escaped = (text: string): string => text.replace(/[%_\\]/g, "\\$&");

function whereOf(merchantId: string, filter: AuditFilter) {
  const after = decodeCursor(filter.cursor, cursorKey);
  const { action, actorId, search } = filter;
  return and(
    eq(auditLog.merchantId, merchantId),
    action ? or(eq(auditLog.action, action), like(auditLog.action, `${escaped(action)}.%`)) : undefined,
    actorId ? eq(auditLog.actorId, actorId) : undefined,
    search ? or(ilike(auditLog.actorName, `%${escaped(search)}%`), eq(auditLog.targetId, search)) : undefined,
    after ? sql`(${auditLog.createdAt}, ${auditLog.id}) < (${after[0]}::timestamptz, ${after[1]})` : undefined,
  );
}

/** What was done at the caller's merchant, newest first (features.md P4). */
export async function listAudit(
  context: Reader,
  filter: AuditFilter,
): Promise<{ items: AuditRow[]; nextCursor: string | null }> {
  const rows = await context.db
    .select()
    .from(auditLog)
    .where(whereOf(context.actor.merchantId, filter))
    .orderBy(desc(auditLog.createdAt), desc(auditLog.id))
    .limit(filter.limit + 1);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    items: page.map(({ merchantId: _, createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() })),
    nextCursor: rows.length > filter.limit && last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
  };
}

/** What the list can be filtered by. */
export async function auditFacets(
  context: Reader,
): Promise<{ actions: string[]; actors: { id: string; name: string }[] }> {
  const mine = eq(auditLog.merchantId, context.actor.merchantId);
  const [actions, actors] = await Promise.all([
    context.db
      .selectDistinct({ action: auditLog.action })
      .from(auditLog)
      .where(mine)
      .orderBy(auditLog.action)
      .limit(100),
    context.db
      .selectDistinctOn([auditLog.actorId], { id: auditLog.actorId, name: auditLog.actorName })
      .from(auditLog)
      .where(and(mine, isNotNull(auditLog.actorId), isNotNull(auditLog.actorName)))
      .orderBy(auditLog.actorId, desc(auditLog.createdAt))
      .limit(200),
  ]);
  return {
    actions: actions.map((row) => row.action),
    actors: actors.flatMap(({ id, name }) => (id && name ? [{ id, name }] : [])),
  };
}
