import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";
import { listFailedJobsOperation, retryJobOperation } from "./failed-jobs-operations";

let api: ApiFixture;
beforeAll(async () => {
  api = await createApiFixture();
});
afterAll(() => api.end());

it("a failed job is listed for its merchant alone, without its payload, and starts again when asked", async () => {
  const shop = await api.desk.merchant();
  const other = await api.desk.merchant();
  const { as } = await api.signedIn(shop.merchantId, "admin");
  const { as: stranger } = await api.signedIn(other.merchantId, "admin");
  const payload = JSON.stringify({ merchantId: shop.merchantId, secret: "not for eyes" });
  const [job] = await rowsOf<{ id: string }>(
    api.desk.db,
    sql`select id::text from graphile_worker.add_job('routing.dispatch', ${payload}::json, max_attempts => 3)`,
  );
  const id = job?.id ?? "";
  const list = async (who: typeof as) => (await api.call(listFailedJobsOperation, { as: who })).text();
  expect(await list(as)).toBe('{"items":[]}');
  await api.desk.db.execute(
    sql`update graphile_worker._private_jobs set attempts = 3, last_error = ${"broken\n  at secret line"} where id = ${id}::bigint`,
  );
  expect(JSON.parse(await list(as))).toMatchObject({ items: [{ id, name: "routing.dispatch", error: "broken" }] });
  expect(await list(as)).not.toContain("not for eyes");
  expect(await list(stranger)).toBe('{"items":[]}');
  expect((await api.call(retryJobOperation, { as: stranger, params: { id } })).status).toBe(404);
  expect((await api.call(retryJobOperation, { as, params: { id } })).status).toBe(200);
  expect((await api.call(retryJobOperation, { as, params: { id } })).status).toBe(404);
  const [row] = await rowsOf(
    api.desk.db,
    sql`select attempts::int from graphile_worker._private_jobs where id = ${id}::bigint`,
  );
  expect(row).toEqual({ attempts: 0 });
});
