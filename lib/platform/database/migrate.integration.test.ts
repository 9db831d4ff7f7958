import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createEmptyDatabase, type TestDatabase } from "@/lib/testing/database";
import { migrateDatabase } from "./migrate";

describe("migrating the database (T36)", () => {
  let database: TestDatabase;
  let client: Client;
  let folder: string;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
    folder = mkdtempSync(path.join(tmpdir(), "yingda-migrations-"));
    cpSync("db/migrations", folder, { recursive: true });
  });
  afterEach(async () => {
    await client.end();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function count(from: string): Promise<number> {
    const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from ${from}`);
    return rows[0]?.count ?? 0;
  }
  const tables = "pg_tables where schemaname in ('public', 'graphile_worker')";

  it("makes our tables and the job queue's, and a second run changes nothing", async () => {
    const first = await migrateDatabase(database.url);
    const made = await count(tables);
    const second = await migrateDatabase(database.url);
    expect(first.applied).toBe(first.total);
    expect(first.total).toBeGreaterThan(0);
    expect(second).toEqual({ applied: 0, total: first.total });
    expect(await count(tables)).toBe(made);
  });

  it("lets five runners at once in one after the other: each migration is applied exactly once", async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => migrateDatabase(database.url)));
    const total = outcomes[0]?.total ?? 0;
    expect(outcomes.map(({ applied }) => applied).sort((a, b) => b - a)).toEqual([total, 0, 0, 0, 0]);
    expect(await count("drizzle.__drizzle_migrations")).toBe(total);
  });

  it("leaves nothing of a run that fails in the middle, and the mended run completes", async () => {
    addMigration(folder, ["create table broken (id int)", "alter table no_such_table add x int"]);
    await expect(migrateDatabase(database.url, folder)).rejects.toThrow();
    expect(await count("pg_tables where schemaname = 'public'")).toBe(0);
    const mended = await migrateDatabase(database.url);
    expect(mended.applied).toBe(mended.total);
  });

  it("fails at once when its connection is cut in the middle, applies nothing, and the next run completes", async () => {
    addMigration(folder, ["create table half (id int)", "select pg_advisory_xact_lock(42)"]);
    await client.query("select pg_advisory_lock(42)");
    const running = migrateDatabase(database.url, folder).then(
      () => "finished",
      () => "failed",
    );
    const waiting = "pg_stat_activity where wait_event = 'advisory' and datname = current_database()";
    await vi.waitUntil(async () => (await count(`${waiting} and query like '%lock(42)%'`)) > 0, { timeout: 10_000 });
    await client.query(`select pg_terminate_backend(pid) from ${waiting}`);
    expect(await running).toBe("failed");
    expect(await count("pg_tables where schemaname = 'public'")).toBe(0);
    const after = await migrateDatabase(database.url);
    expect(after.applied).toBe(after.total);
  });
});

interface Journal {
  entries: { idx: number; version: string; when: number; tag: string; breakpoints: boolean }[];
}

/** Adds a migration after all others. */
function addMigration(folder: string, statements: string[]): void {
  const file = path.join(folder, "meta", "_journal.json");
  const journal = JSON.parse(readFileSync(file, "utf8")) as Journal;
  const when = (journal.entries.at(-1)?.when ?? 0) + 1;
  journal.entries.push({ idx: journal.entries.length, version: "7", when, tag: "9999_added", breakpoints: true });
  writeFileSync(file, JSON.stringify(journal));
  writeFileSync(path.join(folder, "9999_added.sql"), statements.join(";\n--> statement-breakpoint\n"));
}
