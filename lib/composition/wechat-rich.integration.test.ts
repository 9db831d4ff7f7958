import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { templateConsents } from "@/db/schema/customers";
import { offerChannelTemplateOperation, syncChannelTemplatesOperation } from "@/lib/channels/template-operations";
import { claimOperation, resolveOperation } from "@/lib/conversations/operations";
import { listOfferedTemplatesOperation, postRichMessageOperation } from "@/lib/conversations/rich-operations";
import { newId } from "@/lib/core/ids";
import { APP_URL, type Credentials } from "@/lib/testing/api-fixture";
import { PIXEL } from "@/lib/testing/pixel";
import { push } from "@/lib/testing/stubs/wechat/follower";
import { multipart, uploadRequest } from "@/lib/testing/upload-request";
import { WechatFixture } from "@/lib/testing/wechat-fixture";
import { uploadEndpoint } from "./file-endpoints";
import { runDueJobs } from "./worker";

let wechat: WechatFixture;
let admin: Credentials;

beforeAll(async () => {
  wechat = await WechatFixture.create();
  admin = (await wechat.api.signedIn(wechat.merchantId, "admin")).as;
});

afterAll(() => wechat.end());

async function send(openId: string, content: Record<string, unknown>, as: Credentials = wechat.agent) {
  const params = { id: await wechat.conversationOf(openId) };
  const body = { clientId: newId("client"), content };
  const response = await wechat.api.call(postRichMessageOperation, { as, params, body });
  await runDueJobs();
  return { status: response.status, body: (await response.json()) as { id: string; reason?: string } };
}

const lastSent = (openId: string) => wechat.stub.sent.filter(({ touser }) => touser === openId).at(-1)?.body;

describe("cards and menus to WeChat users", () => {
  it("a link goes as an article, a menu as one that can be tapped", async () => {
    await wechat.say("o-card", "转人工");
    const link = { kind: "link", title: "退换货说明", description: "七天无理由", url: "https://shop.example/returns" };
    const { status, body } = await send("o-card", link);
    expect(status).toBe(201);
    expect(lastSent("o-card")).toMatchObject({
      msgtype: "news",
      news: { articles: [{ title: "退换货说明", description: "七天无理由", url: "https://shop.example/returns" }] },
    });
    expect(await wechat.stateOf(body.id)).toMatchObject({
      delivery: "sent",
      text: "退换货说明\n七天无理由\nhttps://shop.example/returns",
    });
    await send("o-card", { kind: "menu", text: "满意吗？", choices: ["满意", "不满意"] });
    expect(lastSent("o-card")).toMatchObject({
      msgtype: "msgmenu",
      msgmenu: { head_content: "满意吗？", list: [{ content: "满意" }, { content: "不满意" }] },
    });
  });

  it("a mini program goes with its picture, uploaded before", async () => {
    await wechat.say("o-app", "转人工");
    const params = { id: await wechat.conversationOf("o-app") };
    await wechat.api.call(claimOperation, { as: wechat.agent, params });
    const request = uploadRequest(multipart({ name: "cover.png", bytes: PIXEL }), {
      cookie: wechat.agent.cookie ?? "",
      origin: APP_URL,
    });
    const uploaded = await uploadEndpoint(["agent", "key"])(request);
    const { id: pictureFileId } = (await uploaded.json()) as { id: string };
    const card = { kind: "miniprogram", title: "我的订单", appId: "wx9", path: "pages/order", pictureFileId };
    expect((await send("o-app", card)).status).toBe(201);
    expect(lastSent("o-app")).toMatchObject({
      msgtype: "miniprogrampage",
      miniprogrampage: { title: "我的订单", appid: "wx9", pagepath: "pages/order" },
    });
    const foreign = { ...card, pictureFileId: "file_of_somebody" };
    expect(await send("o-app", foreign)).toMatchObject({ status: 400, body: { reason: "file_unknown" } });
  });
});

