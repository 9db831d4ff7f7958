import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { customerIdentities } from "@/db/schema/customers";
import { newId } from "@/lib/core/ids";
import { identifyCustomer } from "@/lib/customers/identify-service";
import { getCustomerOperation } from "@/lib/customers/operations";
import { learnUnionId } from "@/lib/customers/union-service";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log/log";
import { WechatFixture } from "@/lib/testing/wechat-fixture";
import { runDueJobs } from "./worker";

let wechat: WechatFixture;

beforeAll(async () => {
  wechat = await WechatFixture.create();
});

afterAll(() => wechat.end());

const context = (): Context => ({
  db: wechat.api.desk.db,
  actor: { kind: "system", merchantId: null },
  requestId: "req_test",
  now: () => new Date(),
  log: log(),
  ip: null,
  locale: "zh-CN",
});

async function addChannel(type: string): Promise<string> {
  const id = newId("channel");
  await wechat.api.desk.db.insert(channels).values({ id, merchantId: wechat.merchantId, type, name: type, config: {} });
  return id;
}

const meet = (channelId: string, externalId: string, more: { verified?: boolean; name?: string } = {}) =>
  wechat.api.desk.db.transaction((tx) =>
    identifyCustomer(tx, { merchantId: wechat.merchantId, channelId, externalId, verified: true, ...more }, new Date()),
  );

async function customerOf(externalId: string): Promise<{ customerId: string; id: string; unionId: string | null }> {
  const rows = await wechat.api.desk.db
    .select()
    .from(customerIdentities)
    .where(eq(customerIdentities.externalId, externalId));
  return rows[0] ?? { customerId: "", id: "", unionId: null };
}

describe("one customer over channels", () => {
  it("is recognised by the union id that WeChat tells: conversations, words and names come together", async () => {
    const other = await addChannel("wecom");
    const known = await meet(other, "wm-1", { name: "陈晨" });
    await learnUnionId(context(), known.identityId, "union-1");
    wechat.stub.unionIds.set("o-union", "union-1");
    await wechat.say("o-union", "我是老客户");
    await runDueJobs();
    const { customerId, unionId } = await customerOf("o-union");
    expect({ customerId, unionId }).toEqual({ customerId: known.customerId, unionId: "union-1" });
    const response = await wechat.api.call(getCustomerOperation, { as: wechat.agent, params: { id: customerId } });
    const profile = (await response.json()) as { name: string; identities: unknown[]; conversations: unknown[] };
    expect(profile).toMatchObject({ name: "陈晨" });
    expect(profile.identities).toHaveLength(2);
    expect(profile.conversations).toHaveLength(1);
    await wechat.say("o-union", "再问一句");
    expect(await wechat.said("o-union")).toEqual(["我是老客户", "再问一句"]);
    const words = await rowsOf(
      wechat.api.desk.db,
      sql`select 1 from messages where author_kind = 'visitor' and author_id = ${customerId}`,
    );
    expect(words).toHaveLength(2);
  });

  it("is recognised when they open the chat page inside WeChat, and when their app's user is signed in on the page", async () => {
    const web = await addChannel("web");
    const app = await addChannel("api");
    await wechat.say("o-page", "你好");
    expect(await meet(web, "user:wechat:o-page")).toMatchObject(await pick("o-page"));
    const user = await meet(app, "u-77", { name: "林小满" });
    expect(await meet(web, "user:u-77")).toMatchObject({ customerId: user.customerId, name: "林小满" });
    // Nobody vouches for this one.
    expect((await meet(web, "user:u-88", { verified: false })).customerId).not.toBe(
      (await meet(app, "u-88")).customerId,
    );
  });

  it("stays two where one channel knows them as two, or where both hold a visitor's token", async () => {
    const web = await addChannel("web");
    const second = await addChannel("web");
    const [first, other] = [await meet(web, "vis-1"), await meet(web, "vis-2")];
    await learnUnionId(context(), first.identityId, "union-2");
    await learnUnionId(context(), other.identityId, "union-2");
    const third = await meet(second, "vis-3");
    await learnUnionId(context(), third.identityId, "union-2");
    const customers = ["vis-1", "vis-2", "vis-3"].map(async (id) => (await customerOf(id)).customerId);
    expect(new Set(await Promise.all(customers)).size).toBe(3);
  });

  it("costs no message when the account may not ask", async () => {
    wechat.stub.trouble("/cgi-bin/user/info", { errcode: 48001 });
    await wechat.say("o-may-not", "在吗");
    await runDueJobs();
    expect(await wechat.said("o-may-not")).toEqual(["在吗"]);
    expect(await customerOf("o-may-not")).toMatchObject({ unionId: null });
  });
});

async function pick(externalId: string): Promise<{ customerId: string }> {
  const { customerId } = await customerOf(externalId);
  return { customerId };
}
