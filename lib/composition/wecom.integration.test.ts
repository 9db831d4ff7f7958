import { asc, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { channelFeeds, channels, webhookDeliveries } from "@/db/schema/channels";
import { messages } from "@/db/schema/conversations";
import { customers } from "@/db/schema/customers";
import { memberships } from "@/db/schema/identity";
import { claimOperation, postReplyOperation } from "@/lib/conversations/operations";
import { pollJob } from "@/lib/conversations/poll-job";
import { newId } from "@/lib/core/ids";
import { seal } from "@/lib/platform/crypto/seal";
import { systemContext } from "@/lib/testing/actors";
import { APP_URL, type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import { type BellTarget, enter, happen, ring, write, writeText } from "@/lib/testing/stubs/wecom/bell";
import { type KfStub, startKfStub } from "@/lib/testing/stubs/wecom/kf-stub";
import { webhookEndpoint } from "./webhook-endpoint";
import { runDueJobs } from "./worker";

const account = { corpId: "ww12345678910abcd", corpSecret: "corp secret of tests", openKfId: "wkAJ2GCAAASSm4" };
const secrets = { token: "kfTok3n", encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG" };
const SEND = "/cgi-bin/kf/send_msg";
const SYNC = "/cgi-bin/kf/sync_msg";

let stub: KfStub;
let api: ApiFixture;
let channelId: string;
let merchantId: string;
let agent: Credentials;
let target: BellTarget;

beforeAll(async () => {
  stub = await startKfStub(account);
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", new URL(stub.url).host);
  api = await createApiFixture();
  ({ merchantId } = await api.desk.merchant());
  channelId = newId("channel");
  const { corpId, openKfId, corpSecret } = account;
  await api.desk.db.insert(channels).values({
    id: channelId,
    merchantId,
    type: "wecom",
    name: "微信客服",
    config: { corpId, openKfId, apiBase: stub.url, welcome: { "zh-CN": "欢迎光临" } },
    sealedSecrets: seal(JSON.stringify({ corpSecret, ...secrets })),
  });
  agent = (await api.signedIn(merchantId, "agent")).as;
  await api.desk.db.update(memberships).set({ presence: "online", capacity: 50 });
  target = {
    corpId,
    ...secrets,
    stub,
    post: (query, body) => {
      const url = `${APP_URL}/api/webhooks/${channelId}?${query}`;
      const headers = { "content-type": "text/xml" };
      return webhookEndpoint(new Request(url, { method: "POST", headers, body }), { channelId });
    },
  };
});

afterAll(async () => {
  await api.end();
  await stub.stop();
});

/** Lets jobs that wait for their next try run now, until nothing is left: a lane lets one job through at a time. */
async function drain(): Promise<void> {
  await vi.waitUntil(async () => {
    await runDueJobs();
    const due = await rowsOf(api.desk.db, sql`select 1 from graphile_worker.jobs where run_at <= now() limit 1`);
    return due.length === 0;
  }, 15_000);
}
const hurry = () =>
  rowsOf(
    api.desk.db,
    sql`select graphile_worker.reschedule_jobs(coalesce(array_agg(id), '{}'), run_at => now()) from graphile_worker.jobs`,
  );

beforeEach(async () => {
  await hurry();
  await drain();
  stub.sent.length = 0;
  stub.calls.length = 0;
  stub.emptyPages = false;
  stub.pageSize = 1_000;
});

const rows = () => api.desk.db.select().from(messages).orderBy(asc(messages.createdAt), asc(messages.seq));
const ofCustomer = async (customer: string) => {
  const found = await rowsOf<{ id: string }>(
    api.desk.db,
    sql`select m.id from messages m join conversations c on c.id = m.conversation_id
        join customer_identities i on i.id = c.identity_id where i.external_id = ${customer}`,
  );
  const ids = new Set(found.map(({ id }) => id));
  return (await rows()).filter(({ id }) => ids.has(id));
};
const said = async (customer: string) =>
  (await ofCustomer(customer)).filter((row) => row.authorKind === "visitor").map((row) => row.text);
const noted = async (customer: string) =>
  (await ofCustomer(customer))
    .filter((row) => row.authorKind === "system")
    .flatMap((row) => row.parts.map((part) => String(part.key)));
const sentTo = (customer: string) => stub.sent.filter(({ touser }) => touser === customer).map(({ text }) => text);

interface Conversation {
  readonly id: string;
  readonly status: string;
  readonly assignee_id: string | null;
  readonly outside_owner: string | null;
}
async function conversationOf(customer: string): Promise<Conversation> {
  const [row] = await rowsOf<Conversation>(
    api.desk.db,
    sql`select c.id, c.status, c.assignee_id, c.outside_owner from conversations c
        join customer_identities i on i.id = c.identity_id
        where i.external_id = ${customer} order by c.created_at desc limit 1`,
  );
  return row as Conversation;
}

async function ringAndRead(): Promise<void> {
  expect(await ring(target)).toBe(true);
  await drain();
}

async function reply(customer: string, text: string): Promise<string> {
  const { id } = await conversationOf(customer);
  await api.call(claimOperation, { as: agent, params: { id } });
  const body = { clientId: newId("client"), parts: [{ type: "text" as const, text }] };
  const response = await api.call(postReplyOperation, { as: agent, params: { id }, body });
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}
const stateOf = async (id: string) => (await rows()).find((row) => row.id === id);

describe("reading what waits at WeCom", () => {
  it("stores each message once and in order, over many pages, empty ones, and bells that ring twice and at once (T22, T24)", async () => {
    stub.pageSize = 7;
    stub.emptyPages = true;
    const texts = Array.from({ length: 40 }, (_, index) => `第 ${index + 1} 句`);
    const rung: Promise<boolean>[] = [];
    for (const [index, text] of texts.entries()) {
      writeText(stub, "wm-burst", text);
      if (index % 4 === 0) {
        rung.push(ring(target), ring(target));
      }
    }
    expect(await Promise.all(rung)).not.toContain(false);
    await drain();
    expect(await said("wm-burst")).toEqual(texts);
    const [customer] = await api.desk.db.select().from(customers).limit(1);
    expect(customer?.name).toBeNull();
  });

  it("acknowledges a bell without waiting for WeCom, and reads when WeCom is back", async () => {
    stub.trouble(SYNC, { status: 502, body: "<html>" }, { errcode: -1 }, { status: 200, body: "{" }, "cut");
    writeText(stub, "wm-later", "有人吗");
    expect(await ring(target)).toBe(true);
    expect(stub.calls).not.toContain(SYNC);
    for (let tries = 0; tries < 5; tries += 1) {
      await hurry();
      await drain();
    }
    expect(await said("wm-later")).toEqual(["有人吗"]);
  });

  it("goes on without the bell's key when that is too old, and asks for a new access token once", async () => {
    stub.expireTokens();
    writeText(stub, "wm-old-bell", "旧铃");
    stub.trouble(SYNC, { errcode: 95007 });
    await ringAndRead();
    expect(await said("wm-old-bell")).toEqual(["旧铃"]);
  });

  it("knows an entry that the platform tells again in a later page, even after its conversation ended", async () => {
    const id = writeText(stub, "wm-again", "只说一次");
    await ringAndRead();
    const conversation = await conversationOf("wm-again");
    await rowsOf(api.desk.db, sql`update conversations set status = 'resolved' where id = ${conversation.id}`);
    stub.log.append({
      msgid: id,
      open_kfid: account.openKfId,
      external_userid: "wm-again",
      origin: 3,
      msgtype: "text",
      text: { content: "只说一次" },
    });
    await ringAndRead();
    expect(await said("wm-again")).toEqual(["只说一次"]);
    expect((await conversationOf("wm-again")).id).toBe(conversation.id);
  });

  it("finds what nobody rang about", async () => {
    writeText(stub, "wm-silent", "铃没响");
    await api.desk.db.update(channelFeeds).set({ readAt: new Date(Date.now() - 11 * 60_000) });
    const context = systemContext(api.desk, merchantId);
    await pollJob.handle({}, context);
    expect(await said("wm-silent")).toEqual(["铃没响"]);
    stub.calls.length = 0;
    await pollJob.handle({}, context);
    expect(stub.calls).not.toContain(SYNC);
  });

  it("is called by name once the platform tells it", async () => {
    stub.profiles.set("wm-named", { nickname: "小陈", avatar: "https://wx.qlogo.cn/a" });
    writeText(stub, "wm-named", "你好");
    await ringAndRead();
    const [named] = await rowsOf<{ name: string }>(
      api.desk.db,
      sql`select c.name from customers c join customer_identities i on i.customer_id = c.id where i.external_id = 'wm-named'`,
    );
    expect(named?.name).toBe("小陈");
  });

  it("brings files into the house; one that cannot be had is told", async () => {
    const picture = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
      "base64",
    );
    write(stub, "wm-file", { msgtype: "image", image: { media_id: stub.addMedia(picture, "a.png") } });
    write(stub, "wm-file", { msgtype: "voice", voice: { media_id: "gone" } });
    await ringAndRead();
    const parts = (await ofCustomer("wm-file"))
      .filter((row) => row.authorKind === "visitor")
      .flatMap((row) => row.parts);
    expect(parts).toMatchObject([{ type: "image" }, { type: "text", text: "[voice.amr]" }]);
    expect(await noted("wm-file")).toContain("channel_event.media_lost");
  });

  it("refuses a forged bell and keeps nothing of it", async () => {
    const before = await api.desk.db.select().from(webhookDeliveries);
    expect(await ring({ ...target, token: "guess" })).toBe(false);
    expect(await api.desk.db.select().from(webhookDeliveries)).toHaveLength(before.length);
  });
});

describe("a process that ends while it reads", () => {
  /** What a kill -9 leaves: the page's items up to one stored, the cursor and what was read where they were. */
  it.each([0, 1, 2, 3])("after %s of three items leaves nothing out and nothing twice", async (stored) => {
    const customer = `wm-crash-${stored}`;
    const texts = ["一", "二", "三"];
    for (const text of texts) {
      writeText(stub, customer, text);
    }
    // The database refuses the item at which the process ends, and with it the page's transaction.
    const broken = `一二三`.charAt(stored);
    const failing = stored < 3 ? sql`new.text = ${sql.raw(`'${broken}'`)}` : sql`false`;
    await api.desk.db.execute(
      sql`create or replace function test_crash() returns trigger language plpgsql as $$ begin raise exception 'the process ended'; end $$`,
    );
    const table = stored < 3 ? sql`messages` : sql`channel_feed_items`;
    const when = stored < 3 ? sql`when (${failing})` : sql``;
    await api.desk.db.execute(
      sql`create trigger test_crash before insert on ${table} for each row ${when} execute function test_crash()`,
    );
    await ring(target);
    await drain();
    expect(await said(customer)).toEqual(texts.slice(0, stored));
    await api.desk.db.execute(sql`drop trigger test_crash on ${table}`);
    await hurry();
    await drain();
    expect(await said(customer)).toEqual(texts);
  });
});

describe("a reply", () => {
  it("arrives once, though the first try's answer is lost on the way (T26)", async () => {
    writeText(stub, "wm-reply", "怎么退款");
    await ringAndRead();
    stub.trouble(SEND, "taken");
    const id = await reply("wm-reply", "已经为您退款");
    await drain();
    expect(await stateOf(id)).toMatchObject({ delivery: "queued", deliveryError: "unreachable" });
    await hurry();
    await drain();
    expect(sentTo("wm-reply").filter((text) => text === "已经为您退款")).toHaveLength(1);
    expect(await stateOf(id)).toMatchObject({ delivery: "sent", deliveryError: null });
  });

  it("arrives once, when the process ended with it on its way", async () => {
    writeText(stub, "wm-killed", "在吗");
    await ringAndRead();
    const id = await reply("wm-killed", "在的");
    await drain();
    // What a kill after the platform took it and before that was noted leaves behind.
    await rowsOf(
      api.desk.db,
      sql`update messages set delivery = 'queued', delivery_step = 1, external_id = null where id = ${id}`,
    );
    await rowsOf(
      api.desk.db,
      sql`select graphile_worker.add_job('channel.deliver', ${JSON.stringify({ messageId: id })}::json)`,
    );
    await drain();
    expect(sentTo("wm-killed").filter((text) => text === "在的")).toHaveLength(1);
    expect((await stateOf(id))?.delivery).toBe("sent");
  });

  it.each([
    [95001, "limit_reached"],
    [95002, "window_closed"],
    [48002, "no_permission"],
    [40096, "blocked"],
  ])("that WeCom refuses with %s is marked, and the agent sees why", async (errcode, reason) => {
    const customer = `wm-${errcode}`;
    writeText(stub, customer, "在吗");
    await ringAndRead();
    stub.trouble(SEND, { errcode });
    const id = await reply(customer, "在的");
    await drain();
    expect(await stateOf(id)).toMatchObject({ delivery: "failed", deliveryError: reason });
  });

  it("that WeCom took and did not deliver is marked afterwards", async () => {
    writeText(stub, "wm-fail", "在吗");
    await ringAndRead();
    const id = await reply("wm-fail", "在的");
    await drain();
    expect((await stateOf(id))?.delivery).toBe("sent");
    const msgid = stub.sent.find(({ touser, text }) => touser === "wm-fail" && text === "在的")?.msgid;
    happen(stub, "wm-fail", { event_type: "msg_send_fail", fail_msgid: msgid, fail_type: 10 });
    await ringAndRead();
    expect(await stateOf(id)).toMatchObject({ delivery: "failed", deliveryError: "blocked" });
  });
});

describe("who has the conversation", () => {
  it("a customer who enters is welcomed once, with the event's code", async () => {
    enter(stub, "wm-enter");
    await ring(target);
    await ringAndRead();
    expect(stub.sent).toMatchObject([{ touser: "wm-enter", text: "欢迎光临", onEvent: true }]);
    expect(await noted("wm-enter")).toContain("channel_event.enter_session");
  });

  it("a servicer in WeCom takes it: the bot keeps silent, their words are in the thread, and are not sent again", async () => {
    writeText(stub, "wm-outside", "我要人工");
    await ringAndRead();
    stub.sent.length = 0;
    happen(stub, "wm-outside", { event_type: "session_status_change", change_type: 1, new_servicer_userid: "zhang" });
    const said5 = { origin: 5, servicer_userid: "zhang", msgtype: "text", text: { content: "我来处理" } };
    stub.log.append({ open_kfid: account.openKfId, external_userid: "wm-outside", ...said5 });
    writeText(stub, "wm-outside", "谢谢");
    stub.log.customer("wm-outside").state = 3;
    await ringAndRead();
    expect(await conversationOf("wm-outside")).toMatchObject({
      status: "assigned",
      assignee_id: null,
      outside_owner: "zhang",
    });
    const agents = (await ofCustomer("wm-outside")).filter((row) => row.authorKind === "agent");
    expect(agents).toMatchObject([{ text: "我来处理", delivery: "sent" }]);
    expect(stub.sent).toEqual([]);

    const id = await reply("wm-outside", "我也来");
    await drain();
    expect(await stateOf(id)).toMatchObject({ delivery: "failed", deliveryError: "taken_outside" });
  });

  it("when they end it, the customer's next words start anew with us", async () => {
    const before = await conversationOf("wm-outside");
    stub.log.customer("wm-outside").state = 4;
    happen(stub, "wm-outside", { event_type: "session_status_change", change_type: 3, old_servicer_userid: "zhang" });
    await ringAndRead();
    expect(await conversationOf("wm-outside")).toMatchObject({ id: before.id, status: "resolved" });
    writeText(stub, "wm-outside", "还有个问题");
    await ringAndRead();
    const after = await conversationOf("wm-outside");
    expect(after.id).not.toBe(before.id);
    expect(after.outside_owner).toBeNull();
  });

  it("a reply into a session that is over says so", async () => {
    writeText(stub, "wm-over", "好了");
    await ringAndRead();
    stub.log.customer("wm-over").state = 4;
    const id = await reply("wm-over", "再见");
    await drain();
    expect(await stateOf(id)).toMatchObject({ delivery: "failed", deliveryError: "session_over" });
  });

  it("what the customer takes back is gone here, too", async () => {
    const recalled = writeText(stub, "wm-recall", "说错了");
    await ringAndRead();
    happen(stub, "wm-recall", { event_type: "user_recall_msg", recall_msgid: recalled });
    await ringAndRead();
    const [row] = (await ofCustomer("wm-recall")).filter(({ text }) => text === "说错了");
    expect(row?.recalledAt).not.toBeNull();
  });
});
