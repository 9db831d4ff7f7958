import { expect, test } from "@playwright/test";
import { ring, writeText } from "@/lib/testing/stubs/wecom/bell";
import { AgentPage } from "./agent-page";
import { openOwnShop } from "./own-shop";
import { teach } from "./wechat-channel";
import { openWecomChannel } from "./wecom-channel";

const CUSTOMER = "wmJourney";

test("a WeCom user is answered by the bot, asks for a person, gets them, and then a colleague in WeCom @once", async ({
  page,
  locale,
  baseURL,
}) => {
  const shop = await openOwnShop();
  await teach(shop.merchantId, "多久发货", "付款后四十八小时内发货。");
  const target = await openWecomChannel(shop.merchantId, baseURL ?? "");
  const { stub } = target;
  stub.profiles.set(CUSTOMER, { nickname: "陈小渔", avatar: "" });
  const received = () =>
    stub.sent
      .filter(({ touser }) => touser === CUSTOMER)
      .map(({ text }) => text)
      .join("\n");
  const say = async (text: string) => {
    writeText(stub, CUSTOMER, text);
    expect(await ring(target)).toBe(true);
  };
  try {
    const agent = new AgentPage(page, locale);
    await agent.signIn(shop.lin);
    await agent.goOnline();

    await say("多久发货");
    await expect.poll(received).toContain("四十八小时内发货");
    await say("转人工");
    await expect.poll(received).toContain("这就为你");
    await expect(agent.tab("mine")).toHaveText(/1/);
    await agent.open("这就为你");
    await expect(agent.log.getByText("转人工").first()).toBeVisible();
    await expect(agent.log.getByText("四十八小时内发货").first()).toBeVisible();

    await agent.say("您好，我是小林，马上为您查。");
    await expect.poll(received).toContain("您好，我是小林，马上为您查。");
    await say("好的谢谢 🙂");
    await expect(agent.log.getByText("好的谢谢 🙂")).toBeVisible();

    stub.trouble("/cgi-bin/kf/send_msg", { errcode: 95001 });
    await agent.say("还在吗？");
    await expect(agent.log.getByText(agent.t("thread.notDelivered.limit_reached")).first()).toBeVisible();

    stub.servicers.set("zhang", 0);
    await agent.act("transfer");
    const dialog = page.getByRole("dialog", { name: agent.t("transfer.title") });
    await dialog.getByText("zhang").click();
    await dialog.getByRole("button", { name: agent.t("transfer.submit") }).click();
    await expect(agent.log.getByText(agent.t("notice.outside_joined", { name: "zhang" }))).toBeVisible();
    expect(stub.log.customer(CUSTOMER)).toMatchObject({ state: 3, servicer: "zhang" });
  } finally {
    await stub.stop();
  }
});
