import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PIXEL } from "@/lib/testing/pixel";
import { push } from "@/lib/testing/stubs/wechat/follower";
import { WechatFixture } from "@/lib/testing/wechat-fixture";
import { runDueJobs } from "./worker";

describe("messages of one WeChat user", () => {
  let wechat: WechatFixture;
  beforeAll(async () => {
    wechat = await WechatFixture.create();
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
});
