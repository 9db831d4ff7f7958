import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { webhookDeliveries } from "@/db/schema/channels";
import { PIXEL } from "@/lib/testing/pixel";
import { type PushFields, type PushTarget, push } from "@/lib/testing/stubs/wechat/follower";
import type { PushMode } from "@/lib/testing/stubs/wechat/push-signer";
import { WechatFixture } from "@/lib/testing/wechat-fixture";
import { runDueJobs } from "./worker";

/** More digits than a double holds. */
const LONG_ID = "24541436872104331";

let wechat: WechatFixture;
let channelId: string;

beforeAll(async () => {
  wechat = await WechatFixture.create();
  channelId = await wechat.addChannel("wechat-mini");
  await wechat.configure({ welcome: { "zh-CN": "欢迎来到小程序" } }, channelId);
});

afterAll(() => wechat.end());

const target = (mode: PushMode): PushTarget => ({ ...wechat.target(channelId), mode, format: "json" });
const deliveries = () =>
  wechat.api.desk.db.select().from(webhookDeliveries).where(eq(webhookDeliveries.channelId, channelId));

describe.each(["plain", "compatible", "safe"] as const)("messages of a Mini Program in JSON, %s", (mode) => {
  const openId = `o-mini-${mode}`;
  const said = async () =>
    (await wechat.ofCustomer(openId))
      .filter(({ authorKind }) => authorKind === "visitor")
      .map(({ clientId, text, parts }) => ({ clientId, text, types: parts.map(({ type }) => type) }));

  it("text, picture and card are kept under the platform's own ids; who opens a session is welcomed, once", async () => {
    const id = (last: string) => `${LONG_ID}${mode.length}${last}`;
    const MediaId = wechat.stub.addMedia(PIXEL, "image/png");
    const card = { Title: "我的订单", AppId: "wx9", PagePath: "pages/order?id=7", ThumbUrl: "", ThumbMediaId: "" };
    const entered = { MsgType: "event", Event: "user_enter_tempsession", SessionFrom: "商品页" };
    const sent: PushFields[] = [
      entered,
      { MsgType: "text", Content: '在吗 "引号" 🙂', MsgId: id("1") },
      { MsgType: "image", PicUrl: "http://x", MediaId, MsgId: id("2") },
      { MsgType: "miniprogrampage", ...card, MsgId: id("3") },
    ];
    for (const fields of sent) {
      // No answer but this one is shown to users of Mini Programs.
      expect(await push(target(mode), openId, fields)).toEqual({ kind: "accepted", tries: 1 });
      await runDueJobs();
    }
    expect(await said()).toEqual([
      { clientId: `in:m:${id("1")}`, text: '在吗 "引号" 🙂', types: ["text"] },
      { clientId: `in:m:${id("2")}`, text: "", types: ["image"] },
      { clientId: `in:m:${id("3")}`, text: "🔗 我的订单\npages/order?id=7", types: ["text"] },
    ]);
    const notices = (await wechat.ofCustomer(openId)).flatMap(({ parts }) => parts.filter(({ key }) => key));
    expect(notices).toContainEqual(
      expect.objectContaining({ key: "channel_event.enter_session", values: { key: "商品页" } }),
    );
    expect(wechat.sentTo(openId).filter((text) => text === "欢迎来到小程序")).toHaveLength(1);
  });

  it("of a session that was opened and nothing said leave two replies within a minute: the welcome and one more", async () => {
    const silent = `o-silent-${mode}`;
    const entered = { MsgType: "event", Event: "user_enter_tempsession", SessionFrom: "首页" };
    await push(target(mode), silent, entered);
    await runDueJobs();
    const first = await wechat.tryReply(silent, "需要帮忙吗？");
    expect([first.status, (await wechat.tryReply(silent, "在的")).status]).toEqual([201, 409]);
    await runDueJobs();
    expect(wechat.sentTo(silent)).toEqual(["欢迎来到小程序", "需要帮忙吗？"]);
  });

  it("come three times under one MsgId, overlapping or after a lost answer, and are kept once", async () => {
    const fields = { MsgType: "text", Content: "只说一次", MsgId: `${LONG_ID}${mode.length}4` };
    const before = (await deliveries()).length;
    const lost: PushTarget = {
      ...target(mode),
      post: async (...sent) => {
        await target(mode).post(...sent);
        throw new Error("the answer was lost on the way");
      },
    };
    expect(await push(lost, openId, fields)).toMatchObject({ kind: "user_saw_error", tries: 3 });
    const copies = await Promise.all([1, 2, 3].map(() => push(target(mode), openId, fields)));
    expect(copies).toEqual(copies.map(() => ({ kind: "accepted", tries: 1 })));
    expect(await deliveries()).toHaveLength(before + 1);
    await runDueJobs();
    expect((await said()).filter(({ text }) => text === "只说一次")).toHaveLength(1);
  });

  it("under a signature that is not WeChat's are refused and leave no trace", async () => {
    const before = (await deliveries()).length;
    const fields = { MsgType: "text", Content: "假的", MsgId: `${LONG_ID}${mode.length}5` };
    const forged: PushTarget[] = [{ ...target(mode), token: "guess" }];
    if (mode !== "plain") {
      forged.push({ ...target(mode), appId: "wx0000000000000000" });
    }
    for (const wrong of forged) {
      expect(await push(wrong, openId, fields)).toEqual({ kind: "user_saw_error", why: "HTTP 403", tries: 3 });
    }
    expect(await deliveries()).toHaveLength(before);
  });
});
