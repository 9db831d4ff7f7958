/**
 * `npm run bench -- reports`: what an administrator waits for, with 100,000 conversations and 1,000,000 messages' worth of
 * metric facts over half a year. The server's own functions are called in this process; a report of 90 days compares with
 * the 90 before, so that it reads everything there is.
 */
import { Client } from "pg";
import { connect } from "@/db/client";
import { rollUpDays } from "@/lib/analytics/day-service";
import { getReport, listReportConversations } from "@/lib/analytics/report-queries";
import { listAudit } from "@/lib/audit/queries";
import type { ActorOf } from "@/lib/core/actor";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log/log";
import { startBenchDatabase } from "./support/database";
import { measure } from "./support/measure";
import { report } from "./support/report";

const RUNS = Number(process.env["BENCH_RUNS"] ?? 40);
const CONVERSATIONS = 100_000;
const DAYS = 180;
const REPORT_LIMIT_MS = 200;
const PAGE_LIMIT_MS = 20;

/** One merchant, twenty agents, everything it ever measured: about six facts a conversation. */
async function fill(url: string): Promise<void> {
  // Without the pool's limits: filling takes longer than any request may.
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`insert into merchants (id, slug, name) values ('mer', 'mer', 'Bench')`);
  await client.query(`insert into channels (id, merchant_id, type, name) values ('chn', 'mer', 'web', 'Web')`);
  await client.query(`insert into users (id, email, name, password_hash)
    select 'usr' || n, n || '@bench.example', 'Agent ' || n, 'none' from generate_series(0, 19) n`);
  await client.query(`insert into memberships (id, user_id, merchant_id, role)
    select 'agt' || n, 'usr' || n, 'mer', 'admin' from generate_series(0, 19) n`);
  await client.query(
    `insert into customers (id, merchant_id) select 'cus' || n, 'mer' from generate_series(0, 19999) n`,
  );
  await client.query(`insert into customer_identities (id, merchant_id, customer_id, channel_id, external_id)
    select 'idn' || n, 'mer', 'cus' || n, 'chn', 'v' || n from generate_series(0, 19999) n`);
  await client.query(`insert into conversations
      (id, merchant_id, channel_id, customer_id, identity_id, status, assignee_id, created_at, resolved_at, context)
    select 'cnv' || n, 'mer', 'chn', 'cus' || n % 20000, 'idn' || n % 20000, 'resolved',
      case when n % 5 < 3 then 'agt' || n % 20 end, at, at + interval '9 minutes',
      jsonb_build_object('referrer', 'https://shop' || n % 30 || '.example/x', 'userAgent', case n % 3 when 0 then 'Mobi' else 'Firefox' end)
    from (select n, now() - make_interval(secs => n * ${DAYS}::int * 86400.0 / ${CONVERSATIONS}::int) as at
          from generate_series(0, ${CONVERSATIONS}::int - 1) n) as one`);
  await client.query(`insert into metric_facts (merchant_id, kind, conversation_id, agent_id, channel_id, value, occurred_at)
    select 'mer', kind, c.id, c.assignee_id, 'chn', (abs(hashtext(c.id || kind || k)) % 6000) / 10.0, c.created_at + make_interval(mins => k)
    from conversations c, unnest(array['messages', 'wait', 'first_response', 'response', 'resolution', 'rating']) as kind,
      generate_series(1, case when kind = 'response' then 3 else 1 end) as k
    where c.assignee_id is not null or kind in ('messages', 'resolution')`);
  await client.query(`insert into audit_log (id, merchant_id, actor_kind, action, target_type, created_at)
    select 'aud' || n, 'mer', 'agent', 'agent.updated', 'agent', now() - make_interval(mins => n) from generate_series(0, 99999) n`);
  await client.query(`vacuum analyze`);
  await client.end();
}

const bench = await startBenchDatabase();
const db = connect(bench.databaseUrl, 8);
try {
  await fill(bench.databaseUrl);
  const began = performance.now();
  const made = await rollUpDays(db, new Date());
  process.stdout.write(`${made} days added up in ${Math.round(performance.now() - began)} ms\n`);
  const actor: ActorOf<"agent"> = {
    kind: "agent",
    userId: "usr0",
    agentId: "agt0",
    merchantId: "mer",
    role: "admin",
    name: "Agent 0",
  };
  const context: Context<ActorOf<"agent">> = {
    db,
    actor,
    requestId: "bench",
    now: () => new Date(),
    log: log(),
    ip: null,
    locale: "zh-CN",
  };
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
  const range = { from: day(89), to: day(0) };
  const cases: [name: string, limit: number, work: () => Promise<unknown>][] = [
    ["report of 90 days", REPORT_LIMIT_MS, () => getReport(context, range)],
    ["report of 90 days, one agent", REPORT_LIMIT_MS, () => getReport(context, { ...range, agentId: "agt3" })],
    [
      "conversations behind a figure",
      PAGE_LIMIT_MS,
      () => listReportConversations(context, { ...range, metric: "wait", limit: 30 }),
    ],
    ["audit log, a page", PAGE_LIMIT_MS, () => listAudit(context, { limit: 30 })],
  ];
  const rows: Record<string, unknown>[] = [];
  for (const [name, limit, work] of cases) {
    await measure(3, work);
    const latency = await measure(RUNS, work);
    rows.push({ run: name, ...latency, limit, within: latency.p95 <= limit ? "yes" : "MISS" });
  }
  report(process.argv[2], "reports", rows);
} finally {
  await db.$client.end();
  await bench.stop();
}
