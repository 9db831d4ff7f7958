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

function facts(scope: Scope): SQL {
  return sql`f.merchant_id = ${scope.merchantId}
    and f.occurred_at >= ${scope.start}::timestamptz and f.occurred_at < ${scope.end}::timestamptz${also(
      scope.channelId === undefined ? undefined : sql`f.channel_id = ${scope.channelId}`,
    )}${also(scope.agentId === undefined ? undefined : sql`f.agent_id = ${scope.agentId}`)}`;
}

function begun(scope: Scope): SQL {
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

export interface DrillFact extends Record<string, unknown> {
  readonly id: string;
  readonly conversationId: string;
  readonly customerName: string | null;
  readonly channelName: string;
  readonly agentName: string | null;
  readonly value: number;
  readonly at: string;
}

/** The facts of one kind with their conversations, newest first. */
export async function selectDrill(
  executor: Executor,
  scope: Scope,
  page: { readonly kind: string; readonly limit: number; readonly after: readonly [string, string] | undefined },
): Promise<DrillFact[]> {
  const after = page.after
    ? sql`(f.occurred_at, f.id) < (${page.after[0]}::timestamptz, ${page.after[1]}::bigint)`
    : undefined;
  return rowsOf<DrillFact>(
    executor,
    sql`select f.id::text, f.conversation_id as "conversationId", u.name as "customerName", h.name as "channelName",
        a.name as "agentName", f.value,
        to_char(f.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
      from metric_facts f
      join conversations c on c.id = f.conversation_id
      join customers u on u.id = c.customer_id
      join channels h on h.id = c.channel_id
      left join memberships m on m.id = f.agent_id
      left join users a on a.id = m.user_id
      where ${facts(scope)} and f.kind = ${page.kind}${also(after)}
      order by f.occurred_at desc, f.id desc limit ${page.limit}`,
  );
}
