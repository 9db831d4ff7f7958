import { monitorEventLoopDelay } from "node:perf_hooks";
import { sql } from "drizzle-orm";
import { connect, type Database, rowsOf } from "@/db/client";
import { newId } from "@/lib/core/ids";
import { entryInput } from "@/lib/knowledge/schema";
import { indexOf } from "@/lib/knowledge/search/index-store";
import { searchKnowledge } from "@/lib/knowledge/search/search";
import { createEntry } from "@/lib/knowledge/service";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log/log";
import { createCast } from "./cast";
import { startBenchDatabase } from "./database";
import { questionAt, questions } from "./many-questions";
import { measure } from "./measure";

const SIZES = [
  { entries: 10_000, limit: 5 },
  { entries: 100_000, limit: 25 },
] as const;
const RUNS = Number(process.env["BENCH_RUNS"] ?? 300);
const MEMORY_MAX_MB = 150;
const CHANGE_MAX_MS = 1_000;
const BLOCKED_MAX_MS = 50;
const BATCH = 1_000;
const memoryMb = (): number => {
  // Twice: the first only marks the buffers of arrays that are gone.
  (globalThis as { gc?: () => void }).gc?.();
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
};

const kept = (good: boolean): string => (good ? "yes" : "MISS");

async function insertEntries(db: Database, merchantId: string, count: number): Promise<void> {
  for (let start = 0; start < count; start += BATCH) {
    const batch = Array.from({ length: BATCH }, (_none, offset) => questionAt(start + offset));
    const ids = batch.map(() => newId("entry"));
    await rowsOf(
      db,
      sql`insert into kb_entries (id, merchant_id, status, question, answer, published_at)
          select id, ${merchantId}, 'published', question, '在「我的订单」里可以看到，或者问客服。', now()
          from unnest(${sql.param(ids)}::text[], ${sql.param(batch)}::text[]) as made(id, question)`,
    );
  }
  await rowsOf(db, sql`vacuum analyze kb_entries`);
}

async function measureSize(db: Database, entries: number, limit: number): Promise<Record<string, unknown>[]> {
  const { merchantId } = await createCast(db, { agents: 0, conversations: 0 });
  const context: Context = {
    db,
    actor: { kind: "system", merchantId },
    requestId: newId("request"),
    now: () => new Date(),
    log: log(),
    ip: null,
    locale: "zh-CN",
  };
  await insertEntries(db, merchantId, entries);
  const before = memoryMb();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const start = performance.now();
  await indexOf(db, merchantId);
  const built = performance.now() - start;
  delay.disable();
  const blocked = delay.max / 1e6;
  const used = Math.max(0, memoryMb() - before);
  const ask = (run: number) => searchKnowledge({ db, merchantId }, questions[run % questions.length] ?? "");
  await measure(50, ask);
  const latency = await measure(RUNS, (run) => ask(run + 50));
  const change = await measure(5, async (run) => {
    const question = `全新的问题${run}号怎么处理`;
    await createEntry(context, entryInput.parse({ question, answer: "答案", status: "published" }));
    await searchKnowledge({ db, merchantId }, question);
  });
  const name = (what: string) => `${entries.toLocaleString("en")} entries: ${what}`;
  return [
    { run: name("search with its answers, ms"), ...latency, limit, within: kept(latency.p95 <= limit) },
    {
      run: name("published and found, ms"),
      ...change,
      limit: CHANGE_MAX_MS,
      within: kept(change.p95 <= CHANGE_MAX_MS),
    },
    {
      run: name("memory of the index, MB"),
      p50: Math.round(used),
      limit: MEMORY_MAX_MB,
      within: kept(used <= MEMORY_MAX_MB),
    },
    {
      run: name("longest wait of others while it is made, ms"),
      p50: Math.round(blocked),
      limit: BLOCKED_MAX_MS,
      within: kept(blocked <= BLOCKED_MAX_MS),
    },
    { run: name("index read and made at the first search, ms"), p50: Math.round(built), limit: "", within: "" },
  ];
}

/** Speed and memory of the search with the database behind it, in the process that answers. */
export async function measureSpeed(): Promise<Record<string, unknown>[]> {
  const bench = await startBenchDatabase();
  const db = connect(bench.databaseUrl);
  try {
    const rows: Record<string, unknown>[] = [];
    for (const { entries, limit } of SIZES) {
      rows.push(...(await measureSize(db, entries, limit)));
    }
    return rows;
  } finally {
    await db.$client.end();
    await bench.stop();
  }
}
