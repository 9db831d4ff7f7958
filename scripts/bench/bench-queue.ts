/**
 * `npm run bench -- queue`: how fast waiting visitors get their agents, with eight workers on one merchant's queue.
 *
 * The server's own use cases on a durable Postgres: every assignment is committed with its line in the thread, its fact
 * and its jobs. A single violation (an agent over capacity, a conversation given twice, somebody left waiting beside a
 * free place, somebody overtaken) fails the benchmark.
 */
import { sql } from "drizzle-orm";
import { connect, type Database, rowsOf } from "@/db/client";
import { type AgentContext, claimConversation } from "@/lib/conversations/agent-service";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/platform/log/log";
import { RealtimeHub } from "@/lib/platform/realtime/server/hub";
import { installRealtimeHub } from "@/lib/platform/realtime/server/hub-singleton";
import { dispatchQueue } from "@/lib/routing/service";
import { startBenchDatabase } from "./support/database";
import { report } from "./support/report";

const WORKERS = 8;
const AIM = 300;

interface Shop {
  readonly merchantId: string;
  readonly visitors: number;
  readonly agents: number;
  readonly capacity: number;
}

/** A merchant with agents online and visitors in line (or not yet, for those who come one by one). */
async function openShop(db: Database, shop: Shop, status: "queued" | "bot"): Promise<void> {
  const { merchantId: m, visitors, agents, capacity } = shop;
  const run = (statement: ReturnType<typeof sql>) => rowsOf(db, statement);
  await run(sql`insert into merchants (id, slug, name) values (${m}, ${m}, 'bench')`);
  await run(sql`insert into channels (id, merchant_id, type, name) values (${`${m}-ch`}, ${m}, 'web', 'web')`);
  await run(sql`insert into users (id, email, name, password_hash)
    select ${m} || '-u' || n, ${m} || n || '@bench.example', 'agent ' || n, 'none' from generate_series(1, ${agents}::int) n`);
  await run(sql`insert into memberships (id, user_id, merchant_id, capacity, presence)
    select ${m} || '-a' || n, ${m} || '-u' || n, ${m}, ${capacity}, 'online' from generate_series(1, ${agents}::int) n`);
  await run(sql`insert into customers (id, merchant_id, name)
    select ${m} || '-c' || n, ${m}, 'visitor ' || n from generate_series(1, ${visitors}::int) n`);
  await run(sql`insert into customer_identities (id, merchant_id, customer_id, channel_id, external_id, verified)
    select ${m} || '-i' || n, ${m}, ${m} || '-c' || n, ${`${m}-ch`}, n::text, true from generate_series(1, ${visitors}::int) n`);
  await run(sql`insert into conversations (id, merchant_id, channel_id, customer_id, identity_id, status, queued_at)
    select ${m} || '-' || lpad(n::text, 6, '0'), ${m}, ${`${m}-ch`}, ${m} || '-c' || n, ${m} || '-i' || n,
      ${status}::conversation_status, now() - interval '1 hour' + n * interval '1 millisecond'
    from generate_series(1, ${visitors}::int) n`);
}

const contextOf = (db: Database, merchantId: string) =>
  ({
    db,
    actor: { kind: "system", merchantId },
    requestId: "bench",
    now: () => new Date(),
    log: log(),
    ip: null,
    locale: "zh-CN",
  }) as const;

async function violations(db: Database, { merchantId, visitors, agents, capacity }: Shop): Promise<number> {
  const [row] = await rowsOf<{ over: number; twice: number; assigned: number; overtaken: number }>(
    db,
    sql`select
      (select count(*)::int from (select assignee_id from conversations where merchant_id = ${merchantId}
         and status = 'assigned' group by assignee_id having count(*) > ${capacity}) o) as over,
      (select count(*)::int from (select conversation_id from domain_events where merchant_id = ${merchantId}
         and type = 'conversation.assigned' group by conversation_id having count(*) > 1) t) as twice,
      (select count(*)::int from conversations where merchant_id = ${merchantId} and status = 'assigned') as assigned,
      (select count(*)::int from conversations w where w.merchant_id = ${merchantId} and w.status = 'queued'
         and w.queued_at < (select max(queued_at) from conversations where merchant_id = ${merchantId} and status = 'assigned')) as overtaken`,
  );
  const missing = Math.min(visitors, agents * capacity) - (row?.assigned ?? 0);
  return (row?.over ?? 0) + (row?.twice ?? 0) + Math.abs(missing) + (row?.overtaken ?? 0);
}

