import { afterAll, beforeAll, expect, it } from "vitest";
import { getMeOperation } from "@/lib/identity/operations";
import { database } from "@/lib/platform/database/database";
import { env } from "@/lib/platform/env/env";
import { type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";

let api: ApiFixture;
beforeAll(async () => {
  api = await createApiFixture("the-product's");
});
afterAll(() => api.end());

it("with every connection held a request hears 503 while they are, instead of waiting for ever, and all is well after (T30)", async () => {
  const { merchantId } = await api.desk.merchant();
  const { as } = await api.signedIn(merchantId, "agent");
  const pool = database().$client;
  const held = await Promise.all(Array.from({ length: env().DATABASE_POOL }, () => pool.connect()));
  const refused = await api.call(getMeOperation, { as });
  for (const client of held) {
    client.release();
  }
  expect(refused.status).toBe(503);
  expect(pool.options.connectionTimeoutMillis).toBeLessThanOrEqual(5_000);
  expect((await api.call(getMeOperation, { as })).status).toBe(200);
}, 180_000);
