import { type SQL, sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";

/** What a report is about: half-open, moments as ISO text. */
export interface Scope {
  readonly merchantId: string;
  readonly timeZone: string;
  readonly start: string;
  readonly end: string;
  readonly channelId?: string | undefined;
  readonly agentId?: string | undefined;
}

const also = (condition: SQL | undefined): SQL => (condition ? sql` and ${condition}` : sql``);

/** Facts `f` of a scope. */
export function facts(scope: Scope): SQL {
  return sql`f.merchant_id = ${scope.merchantId}
    and f.occurred_at >= ${scope.start}::timestamptz and f.occurred_at < ${scope.end}::timestamptz${also(
      scope.channelId === undefined ? undefined : sql`f.channel_id = ${scope.channelId}`,
    )}${also(scope.agentId === undefined ? undefined : sql`f.agent_id = ${scope.agentId}`)}`;
}

/** Conversations `c` begun in a scope. */
export function begun(scope: Scope): SQL {
  return sql`c.merchant_id = ${scope.merchantId}
    and c.created_at >= ${scope.start}::timestamptz and c.created_at < ${scope.end}::timestamptz${also(
      scope.channelId === undefined ? undefined : sql`c.channel_id = ${scope.channelId}`,
    )}${also(scope.agentId === undefined ? undefined : sql`c.assignee_id = ${scope.agentId}`)}`;
}

/** The moments that a range of calendar days and the range before it begin and end at; Postgres knows the zones. */
export async function selectBounds(
  executor: Executor,
  zone: string,
  from: string,
  days: number,
): Promise<{ readonly start: string; readonly end: string; readonly before: string; readonly previousFrom: string }> {
  const at = (day: SQL) =>
    sql`to_char((${day}::timestamp at time zone ${zone}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  const [row] = await rowsOf<{ start: string; end: string; before: string; previousFrom: string }>(
    executor,
    sql`select ${at(sql`${from}::date`)} as start, ${at(sql`(${from}::date + ${days}::int)`)} as end,
      ${at(sql`(${from}::date - ${days}::int)`)} as before,
      to_char(${from}::date - ${days}::int, 'YYYY-MM-DD') as "previousFrom"`,
  );
  if (!row) {
    throw new Error("no bounds");
  }
  return row;
}

export async function countVisitors(executor: Executor, scope: Scope): Promise<number> {
  const [row] = await rowsOf<{ count: number }>(
    executor,
    sql`select count(distinct c.customer_id)::int as count from conversations c where ${begun(scope)}`,
  );
  return row?.count ?? 0;
}
