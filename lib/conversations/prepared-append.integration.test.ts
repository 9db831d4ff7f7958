import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, rowsOf } from "@/db/client";
import { createTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { appendMessage, type NewMessage } from "./repository";

const unknown: NewMessage = {
  id: "msg_1",
  conversationId: "con_nowhere",
  merchantId: "mer_nobody",
  customerId: null,
  assigneeId: null,
  allowedStatuses: ["bot"],
  authorKind: "visitor",
  authorId: null,
  visibility: "public",
  content: { parts: [{ type: "text", text: "在吗" }], text: "在吗", preview: "在吗", tokens: ["在吗"] },
  clientId: null,
  externalId: null,
  delivery: "sent",
  at: new Date(),
  fact: "message.received",
  jobs: [],
};

describe("statements that are prepared", () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());

  /** What one connection has prepared after it stored messages alone and in a transaction. */
  async function preparedOn(url: string): Promise<string[]> {
    const db = connect(url, 1);
    try {
      expect(await appendMessage(db, unknown)).toMatchObject({ outcome: "missing" });
      expect(await db.transaction((tx) => appendMessage(tx, unknown))).toMatchObject({ outcome: "missing" });
      const rows = await rowsOf<{ name: string }>(db, sql`select name from pg_prepared_statements`);
      return rows.map(({ name }) => name);
    } finally {
      await db.$client.end();
    }
  }

  it("are prepared once a connection, also for transactions", async () => {
    expect(await preparedOn(test.url)).toEqual(["append_message"]);
  });

  it("are not prepared behind a pooler that gives every transaction another backend", async () => {
    const address = new URL(test.url);
    address.searchParams.set("pgbouncer", "true");
    expect(await preparedOn(address.href)).toEqual([]);
  });
});
