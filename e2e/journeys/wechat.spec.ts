import { expect, test } from "@playwright/test";
import { say } from "@/lib/testing/stubs/wechat/follower";
import { AgentPage } from "./agent-page";
import { openOwnShop } from "./own-shop";
import { openWechatChannel, teach } from "./wechat-channel";

const OPEN_ID = "oJourney";

test("a WeChat user is answered by the bot in WeChat's own request, asks for a person, and gets them @once", async ({
  page,
  locale,
  baseURL,
}) => {
  const shop = await openOwnShop();
  await teach(shop.merchantId, "多久发货", "付款后四十八小时内发货。");
  const { stub, target } = await openWechatChannel(shop.merchantId, baseURL ?? "");
  const received = () => stub.sent.filter(({ touser }) => touser === OPEN_ID).map(({ text }) => text);
  try {
    const agent = new AgentPage(page, locale);
    await agent.signIn(shop.lin);
    await agent.goOnline();

    const answer = await say(target, OPEN_ID, "多久发货");
    expect(answer).toMatchObject({ kind: "replied", tries: 1, text: expect.stringContaining("四十八小时内发货") });

    const handed = await say(target, OPEN_ID, "转人工");
    expect(handed).toMatchObject({ kind: "replied", text: expect.stringContaining("这就为你") });
    await expect(agent.tab("mine")).toHaveText(/1/);
    await agent.open("这就为你");
    await expect(agent.log.getByText("转人工").first()).toBeVisible();
    await expect(agent.log.getByText("四十八小时内发货").first()).toBeVisible();

    await agent.say("您好，我是小林，马上为您查。");
    await expect.poll(received).toContain("您好，我是小林，马上为您查。");
    const later = await say(target, OPEN_ID, "好的谢谢 🙂");
    expect(later).toEqual({ kind: "accepted", tries: 1 });
    await expect(agent.log.getByText("好的谢谢 🙂")).toBeVisible();

    stub.trouble("/cgi-bin/message/custom/send", { errcode: 45015 });
    await agent.say("还在吗？");
    await expect(agent.log.getByText(agent.t("thread.notDelivered.window_closed")).first()).toBeVisible();
  } finally {
    await stub.stop();
  }
});
