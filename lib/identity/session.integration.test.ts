import { eq } from "drizzle-orm";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memberships, users } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import { switchMerchantEndpoint } from "@/lib/composition/switch-merchant";
import { newId } from "@/lib/core/ids";
import { env } from "@/lib/platform/env/env";
import { forgetRights } from "@/lib/platform/revocable-cache";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom, sessionCookie } from "@/lib/testing/environment";
import { changePassword } from "./account-service";
import { updateAgent } from "./service";
import { agentFromSession, MERCHANT_COOKIE } from "./session";
import { signIn } from "./sign-in";

const tokenIn = (cookie: string) => cookie.slice(cookie.indexOf("=") + 1);

describe("an agent's session", () => {
  let fixture: DeskFixture;
  let merchantId: string;
  let admin: AgentContext;

  beforeAll(async () => {
    fixture = await createDeskFixture();
    serveFrom(fixture.db);
    merchantId = (await fixture.merchant()).merchantId;
    admin = await fixture.agent(merchantId, "admin");
  });
  afterAll(() => fixture.end());

  const hire = (role: "admin" | "supervisor" | "agent" = "agent") => fixture.agent(merchantId, role);
  const sessionOf = async (who: AgentContext) => tokenIn(await sessionCookie(who.actor.userId));
  const ask = (token: string, merchant?: string) => agentFromSession(fixture.db, token, merchant);

  it("is the person it was made for", async () => {
    const agent = await hire();
    expect(await ask(await sessionOf(agent))).toEqual(agent.actor);
  });

  it("is nobody's when it is forged, expired or of a version that was revoked", async () => {
    const { userId } = (await hire()).actor;
    const claims = { userId, sessionVersion: 1 };
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.`;
    for (const token of [
      "",
      "x.y.z",
      none,
      await encode({ token: claims, secret: "another secret" }),
      await encode({ token: claims, secret: env().AUTH_SECRET, maxAge: -100 }),
      await encode({ token: { ...claims, sessionVersion: 2 }, secret: env().AUTH_SECRET }),
      await encode({ token: { userId }, secret: env().AUTH_SECRET }),
      await encode({ token: { userId: newId("user"), sessionVersion: 1 }, secret: env().AUTH_SECRET }),
    ]) {
      expect(await ask(token)).toBeUndefined();
    }
  });

  it.each([
    ["a new password", { password: "another long password" }],
    ["disabling", { disabled: true }],
    ["another role", { role: "supervisor" as const }],
  ])("ends at once with %s", async (_, change) => {
    const agent = await hire();
    const token = await sessionOf(agent);
    expect(await ask(token)).toBeDefined();
    await updateAgent(admin, agent.actor.agentId, change);
    expect(await ask(token)).toBeUndefined();
  });

  it("ends at once with a password set from the command line", async () => {
    const agent = await hire();
    const token = await sessionOf(agent);
    expect(await ask(token)).toBeDefined();
    await changePassword(admin, { email: `${agent.actor.userId}@example.test` });
    expect(await ask(token)).toBeUndefined();
  });

  it("goes on after a change of the name or the capacity", async () => {
    const agent = await hire();
    const token = await sessionOf(agent);
    await updateAgent(admin, agent.actor.agentId, { name: "新名字", capacity: 7, role: "agent" });
    expect(await ask(token)).toMatchObject({ name: "新名字" });
  });

  it("leaves one administrator when two demote each other at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const shop = await fixture.merchant();
      const [first, second] = [
        await fixture.agent(shop.merchantId, "admin"),
        await fixture.agent(shop.merchantId, "admin"),
      ];
      const outcomes = await Promise.allSettled([
        updateAgent(first, second.actor.agentId, { role: "agent" }),
        updateAgent(second, first.actor.agentId, { disabled: true }),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const failed = outcomes.find((outcome) => outcome.status === "rejected");
      expect(failed?.reason).toMatchObject({ code: "conflict", reason: "last_admin" });
    }
  });

  it("knows no agent of another merchant, to look at or to change", async () => {
    const stranger = await fixture.agent((await fixture.merchant()).merchantId);
    await expect(updateAgent(admin, stranger.actor.agentId, { role: "admin" })).rejects.toMatchObject({
      reason: "agent_not_found",
    });
  });
});

describe("working for several merchants", () => {
  let fixture: DeskFixture;
  let shop: { merchantId: string };
  let other: { merchantId: string };
  let platform: { merchantId: string };

  beforeAll(async () => {
    fixture = await createDeskFixture();
    serveFrom(fixture.db);
    shop = await fixture.merchant();
    other = await fixture.merchant();
    platform = await fixture.merchant();
    await fixture.db.update(merchants).set({ kind: "platform" }).where(eq(merchants.id, platform.merchantId));
  });
  afterAll(() => fixture.end());

  async function ask(who: AgentContext, wanted: string) {
    forgetRights();
    return agentFromSession(fixture.db, tokenIn(await sessionCookie(who.actor.userId)), wanted);
  }
  async function choose(who: AgentContext, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return switchMerchantEndpoint(
      new Request("http://localhost:3000/api/v1/me/merchant", {
        method: "POST",
        headers: {
          "content-type": "application/json",
          origin: "http://localhost:3000",
          cookie: await sessionCookie(who.actor.userId),
          ...headers,
        },
        body: JSON.stringify(body),
      }),
    );
  }

  it("ignores a cookie that names a merchant of others", async () => {
    for (const role of ["agent", "admin"] as const) {
      const agent = await fixture.agent(shop.merchantId, role);
      expect(await ask(agent, other.merchantId)).toEqual(agent.actor);
      expect(await ask(agent, platform.merchantId)).toEqual(agent.actor);
      expect(await ask(agent, "mer_' or true --")).toEqual(agent.actor);
    }
    const plain = await fixture.agent(platform.merchantId, "agent");
    expect(await ask(plain, shop.merchantId)).toEqual(plain.actor);
  });

  it("lets an administrator of the platform enter each, as themselves, for as long as they are one", async () => {
    const admin = await fixture.agent(platform.merchantId, "admin");
    const second = await fixture.agent(platform.merchantId, "admin");
    const entered = await ask(admin, shop.merchantId);
    expect(entered).toMatchObject({ userId: admin.actor.userId, merchantId: shop.merchantId, role: "admin" });
    expect(await ask(admin, shop.merchantId)).toEqual(entered);
    expect(await ask(admin, newId("merchant"))).toMatchObject({ merchantId: platform.merchantId });

    await updateAgent(second, admin.actor.agentId, { role: "agent" });
    await fixture.db.update(users).set({ sessionVersion: 1 }).where(eq(users.id, admin.actor.userId));
    expect(await ask(admin, shop.merchantId)).toMatchObject({ merchantId: platform.merchantId, role: "agent" });

    await updateAgent(second, admin.actor.agentId, { disabled: true });
    await fixture.db.update(users).set({ sessionVersion: 1 }).where(eq(users.id, admin.actor.userId));
    expect(await ask(admin, shop.merchantId)).toBeUndefined();
    const { email } = (await fixture.db.select().from(users).where(eq(users.id, admin.actor.userId)))[0] ?? {
      email: "",
    };
    const context = { ...admin, actor: { kind: "anonymous" } as const };
    expect(await signIn(context, { email, password: "x" }).catch(() => "refused")).not.toMatchObject({
      kind: "signed_in",
    });
  });

  it("does not count a visiting administrator as the merchant's own", async () => {
    const visiting = await fixture.agent(platform.merchantId, "admin");
    const shopOfOne = await fixture.merchant();
    const only = await fixture.agent(shopOfOne.merchantId, "admin");
    await ask(visiting, shopOfOne.merchantId);
    await expect(updateAgent(only, only.actor.agentId, { role: "agent" })).rejects.toMatchObject({
      reason: "last_admin",
    });
  });

  it("gives no merchant's administrator the account of somebody who also works elsewhere", async () => {
    const visiting = await fixture.agent(platform.merchantId, "admin", "平台管理员");
    const entered = await ask(visiting, shop.merchantId);
    const hostile = await fixture.agent(shop.merchantId, "admin");
    for (const change of [{ password: "now it is mine" }, { name: "somebody else" }]) {
      await expect(updateAgent(hostile, entered?.agentId ?? "", change)).rejects.toMatchObject({
        code: "forbidden",
        reason: "account_elsewhere",
      });
    }
    const [account] = await fixture.db.select().from(users).where(eq(users.id, visiting.actor.userId));
    expect(account).toMatchObject({ name: "平台管理员", passwordHash: "none", sessionVersion: 1 });
    // Their place at the own merchant is the administrator's to give and to take; so is every account of the platform's.
    await updateAgent(hostile, entered?.agentId ?? "", { capacity: 3, name: "平台管理员" });
    const chief = await fixture.agent(platform.merchantId, "admin");
    await updateAgent(chief, visiting.actor.agentId, { password: "a password that was asked for" });
  });

  it("remembers the choice in a cookie that scripts cannot read, for half a year", async () => {
    const agent = await fixture.agent(shop.merchantId);
    await fixture.db
      .insert(memberships)
      .values({ id: newId("agent"), userId: agent.actor.userId, merchantId: other.merchantId, role: "supervisor" });
    const response = await choose(agent, { merchantId: other.merchantId });
    expect(response.status).toBe(200);
    expect(response.headers.get("set-cookie")).toBe(
      `${MERCHANT_COOKIE}=${other.merchantId}; Path=/; Max-Age=15552000; HttpOnly; SameSite=Lax`,
    );
    expect(await ask(agent, other.merchantId)).toMatchObject({ merchantId: other.merchantId, role: "supervisor" });
  });

  it("sets no cookie for a merchant of others, a foreign page, a broken request or nobody", async () => {
    const agent = await fixture.agent(shop.merchantId);
    const answers: [number, Response][] = [
      [404, await choose(agent, { merchantId: other.merchantId })],
      [404, await choose(agent, { merchantId: newId("merchant") })],
      [404, await choose(agent, { merchantId: "x\r\nset-cookie: a=b" })],
      [400, await choose(agent, { merchantId: { $ne: "" } })],
      [400, await choose(agent, {})],
      [403, await choose(agent, { merchantId: shop.merchantId }, { origin: "https://evil.example" })],
      [415, await choose(agent, { merchantId: shop.merchantId }, { "content-type": "text/plain" })],
      [401, await choose(agent, { merchantId: shop.merchantId }, { cookie: "" })],
    ];
    for (const [status, response] of answers) {
      expect(response.status).toBe(status);
      expect(response.headers.get("set-cookie")).toBeNull();
    }
  });
});
