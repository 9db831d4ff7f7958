import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { log } from "@/lib/platform/log/log";
import { systemContext } from "@/lib/testing/actors";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom } from "@/lib/testing/environment";
import { retentionJob } from "./retention-job";
import { changeGroup } from "./settings-service";

let desk: DeskFixture;
beforeAll(async () => {
  desk = await createDeskFixture();
  serveFrom(desk.db);
});
afterAll(() => desk.end());

it("takes ended conversations once they are older than the merchant keeps them, and nothing else", async () => {
  const shop = await desk.merchant();
  const other = await desk.merchant();
  const begin = async (at: typeof shop, status: string, days: number) => {
    const id = await desk.conversation({ ...at, ...(await desk.customer(at)) });
    await desk.db.execute(
      sql`update conversations set status = ${status}, last_message_at = now() - make_interval(days => ${days}::int),
          resolved_at = null where id = ${id}`,
    );
    return id;
  };
  const old = await begin(shop, "resolved", 40);
  const kept = [
    await begin(shop, "resolved", 20),
    await begin(shop, "assigned", 400),
    await begin(other, "resolved", 400),
  ];
  const context = { ...systemContext(desk, shop.merchantId), log: log() };
  await retentionJob.handle(undefined, context);
  const left = async () =>
    (await rowsOf<{ id: string }>(desk.db, sql`select id from conversations`)).map(({ id }) => id);
  expect(await left()).toHaveLength(4);
  await changeGroup(context, "retention", { patch: { conversationDays: 30 } });
  await retentionJob.handle(undefined, context);
  expect((await left()).sort()).toEqual([...kept].sort());
  expect(await left()).not.toContain(old);
  const audit = await rowsOf(desk.db, sql`select after from audit_log where action = 'retention.applied'`);
  expect(audit).toEqual([{ after: { conversations: 1, days: 30 } }]);
  await expect(changeGroup(context, "retention", { patch: { auditDays: 30 } })).rejects.toThrow("setting_invalid");
});

it("takes the bot's records once they are older than the merchant keeps them; sums by day stay", async () => {
  const shop = await desk.merchant();
  const other = await desk.merchant();
  const note = async (at: typeof shop, days: number) => {
    const { merchantId } = at;
    const conversation = await desk.conversation({ ...at, ...(await desk.customer(at)) });
    const when = sql`now() - make_interval(days => ${days}::int)`;
    await desk.db.execute(
      sql`insert into bot_turns (id, merchant_id, conversation_id, answer_id, question, language, decision, ms, created_at)
          values (${`btn_${conversation}`}, ${merchantId}, ${conversation}, 'bot:1', '问', 'zh-CN', 'answer', 1, ${when})`,
    );
    await desk.db.execute(
      sql`insert into ai_calls (merchant_id, provider_id, purpose, outcome, total_ms, created_at)
          values (${merchantId}, 'aip_1', 'answer', 'ok', 1, ${when})`,
    );
    await desk.db.execute(
      sql`insert into bot_drafts (id, merchant_id, conversation_id, answer_id, question, reason, answer, parts, status, expires_at, created_at)
          values (${`drf_${conversation}`}, ${merchantId}, ${conversation}, 'bot:1', '问', 'intent', '答', '[]', 'approved', now(), ${when})`,
    );
  };
  await note(shop, 40);
  await note(shop, 5);
  await note(other, 100);
  await desk.db.execute(
    sql`insert into ai_usage (merchant_id, day, provider_id, calls) values (${shop.merchantId}, '2020-01-01', 'aip_1', 3)`,
  );
  const context = { ...systemContext(desk, shop.merchantId), log: log() };
  await changeGroup(context, "retention", { patch: { botDays: 30 } });
  await retentionJob.handle(undefined, context);
  for (const table of ["bot_turns", "ai_calls", "bot_drafts"]) {
    const rows = await rowsOf<{ merchant_id: string }>(
      desk.db,
      sql`select merchant_id from ${sql.raw(table)} order by created_at`,
    );
    expect(
      rows.map((row) => row.merchant_id),
      table,
    ).toEqual([other.merchantId, shop.merchantId]);
  }
  expect(await rowsOf(desk.db, sql`select calls from ai_usage`)).toEqual([{ calls: 3 }]);
});
