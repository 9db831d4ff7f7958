import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { findChatEntry } from "@/lib/channels/chat-entry-queries";
import { signIn } from "@/lib/identity/sign-in";
import { systemContext } from "@/lib/testing/actors";
import { type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";
import { installOperation } from "./install-operations";

let api: ApiFixture;
beforeAll(async () => {
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
