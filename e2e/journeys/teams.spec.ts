import { expect, test } from "@playwright/test";
import { demoAccounts, signIn } from "./admin-page";
import { openShopWithBoss } from "./own-boss";
import { expectAccessible, wordsIn } from "./visitor-page";

test("a team is made, gets a lead, and is deleted", { tag: "@once" }, async ({ page, locale }) => {
  const t = wordsIn(locale, "admin-agents");
  const common = wordsIn(locale, "common");
  const shop = await openShopWithBoss();
  await signIn(page, shop.lin, "/admin/agents/teams");
  await page
    .getByRole("button", { name: t("team.add") })
    .first()
    .click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel(t("team.name"), { exact: false }).first().fill("售后组");
  await sheet.getByRole("checkbox").first().click();
  await sheet.getByRole("combobox").first().click();
  await page.getByRole("option", { name: t("team.roles.lead") }).click();
  await expectAccessible(page);
  await sheet.getByRole("button", { name: common("save") }).click();
  const row = page.getByRole("row").filter({ hasText: "售后组" });
  await expect(row).toBeVisible();
  await row.getByRole("button", { name: "售后组", exact: true }).click();
  await expect(page.getByRole("dialog").getByRole("combobox").first()).toHaveText(t("team.roles.lead"));
  await page.keyboard.press("Escape");
  await row.getByRole("button", { name: new RegExp(common("delete")) }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: common("delete") })
    .click();
  await expect(page.getByText(t("team.empty"))).toBeVisible();
});

test("the platform adds a merchant, invites its administrator, and takes it out of service", { tag: "@once" }, async ({
  page,
  locale,
}) => {
  const t = wordsIn(locale, "admin-merchants");
  const name = `墨迹 ${Date.now()}`;
  await signIn(page, demoAccounts().accounts.admin, "/admin/merchants");
  await page.getByRole("button", { name: t("add") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("name"), { exact: false }).first().fill(name);
  await dialog.getByLabel(t("adminEmail")).fill(`${Date.now()}@ink.example`);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: t("add") }).click();
  await expect(page.getByTestId("secret")).toContainText("/invite/");
  await page.getByRole("button", { name: t("linkDone") }).click();
  await page.getByPlaceholder(t("search")).fill(name);
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row).toBeVisible();
  await row.getByRole("button", { name: t("actions", { name }) }).click();
  await page.getByRole("menuitem", { name: t("suspend") }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: t("suspend") })
    .click();
  await expect(row.getByText(t("suspended"))).toBeVisible();
});

test("alerts: a test says what each place answers", { tag: "@once" }, async ({ page, locale }) => {
  const t = wordsIn(locale, "alerts");
  const shop = await openShopWithBoss();
  await signIn(page, shop.lin, "/admin/settings/alerts");
  await page.getByRole("button", { name: t("sendTest") }).click();
  await expect(page.getByText(t("noSink"))).toBeVisible();
  await expectAccessible(page);
});
