import { expect, test } from "@playwright/test";
import { demoAccounts, signIn } from "./admin-page";
import { wordsIn } from "./visitor-page";

test("an administrator writes a rule, tries it on history, and it acts on the next message (R6) @once", async ({
  page,
  context,
  locale,
}) => {
  const t = wordsIn(locale, "admin-rules");
  const common = wordsIn(locale, "common");
  const name = `加急 ${Date.now()}`;
  const word = `加急${Date.now()}`;
  await signIn(page, demoAccounts().accounts.admin, "/admin/rules");
  await page
    .getByRole("button", { name: t("add") })
    .first()
    .click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel(t("name")).fill(name);
  await sheet.getByLabel(t("values")).fill(word);
  await sheet.getByLabel(t("values")).press("Enter");
  await sheet.getByLabel(t("detail")).click();
  await page.getByRole("option", { name: t("priorities.urgent") }).click();
  await sheet.getByRole("button", { name: t("dryRun.action") }).click();
  await expect(sheet.getByText(t("dryRun.hint"))).toBeVisible();
  await sheet.getByRole("button", { name: common("save") }).click();
  await expect(page.getByRole("button", { name, exact: true })).toBeVisible();

  const visitor = await context.browser()?.newContext({ locale: locale ?? "zh-CN" });
  const chat = await visitor?.newPage();
  await chat?.goto("/chat");
  await chat?.getByRole("textbox").first().fill(word);
  await chat?.keyboard.press("Enter");
  await expect(async () => {
    await page.reload();
    await page.getByRole("tab", { name: t("runs") }).click();
    await expect(page.getByRole("row").filter({ hasText: name }).getByText(t("outcomes.done"))).toBeVisible({
      timeout: 2_000,
    });
  }).toPass({ timeout: 20_000 });
  await visitor?.close();

  await page.getByRole("tab", { name: t("rules") }).click();
  await page.getByRole("button", { name: `${common("delete")} ${name}` }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: common("delete") })
    .click();
  await expect(page.getByRole("button", { name, exact: true })).toBeHidden();
});
