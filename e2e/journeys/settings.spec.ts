import { expect, test } from "@playwright/test";
import { anotherPerson, signIn } from "./admin-page";
import { openShopWithBoss } from "./own-boss";
import { expectAccessible, PICTURE, wordsIn } from "./visitor-page";

test("a shop gives itself a name, a picture and a colour, and its customers see them; a second admin is told of it", {
  tag: "@once",
}, async ({ page, browser, context, locale }) => {
  const shop = await openShopWithBoss();
  const t = wordsIn(locale, "settings");
  const common = wordsIn(locale, "common");
  await signIn(page, shop.lin, "/admin/settings");
  await expectAccessible(page);
  await page.getByRole("link", { name: t("branding.title") }).click();
  await expect(page.getByRole("heading", { name: t("branding.title"), level: 1 })).toBeVisible();

  const second = await anotherPerson(browser, context, locale);
  await signIn(second, shop.lin, "/admin/settings/branding");
  await second.getByLabel(t("branding.nameEnglish.label")).fill("Slow Hand");

  await page.getByLabel(t("branding.nameChinese.label")).fill("慢手小店");
  await page.getByLabel(t("branding.nameEnglish.label")).fill("Quick Hand");
  await page.getByTestId("image-input").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: PICTURE });
  await expect(page.getByRole("img", { name: t("form.imageAlt") })).toBeVisible();
  await page.getByRole("radio", { name: "#6d4fc4" }).click();
  await expect(page.getByText(t("form.previewDark"))).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: common("save"), exact: true }).click();
  await expect(page.getByText(t("form.saved"))).toBeVisible();

  await second.getByRole("button", { name: common("save"), exact: true }).click();
  await second.getByRole("button", { name: t("form.staleReload") }).click();
  await expect(second.getByLabel(t("branding.nameEnglish.label"))).toHaveValue("Quick Hand");
  await second.close();

  const visitor = await anotherPerson(browser, context, locale);
  await visitor.goto(`/chat?channel=${shop.channelId}`);
  await expect(visitor.getByText(locale?.startsWith("en") ? "Quick Hand" : "慢手小店").first()).toBeVisible();
  await visitor.close();
});

test("a value out of range is refused at its field and nothing is lost; what is given back is the default again", {
  tag: "@once",
}, async ({ page, locale }) => {
  const shop = await openShopWithBoss();
  const t = wordsIn(locale, "settings");
  const common = wordsIn(locale, "common");
  await signIn(page, shop.lin, "/admin/settings/uploads");
  const largest = page.getByLabel(t("uploads.maxMegabytes.label"));
  await largest.fill("900");
  await page.getByRole("button", { name: common("save"), exact: true }).click();
  await expect(page.getByText(t("form.whole", { minimum: 1, maximum: 200 }))).toBeVisible();
  await expect(largest).toHaveValue("900");
  await largest.fill("7");
  await page.getByRole("button", { name: common("save"), exact: true }).click();
  await expect(page.getByText(t("form.saved"))).toBeVisible();
  await page.getByRole("button", { name: t("form.restore") }).click();
  await page.getByRole("button", { name: common("save"), exact: true }).click();
  await expect(largest).toHaveValue("20");
  await expect(page.getByRole("button", { name: t("form.restore") })).toBeHidden();
});
