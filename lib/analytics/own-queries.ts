import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Context } from "@/lib/platform/context";
import { selectPeriod, selectWallboard } from "./live-statements";
import type { OwnNumbers } from "./own-contracts";

interface OwnDay extends Record<string, unknown> {
  readonly capacity: number;
  readonly open: number;
  readonly resolved: number;
  readonly first_response: number | null;
  readonly stars: number | null;
  readonly ratings: number;
}

/**
 * What an agent sees of their own day, in the merchant's time zone (feature A9).
 *
 * @throws AppError not_found when the merchant is gone
 */
export async function getOwnNumbers(context: Context<ActorOf<"agent">>): Promise<OwnNumbers> {
  const { agentId, merchantId } = context.actor;
  const period = await selectPeriod(context.db, merchantId, context.now());
  if (!period) {
    throw new AppError("not_found", "merchant_not_found");
  }
  const [line, [day]] = await Promise.all([
    selectWallboard(context.db, period),
    rowsOf<OwnDay>(
      context.db,
      sql`
      select m.capacity,
        (select count(*)::int from conversations c
          where c.assignee_id = m.id and c.status in ('assigned', 'snoozed')) as open,
        count(*) filter (where f.kind = 'resolution')::int as resolved,
        percentile_cont(0.5) within group (order by f.value) filter (where f.kind = 'first_response') as first_response,
        avg(f.value) filter (where f.kind = 'rating')::float8 as stars,
        count(*) filter (where f.kind = 'rating')::int as ratings
      from memberships m
      left join metric_facts f on f.agent_id = m.id and f.merchant_id = m.merchant_id
        and f.kind in ('resolution', 'first_response', 'rating') and f.occurred_at >= ${period.dayStart}::timestamptz
      where m.id = ${agentId}
      group by m.id`,
    ),
  ]);
  return {
    open: day?.open ?? 0,
    capacity: day?.capacity ?? 0,
    waiting: line.waiting,
    longestWaitSeconds: line.longest_wait,
    resolvedToday: day?.resolved ?? 0,
    firstResponseSeconds: day?.first_response ?? null,
    satisfaction: day?.stars ?? null,
    ratings: day?.ratings ?? 0,
  };
}
