import { sql } from "drizzle-orm";
import { type Executor, rowsOf } from "@/db/client";

/** A gap that others were put to, or that stands alone. */
export interface LeadingGap {
  readonly id: string;
  readonly question: string;
  readonly dismissed: boolean;
}

/** Groups that a new question is compared with: the ones asked last. */
const COMPARED = 400;

/** The first question of each group, the ones asked last first. */
export function selectLeaders(executor: Executor, merchantId: string): Promise<LeadingGap[]> {
  return rowsOf<LeadingGap>(
    executor,
    sql`select id, question, dismissed from kb_gaps where merchant_id = ${merchantId} and group_id is null
        order by last_asked_at desc limit ${COMPARED}`,
  );
}

/** A group of open questions that ask the same. */
export interface GroupRow {
  readonly id: string;
  readonly question: string;
  readonly count: number;
  readonly last_asked_at: string;
  /** Other wordings, most asked first. */
  readonly examples: string[];
  readonly entry_id: string | null;
}

const WORDINGS = 20;
/** Questions that are grouped, those asked last: the list costs the same however many there were over the years. */
const GROUPED = 4_000;

/** Groups that no published entry answers, most asked first. */
export function selectGroups(executor: Executor, merchantId: string, limit: number): Promise<GroupRow[]> {
  return rowsOf<GroupRow>(
    executor,
    sql`select g.id, g.wordings[1] as question, g.count, g.last_asked_at, g.wordings[2:${WORDINGS}] as examples, g.entry_id
        from (
          select coalesce(group_id, id) as id, sum(count)::int as count, max(last_asked_at) as last_asked_at,
            array_agg(question order by count desc, last_asked_at desc, id) as wordings, max(closed_by) as entry_id
          from (
            select * from kb_gaps where merchant_id = ${merchantId} and not dismissed and closed_at is null
            order by last_asked_at desc limit ${GROUPED}) recent
          group by coalesce(group_id, id)) g
        where coalesce((
          select e.status <> 'published' from kb_entries e where e.id = g.entry_id and e.merchant_id = ${merchantId}), true)
        order by g.count desc, g.last_asked_at desc, g.id desc limit ${limit}`,
  );
}

/** All wordings of the group that a gap belongs to, whatever became of them; none for an unknown id. */
export async function selectWordings(executor: Executor, merchantId: string, id: string): Promise<string[]> {
  const rows = await rowsOf<{ question: string }>(
    executor,
    sql`select question from kb_gaps where merchant_id = ${merchantId}
          and coalesce(group_id, id) = (select coalesce(group_id, id) from kb_gaps where id = ${id} and merchant_id = ${merchantId})
        order by count desc, id limit ${WORDINGS}`,
  );
  return rows.map(({ question }) => question);
}

/** Changes every question of the group that a gap belongs to. @returns their number */
export async function changeGroup(
  executor: Executor,
  merchantId: string,
  id: string,
  change: { readonly dismissed: true } | { readonly begun: string } | { readonly closedBy: string; readonly at: Date },
): Promise<number> {
  const set =
    "dismissed" in change
      ? sql`dismissed = true`
      : "begun" in change
        ? sql`closed_by = ${change.begun}`
        : sql`closed_by = ${change.closedBy}, closed_at = ${change.at.toISOString()}::timestamptz`;
  const rows = await rowsOf(
    executor,
    sql`update kb_gaps set ${set} where merchant_id = ${merchantId}
          and coalesce(group_id, id) = (select coalesce(group_id, id) from kb_gaps where id = ${id} and merchant_id = ${merchantId})
        returning id`,
  );
  return rows.length;
}

/** Merchants with open gaps whose published knowledge changed in the last minutes. */
export async function selectOutdatedMerchants(executor: Executor, since: Date): Promise<string[]> {
  const rows = await rowsOf<{ merchant_id: string }>(
    executor,
    sql`select g.merchant_id from (
          select distinct merchant_id from kb_gaps where not dismissed and closed_at is null) g
        where exists (select 1 from kb_entries e where e.merchant_id = g.merchant_id and e.status = 'published'
          and e.updated_at >= ${since.toISOString()}::timestamptz)`,
  );
  return rows.map((row) => row.merchant_id);
}
