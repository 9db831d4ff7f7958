import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { getVisitorConversationOperation, postVisitorMessageOperation } from "@/lib/conversations/operations";
import { newId } from "@/lib/core/ids";
import { type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";

const MESSAGES = 10_000;
const AT_ONCE = 40;

let api: ApiFixture;
beforeAll(async () => {
  api = await createApiFixture();
});
afterAll(() => api.end());

const say = (as: Credentials) =>
  api.call(postVisitorMessageOperation, {
    as,
    body: { clientId: newId("client"), parts: [{ type: "text", text: "在吗" }] },
  });

it("ten thousand messages of one visitor within a minute: slowed down and told, each answered one kept, others unaffected", async () => {
  const shop = await api.desk.merchant();
  const [loud, quiet] = [await api.visitor(shop), await api.visitor(shop)];
  const counts = new Map<number, number>();
  let told: { detail?: string; retryAfter: string | null } | undefined;
  for (let sent = 0; sent < MESSAGES; sent += AT_ONCE) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => say(loud.as)));
    for (const answer of answers) {
      counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1);
    }
    const refused = answers.find(({ status }) => status === 429);
    if (refused && !told) {
      told = { ...((await refused.json()) as { detail: string }), retryAfter: refused.headers.get("retry-after") };
      expect((await say(quiet.as)).status).toBe(201);
    }
  }
  expect([...counts.keys()].sort()).toEqual([201, 429]);
  expect(counts.get(429)).toBeGreaterThan(MESSAGES * 0.9);
  expect(told?.detail).toContain("稍等");
  expect(Number(told?.retryAfter)).toBeGreaterThan(0);
  expect((await say(quiet.as)).status).toBe(201);
  const [kept] = await rowsOf<{ id: string; count: number }>(
    api.desk.db,
    sql`select conversation_id as id, count(*)::int from messages where author_id = ${loud.actor.customerId} group by 1`,
  );
  expect(kept?.count).toBe(counts.get(201));
  // Reading is another allowance: who was slowed down still sees what is answered.
  const seen = await api.call(getVisitorConversationOperation, { as: loud.as, params: { id: kept?.id ?? "" } });
  expect(seen.status).toBe(200);
});
