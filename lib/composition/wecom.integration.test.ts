import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { channelFeeds, webhookDeliveries } from "@/db/schema/channels";
import { customers } from "@/db/schema/customers";
import type { ChannelReply } from "@/lib/conversations/channel-reply-contracts";
import { listChannelRepliesOperation, replayReplyOperation } from "@/lib/conversations/channel-reply-operations";
import { getConversationOperation, postReplyOperation } from "@/lib/conversations/operations";
import { pollJob } from "@/lib/conversations/poll-job";
import { getReplyAllowanceOperation } from "@/lib/conversations/reply-window-operations";
import { newId } from "@/lib/core/ids";
import { systemContext } from "@/lib/testing/actors";
import type { ApiFixture } from "@/lib/testing/api-fixture";
import { holdRetries } from "@/lib/testing/due-jobs";
import { PIXEL } from "@/lib/testing/pixel";
import { startWebhookReceiver } from "@/lib/testing/stubs/webhook-receiver";
import { type BellTarget, enter, happen, ring, write, writeText } from "@/lib/testing/stubs/wecom/bell";
import type { KfStub } from "@/lib/testing/stubs/wecom/kf-stub";
import { WecomFixture } from "@/lib/testing/wecom-fixture";

const SEND = "/cgi-bin/kf/send_msg";
const SYNC = "/cgi-bin/kf/sync_msg";

let wecom: WecomFixture;
let stub: KfStub;
let api: ApiFixture;
let target: BellTarget;

beforeAll(async () => {
  wecom = await WecomFixture.create();
  ({ stub, api, target } = wecom);
  await holdRetries(api.desk.db);
});

