import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";
import type { Rule, RuleAction, RuleCondition, RuleEvent, RuleInput, RuleRun, RuleStep } from "./schema";

/** A rule as it is stored; its parts were checked when it was written. */
export interface RuleRow {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly event: RuleEvent;
  readonly match: "all" | "any";
  readonly conditions: RuleCondition[];
  readonly actions: RuleAction[];
  readonly version: number;
  readonly updated_at: string;
  readonly runs: number;
  readonly last_run_at: string | null;
}

const iso = (value: string): string => new Date(value).toISOString();

function toRule({ updated_at, last_run_at, ...row }: RuleRow): Rule {
  return { ...row, updatedAt: iso(updated_at), lastRunAt: last_run_at === null ? null : iso(last_run_at) };
}

export async function selectRules(executor: Executor, merchantId: string, id?: string): Promise<Rule[]> {
  const rows = await rowsOf<RuleRow>(
    executor,
    sql`select a.id, a.name, a.enabled, a.event, a.match, a.conditions, a.actions, a.version, a.updated_at,
          (select count(*)::int from automation_runs r
            where r.automation_id = a.id and r.created_at > now() - interval '7 days') as runs,
          (select max(r.created_at) from automation_runs r where r.automation_id = a.id) as last_run_at
        from automations a where a.merchant_id = ${merchantId} ${id === undefined ? sql`` : sql`and a.id = ${id}`}
        order by a.position, a.id`,
  );
  return rows.map(toRule);
}

/** Enabled rules that wait for this event, in the order in which they run. */
export async function selectWaiting(
  executor: Executor,
  merchantId: string,
  event: RuleEvent,
): Promise<Pick<RuleRow, "id" | "name" | "match" | "conditions" | "actions">[]> {
  return rowsOf(
    executor,
    sql`select id, name, match, conditions, actions from automations
        where merchant_id = ${merchantId} and event = ${event} and enabled order by position, id`,
  );
}

export async function insertRule(executor: Executor, merchantId: string, id: string, input: RuleInput): Promise<void> {
  await rowsOf(
    executor,
    sql`insert into automations (id, merchant_id, name, enabled, event, match, conditions, actions, position)
        values (${id}, ${merchantId}, ${input.name}, ${input.enabled}, ${input.event}, ${input.match},
          ${JSON.stringify(input.conditions)}::jsonb, ${JSON.stringify(input.actions)}::jsonb,
          (select coalesce(max(position), 0) + 1 from automations where merchant_id = ${merchantId}))`,
  );
}

/** Numbers the merchant's rules anew: first those named, in that order, then the others as they were. */
export async function placeRules(executor: Executor, merchantId: string, ids: readonly string[]): Promise<void> {
  await rowsOf(
    executor,
    sql`update automations a set position = placed.place from (
          select id, row_number() over (
            order by array_position(${sql.param([...ids])}::text[], id) nulls last, position, id) as place
          from automations where merchant_id = ${merchantId}) placed
        where a.id = placed.id`,
  );
}

/** @returns false when somebody else has changed it since `version`, or it is gone */
export async function replaceRule(
  executor: Executor,
  merchantId: string,
  id: string,
  input: RuleInput & { readonly version: number },
): Promise<boolean> {
  const rows = await rowsOf(
    executor,
    sql`update automations set name = ${input.name}, enabled = ${input.enabled}, event = ${input.event},
          match = ${input.match}, conditions = ${JSON.stringify(input.conditions)}::jsonb,
          actions = ${JSON.stringify(input.actions)}::jsonb, version = version + 1, updated_at = now()
        where id = ${id} and merchant_id = ${merchantId} and version = ${input.version} returning id`,
  );
  return rows.length === 1;
}

export async function removeRule(executor: Executor, merchantId: string, id: string): Promise<void> {
  await rowsOf(executor, sql`delete from automations where id = ${id} and merchant_id = ${merchantId}`);
}

export interface RunRow {
  readonly id: string;
  readonly outcome: RuleRun["outcome"];
  readonly steps: RuleStep[];
}

/** Begins a run, or finds the one that was begun for this fact before a crash. */
export async function beginRun(
  executor: Executor,
  run: {
    readonly id: string;
    readonly ruleId: string;
    readonly merchantId: string;
    readonly conversationId: string;
    readonly event: RuleEvent;
    readonly eventId: string;
    readonly outcome: "running" | "stopped";
  },
): Promise<RunRow | undefined> {
  await rowsOf(
    executor,
    sql`insert into automation_runs (id, automation_id, merchant_id, conversation_id, event, event_id, outcome)
        values (${run.id}, ${run.ruleId}, ${run.merchantId}, ${run.conversationId}, ${run.event}, ${run.eventId}, ${run.outcome})
        on conflict (automation_id, event_id) do nothing`,
  );
  const [found] = await rowsOf<RunRow & Record<string, unknown>>(
    executor,
    sql`select id, outcome, steps from automation_runs where automation_id = ${run.ruleId} and event_id = ${run.eventId}`,
  );
  return found;
}

export async function writeRun(
  executor: Executor,
  id: string,
  outcome: RuleRun["outcome"],
  steps: readonly RuleStep[],
): Promise<void> {
  await rowsOf(
    executor,
    sql`update automation_runs set outcome = ${outcome}, steps = ${JSON.stringify(steps)}::jsonb where id = ${id}`,
  );
}

/** How often a rule ran in a conversation within the last hour. */
export async function countRuns(executor: Executor, ruleId: string, conversationId: string): Promise<number> {
  const [row] = await rowsOf<{ runs: number }>(
    executor,
    sql`select count(*)::int as runs from automation_runs where conversation_id = ${conversationId}
          and automation_id = ${ruleId} and outcome <> 'stopped' and created_at > now() - interval '1 hour'`,
  );
  return row?.runs ?? 0;
}

/** The last runs, newest first. */
export async function selectRuns(
  executor: Executor,
  merchantId: string,
  page: { readonly limit: number; readonly before?: readonly [at: string, id: string] | undefined },
): Promise<{ items: RuleRun[]; last: readonly [string, string] | undefined }> {
  const rows = await rowsOf<Omit<RuleRun, "createdAt"> & { created_at: string; key: string }>(
    executor,
    sql`select r.id, r.automation_id as "ruleId", a.name as "ruleName", r.conversation_id as "conversationId",
          cu.name as "customerName", r.event, r.outcome, r.steps, r.created_at, r.created_at::text as key
        from automation_runs r join automations a on a.id = r.automation_id
        join conversations c on c.id = r.conversation_id join customers cu on cu.id = c.customer_id
        where r.merchant_id = ${merchantId}
          ${page.before ? sql`and (r.created_at, r.id) < (${page.before[0]}::timestamptz, ${page.before[1]})` : sql``}
        order by r.created_at desc, r.id desc limit ${page.limit + 1}`,
  );
  const shown = rows.slice(0, page.limit);
  const end = shown.at(-1);
  return {
    items: shown.map(({ created_at, key: _, ...run }) => ({ ...run, createdAt: iso(created_at) })),
    last: rows.length > page.limit && end ? [end.key, end.id] : undefined,
  };
}
