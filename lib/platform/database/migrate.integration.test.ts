import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEmptyDatabase, type TestDatabase } from "@/lib/testing/database";
import { migrateDatabase } from "./migrate";

describe("migrating the database (T36)", () => {
  let database: TestDatabase;
  let sql: postgres.Sql;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  });
  afterEach(async () => {
    await sql.end();
    await database.drop();
  });

  async function tableCount(): Promise<number> {
    const [row] = await sql<{ count: number }[]>`
      select count(*)::int as count from pg_tables where schemaname in ('public', 'graphile_worker')`;
    return row?.count ?? 0;
  }

  it("makes our tables and the job queue's, and a second run changes nothing", async () => {
    const first = await migrateDatabase(database.url);
    const tables = await tableCount();
    const second = await migrateDatabase(database.url);
    expect(first.applied).toBe(first.total);
    expect(first.total).toBeGreaterThan(0);
    expect(second).toEqual({ applied: 0, total: first.total });
    expect(await tableCount()).toBe(tables);
  });

  it("lets five runners at once in one after the other: each migration is applied exactly once", async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => migrateDatabase(database.url)));
    const total = outcomes[0]?.total ?? 0;
    expect(outcomes.map(({ applied }) => applied).sort((a, b) => b - a)).toEqual([total, 0, 0, 0, 0]);
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from drizzle.__drizzle_migrations`;
    expect(row?.count).toBe(total);
  });

  it("leaves nothing of a run that fails in the middle, and the mended run completes", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "yingda-migrations-"));
    try {
      cpSync("db/migrations", folder, { recursive: true });
      addBrokenMigration(folder);
      await expect(migrateDatabase(database.url, folder)).rejects.toThrow();
      const [row] = await sql<{ found: string | null }[]>`select to_regclass('public.merchants')::text as found`;
      expect(row?.found).toBeNull();
      const mended = await migrateDatabase(database.url);
      expect(mended.applied).toBe(mended.total);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("goes on after its connection is cut in the middle of a run", async () => {
    const running = migrateDatabase(database.url).catch(() => undefined);
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    await running;
    const after = await migrateDatabase(database.url);
    expect(after.total).toBeGreaterThan(0);
    expect((await migrateDatabase(database.url)).applied).toBe(0);
  });
});

interface Journal {
  entries: { idx: number; version: string; when: number; tag: string; breakpoints: boolean }[];
}

/** A migration after all others whose second statement cannot work. */
function addBrokenMigration(folder: string): void {
  const file = path.join(folder, "meta", "_journal.json");
  const journal = JSON.parse(readFileSync(file, "utf8")) as Journal;
  const last = journal.entries.at(-1);
  const entry = { idx: journal.entries.length, version: "7", when: (last?.when ?? 0) + 1, tag: "9999_broken" };
  journal.entries.push({ ...entry, breakpoints: true });
  writeFileSync(file, JSON.stringify(journal));
  const statements = "create table broken (id int);\n--> statement-breakpoint\nalter table no_such_table add x int;";
  writeFileSync(path.join(folder, "9999_broken.sql"), statements);
}