afterAll(() => wecom.end());
beforeEach(() => wecom.settle());

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
    await wecom.drain();
    expect(await wecom.said("wm-burst")).toEqual(texts);
    const [customer] = await api.desk.db.select().from(customers).limit(1);
    expect(customer?.name).toBeNull();
  });

  it("acknowledges a bell without waiting for WeCom, and reads when WeCom is back", async () => {
    stub.trouble(SYNC, { status: 502, body: "<html>" }, { errcode: -1 }, { status: 200, body: "{" }, "cut");
    writeText(stub, "wm-later", "有人吗");
    expect(await ring(target)).toBe(true);
    expect(stub.calls).not.toContain(SYNC);
    await wecom.finish();
    expect(await wecom.said("wm-later")).toEqual(["有人吗"]);
  });

  it("goes on without the bell's key when that is too old, and asks for a new access token once", async () => {
    stub.expireTokens();
    writeText(stub, "wm-old-bell", "旧铃");
    stub.trouble(SYNC, { errcode: 95007 });
    await wecom.ringAndRead();
    expect(await wecom.said("wm-old-bell")).toEqual(["旧铃"]);
  });

  it("knows an entry that the platform tells again in a later page, even after its conversation ended", async () => {
    const id = writeText(stub, "wm-again", "只说一次");
    await wecom.ringAndRead();
    const conversation = await wecom.conversationOf("wm-again");
    await rowsOf(api.desk.db, sql`update conversations set status = 'resolved' where id = ${conversation.id}`);
    stub.log.append({
      msgid: id,
      open_kfid: stub.account.openKfId,
      external_userid: "wm-again",
      origin: 3,
      msgtype: "text",
      text: { content: "只说一次" },
    });
    await wecom.ringAndRead();
    expect(await wecom.said("wm-again")).toEqual(["只说一次"]);
    expect((await wecom.conversationOf("wm-again")).id).toBe(conversation.id);
  });

  it("finds what nobody rang about", async () => {
    writeText(stub, "wm-silent", "铃没响");
    await api.desk.db.update(channelFeeds).set({ readAt: new Date(Date.now() - 11 * 60_000) });
    const context = systemContext(api.desk, wecom.merchantId);
    await pollJob.handle({}, context);
    expect(await wecom.said("wm-silent")).toEqual(["铃没响"]);
    stub.calls.length = 0;
    await pollJob.handle({}, context);
    expect(stub.calls).not.toContain(SYNC);
  });

  it("shows its customers by name and picture, the picture kept here and fetched anew when it changed", async () => {
    const named = async () => {
      const [row] = await rowsOf<{ name: string; avatar_source: string | null; avatar_file_id: string | null }>(
        api.desk.db,
        sql`select c.name, c.avatar_source, c.avatar_file_id from customers c
            join customer_identities i on i.customer_id = c.id where i.external_id = 'wm-named'`,
      );
      return row;
    };
    const first = stub.addPicture(PIXEL);
    stub.profiles.set("wm-named", { nickname: "小陈", avatar: first });
    writeText(stub, "wm-named", "你好");
    await wecom.ringAndRead();
    await wecom.hurry();
    await wecom.drain();
    const before = await named();
    expect(before).toMatchObject({
      name: "小陈",
      avatar_source: first,
      avatar_file_id: expect.stringMatching(/^fil_/),
    });
    const shown = await api.call(getConversationOperation, {
      as: wecom.agent,
      params: { id: (await wecom.conversationOf("wm-named")).id },
    });
    const { customer } = (await shown.json()) as { customer: { avatarUrl: string } };
    expect(customer.avatarUrl).toContain(before?.avatar_file_id ?? "none");
    // The same day it is not asked again; after that a new picture takes the place of the old one.
    const second = stub.addPicture(PIXEL);
    stub.profiles.set("wm-named", { nickname: "小陈", avatar: second });
    writeText(stub, "wm-named", "还在");
    await wecom.ringAndRead();
    expect(await named()).toEqual(before);
    await rowsOf(api.desk.db, sql`update customers set profile_read_at = now() - interval '25 hours'`);
    writeText(stub, "wm-named", "第二天");
    await wecom.ringAndRead();
    await wecom.hurry();
    await wecom.drain();
    expect(await named()).toMatchObject({ avatar_source: second });
    expect((await named())?.avatar_file_id).not.toBe(before?.avatar_file_id);
  });

  it("fetches no picture from inside the network, and none that is no picture", async () => {
    const inside = await startWebhookReceiver();
    const page = stub.addPicture(Buffer.from("<html>"));
    for (const [customer, avatar] of [
      ["wm-inside", `${inside.url}/face.png`],
      ["wm-html", page],
    ] as const) {
      stub.profiles.set(customer, { nickname: customer, avatar });
      writeText(stub, customer, "你好");
    }
    await wecom.ringAndRead();
    await wecom.hurry();
    await wecom.drain();
    expect(inside.received).toEqual([]);
    const rows = await rowsOf(
      api.desk.db,
      sql`select 1 from customers c join customer_identities i on i.customer_id = c.id
          where i.external_id in ('wm-inside', 'wm-html') and c.avatar_file_id is not null`,
    );
    expect(rows).toEqual([]);
    await inside.stop();
  });

  it("brings files into the house; one that cannot be had is told", async () => {
    write(stub, "wm-file", { msgtype: "image", image: { media_id: stub.addMedia(PIXEL, "a.png") } });
    write(stub, "wm-file", { msgtype: "voice", voice: { media_id: "gone" } });
    await wecom.ringAndRead();
    const parts = (await wecom.ofCustomer("wm-file"))
      .filter((row) => row.authorKind === "visitor")
      .flatMap((row) => row.parts);
    expect(parts).toMatchObject([{ type: "image" }, { type: "text", text: "[voice.amr]" }]);
    expect(await wecom.noted("wm-file")).toContain("channel_event.media_lost");
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
    await wecom.drain();
    expect(await wecom.said(customer)).toEqual(texts.slice(0, stored));
    await api.desk.db.execute(sql`drop trigger test_crash on ${table}`);
    await wecom.hurry();
    await wecom.drain();
    expect(await wecom.said(customer)).toEqual(texts);
  });
});

describe("a reply", () => {
  it("arrives once, though the first try's answer is lost on the way (T26)", async () => {
    writeText(stub, "wm-reply", "怎么退款");
    await wecom.ringAndRead();
    stub.trouble(SEND, "taken");
    const id = await wecom.reply("wm-reply", "已经为您退款");
    await wecom.drain();
    expect(await wecom.stateOf(id)).toMatchObject({ delivery: "queued", deliveryError: "unreachable" });
    await wecom.hurry();
    await wecom.drain();
    expect(wecom.sentTo("wm-reply").filter((text) => text === "已经为您退款")).toHaveLength(1);
    expect(await wecom.stateOf(id)).toMatchObject({ delivery: "sent", deliveryError: null });
  });

  it("arrives once, when the process ended with it on its way", async () => {
    writeText(stub, "wm-killed", "在吗");
    await wecom.ringAndRead();
    const id = await wecom.reply("wm-killed", "在的");
    await wecom.drain();
    // What a kill after the platform took it and before that was noted leaves behind.
    await rowsOf(
      api.desk.db,
      sql`update messages set delivery = 'queued', delivery_step = 1, external_id = null where id = ${id}`,
    );
    await rowsOf(
      api.desk.db,
      sql`select graphile_worker.add_job('channel.deliver', ${JSON.stringify({ messageId: id })}::json)`,
    );
    await wecom.drain();
    expect(wecom.sentTo("wm-killed").filter((text) => text === "在的")).toHaveLength(1);
    expect((await wecom.stateOf(id))?.delivery).toBe("sent");
  });

  it.each([
    [95001, "limit_reached"],
    [95002, "window_closed"],
    [48002, "no_permission"],
    [40096, "blocked"],
  ])("that WeCom refuses with %s is marked, and the agent sees why", async (errcode, reason) => {
    const customer = `wm-${errcode}`;
    writeText(stub, customer, "在吗");
    await wecom.ringAndRead();
    stub.trouble(SEND, { errcode });
    const id = await wecom.reply(customer, "在的");
    await wecom.drain();
    expect(await wecom.stateOf(id)).toMatchObject({ delivery: "failed", deliveryError: reason });
  });

  it("that WeCom took and did not deliver is marked afterwards", async () => {
    writeText(stub, "wm-fail", "在吗");
    await wecom.ringAndRead();
    const id = await wecom.reply("wm-fail", "在的");
    await wecom.drain();
    expect((await wecom.stateOf(id))?.delivery).toBe("sent");
    const msgid = stub.sent.find(({ touser, text }) => touser === "wm-fail" && text === "在的")?.msgid;
    happen(stub, "wm-fail", { event_type: "msg_send_fail", fail_msgid: msgid, fail_type: 10 });
    await wecom.ringAndRead();
    expect(await wecom.stateOf(id)).toMatchObject({ delivery: "failed", deliveryError: "blocked" });
  });
});

