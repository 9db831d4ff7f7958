import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { connect } from "@/db/client";
import { startTestPostgres } from "@/lib/testing/postgres";
import { isDatabaseUnreachable } from "./unreachable";

describe("a database that goes away (T20)", () => {
  it("is told as unreachable by every query that it takes along, and by those that come after", async () => {
    const server = await startTestPostgres();
    const db = connect(server.urlOf("yingda"), 4);
    const failures: unknown[] = [];
    const remember = (error: unknown) => failures.push(error);
    try {
      await db.execute(sql`select 1`);
      const busy = [1, 2, 3].map(() => db.execute(sql`select pg_sleep(30)`).catch(remember));
      const inTransaction = db.transaction(async (tx) => {
        await tx.execute(sql`select 1`);
        await server.stop();
        await tx.execute(sql`select 1`);
      });
      await Promise.all([...busy, inTransaction.catch(remember)]);
      await db.execute(sql`select 1`).catch(remember);
      expect(failures).toHaveLength(5);
      expect(failures.filter((error) => !isDatabaseUnreachable(error))).toEqual([]);
    } finally {
      await db.$client.end();
      await server.stop();
    }
  });

  it("is not what a wrong statement is told as", async () => {
    const server = await startTestPostgres();
    const db = connect(server.urlOf("yingda"), 1);
    try {
      const failure = await db.execute(sql`select no_such_column`).catch((error: unknown) => error);
      expect(isDatabaseUnreachable(failure)).toBe(false);
    } finally {
      await db.$client.end();
      await server.stop();
    }
  });
});
