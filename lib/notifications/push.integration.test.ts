import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { claimConversation, postReply } from "@/lib/conversations/agent-service";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { type PushServiceStub, startPushService } from "@/lib/testing/stubs/push-service";
import { pushNews } from "./push-job";
import { installationPushKeys } from "./push-keys";
import { type PushOwner, subscribeBrowser, unsubscribeBrowser } from "./push-service";

let desk: DeskFixture;
let service: PushServiceStub;
let lin: AgentContext;
let shop: { merchantId: string; channelId: string };
let customer: { customerId: string; identityId: string };
let id: string;

beforeAll(async () => {
  desk = await createDeskFixture();
  service = await startPushService();
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", service.host);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await service.end();
  await desk.end();
});
beforeEach(async () => {
  shop = await desk.merchant();
  lin = await desk.agent(shop.merchantId, "agent", "小林");
  customer = await desk.customer(shop);
  id = await desk.conversation({ ...shop, ...customer });
  await claimConversation(lin, id);
});

const visitorOwner = (): PushOwner => ({ kind: "visitor", id: customer.customerId, ...shop });
const agentOwner = (agent: AgentContext): PushOwner => ({
  kind: "agent",
  id: agent.actor.agentId,
  merchantId: agent.actor.merchantId,
});

const reply = (text: string) =>
  postReply(lin, id, { clientId: `reply-${text}`, visibility: "public", parts: [{ type: "text", text }] });

/** A sweep half a minute from now: what was just written had its time to be read. */
const sweep = () => pushNews({ ...lin, now: () => new Date(Date.now() + 30_000) });

describe("a customer whose page is closed", () => {
  it("is told of a reply once, with who wrote it and where to read on", async () => {
    const browser = service.browser();
    await subscribeBrowser(lin, visitorOwner(), browser);
    await reply("您的退款已经到账");
    await sweep();
    await sweep();
    expect(browser.received).toEqual([
      { title: "小林 · 青禾校园商城", body: "您的退款已经到账", url: `/chat?channel=${shop.channelId}`, tag: id },
    ]);
    await reply("还有别的问题吗");
    await sweep();
    expect(browser.received).toHaveLength(2);
  });

  it("is told once by two servers that look at the same moment", async () => {
    const browser = service.browser();
    await subscribeBrowser(lin, visitorOwner(), browser);
    await reply("同时");
    await Promise.all([sweep(), sweep(), sweep(), sweep()]);
    expect(browser.received).toHaveLength(1);
  });

  it("is not told of what was read, of notes, of what was taken back, or of what is a day old", async () => {
    const browser = service.browser();
    await subscribeBrowser(lin, visitorOwner(), browser);
    const read = await reply("看过了");
    await desk.db.execute(sql`update conversations set visitor_read_seq = ${read.seq} where id = ${id}`);
    await postReply(lin, id, {
      clientId: "note-0001",
      visibility: "internal",
      parts: [{ type: "text", text: "内部" }],
    });
    const gone = await reply("撤回了");
    await desk.db.execute(sql`update messages set recalled_at = now() where id = ${gone.id}`);
    await sweep();
    await pushNews({ ...lin, now: () => new Date(Date.now() + 30 * 3_600_000) });
    expect(browser.received).toEqual([]);
  });

  it("is not told while it may still be reading", async () => {
    const browser = service.browser();
    await subscribeBrowser(lin, visitorOwner(), browser);
    await reply("刚刚发出");
    await pushNews(lin);
    expect(browser.received).toEqual([]);
  });

  it("is forgotten when the browser unsubscribed, and not for one refusal", async () => {
    const [gone, busy] = [service.browser(), service.browser()];
    await subscribeBrowser(lin, visitorOwner(), gone);
    await subscribeBrowser(lin, visitorOwner(), busy);
    gone.answer = 410;
    busy.answer = 503;
    await reply("第一句");
    await sweep();
    busy.answer = 201;
    await reply("第二句");
    await sweep();
    expect(busy.received).toMatchObject([{ body: "第二句" }]);
    const left = await rowsOf<{ endpoint: string }>(
      desk.db,
      sql`select endpoint from push_subscriptions where owner_id = ${customer.customerId}`,
    );
    expect(left).toEqual([{ endpoint: busy.endpoint }]);
  });

  it("can end it, but nobody can end it for somebody else", async () => {
    const browser = service.browser();
    await subscribeBrowser(lin, visitorOwner(), browser);
    await unsubscribeBrowser(lin, agentOwner(lin), browser.endpoint);
    await reply("还在");
    await sweep();
    await unsubscribeBrowser(lin, visitorOwner(), browser.endpoint);
    await reply("不在了");
    await sweep();
    expect(browser.received).toMatchObject([{ body: "还在" }]);
  });

  it("hears nothing of another customer's conversation", async () => {
    const stranger = await desk.customer(shop, "别人");
    const browser = service.browser();
    await subscribeBrowser(lin, { ...visitorOwner(), id: stranger.customerId }, browser);
    await reply("只给陈同学");
    await sweep();
    expect(browser.received).toEqual([]);
  });
});

describe("an agent whose desk is closed", () => {
  it("is told of a notification once, and not while a desk of theirs is open", async () => {
    const [closed, open] = [service.browser(), service.browser()];
    const zhou = await desk.agent(shop.merchantId, "agent", "小周");
    await subscribeBrowser(lin, agentOwner(lin), closed);
    await subscribeBrowser(zhou, agentOwner(zhou), open);
    await desk.db.execute(sql`update memberships set last_seen_at = now() where id = ${zhou.actor.agentId}`);
    for (const agent of [lin, zhou]) {
      await desk.db.execute(sql`insert into notifications (id, merchant_id, agent_id, kind, conversation_id, excerpt, source_key)
        values (${`ntf-${agent.actor.agentId}`}, ${shop.merchantId}, ${agent.actor.agentId}, 'mention', ${id}, '这单能退吗', 'test')`);
    }
    await sweep();
    await sweep();
    expect(closed.received).toEqual([
      { title: "同事 在备注里提到了你", body: "这单能退吗", url: `/desk?c=${id}`, tag: id },
    ]);
    expect(open.received).toEqual([]);
  });
});

describe("subscribing", () => {
  it("takes no address inside our own network", async () => {
    const { keys } = service.browser();
    for (const endpoint of ["http://10.0.0.1/push", "http://push.example/1", "http://169.254.169.254/latest"]) {
      await expect(subscribeBrowser(lin, visitorOwner(), { endpoint, keys })).rejects.toMatchObject({
        reason: "push_endpoint_invalid",
      });
    }
    // A name that leads inside is only known when it is called: the guarded fetch refuses it there.
    await subscribeBrowser(lin, visitorOwner(), { endpoint: "https://127.0.0.1:9/push", keys });
    await reply("不会送到");
    await expect(sweep()).resolves.toBe(0);
  });

  it("keeps the newest eight browsers of one person", async () => {
    for (let count = 0; count < 10; count += 1) {
      await subscribeBrowser(lin, visitorOwner(), service.browser());
    }
    const [row] = await rowsOf<{ count: number }>(
      desk.db,
      sql`select count(*)::int as count from push_subscriptions where owner_id = ${customer.customerId}`,
    );
    expect(row?.count).toBe(8);
  });

  it("signs with one key pair, however many processes ask for it first", async () => {
    await desk.db.execute(sql`delete from push_keys`);
    const keys = await Promise.all(Array.from({ length: 8 }, () => installationPushKeys(desk.db)));
    expect(new Set(keys.map(({ publicKey }) => publicKey)).size).toBe(1);
  });
});
