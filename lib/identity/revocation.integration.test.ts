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
  // The clock by which an answer grows too old to be remembered stands still: what is forgotten was told of.
  vi.useFakeTimers({ toFake: ["performance"] });
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
  vi.useRealTimers();
});

const byKey = (secret: string) => actorFromApiKey(desk.db, secret);
const bySession = async (who: AgentContext) => {
  const cookie = await sessionCookie(who.actor.userId);
  return { ask: () => agentFromSession(desk.db, cookie.slice(cookie.indexOf("=") + 1), undefined) };
};
/** Whether the same answer comes twice: it was remembered, not asked for. */
async function isRemembered(ask: () => Promise<unknown>): Promise<boolean> {
  const first = await ask();
  return first !== undefined && first === (await ask());
}
const WAIT = { timeout: 20_000, interval: 10 };
/** News of what was changed before may still be on their way, after which everything is asked for once more. */
const becomesRemembered = (ask: () => Promise<unknown>) => vi.waitUntil(() => isRemembered(ask), WAIT);
const ends = (ask: () => Promise<unknown>) => vi.waitUntil(async () => (await ask()) === undefined, WAIT);

it("what is remembered costs no question to the database", async () => {
  const secret = await createApiKey(admin, "商城", ["*"]);
  expect(await byKey(secret)).toMatchObject({ kind: "key", name: "商城" });
  await becomesRemembered(() => byKey(secret));
});

it("a key that another process revoked is nobody at once", async () => {
  const secret = await createApiKey(admin, "旧的", ["*"]);
  await becomesRemembered(() => byKey(secret));
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
  await becomesRemembered(ask);
  await change(agent.actor.userId);
  await ends(ask);
});

it("a merchant out of service has neither sessions nor keys", async () => {
  const shop = await desk.merchant();
  const boss = await desk.agent(shop.merchantId, "admin");
  const secret = await createApiKey(boss, "商城", ["*"]);
  const { ask } = await bySession(boss);
  await becomesRemembered(ask);
  await becomesRemembered(() => byKey(secret));
  await elsewhere.update(merchants).set({ suspendedAt: new Date() }).where(eq(merchants.id, shop.merchantId));
  await ends(ask);
  await ends(() => byKey(secret));
});

it("while the connection is down nothing is remembered, and afterwards it hears again", async () => {
  const secret = await createApiKey(admin, "断线", ["*"]);
  await becomesRemembered(() => byKey(secret));
  const cut = () =>
    rowsOf<{ id: number }>(
      elsewhere,
      sql`select pg_terminate_backend(pid), pid as id from pg_stat_activity
          where application_name = 'yingda revocations' and datname = current_database()`,
    );
  await cut();
  await vi.waitUntil(async () => !(await isRemembered(() => byKey(secret))), WAIT);
  await elsewhere
    .update(apiKeys)
    .set({ revokedAt: new Date() })
    .where(eq(apiKeys.hash, sha256Hex(secret)));
  expect(await byKey(secret)).toBeUndefined();
  const second = await createApiKey(admin, "又连上", ["*"]);
  await becomesRemembered(() => byKey(second));
});
