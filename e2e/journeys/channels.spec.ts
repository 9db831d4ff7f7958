import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { connect } from "@/db/client";
import { memberships } from "@/db/schema/identity";
import { newId } from "@/lib/core/ids";
import type { Translate } from "@/lib/i18n/translate";
import { startWebhookReceiver } from "@/lib/testing/stubs/webhook-receiver";
import { type Reply, verifyWebhook, Yingda } from "@/public/sdk/yingda";
import { AdminPage, signIn } from "./admin-page";
import { AgentPage } from "./agent-page";
import { databaseUrl, openOwnShop } from "./own-shop";
import { expectAccessible, wordsIn } from "./visitor-page";
import { teach } from "./wechat-channel";

/** A shop whose one person on duty looks after everything. */
async function openShopWithAdmin() {
  const shop = await openOwnShop();
  const db = connect(databaseUrl(), 1);
  await db.update(memberships).set({ role: "admin" }).where(eq(memberships.merchantId, shop.merchantId));
  await db.$client.end();
  await teach(shop.merchantId, "多久发货", "付款后四十八小时内发货。");
  return shop;
}

/** Reads what is shown this once, and closes it. */
async function takeSecret(page: Page, done: string): Promise<string> {
  const secret = await page.getByTestId("secret").textContent();
  await page.getByRole("button", { name: done }).click();
  return secret ?? "";
}

async function makeKey(page: Page, t: Translate): Promise<string> {
  await page.goto("/admin/api-keys");
  await page
    .getByRole("button", { name: t("create"), exact: true })
    .first()
    .click();
  await page.getByLabel(t("name")).fill("App");
  await page
    .getByRole("button", { name: t("createConfirm"), exact: true })
    .last()
    .click();
  const key = await takeSecret(page, t("done"));
  await expect(page.getByText("App", { exact: true })).toBeVisible();
  await expectAccessible(page);
  return key;
}

test("an own app talks over an API channel that the admin adds, tests and replays @once", async ({
  page,
  locale,
  baseURL,
}) => {
  const receiver = await startWebhookReceiver(Number(new URL(baseURL ?? "").port) + 11);
  // What an earlier journey's channel still has to say goes to the same port.
  const hook = `/hook/${newId("client")}`;
  const received = () => receiver.received.filter((post) => post.path === hook);
  const replies = () =>
    received()
      .map(({ body, headers }) => ({ ...(JSON.parse(body) as Reply), headers }))
      .filter(({ type }) => type === "message.created");
  const texts = () => replies().map(({ text }) => text);
  try {
    const shop = await openShopWithAdmin();
    const words = (namespace: string) => wordsIn(locale, namespace);
    const t = words("admin-channels");
    const kinds = words("channel-kinds");
    await signIn(page, shop.lin, "/admin/channels");
    const admin = new AdminPage(page, words);

    await page.getByRole("button", { name: t("add") }).click();
    await page.getByRole("radio", { name: kinds("api.name") }).click();
    await page.getByLabel(t("name")).fill("App");
    await page
      .getByRole("button", { name: t("addConfirm"), exact: true })
      .last()
      .click();
    const signingSecret = await takeSecret(page, t("secretDone"));
    await expect(admin.heading("App")).toBeVisible();

    await page.getByLabel(kinds("api.fields.webhookUrl.label")).fill(`${receiver.url}${hook}`);
    await page.getByRole("button", { name: words("common")("save"), exact: true }).click();
    await expect(admin.toast(t("saved"))).toBeVisible();
    await page.getByRole("button", { name: t("testRun"), exact: true }).click();
    await expect(page.getByText(kinds("tests.works"))).toBeVisible();
    const channelPage = page.url();
    const channelId = new URL(channelPage).pathname.split("/").at(-1) ?? "";

    const apiKey = await makeKey(page, words("api-keys"));
    const app = new Yingda({ baseUrl: baseURL ?? "", channelId, apiKey });
    await app.send({ id: "q-1", userId: "42", userName: "小陈", text: "多久发货" });
    await expect.poll(texts).toContainEqual(expect.stringContaining("四十八小时内发货"));

    const agent = new AgentPage(page, locale);
    await page.goto("/desk");
    await agent.goOnline();
    await app.send({ id: "q-2", userId: "42", text: "转人工" });
    await expect(agent.tab("mine")).toHaveText(/1/);
    await agent.row("小陈").click();
    await expect(agent.log.getByText("转人工").first()).toBeVisible();
    await agent.say("您好，马上为您查。");
    await expect.poll(texts).toContain("您好，马上为您查。");
    for (const post of received()) {
      expect(await verifyWebhook(String(post.headers["x-yingda-signature"]), post.body, signingSecret)).toBe(true);
    }
    const said = replies().find(({ text }) => text === "您好，马上为您查。");
    expect(said).toMatchObject({ user_id: "42", author: { kind: "agent", name: shop.lin.name } });

    await page.goto(channelPage);
    await expect(page.getByText(t("eventOutcomes.delivered")).first()).toBeVisible();
    await expectAccessible(page);
    await page
      .getByRole("button", { name: t("replayEvent") })
      .first()
      .click();
    await expect.poll(() => replies().filter(({ id }) => id === said?.id).length).toBe(2);
  } finally {
    await receiver.stop();
  }
});
