import { expect, type Page, test } from "@playwright/test";
import { AdminPage, anotherPerson, demoAccounts, signIn } from "./admin-page";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

/** Closes what lies over the buttons of a narrow page: under the pointer it would stay there for good. */
async function closeNotices(page: Page, locale: string | undefined): Promise<void> {
  const notices = page.getByRole("region", { name: wordsIn(locale, "shell")("toasts") });
  const close = notices.getByRole("button", { name: wordsIn(locale, "common")("close") });
  await expect(async () => {
    // One that goes by itself meanwhile is as good.
    await close
      .first()
      .click({ timeout: 500 })
      .catch(() => undefined);
    await expect(close).toHaveCount(0, { timeout: 500 });
  }).toPass();
}

test("an agent's draft is reviewed, published, changed and brought back, and a visitor is told what is published @once", async ({
  page,
  browser,
  context,
  locale,
}, info) => {
  const unique = `${info.project.name}${Date.now().toString(36)}`.replaceAll("-", "");
  const english = locale?.startsWith("en") === true;
  const question = english ? `When does the ${unique} library open?` : `${unique}书吧几点开门？`;
  const [early, late] = english ? ["It opens at eight.", "It opens at nine."] : ["早上八点开门。", "早上九点开门。"];
  const accounts = demoAccounts().accounts;
  const writer = accounts.agents.filter(({ merchant }) => merchant === "qinghe")[1];
  const t = wordsIn(locale, "admin-knowledge");

  await signIn(page, writer ?? accounts.admin, "/admin/knowledge/new");
  const author = new AdminPage(page, (namespace) => wordsIn(locale, namespace));
  await page.getByLabel(t("fields.question")).fill(question);
  await page.getByLabel(t("fields.answer")).fill(early ?? "");
  await expect(page.getByRole("button", { name: t("editor.saveAndPublish") })).toHaveCount(0);
  await page.getByRole("button", { name: t("editor.submit") }).click();
  await expect(author.toast(t("editor.submitted"))).toBeVisible();

  const chiefPage = await anotherPerson(browser, context, locale);
  await signIn(chiefPage, accounts.admin, "/admin");
  const chief = new AdminPage(chiefPage, (namespace) => wordsIn(locale, namespace));
  const visitorPage = await anotherPerson(browser, context, locale);
  const visitor = new VisitorPage(visitorPage, wordsIn(locale, "chat"));
  await visitorPage.goto("/chat");

  await test.step("what waits is found by its state and published", async () => {
    await chief.open(`/admin/knowledge?status=review&search=${unique}`, t("title"));
    await expectAccessible(chiefPage);
    await chiefPage.getByRole("link", { name: question }).click();
    await chiefPage.getByRole("button", { name: t("publish"), exact: true }).click();
    await expect(chief.toast(t("editor.published"))).toBeVisible();
    await visitor.say(question);
    await expect(visitor.log.getByText(early ?? "")).toBeVisible();
  });

  await test.step("changes wait beside the text until they are published", async () => {
    await chiefPage.getByLabel(t("fields.answer")).fill(late ?? "");
    await chiefPage.getByRole("button", { name: t("editor.saveDraft") }).click();
    await expect(chiefPage.getByText(t("editor.pendingDraft"))).toBeVisible();
    await expectAccessible(chiefPage);
    await closeNotices(chiefPage, locale);
    await chiefPage.getByRole("button", { name: t("editor.publishChanges") }).click();
    await expect(chief.toast(t("editor.saved"))).toBeVisible();
    await visitor.say(`${question} `);
    await expect(visitor.log.getByText(late ?? "")).toBeVisible();
  });

  await test.step("an earlier version shows its differences and comes back", async () => {
    await chiefPage.getByRole("button", { name: t("history.open") }).click();
    const history = chiefPage.getByRole("dialog", { name: t("history.title") });
    await history.getByRole("button", { name: t("history.version", { version: 2 }) }).click();
    await history.getByRole("radio", { name: t("history.againstNow") }).click();
    await expect(history.locator("ins")).toHaveText(english ? "nine" : "九");
    await expect(history.locator("del")).toHaveText(english ? "eight" : "八");
    await expectAccessible(chiefPage);
    await history.getByRole("button", { name: t("history.restore") }).click();
    await chiefPage
      .getByRole("alertdialog")
      .getByRole("button", { name: t("history.restore") })
      .click();
    await expect(chiefPage.getByLabel(t("fields.answer"))).toHaveValue(early ?? "");
    await closeNotices(chiefPage, locale);
    await chiefPage.getByRole("button", { name: t("editor.publishChanges") }).click();
    await expect(chief.toast(t("editor.saved")).last()).toBeVisible();
    await visitor.say(`${question}  `);
    await expect(visitor.log.getByText(early ?? "")).toHaveCount(2);
  });

  await chiefPage.getByRole("button", { name: t("editor.delete") }).click();
  await chiefPage
    .getByRole("alertdialog")
    .getByRole("button", { name: t("deleteSelected") })
    .click();
  await expect(chief.toast(t("deleted", { count: 1 }))).toBeVisible();
  await visitorPage.close();
  await chiefPage.close();
});