describe("template and subscribe messages", () => {
  it("are read from the platform, sent when the window is over, and their result is on the message", async () => {
    await wechat.say("o-template", "转人工");
    await wechat.act("o-template", "unsubscribe", { CreateTime: String(Math.floor(Date.now() / 1000) + 1) });
    const params = { id: wechat.channelId };
    const synced = await wechat.api.call(syncChannelTemplatesOperation, { as: admin, params });
    expect(await synced.json()).toMatchObject({
      items: [
        { templateId: "SM_REFUND", kind: "subscribe", fields: ["amount1"] },
        { templateId: "TM_SHIPPED", kind: "template", fields: ["character_string1", "thing2"] },
      ],
    });
    const menu = await send("o-template", { kind: "menu", text: "在吗", choices: ["在"] });
    expect(menu).toMatchObject({ status: 409, body: { reason: "reply_window_closed" } });
    const content = {
      kind: "template",
      templateId: "TM_SHIPPED",
      fields: { character_string1: "E-1", thing2: "顺丰" },
    };
    const empty = await send("o-template", { ...content, fields: { thing2: "顺丰" } });
    expect(empty).toMatchObject({ status: 400, body: { fields: [{ path: "content.fields.character_string1" }] } });
    const { body } = await send("o-template", content);
    expect(lastSent("o-template")).toMatchObject({
      template_id: "TM_SHIPPED",
      data: { character_string1: { value: "E-1" }, thing2: { value: "顺丰" } },
    });
    const sent = await wechat.stateOf(body.id);
    expect(sent).toMatchObject({ delivery: "sent", text: "发货通知\n订单号:E-1\n物流:顺丰" });
    await wechat.act("o-template", "TEMPLATESENDJOBFINISH", { MsgID: sent?.externalId ?? "", Status: "success" });
    expect(await wechat.stateOf(body.id)).toMatchObject({ delivery: "delivered" });
  });

  it("go in an ended conversation, too, and not when they are no longer offered", async () => {
    await wechat.say("o-ended", "转人工");
    const params = { id: await wechat.conversationOf("o-ended") };
    await wechat.api.call(resolveOperation, { as: wechat.agent, params });
    const content = {
      kind: "template",
      templateId: "TM_SHIPPED",
      fields: { character_string1: "E-2", thing2: "顺丰" },
    };
    expect((await send("o-ended", content)).status).toBe(201);
    const template = { id: wechat.channelId, templateId: "TM_SHIPPED" };
    await wechat.api.call(offerChannelTemplateOperation, { as: admin, params: template, body: { offered: false } });
    expect(await send("o-ended", content)).toMatchObject({ body: { reason: "template_not_found" } });
  });

  it("of the kind that needs a yes are offered with what the customer agreed to, counted down, and refused with a reason", async () => {
    await wechat.say("o-agree", "转人工");
    const answer = (SubscribeStatusString: string, CreateTime: number) =>
      push(wechat.target(), "o-agree", {
        MsgType: "event",
        Event: "subscribe_msg_popup_event",
        CreateTime: String(CreateTime),
        SubscribeMsgPopupEvent: { List: { TemplateId: "SM_REFUND", SubscribeStatusString, PopupScene: "0" } },
      });
    const now = Math.floor(Date.now() / 1000);
    await answer("accept", now);
    await answer("accept", now);
    await runDueJobs();
    const params = { id: await wechat.conversationOf("o-agree") };
    const offered = await wechat.api.call(listOfferedTemplatesOperation, { as: wechat.agent, params });
    expect(await offered.json()).toMatchObject({ items: [{ templateId: "SM_REFUND", agreed: 1 }] });
    const content = { kind: "template", templateId: "SM_REFUND", fields: { amount1: "12.00" } };
    await send("o-agree", content);
    const left = async () => (await wechat.api.desk.db.select().from(templateConsents))[0];
    expect(await left()).toMatchObject({ accepted: true, remaining: 0 });
    wechat.stub.trouble("/cgi-bin/message/subscribe/bizsend", { errcode: 43101 });
    const refused = await send("o-agree", content);
    expect(await wechat.stateOf(refused.body.id)).toMatchObject({ delivery: "failed", deliveryError: "not_agreed" });
    await answer("reject", now + 5);
    await runDueJobs();
    expect(await left()).toMatchObject({ accepted: false, remaining: 0 });
  });
});
