import { expect, type Page, test } from "@playwright/test";
import { AdminPage, demoAccounts, signIn } from "./admin-page";
import { wordsIn } from "./visitor-page";

/** Keeps what is sent to an address on its way until it is let go. */
async function hold(page: Page, address: string, method: string): Promise<{ held: Promise<void>; letGo: () => void }> {
  const arrived = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    if (route.request().method() === method) {
      arrived.resolve();
      await gate.promise;
    }
    await route.continue();
  });
  return { held: arrived.promise, letGo: () => gate.resolve() };
}

test("what is typed while a file is sent or the entry is saved stays @once", async ({ page, locale }, info) => {
  const unique = `${info.project.name}${Date.now().toString(36)}`.replaceAll("-", "");
  const t = wordsIn(locale, "admin-knowledge");
  await signIn(page, demoAccounts().accounts.admin, "/admin/knowledge/new");
  const admin = new AdminPage(page, (namespace) => wordsIn(locale, namespace));
  const answer = page.getByLabel(t("fields.answer"));
  await page.getByLabel(t("fields.question")).fill(`${unique}?`);
  await answer.fill("One.");

  await test.step("during an upload", async () => {
    const upload = await hold(page, "**/api/v1/files", "POST");
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("plan") });
    await upload.held;
    await expect(page.getByRole("progressbar", { name: t("editor.uploading") })).toBeVisible();
    await answer.pressSequentially(" Two.");
    upload.letGo();
    await expect(page.getByRole("link", { name: "plan.txt" })).toBeVisible();
    await expect(answer).toHaveValue("One. Two.");
  });

  await page.getByRole("button", { name: t("editor.saveDraft") }).click();
  await expect(admin.toast(t("editor.draftSaved"))).toBeVisible();
  await page.waitForURL(/\/admin\/knowledge\/kbe_/);

  await test.step("during a save, and it can be saved in its turn", async () => {
    await answer.press("ControlOrMeta+End");
    await answer.pressSequentially(" Three.");
    const save = await hold(page, "**/api/v1/knowledge/entries/*/draft", "PUT");
    await page.getByRole("button", { name: t("editor.saveDraft") }).click();
    await save.held;
    await answer.pressSequentially(" Four.");
    const saved = page.waitForResponse((response) => response.url().endsWith("/draft"));
    save.letGo();
    await saved;
    await expect(answer).toHaveValue("One. Two. Three. Four.");
    const again = page.waitForResponse((response) => response.url().endsWith("/draft") && response.ok());
    await page.getByRole("button", { name: t("editor.saveDraft") }).click();
    await again;
    await page.reload();
    await expect(answer).toHaveValue("One. Two. Three. Four.");
    await expect(page.getByRole("link", { name: "plan.txt" })).toBeVisible();
  });

  // The shop's list stays as other journeys know it.
  await page.getByRole("button", { name: t("editor.delete") }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: t("deleteSelected") })
    .click();
  await expect(admin.toast(t("deleted", { count: 1 }))).toBeVisible();
});
