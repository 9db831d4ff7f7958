import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import type { Quality } from "./quality-contracts";

const DAY_MS = 86_400_000;

interface DayRow {
  readonly day: string;
  readonly answered: number;
  readonly choices: number;
  readonly unknown: number;
  readonly handoff: number;
  readonly other: number;
}

/** Numbers of the turns since a day, in the merchant's own days. */
async function byDay(context: Context, since: string): Promise<DayRow[]> {
  const merchantId = merchantOf(context);
  const of = (kind: string) => sql`count(*) filter (where t.decision = ${kind})::int`;
  return rowsOf<DayRow>(
    context.db,
    sql`select to_char(t.created_at at time zone m.timezone, 'YYYY-MM-DD') as day,
          ${of("answer")} as answered, ${of("choices")} as choices, ${of("handoff_offer")} as unknown,
          ${of("handoff")} as handoff, count(*) filter (where t.decision in ('small_talk', 'reset'))::int as other
        from bot_turns t join merchants m on m.id = t.merchant_id
        where t.merchant_id = ${merchantId} and t.created_at >= ${since}::timestamptz
        group by 1 order by 1`,
  );
}

interface Sums {
  readonly by_model: number;
  readonly confidence: number | null;
  readonly median_ms: number | null;
}

async function sums(context: Context, since: string): Promise<Sums> {
  const [row] = await rowsOf<Sums>(
    context.db,
    sql`select count(*) filter (where decision = 'answer' and provider_id is not null)::int as by_model,
          avg(confidence) filter (where decision = 'answer') as confidence,
          percentile_cont(0.5) within group (order by ms)::int as median_ms
        from bot_turns where merchant_id = ${merchantOf(context)} and created_at >= ${since}::timestamptz`,
  );
  return row ?? { by_model: 0, confidence: null, median_ms: null };
}

function tally<Name extends string>(context: Context, since: string, name: Name) {
  const what = name === "violation" ? sql`trace ->> 'violation'` : sql`case when decision = 'handoff' then reason end`;
  return rowsOf<Record<Name, string> & { count: number }>(
    context.db,
    sql`select ${what} as ${sql.raw(name)}, count(*)::int as count from bot_turns
        where merchant_id = ${merchantOf(context)} and created_at >= ${since}::timestamptz and ${what} is not null
        group by 1 order by 2 desc, 1 limit 10`,
  );
}

async function draftsOf(context: Context, since: string): Promise<Quality["drafts"]> {
  const rows = await rowsOf<{ status: string; count: number }>(
    context.db,
    sql`select status, count(*)::int as count from bot_drafts
        where merchant_id = ${merchantOf(context)} and created_at >= ${since}::timestamptz group by 1`,
  );
  const of = (status: string) => rows.find((row) => row.status === status)?.count ?? 0;
  return { approved: of("approved"), edited: of("edited"), rejected: of("rejected"), expired: of("expired") };
}

async function votesOf(context: Context, since: string): Promise<Quality["votes"]> {
  const [row] = await rowsOf<Quality["votes"]>(
    context.db,
    sql`select count(*) filter (where helpful)::int as helpful, count(*) filter (where not helpful)::int as unhelpful
        from bot_votes where merchant_id = ${merchantOf(context)} and updated_at >= ${since}::timestamptz`,
  );
  return row ?? { helpful: 0, unhelpful: 0 };
}

/** How the bot has answered in the last days, from what it noted of every turn. */
export async function getQuality(context: Context, query: { readonly days: number }): Promise<Quality> {
  const since = new Date(context.now().getTime() - query.days * DAY_MS).toISOString();
  const [days, all, heldBack, handoffReasons, drafts, votes] = await Promise.all([
    byDay(context, since),
    sums(context, since),
    tally(context, since, "violation"),
    tally(context, since, "reason"),
    draftsOf(context, since),
    votesOf(context, since),
  ]);
  const total = (kind: Exclude<keyof DayRow, "day">) => days.reduce((sum, day) => sum + day[kind], 0);
  const [answered, choices, unknown, handoff] = [
    total("answered"),
    total("choices"),
    total("unknown"),
    total("handoff"),
  ];
  return {
    days,
    answered,
    choices,
    unknown,
    handoff,
    turns: answered + choices + unknown + handoff + total("other"),
    byModel: all.by_model,
    confidence: all.confidence,
    medianMs: all.median_ms,
    heldBack,
    handoffReasons,
    drafts,
    votes,
  };
}
