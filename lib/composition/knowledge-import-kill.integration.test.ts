import { count, eq, sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { knowledgeEntries } from "@/db/schema/knowledge";
import { getImport } from "@/lib/knowledge/imports/queries";
import type { KnowledgeImport } from "@/lib/knowledge/imports/schema";
import { cancelImport, confirmImport } from "@/lib/knowledge/imports/service";
import { env } from "@/lib/platform/env/env";
import { systemContext } from "@/lib/testing/actors";
import { APP_URL, type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";
import { bundleImportReader } from "@/lib/testing/import-reader";
import { bundleWorker, WorkerProcess } from "@/lib/testing/worker-process";
import { uploadImport } from "./knowledge-import-endpoint";

let program: string;
let api: ApiFixture;
const workers: WorkerProcess[] = [];
const ROWS = 5_000;

const start = (): WorkerProcess => {
  const settings = { ENCRYPTION_KEY: env().ENCRYPTION_KEY, YINGDA_DATA_DIR: env().YINGDA_DATA_DIR };
  const worker = new WorkerProcess(program, api.desk.url, settings);
  workers.push(worker);
  return worker;
};

/** A row that nobody writes while the gate is shut. */
const GATED = "第3000个柜子怎么开？";
const GATE = 3_000;

beforeAll(async () => {
  await bundleImportReader();
  program = await bundleWorker();
  api = await createApiFixture();
  await rowsOf(
    api.desk.db,
    sql`create function wait_at_the_gate() returns trigger language plpgsql as $$
        begin perform pg_advisory_xact_lock(${sql.raw(String(GATE))}); return new; end $$`,
  );
  await rowsOf(
    api.desk.db,
    sql`create trigger gate before insert on kb_entries for each row
        when (new.question = ${sql.raw(`'${GATED}'`)}) execute function wait_at_the_gate()`,
  );
}, 120_000);

/** Shuts the gate: writing comes so far, and no farther until it is opened, however fast the machine is. */
async function shutGate(): Promise<{ open(): Promise<void> }> {
  const keeper = new Client({ connectionString: api.desk.url });
  await keeper.connect();
  await keeper.query("select pg_advisory_lock($1)", [GATE]);
  return { open: () => keeper.end() };
}

/** How many statements of this database wait for a lock. */
async function waitingForLocks(): Promise<number> {
  const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  return (await rowsOf(api.desk.db, waiting)).length;
}

afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill("SIGTERM")));
  await api.end();
});

async function begun() {
  const { merchantId } = await api.desk.merchant();
  const { as } = await api.signedIn(merchantId, "supervisor");
  const context = systemContext(api.desk, merchantId);
  const rows = Array.from({ length: ROWS }, (_, index) => `q${index},第${index}个柜子怎么开？,答案 ${index}`);
  const form = new FormData();
  form.append("file", new Blob([`id,question,answer\n${rows.join("\n")}`]), "many.csv");
  const response = await uploadImport(
    new Request(`${APP_URL}/api/v1/knowledge/imports/file`, { method: "POST", headers: as, body: form }),
  );
  const { id } = (await response.json()) as KnowledgeImport;
  const state = () => getImport(context, id);
  const until = (reached: (state: KnowledgeImport) => boolean) =>
    vi.waitUntil(async () => reached(await state()), { timeout: 150_000, interval: 20 });
  const entries = async () => {
    const [row] = await api.desk.db
      .select({ entries: count() })
      .from(knowledgeEntries)
      .where(eq(knowledgeEntries.merchantId, merchantId));
    return row?.entries ?? 0;
  };
  return { id, context, state, until, entries };
}

it("a process that is killed while it reads and while it writes doubles nothing and loses nothing", async () => {
  const { id, context, state, until, entries } = await begun();
  const first = start();
  await until(({ read }) => read > 0);
  await first.kill("SIGKILL");
  const second = start();
  await until(({ status }) => status === "ready");
  expect((await state()).plans).toMatchObject({ create: ROWS, repeated: 0, duplicate: 0, refused: 0 });
  expect(await entries()).toBe(0);
  const gate = await shutGate();
  await confirmImport(context, id, "skip");
  await until(({ outcomes }) => (outcomes.created ?? 0) > 0);
  await second.kill("SIGKILL");
  const written = await entries();
  expect(written).toBe((await state()).outcomes.created);
  expect(written).toBeLessThan(ROWS);
  await gate.open();
  start();
  await until(({ status }) => status === "done");
  expect(await entries()).toBe(ROWS);
  expect((await state()).outcomes).toMatchObject({ created: ROWS, updated: 0, unchanged: 0, skipped: 0, refused: 0 });
}, 400_000);

it("cancelled while it is written, it stops, and what it wrote stays and is told", async () => {
  const { id, context, state, until, entries } = await begun();
  if (workers.length === 0) {
    start();
  }
  await until(({ status }) => status === "ready");
  const gate = await shutGate();
  await confirmImport(context, id, "skip");
  await until(({ outcomes }) => (outcomes.created ?? 0) > 0);
  await vi.waitUntil(async () => (await waitingForLocks()) === 1, { timeout: 60_000 });
  const cancelling = cancelImport(context, id);
  // It waits for the batch that is being written, before the next one may begin.
  await vi.waitUntil(async () => (await waitingForLocks()) === 2, { timeout: 20_000 });
  await gate.open();
  const cancelled = await cancelling;
  expect(cancelled.status).toBe("cancelled");
  const written = await entries();
  expect(written).toBe(cancelled.outcomes.created);
  expect(written).toBeLessThan(ROWS);
  const writing = sql`select 1 from graphile_worker.jobs where task_identifier = 'knowledge.apply_import'`;
  await vi.waitUntil(async () => (await rowsOf(api.desk.db, writing)).length === 0, { timeout: 60_000 });
  expect([await entries(), (await state()).status]).toEqual([written, "cancelled"]);
}, 400_000);

it("the name that a job is locked under is held as long as its process lives: long work is not begun twice", async () => {
  const { id, context, until } = await begun();
  start();
  await vi.waitUntil(
    async () => {
      const rows = await rowsOf<{ free: boolean }>(
        api.desk.db,
        sql`select pg_try_advisory_xact_lock(hashtextextended('worker:' || locked_by, 0)) as free
            from graphile_worker._private_jobs where locked_by is not null`,
      );
      return rows.length > 0 && rows.every(({ free }) => !free);
    },
    { timeout: 60_000, interval: 20 },
  );
  await until(({ status }) => status === "ready");
  await cancelImport(context, id);
}, 200_000);
