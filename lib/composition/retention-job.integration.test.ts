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
