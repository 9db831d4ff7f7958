import { expect, test as it } from "@playwright/test";
import { AdminPage, signIn } from "./admin-page";
import { openShopWithBoss } from "./own-boss";
import { expectAccessible, wordsIn } from "./visitor-page";

it("a regression case is added, checked, edited by keyboard, removed and brought back @once", async ({
  page,
  locale,
}) => {
  const said = locale?.startsWith("en") ? "hello" : "你好";
  const shop = await openShopWithBoss();
  const admin = new AdminPage(page, (namespace) => wordsIn(locale, namespace));
  const t = (key: string, values?: Record<string, string | number>) =>
    admin.words("admin-bot")(`casesView.${key}`, values);
  const common = admin.words("common");
  await signIn(page, shop.lin, "/admin/bot/cases");

  await it.step("it needs something to expect", async () => {
    await page.getByRole("button", { name: t("add") }).click();
    const form = page.getByRole("dialog", { name: t("add") });
    await form.getByLabel(t("saysLabel")).fill(said);
    await form.getByRole("button", { name: common("save") }).click();
    await expect(form.getByText(t("needExpectation"))).toBeVisible();
    await form.getByLabel(t("kind")).click();
    await page.getByRole("option", { name: admin.words("admin-bot")("playgroundView.kindOf.small_talk") }).click();
    await form.getByRole("button", { name: common("save") }).click();
    await expect(page.getByRole("button", { name: said, exact: true })).toBeVisible();
    await page.getByRole("button", { name: t("run") }).click();
    await expect(page.getByText(t("allPassed"))).toBeVisible();
  });

  await it.step("its question opens it for the keyboard, and it says that it was edited", async () => {
    await page.getByRole("button", { name: said, exact: true }).press("Enter");
    const form = page.getByRole("dialog", { name: t("edit") });
    await expect(form.getByLabel(t("saysLabel"))).toHaveValue(said);
    await form.getByLabel(t("contains")).fill("Xyz");
    await expectAccessible(page);
    await form.getByLabel(t("contains")).press("Enter");
    await expect(form).toBeHidden();
    await page.getByRole("button", { name: t("run") }).click();
    await expect(page.getByText(t("changeOf.edited"))).toBeVisible();
    await expect(page.getByText(t("result", { passed: 0, total: 1 }), { exact: true })).toBeVisible();
    await expectAccessible(page);
  });

  await it.step("an earlier check can be looked at", async () => {
    await page.getByRole("combobox", { name: t("history") }).click();
    await page.getByRole("option").last().click();
    await expect(page.getByRole("heading", { name: t("earlierRun") })).toBeVisible();
    await expect(page.getByText(t("allPassed"))).toBeVisible();
  });

  await it.step("what was removed comes back", async () => {
    await page.getByRole("button", { name: t("deleteOne", { question: said }) }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: common("delete") })
      .click();
    await expect(page.getByText(t("empty"), { exact: true })).toBeVisible();
    await page.getByRole("button", { name: t("undo") }).click();
    await expect(page.getByRole("button", { name: said, exact: true })).toBeVisible();
  });
});
