import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { connect, rowsOf } from "@/db/client";
import { apiKeys, memberships, users } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import { sha256Hex } from "@/lib/platform/crypto/sign";
import { listenForRevocations } from "@/lib/platform/database/revocation-listener";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom, sessionCookie } from "@/lib/testing/environment";
import { actorFromApiKey } from "./api-keys";
import { createApiKey } from "./service";
import { agentFromSession } from "./session";

let desk: DeskFixture;
let admin: AgentContext;
/** Another process: it shares the database with this one, and nothing else. */
let elsewhere: ReturnType<typeof connect>;
let listener: ReturnType<typeof listenForRevocations>;

beforeAll(async () => {
  desk = await createDeskFixture();
  serveFrom(desk.db);
  admin = await desk.agent((await desk.merchant()).merchantId, "admin");
  elsewhere = connect(desk.url, 2);
  listener = listenForRevocations(desk.url, () => undefined);
  await listener.ready;
});
afterAll(async () => {
  await listener.stop();
  await elsewhere.$client.end();
  await desk.end();
});

const byKey = (secret: string) => actorFromApiKey(desk.db, secret);
const bySession = async (who: AgentContext) => {
  const cookie = await sessionCookie(who.actor.userId);
  return { ask: () => agentFromSession(desk.db, cookie.slice(cookie.indexOf("=") + 1), undefined) };
};
/** Whether the same answer comes twice: it was remembered, not asked for. */
async function isRemembered(secret: string): Promise<boolean> {
  const first = await byKey(secret);
  return first === (await byKey(secret));
}
/** Far less than an entry would live if nobody told of the end. */
const ends = (ask: () => Promise<unknown>) =>
  vi.waitUntil(async () => (await ask()) === undefined, { timeout: 4_000, interval: 20 });

it("what is remembered costs no question to the database", async () => {
  const secret = await createApiKey(admin, "商城", ["*"]);
  const first = await byKey(secret);
  expect(first).toMatchObject({ kind: "key", name: "商城" });
  expect(await byKey(secret)).toBe(first);
});

it("a key that another process revoked is nobody at once", async () => {
  const secret = await createApiKey(admin, "旧的", ["*"]);
  expect(await byKey(secret)).toBeDefined();
  await elsewhere
    .update(apiKeys)
    .set({ revokedAt: new Date() })
    .where(eq(apiKeys.hash, sha256Hex(secret)));
  await ends(() => byKey(secret));
});

it.each([
  ["a new session version", (id: string) => elsewhere.update(users).set({ sessionVersion: 9 }).where(eq(users.id, id))],
  ["disabling", (id: string) => elsewhere.update(users).set({ disabled: true }).where(eq(users.id, id))],
  [
    "a place that was taken away",
    (id: string) => elsewhere.update(memberships).set({ disabled: true }).where(eq(memberships.userId, id)),
  ],
])("a session ends at once with %s in another process (T38)", async (_, change) => {
  const agent = await desk.agent(admin.actor.merchantId);
  const { ask } = await bySession(agent);
  expect(await ask()).toEqual(agent.actor);
  expect(await ask()).toBe(await ask());
  await change(agent.actor.userId);
  await ends(ask);
});

it("a merchant out of service has neither sessions nor keys", async () => {
  const shop = await desk.merchant();
  const boss = await desk.agent(shop.merchantId, "admin");
  const secret = await createApiKey(boss, "商城", ["*"]);
  const { ask } = await bySession(boss);
  expect([await ask(), await byKey(secret)]).not.toContain(undefined);
  await elsewhere.update(merchants).set({ suspendedAt: new Date() }).where(eq(merchants.id, shop.merchantId));
  await ends(ask);
  await ends(() => byKey(secret));
});

it("while the connection is down nothing is remembered, and afterwards it hears again", async () => {
  const secret = await createApiKey(admin, "断线", ["*"]);
  expect(await isRemembered(secret)).toBe(true);
  const cut = () =>
    rowsOf<{ id: number }>(
      elsewhere,
      sql`select pg_terminate_backend(pid), pid as id from pg_stat_activity
          where application_name = 'yingda revocations' and datname = current_database()`,
    );
  await cut();
  await vi.waitUntil(async () => !(await isRemembered(secret)), { timeout: 20_000, interval: 10 });
  await elsewhere
    .update(apiKeys)
    .set({ revokedAt: new Date() })
    .where(eq(apiKeys.hash, sha256Hex(secret)));
  expect(await byKey(secret)).toBeUndefined();
  const second = await createApiKey(admin, "又连上", ["*"]);
  await vi.waitUntil(() => isRemembered(second), { timeout: 20_000, interval: 20 });
});
