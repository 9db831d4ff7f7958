/**
 * `npm run bench -- knowledge`: the one search of the product (bot, desk, API) over 10,000 published entries of one
 * merchant. The questions are what visitors of the demo's dialogues ask, so most of them share words with hundreds of
 * entries.
 */
import { sql } from "drizzle-orm";
import { connect, rowsOf } from "@/db/client";
import { demoContent } from "@/db/seed/content";
import { newId } from "@/lib/core/ids";
import { searchKnowledge } from "@/lib/knowledge/search/search";
import { importEntries } from "@/lib/knowledge/service";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log/log";
import { createCast } from "./support/cast";
import { startBenchDatabase } from "./support/database";
import { measure } from "./support/measure";
import { RecordingDatabase } from "./support/plans";
import { report } from "./support/report";

const ENTRIES = 10_000;
const BATCH = 1_000;
const RUNS = Number(process.env["BENCH_RUNS"] ?? 200);
const EDITS = 5;
/** Statistics are looked at again after a second (lib/knowledge/search/statistics.ts). */
const RECHECK_MS = 1_100;
const LIMIT_MS = 20;

const COLOURS = ["白色", "黑色", "藏青", "米色", "墨绿", "樱粉", "天蓝", "姜黄"];
const THINGS = [
  "帆布包",
  "保温杯",
  "卫衣",
  "台灯",
  "笔记本",
  "雨伞",
  "双肩包",
  "充电宝",
  "耳机",
  "球鞋",
  "床帘",
  "计算器",
];

const content = demoContent();
const questions = [
  ...new Set(
    content.dialogues.flatMap((dialogue) =>
      dialogue.turns.filter((turn) => turn.author === "visitor").map((turn) => turn.text),
    ),
  ),
];

/** The demo's entries, told again for each colour of each thing until there are enough. */
function entriesFrom(start: number, count: number) {
  const base = content.entries["qinghe"] ?? [];
  return Array.from({ length: count }, (_none, offset) => {
    const index = start + offset;
    const { id: _id, ...entry } = base[index % base.length] as (typeof base)[number];
    const round = Math.floor(index / base.length);
    const about = `${COLOURS[round % COLOURS.length]}${THINGS[Math.floor(round / COLOURS.length) % THINGS.length]}`;
    return {
      ...entry,
      question: round === 0 ? entry.question : `${about}：${entry.question}`,
      variants: entry.variants.map((variant) => (round === 0 ? variant : `${about} ${variant}`)),
      status: "published" as const,
    };
  });
}

const bench = await startBenchDatabase();
const pool = connect(bench.databaseUrl).$client;
const recording = new RecordingDatabase(pool);
const { db } = recording;

try {
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
  for (let start = 0; start < ENTRIES; start += BATCH) {
    await importEntries(context, entriesFrom(start, BATCH));
  }
  await rowsOf(db, sql`vacuum analyze kb_entries`);
  const ask = (run: number) => searchKnowledge({ db, merchantId }, questions[run % questions.length] ?? "");
  const rows: Record<string, unknown>[] = [];
  const tell = (run: string, latency: Awaited<ReturnType<typeof measure>>, limit?: number) => {
    const within = limit === undefined ? "" : latency.p95 <= limit ? "yes" : "MISS";
    rows.push({ run, ...latency, limit: limit ?? "", within });
  };
  const changed = async () => {
    await rowsOf(
      db,
      sql`update kb_entries set updated_at = clock_timestamp()
                         where id = (select id from kb_entries where merchant_id = ${merchantId} limit 1)`,
    );
    await new Promise((stale) => setTimeout(stale, RECHECK_MS));
  };
  tell(`first search after an entry changed (${EDITS} times)`, await measure(EDITS, ask, changed));
  tell("a question for the first time", await measure(RUNS, (run) => ask(run + EDITS)), LIMIT_MS);
  tell("a question that was asked before", await measure(RUNS, (run) => ask(run + EDITS)), LIMIT_MS);
  const statements = await recording.explain(
    () => ask(EDITS),
    async () => undefined,
  );
  for (const { query, text } of statements) {
    process.stdout.write(`   ${query.slice(0, 200)}\n${text.replace(/^/gm, "      ")}\n`);
  }
  process.stdout.write(`${questions.length} different questions\n`);
  report(process.argv[2], "knowledge", rows);
} finally {
  await pool.end();
  await bench.stop();
}
