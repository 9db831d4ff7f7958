import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { holdRetries } from "@/lib/testing/due-jobs";
import { PIXEL } from "@/lib/testing/pixel";
import { push } from "@/lib/testing/stubs/wechat/follower";
import { WechatFixture } from "@/lib/testing/wechat-fixture";
import { runDueJobs } from "./worker";

const SEND = "/cgi-bin/message/custom/send";

describe("a WeChat user's messages and the replies to them", () => {
  let wechat: WechatFixture;
  beforeAll(async () => {
    wechat = await WechatFixture.create();
    await holdRetries(wechat.api.desk.db);
  });
  afterAll(() => wechat.end());

  it("are stored in source order when the platform does not give the first one's file at the first try (T24)", async () => {
    wechat.stub.trouble("/cgi-bin/media/get", { errcode: -1 });
    const MediaId = wechat.stub.addMedia(PIXEL, "image/png");
    await push(wechat.target(), "o-order", { MsgType: "image", PicUrl: "http://x", MediaId, MsgId: "1" });
    await push(wechat.target(), "o-order", { MsgType: "text", Content: "第二句", MsgId: "2" });
    await push(wechat.target(), "o-order", { MsgType: "text", Content: "第三句", MsgId: "3" });
    const stored = async () =>
      (await wechat.ofCustomer("o-order"))
        .filter(({ authorKind }) => authorKind === "visitor")
        .sort((one, other) => one.seq - other.seq)
        .map(({ clientId }) => clientId);
    await runDueJobs();
    expect(await stored()).toEqual(["in:m:1", "in:m:2", "in:m:3"]);
    // The first one's own next try finds it read.
    await wechat.hurry();
    await runDueJobs();
    expect(await stored()).toHaveLength(3);
  });

  it("go out in the order in which they were written, though the platform fails at the first one (T24)", async () => {
    await wechat.say("o-written", "转人工");
    wechat.stub.trouble(SEND, { errcode: -1 }, { errcode: -1 });
    const first = await wechat.reply("o-written", "第一");
    // The platform fails once more: the second one waits behind the first. Then all is well again.
    const second = await wechat.reply("o-written", "第二");
    const third = await wechat.reply("o-written", "第三");
    await wechat.hurry();
    await runDueJobs();
    expect(wechat.sentTo("o-written").filter((text) => text.startsWith("第"))).toEqual(["第一", "第二", "第三"]);
    for (const id of [first, second, third]) {
      expect(await wechat.stateOf(id)).toMatchObject({ delivery: "sent", deliveryError: null });
    }
  });

  it("do not wait for a reply that the platform will never take", async () => {
    await wechat.say("o-given-up", "转人工");
    wechat.stub.trouble(SEND, { errcode: -1 }, { errcode: 40013 });
    const first = await wechat.reply("o-given-up", "第一");
    const second = await wechat.reply("o-given-up", "第二");
    await wechat.hurry();
    await runDueJobs();
    expect(wechat.sentTo("o-given-up").filter((text) => text.startsWith("第"))).toEqual(["第二"]);
    expect((await wechat.stateOf(first))?.delivery).toBe("failed");
    expect((await wechat.stateOf(second))?.delivery).toBe("sent");
  });
});
