import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { demoAccounts, signIn } from "./admin-page";
import { openShopWithBoss } from "./own-boss";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

test("a report of thirty days opens into the conversations behind a figure and goes along as a file", {
  tag: "@once",
}, async ({ page, locale }) => {
  const t = wordsIn(locale, "reports");
  const common = wordsIn(locale, "common");
  await signIn(page, demoAccounts().accounts.admin, "/admin/reports");
  await page.getByRole("button", { name: t("last30"), exact: true }).click();
  await expect(page).toHaveURL(/from=/);
  await expect(page.getByRole("button", { name: t("last30"), exact: true })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByRole("region", { name: t("heat") })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: common("export") }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "CSV" }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  expect(text).toContain(t("figures.conversations"));

  await page.getByRole("link", { name: t("metric.first_response") }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(t("metric.first_response"));
  await expect(page.getByRole("table").getByRole("link").first()).toBeVisible();
  await expectAccessible(page);

  await page.goBack();
  await page
    .getByRole("region", { name: t("heat") })
    .getByRole("link")
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(t("metric.begun"));
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page).toHaveURL(/\/desk\?.*c=cnv_/);
});

test("a network that is blocked may not write, and may again once it is taken off", { tag: "@once" }, async ({
  page,
  browser,
  locale,
}) => {
  const shop = await openShopWithBoss();
  const t = wordsIn(locale, "blocklist");
  await signIn(page, shop.lin, "/admin/blocklist");
  await expectAccessible(page);
  await page.getByRole("button", { name: t("add"), exact: true }).click();
  await page.getByLabel(t("network")).fill("0.0.0.0/0");
  await page.getByRole("button", { name: t("block"), exact: true }).click();
  await expect(page.getByText(wordsIn(locale, "errors")("network_too_wide")).first()).toBeVisible();
  await page.getByLabel(t("network")).fill("127.0.0.0/8");
  await page.getByRole("button", { name: t("block"), exact: true }).click();
  await expect(page.getByText("127.0.0.0/8")).toBeVisible();

  const guest = await browser.newPage({ locale: locale ?? "zh-CN" });
  await guest.goto(`/chat?channel=${shop.channelId}`);
  const visitor = new VisitorPage(guest, wordsIn(locale, "chat"));
  const refused = guest.waitForResponse((answer) => answer.status() === 403);
  await visitor.say("你好");
  await refused;
  await page.getByRole("button", { name: t("unblock"), exact: true }).click();
  await expect(page.getByText(t("empty"))).toBeVisible();
  const taken = guest.waitForResponse((answer) => answer.url().endsWith("/chat/messages") && answer.status() === 201);
  await visitor.say("现在呢");
  await taken;
  await expect(visitor.lines("现在呢").first()).toBeVisible();
  await guest.close();

  // Whoever wrote is a customer now, and their name leads to what they said.
  await page.goto("/admin/customers");
  await expectAccessible(page);
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page.getByText("现在呢").first()).toBeVisible();
});
