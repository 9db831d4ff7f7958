/**
 * `npm run bench -- desk`: what an agent waits for, with 100,000 conversations and 1,000,000 messages in the database.
 *
 * The server's own functions are called in this process and their statements explained. A table that is read from end
 * to end fails the benchmark. BENCH_PLANS=1 prints every plan, BENCH_RUNS shortens the measuring.
 */
import { sql } from "drizzle-orm";
import { connect, rowsOf } from "@/db/client";
import { RealtimeHub } from "@/lib/platform/realtime/server/hub";
import { installRealtimeHub } from "@/lib/platform/realtime/server/hub-singleton";
import { startBenchDatabase } from "./support/database";
import { deskCases } from "./support/desk-cases";
import { CONVERSATIONS, MESSAGES, seedDeskVolume } from "./support/desk-volume";
import { measure } from "./support/measure";
import { type ExplainedStatement, RecordingDatabase } from "./support/plans";
import { report } from "./support/report";

const RUNS = Number(process.env["BENCH_RUNS"] ?? 200);
const WARM_UP = 5;
const LIMIT_MS = 20;
/** Tables that grow with the business; the others have some dozen rows, which Postgres rightly reads whole. */
const LARGE = new Set(["conversations", "messages", "customers", "domain_events"]);

const bench = await startBenchDatabase();
const pool = connect(bench.databaseUrl).$client;
const recording = new RecordingDatabase(pool);
const failures: string[] = [];

function show(name: string, statements: readonly ExplainedStatement[]): void {
  process.stdout.write(`\n-- ${name}\n`);
  for (const { query, text } of statements) {
    process.stdout.write(`   ${query.slice(0, 200)}\n${text.replace(/^/gm, "      ")}\n`);
  }
}

async function checkVolume(): Promise<void> {
  const [row] = await rowsOf<{ conversations: number; messages: number; size: string }>(
    recording.db,
    sql`select (select count(*)::int from conversations) as conversations, (select count(*)::int from messages) as messages,
               pg_size_pretty(pg_database_size(current_database())) as size`,
  );
  process.stdout.write(`${row?.conversations} conversations, ${row?.messages} messages, ${row?.size}\n`);
  if (row?.conversations !== CONVERSATIONS || row.messages !== MESSAGES) {
    throw new Error("the database was not filled as planned");
  }
}

try {
  installRealtimeHub(new RealtimeHub({ graceMilliseconds: 0, presenceMembers: 100, onError: () => undefined }));
  const begun = performance.now();
  const volume = await seedDeskVolume(recording.db);
  process.stdout.write(
    `filled in ${Math.round((performance.now() - begun) / 1000)} s, frequent word ${volume.frequent}\n`,
  );
  await checkVolume();
  const rows: Record<string, unknown>[] = [];
  for (const { name, work, prepare } of await deskCases(recording.db, volume)) {
    await measure(WARM_UP, work, prepare);
    const latency = await measure(RUNS, work, prepare);
    const statements = await recording.explain(
      () => work(RUNS),
      async () => prepare?.(RUNS),
    );
    const scanned = statements.flatMap((statement) => statement.scanned).filter((table) => LARGE.has(table));
    if (scanned.length > 0) {
      failures.push(`${name} reads ${[...new Set(scanned)].join(", ")} from end to end`);
    }
    if (process.env["BENCH_PLANS"] === "1" || scanned.length > 0 || latency.p95 > LIMIT_MS) {
      show(name, statements);
    }
    const indexes = [...new Set(statements.flatMap((statement) => statement.indexes))];
    rows.push({ run: name, ...latency, within: latency.p95 <= LIMIT_MS ? "yes" : "MISS", indexes: indexes.join(", ") });
  }
  report(process.argv[2], "desk", rows);
} finally {
  // What the claims announce goes out gathered, a moment later.
  await new Promise((flushed) => setTimeout(flushed, 1_000));
  installRealtimeHub(undefined);
  await pool.end();
  await bench.stop();
}
if (failures.length > 0) {
  process.stderr.write(`${failures.join("\n")}\n`);
  process.exitCode = 1;
}
