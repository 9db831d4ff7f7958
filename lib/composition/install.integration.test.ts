import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { seedSamples } from "@/db/seed/seed-samples";
import { findChatEntry } from "@/lib/channels/chat-entry-queries";
import { signIn } from "@/lib/identity/sign-in";
import { systemContext } from "@/lib/testing/actors";
import { type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";
import { installOperation } from "./install-operations";
import { provideSamples } from "./samples";

let api: ApiFixture;
beforeAll(async () => {
  // One caller plays a crowd.
  vi.stubEnv("RATE_LIMIT_FACTOR", "10");
  api = await createApiFixture();
});
afterAll(() => api.end());

const body = {
  merchantName: "青禾校园商城",
  name: "站长",
  email: "Boss@Shop.example",
  password: "a long enough password",
  locale: "zh-CN",
  timezone: "Asia/Shanghai",
};

it("of eight browsers that set up at once one makes the administrator, the others and all after it meet 404 (T46)", async () => {
  expect((await api.call(installOperation, { body: { ...body, password: "short" } })).status).toBe(400);
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      api.call(installOperation, { body: { ...body, email: `boss${index}@shop.example` } }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 404)]);
  expect((await api.call(installOperation, { body })).status).toBe(404);
  const counts = await rowsOf(
    api.desk.db,
    sql`select (select count(*)::int from users) as users, (select count(*)::int from merchants) as merchants,
        (select count(*)::int from channels) as channels, (select count(*)::int from memberships where role = 'admin') as admins`,
  );
  expect(counts).toEqual([{ users: 1, merchants: 1, channels: 1, admins: 1 }]);
});

it("afterwards the administrator signs in, and customers find the chat with its welcome", async () => {
  const [user] = await rowsOf<{ email: string }>(api.desk.db, sql`select email from users`);
  const credentials = { email: user?.email ?? "", password: body.password };
  expect(await signIn(systemContext(api.desk, "none"), credentials)).toMatchObject({ kind: "signed_in" });
  const entry = await findChatEntry(api.desk.db, {});
  expect(entry?.merchantName).toBe("青禾校园商城");
  expect(entry?.config.welcome["zh-CN"]).toContain("青禾校园商城");
});

it("samples are for whoever wants them: knowledge that is found, and conversations with their figures", async () => {
  // As it was before anybody set it up.
  await api.desk.db.execute(sql`delete from merchants`);
  await api.desk.db.execute(sql`delete from users`);
  const failures: unknown[] = [];
  provideSamples((...given) => seedSamples(...given).catch((error: unknown) => void failures.push(error)));
  const answer = await api.call(installOperation, { body: { ...body, samples: true } });
  expect(failures).toEqual([]);
  expect(answer.status).toBe(201);
  const [counts] = await rowsOf<Record<string, number>>(
    api.desk.db,
    sql`select (select count(*)::int from kb_entries) as entries, (select count(*)::int from conversations) as conversations,
        (select count(*)::int from metric_facts) as facts, (select count(*)::int from merchants) as merchants,
        (select count(distinct assignee_id)::int from conversations) as agents`,
  );
  expect(counts?.["entries"]).toBeGreaterThan(50);
  expect(counts?.["conversations"]).toBeGreaterThan(30);
  expect(counts?.["facts"]).toBeGreaterThan(100);
  expect([counts?.["merchants"], counts?.["agents"]]).toEqual([1, 1]);
}, 180_000);
