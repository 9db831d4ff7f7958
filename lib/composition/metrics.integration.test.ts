import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { getMeOperation } from "@/lib/identity/operations";
import { type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";
import { metricsResponse } from "./metrics";
import { readyResponse } from "./ready";

let api: ApiFixture;
beforeAll(async () => {
  api = await createApiFixture();
});
afterAll(() => api.end());

const ask = (headers: Record<string, string>) =>
  metricsResponse(new Request("http://yingda.test/api/metrics", { headers }));

it("metrics: requests, queue, jobs and connections in Prometheus' format, for this machine only", async () => {
  const shop = await api.desk.merchant();
  const { as } = await api.signedIn(shop.merchantId, "agent");
  await api.call(getMeOperation, { as });
  await api.call(getMeOperation, {});
  await api.desk.db.execute(sql`select graphile_worker.add_job('platform.tidy', '{}'::json, max_attempts => 1)`);
  const text = await (await ask({ "x-yingda-client-ip": "127.0.0.1" })).text();
  expect(text).toContain('yingda_request_seconds_count{operation="getMe",status="2xx"} 1');
  expect(text).toContain('yingda_request_seconds_count{operation="getMe",status="4xx"} 1');
  expect(text).toContain('yingda_jobs{state="waiting"} 1');
  expect(text).toMatch(/^yingda_queue_length 0$/m);
  expect(text).toMatch(/^yingda_realtime_connections 0$/m);
  for (const line of text.trim().split("\n")) {
    expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? [\d.e+-]+)$/);
  }
  expect((await ask({ "x-yingda-client-ip": "203.0.113.5" })).status).toBe(403);
});

it("ready: only with every migration of this release", async () => {
  expect((await readyResponse()).status).toBe(200);
  await api.desk.db.execute(
    sql`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`,
  );
  const answer = await readyResponse();
  expect([answer.status, await answer.json()]).toEqual([
    503,
    { status: "not_ready", checks: { database: true, migrations: false } },
  ]);
});