describe("the last replies of the channel", () => {
  it("are listed with what became of them, and one that failed goes out by a replay, once", async () => {
    writeText(stub, "wm-log", "在吗");
    await wecom.ringAndRead();
    stub.trouble(SEND, { errcode: 48002 });
    const id = await wecom.reply("wm-log", "再发一次就到");
    await wecom.drain();
    const admin = (await api.signedIn(wecom.merchantId, "admin")).as;
    const params = { id: wecom.channelId };
    const listed = async () =>
      ((await (await api.call(listChannelRepliesOperation, { as: admin, params })).json()) as { items: ChannelReply[] })
        .items;
    expect((await listed())[0]).toMatchObject({ id, author: "agent", outcome: "failed", reason: "no_permission" });
    const replay = () => api.call(replayReplyOperation, { as: admin, params: { ...params, messageId: id } });
    expect((await replay()).status).toBe(200);
    await wecom.drain();
    expect(wecom.sentTo("wm-log").filter((text) => text === "再发一次就到")).toHaveLength(1);
    expect((await listed())[0]).toMatchObject({ id, outcome: "sent", reason: null });
    expect((await replay()).status).toBe(409);
    await wecom.drain();
    expect(wecom.sentTo("wm-log").filter((text) => text === "再发一次就到")).toHaveLength(1);
  });
});

describe("what WeCom still lets us send", () => {
  const allowanceOf = async (customer: string) => {
    const params = { id: (await wecom.conversationOf(customer)).id };
    const response = await api.call(getReplyAllowanceOperation, { as: wecom.agent, params });
    return ((await response.json()) as { allowance: { state: string; remaining: number } }).allowance;
  };

  it("is five messages in 48 hours after the customer's words, known before sending; a welcome is none of them", async () => {
    enter(stub, "wm-count");
    await wecom.ringAndRead();
    expect(wecom.sentTo("wm-count")).toEqual(["欢迎光临"]);
    writeText(stub, "wm-count", "在吗");
    await wecom.ringAndRead();
    const said = wecom.sentTo("wm-count").length - 1;
    expect(await allowanceOf("wm-count")).toMatchObject({ state: "open", remaining: 5 - said });
    for (let sent = said; sent < 5; sent += 1) {
      await wecom.reply("wm-count", `第 ${sent} 条`);
      await wecom.drain();
    }
    expect(await allowanceOf("wm-count")).toMatchObject({ state: "limit_reached", remaining: 0 });
    const params = { id: (await wecom.conversationOf("wm-count")).id };
    const body = { clientId: newId("client"), parts: [{ type: "text" as const, text: "第六条" }] };
    const refused = await api.call(postReplyOperation, { as: wecom.agent, params, body });
    expect([refused.status, (await refused.json()).reason]).toEqual([409, "reply_limit_reached"]);
    const later = Math.floor(Date.now() / 1_000) + 2;
    write(stub, "wm-count", { send_time: later, msgtype: "text", text: { content: "请说" } });
    await wecom.ringAndRead();
    expect(await allowanceOf("wm-count")).toMatchObject({ state: "open", remaining: 5 });
    await rowsOf(api.desk.db, sql`update reply_windows set until = now() - interval '1 second'`);
    expect(await allowanceOf("wm-count")).toMatchObject({ state: "window_closed" });
  });
});
