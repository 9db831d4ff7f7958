import { expect, test } from "@playwright/test";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

test("a visitor finds what was said, with what stood around it @once", async ({ page, locale }) => {
  const visitor = new VisitorPage(page, wordsIn(locale, "chat"));
  const { t } = visitor;
  await page.goto("/chat");
  for (const text of ["The parcel QH20261121 is late", "It was a birthday present"]) {
    await visitor.say(text);
    await visitor.delivered();
  }
  await page.getByRole("banner").or(page.locator("header")).getByLabel(t("header.menu")).click();
  await page.getByRole("button", { name: t("menu.search") }).click();
  const sheet = page.getByRole("dialog", { name: t("search.title") });
  await sheet.getByRole("searchbox").fill("nothing like this");
  await expect(sheet.getByText(t("search.none", { q: "nothing like this" }))).toBeVisible();
  await sheet.getByRole("searchbox").fill("qh20261121");
  const hit = sheet.getByRole("button", { name: /The parcel/ });
  await expect(hit.locator("mark")).toHaveText("QH20261121");
  await expectAccessible(page);
  await hit.click();
  await expect(sheet.getByText("It was a birthday present")).toBeVisible();
  await sheet.getByRole("button", { name: t("search.back") }).click();
  await expect(hit).toBeVisible();
});
