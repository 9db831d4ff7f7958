import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { connect, type Database, rowsOf } from "@/db/client";
import { idempotencyKeys } from "@/db/schema/operations";
import { log } from "@/lib/platform/log/log";
import { systemContext } from "@/lib/testing/actors";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { tidyJob } from "./tidy-job";

describe("tidying up", () => {
  let database: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    database = await createTestDatabase();
    vi.stubEnv("DATABASE_URL", database.url);
    db = connect(database.url, 2);
  });
  afterAll(async () => {
    await db.$client.end();
    await database.drop();
  });

  it("removes yesterday's retry answers and idle job lanes, and keeps today's", async () => {
    const old = new Date(Date.now() - 25 * 3_600_000);
    await db.insert(idempotencyKeys).values([
      { actorKey: "a", key: "old", requestHash: "h", createdAt: old },
      { actorKey: "a", key: "new", requestHash: "h" },
    ]);
    await db.execute(
      sql`select graphile_worker.add_job('bot.answer', '{}'::json, queue_name => 'bot:over', job_key => 'k')`,
    );
    await db.execute(sql`select graphile_worker.remove_job('k')`);
    await tidyJob.handle(undefined, { ...systemContext({ db } as never, "mer"), log: log() });
    expect((await db.select().from(idempotencyKeys)).map((row) => row.key)).toEqual(["new"]);
    expect(await rowsOf(db, sql`select 1 from graphile_worker._private_job_queues`)).toHaveLength(0);
  });
});