type Worker = (index: number, next: () => number | undefined) => Promise<void>;

async function timed(db: Database, name: string, shop: Shop, worker: Worker): Promise<Record<string, unknown>> {
  let taken = 0;
  const next = () => (taken < shop.visitors ? ++taken : undefined);
  const begun = performance.now();
  await Promise.all(Array.from({ length: WORKERS }, (_, index) => worker(index, next)));
  const seconds = (performance.now() - begun) / 1_000;
  const assigned = Math.min(shop.visitors, shop.agents * shop.capacity);
  const rate = Math.round(assigned / seconds);
  const wrong = await violations(db, shop);
  const within = rate >= AIM && wrong === 0 ? "yes" : "MISS";
  return { run: name, assigned, seconds: seconds.toFixed(2), assignmentsPerSecond: rate, violations: wrong, within };
}

/** As the job's key does: a run that has not begun stands for all who ask for one meanwhile. */
function wakerOf(run: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let asked: Promise<void> | undefined;
  return () => {
    asked ??= running.then(async () => {
      asked = undefined;
      await run();
    });
    running = asked;
    return asked;
  };
}

const bench = await startBenchDatabase();
const db = connect(bench.databaseUrl, WORKERS * 2);
let failed = false;
try {
  installRealtimeHub(new RealtimeHub({ graceMilliseconds: 0, presenceMembers: 100, onError: () => undefined }));
  const rows: Record<string, unknown>[] = [];

  const crowd: Shop = { merchantId: "crowd", visitors: 3_000, agents: 40, capacity: 50 };
  await openShop(db, crowd, "queued");
  rows.push(
    await timed(db, "3,000 wait, 40 agents with 50 places, 8 dispatchers at once", crowd, async () => {
      await dispatchQueue(contextOf(db, crowd.merchantId), crowd.merchantId);
    }),
  );

  const stream: Shop = { merchantId: "stream", visitors: 2_000, agents: 40, capacity: 50 };
  await openShop(db, stream, "bot");
  const wake = wakerOf(() => dispatchQueue(contextOf(db, stream.merchantId), stream.merchantId));
  rows.push(
    await timed(db, "8 workers bring one after the other, each waking the dispatcher", stream, async (_, next) => {
      for (let visitor = next(); visitor !== undefined; visitor = next()) {
        const id = `stream-${String(visitor).padStart(6, "0")}`;
        await rowsOf(db, sql`update conversations set status = 'queued', queued_at = now() where id = ${id}`);
        void wake();
      }
      await wake();
    }),
  );

  const hands: Shop = { merchantId: "hands", visitors: 1_500, agents: WORKERS, capacity: 500 };
  await openShop(db, hands, "queued");
  rows.push(
    await timed(db, "8 agents take by hand, one in ten what another took", hands, async (index, next) => {
      const agentId = `hands-a${index + 1}`;
      const actor = {
        kind: "agent",
        userId: `hands-u${index + 1}`,
        agentId,
        merchantId: "hands",
        role: "agent",
        name: "",
      };
      const agent: AgentContext = { ...contextOf(db, "hands"), actor: actor as AgentContext["actor"] };
      for (let visitor = next(); visitor !== undefined; visitor = next()) {
        const own = [visitor];
        const wanted = (visitor % 10 === 0 ? [...own, visitor - 1] : own).map(
          (number) => `hands-${String(number).padStart(6, "0")}`,
        );
        for (const id of wanted) {
          await claimConversation(agent, id).catch((error: unknown) => {
            if (!AppError.is(error)) {
              throw error;
            }
          });
        }
      }
    }),
  );
  report(process.argv[2], "queue", rows);
  failed = rows.some((row) => row["violations"] !== 0);
} finally {
  // What was announced goes out gathered, a moment later.
  await new Promise((flushed) => setTimeout(flushed, 1_000));
  installRealtimeHub(undefined);
  await db.$client.end();
  await bench.stop();
}
if (failed) {
  process.stderr.write("the queue broke a promise\n");
  process.exitCode = 1;
}
