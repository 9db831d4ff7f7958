import { expect, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import { connect, rowsOf } from "@/db/client";
import { say } from "@/lib/testing/stubs/wechat/follower";
import { AgentPage } from "./agent-page";
import { databaseUrl, openOwnShop } from "./own-shop";
import { openWechatChannel } from "./wechat-channel";

/** As if the customer had written two days earlier, and an admin had read the templates. */
async function twoDaysPass(merchantId: string): Promise<void> {
  const db = connect(databaseUrl(), 1);
  try {
    await rowsOf(
      db,
      sql`update reply_windows w set until = until - interval '49 hours' from customer_identities i
          where i.id = w.identity_id and i.merchant_id = ${merchantId}`,
    );
    await rowsOf(
      db,
      sql`insert into channel_templates (channel_id, template_id, kind, title, content, fields)
          select id, 'TM_SHIPPED', 'template', '发货通知', '物流:{{thing2.DATA}}', '["thing2"]'::jsonb from channels
          where merchant_id = ${merchantId} and type = 'wechat'`,
    );
  } finally {
    await db.$client.end();
  }
}

test("an agent sees how many replies WeChat still takes, sends a menu, and a template when the window is over @once", async ({
  page,
  locale,
  baseURL,
}) => {
  const shop = await openOwnShop();
  const { stub, target } = await openWechatChannel(shop.merchantId, baseURL ?? "");
  try {
    const agent = new AgentPage(page, locale);
    await agent.signIn(shop.lin);
    await agent.goOnline();
    await say(target, "oWindow", "转人工");
    await expect(agent.tab("mine")).toHaveText(/1/);
    await agent.open("这就为你");
    await expect(page.getByText(/还可发 \d 条|\d messages? left/)).toBeVisible();

    await page.getByRole("button", { name: agent.t("rich.open") }).click();
    await page.getByRole("menuitem", { name: agent.t("rich.menu") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(agent.t("rich.text")).fill("解决了吗？");
    await dialog.getByLabel(agent.t("rich.choices")).fill("解决了\n还没有");
    await dialog.getByRole("button", { name: agent.t("rich.send") }).click();
    await expect.poll(() => stub.sent.at(-1)?.msgtype).toBe("msgmenu");
    await expect(agent.log.getByText("解决了吗？")).toBeVisible();

    await twoDaysPass(shop.merchantId);
    await page.reload();
    await expect(page.getByText(agent.t("composer.windowClosed"))).toBeVisible();
    await page.getByRole("button", { name: agent.t("rich.offerTemplate") }).click();
    await dialog.getByLabel(agent.t("rich.templateChoice")).click();
    await page.getByRole("option", { name: "发货通知" }).click();
    await dialog.getByLabel("物流").fill("顺丰 SF-1");
    await dialog.getByRole("button", { name: agent.t("rich.send") }).click();
    await expect.poll(() => stub.sent.at(-1)?.msgtype).toBe("template");
    await expect(agent.log.getByText("顺丰 SF-1")).toBeVisible();
  } finally {
    await stub.stop();
  }
});
