import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { connect, rowsOf } from "@/db/client";
import { migrateDatabase } from "@/lib/platform/database/migrate";
import { createEmptyDatabase, type TestDatabase } from "@/lib/testing/database";
import { serveFrom } from "@/lib/testing/environment";
import { startWorkerOnTables } from "./worker-start";

let database: TestDatabase;
let db: ReturnType<typeof connect>;

beforeAll(async () => {
  database = await createEmptyDatabase();
  vi.stubEnv("DATABASE_URL", database.url);
  db = connect(database.url, 4);
  serveFrom(db);
});
afterAll(async () => {
  await db.$client.end();
  await database.drop();
});

it("on an empty database the worker waits, works once the tables are made, and stops either way", async () => {
  const early = await startWorkerOnTables();
  await early.stop();

  const worker = await startWorkerOnTables();
  try {
    await migrateDatabase(database.url);
    await db.execute(sql`select graphile_worker.add_job('platform.tidy', '{}'::json)`);
    const left = () => rowsOf(db, sql`select 1 from graphile_worker.jobs where task_identifier = 'platform.tidy'`);
    await vi.waitUntil(async () => (await left()).length === 0, { timeout: 30_000, interval: 100 });
  } finally {
    await worker.stop();
  }
});

it("a database that does not answer yet keeps nobody from starting", async () => {
  serveFrom(connect("postgres://nobody@127.0.0.1:1/none", 1));
  const worker = await startWorkerOnTables();
  await expect(worker.stop()).resolves.toBeUndefined();
  serveFrom(db);
});
