import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connect } from "@/db/client";
import { closeDatabase } from "@/lib/platform/database/database";
import { migrateDatabase, migrationState } from "@/lib/platform/database/migrate";
import type { AnyOperation } from "@/lib/platform/http/handler";
import { createEmptyDatabase, type TestDatabase } from "@/lib/testing/database";
import { serveFrom } from "@/lib/testing/environment";
import { createEndpoint } from "./endpoint";
import { getInstallStateOperation, installOperation, prepareDatabaseOperation } from "./install-operations";

const BODY = {
  merchantName: "橙子文具",
  name: "小橙",
  email: "boss@orange.example",
  password: "a long enough password",
  locale: "zh-CN",
  timezone: "Asia/Shanghai",
};

describe("the install page on a database that nothing has migrated", () => {
  let database: TestDatabase;
  let admin: Client;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    admin = new Client({ connectionString: database.url });
    admin.on("error", () => undefined);
    await admin.connect();
    use(database.url);
  });
  afterEach(async () => {
    await admin.end();
    await closeDatabase();
    await database.drop();
  });

  function use(url: string): void {
    vi.stubEnv("DATABASE_URL", url);
    serveFrom(connect(url, 6));
  }
  async function call(operation: AnyOperation, body?: unknown) {
    const { method, path } = operation.contract;
    const request = new Request(`http://localhost:3000${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const answer = await createEndpoint(operation)(request, {});
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
  const count = async (from: string) =>
    (await admin.query<{ count: number }>(`select count(*)::int as count from ${from}`)).rows[0]?.count;

  it("says that nothing is there, makes the tables once for four browsers at the same time, and then installs", async () => {
    const before = await call(getInstallStateOperation);
    expect(before).toMatchObject({ status: 200, body: { stage: "waiting", done: 0 } });
    expect(await call(installOperation, BODY)).toMatchObject({
      status: 409,
      body: { reason: "database_not_prepared" },
    });
    const answers = await Promise.all(Array.from({ length: 4 }, () => call(prepareDatabaseOperation)));
    const { total } = before.body;
    expect(answers).toEqual(answers.map(() => ({ status: 200, body: { stage: "ready", done: total, total } })));
    expect(await count("drizzle.__drizzle_migrations")).toBe(total);
    expect((await call(installOperation, BODY)).status).toBe(201);
    for (const operation of [getInstallStateOperation, prepareDatabaseOperation]) {
      expect(await call(operation)).toMatchObject({ status: 404, body: { reason: "installed_already" } });
    }
  });

  it("tells in words that the role may not make tables, keeps nothing, and goes on once it may", async () => {
    const role = `plain_${database.url.split("_").at(-1)}`;
    await admin.query(`create role ${role} login password 'plain'`);
    await admin.query(`revoke create on schema public from public`);
    try {
      const url = new URL(database.url);
      [url.username, url.password] = [role, "plain"];
      await closeDatabase();
      use(url.href);
      expect(await call(prepareDatabaseOperation)).toMatchObject({
        status: 503,
        body: { reason: "migration_not_allowed" },
      });
      expect(await count("pg_tables where schemaname in ('public', 'drizzle', 'graphile_worker')")).toBe(0);
      await admin.query(`grant create on schema public to ${role}`);
      await admin.query(`grant create on database "${url.pathname.slice(1)}" to ${role}`);
      expect(await call(prepareDatabaseOperation)).toMatchObject({ status: 200, body: { stage: "ready" } });
    } finally {
      await closeDatabase();
      await admin.query(`drop owned by ${role} cascade`);
      await admin.query(`drop role ${role}`);
    }
  });

  it("tells every process how far it is, and begins anew after a run that was cut", async () => {
    const db = connect(database.url, 2);
    await admin.query("create table public.messages (id int)");
    const holder = new Client({ connectionString: database.url });
    await holder.connect();
    try {
      // The first migration makes "channels" before "messages": it waits here to learn whether the name is taken, and
      // stumbles over the other one later.
      await holder.query("begin");
      await holder.query("create table public.channels (id int)");
      const running = call(prepareDatabaseOperation);
      await vi.waitUntil(async () => (await migrationState(db)).stage === "running", { timeout: 20_000 });
      expect((await migrationState(db)).done).toBe(0);
      await holder.query("rollback");
      const failed = await running;
      expect(failed).toMatchObject({ status: 503, body: { reason: "migration_failed" } });
      expect(String(failed.body["detail"])).toContain("messages");
      expect(await migrationState(db)).toMatchObject({ stage: "waiting", done: 0 });
      await admin.query("drop table public.messages");
      expect((await call(prepareDatabaseOperation)).status).toBe(200);
      expect(await migrateDatabase(database.url)).toMatchObject({ applied: 0 });
    } finally {
      await holder.end();
      await db.$client.end();
    }
  });
});
