import { type SQL, sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import { LABEL_OF, OUTCOME } from "./day-statements";
import { BEGUN, type Drill, type DrillQuery, LABELS } from "./report-contracts";
import { begun, facts, type Scope } from "./report-statements";

/** The part of a figure that was pointed at. */
export type Part = Pick<DrillQuery, "metric"> &
  Partial<Pick<DrillQuery, "clock" | "stars" | "weekday" | "hour" | (typeof LABELS)[number]>>;

/** What a figure is counted from: rows that each belong to a conversation `c`. */
interface Counted {
  readonly from: SQL;
  readonly where: SQL;
  /** Tells rows of the same moment apart. */
  readonly id: SQL;
  readonly at: SQL;
  readonly agentId: SQL;
  readonly value: SQL;
}

const BEGUN_WHERE: Record<(typeof BEGUN)[number], SQL> = {
  ...OUTCOME,
  begun: sql`true`,
  begun_bot: sql`c.assignee_id is null and c.queued_at is null`,
};

const isBegun = (metric: Drill): metric is (typeof BEGUN)[number] => BEGUN.some((kind) => kind === metric);

function countedBy(scope: Scope, { metric, clock }: Part): Counted {
  if (isBegun(metric)) {
    const columns = { id: sql`c.id`, at: sql`c.created_at`, agentId: sql`c.assignee_id`, value: sql`1` };
    return { from: sql`conversations c`, where: sql`${begun(scope)} and ${BEGUN_WHERE[metric]}`, ...columns };
  }
  if (metric === "messages") {
    // Counted by the quarter hour; a conversation is one row here.
    const sums = sql`select f.conversation_id, sum(f.value) as value, max(f.occurred_at) as at
      from metric_facts f where ${facts(scope)} and f.kind = 'messages' group by f.conversation_id`;
    const columns = { id: sql`c.id`, at: sql`f.at`, agentId: sql`c.assignee_id`, value: sql`f.value` };
    return { from: sql`(${sums}) f join conversations c on c.id = f.conversation_id`, where: sql`true`, ...columns };
  }
  const value = clock === "business" ? sql`f.business_value` : sql`f.value`;
  return {
    from: sql`metric_facts f join conversations c on c.id = f.conversation_id`,
    where: sql`${facts(scope)} and f.kind = ${metric} and ${value} is not null`,
    ...{ id: sql`f.id::text`, at: sql`f.occurred_at`, agentId: sql`f.agent_id`, value },
  };
}

function partOf(scope: Scope, counted: Counted, part: Part): SQL[] {
  const local = sql`(c.created_at at time zone ${scope.timeZone})`;
  return [
    counted.where,
    ...(part.stars === undefined ? [] : [sql`${counted.value} = ${part.stars}`]),
    ...(part.weekday === undefined ? [] : [sql`extract(isodow from ${local}) = ${part.weekday + 1}`]),
    ...(part.hour === undefined ? [] : [sql`extract(hour from ${local}) = ${part.hour}`]),
    ...LABELS.flatMap((label) => (part[label] === undefined ? [] : [sql`${LABEL_OF[label]} = ${part[label]}`])),
  ];
}

export interface DrillFact extends Record<string, unknown> {
  readonly id: string;
  /** The moment to the microsecond, for the next page. */
  readonly key: string;
  readonly conversationId: string;
  readonly customerName: string | null;
  readonly channelName: string;
  readonly agentName: string | null;
  readonly value: number;
  readonly at: string;
}

const text = (moment: SQL, fraction: "MS" | "US"): SQL =>
  sql`to_char(${moment} at time zone 'UTC', ${sql.raw(`'YYYY-MM-DD"T"HH24:MI:SS.${fraction}"Z"'`)})`;

/** The rows behind a figure with their conversations, newest first. */
export async function selectDrill(
  executor: Executor,
  scope: Scope,
  part: Part,
  page: { readonly limit: number; readonly after: readonly [string, string] | undefined },
): Promise<DrillFact[]> {
  const counted = countedBy(scope, part);
  const { id, at, agentId, value } = counted;
  const where = partOf(scope, counted, part);
  if (page.after) {
    where.push(sql`(${at}, ${id}) < (${page.after[0]}::timestamptz, ${page.after[1]})`);
  }
  return rowsOf<DrillFact>(
    executor,
    sql`select ${id} as id, c.id as "conversationId", u.name as "customerName", h.name as "channelName",
        a.name as "agentName", ${value}::float8 as value, ${text(at, "MS")} as at, ${text(at, "US")} as key
      from ${counted.from}
      join customers u on u.id = c.customer_id
      join channels h on h.id = c.channel_id
      left join memberships m on m.id = ${agentId}
      left join users a on a.id = m.user_id
      where ${sql.join(where, sql` and `)}
      order by ${at} desc, ${id} desc limit ${page.limit}`,
  );
}
