import { expect, test } from "@playwright/test";
import { expectAccessible, wordsIn } from "../journeys/visitor-page";
import { newDataDirectory, removeDataDirectory, startApp } from "../system/running-app";

const port = Number(process.env["E2E_PORT"] ?? 4180) + 23;

test("an empty installation is set up from the browser, with samples to look at, and only once", async ({
  page,
  browser,
}) => {
  const t = wordsIn("zh-CN", "install");
  const doctor = wordsIn("zh-CN", "cli");
  const folder = newDataDirectory();
  // As on a fresh deploy: the database is empty, and nothing but this page makes its tables.
  const app = await startApp(folder, { port, args: ["--no-migrate", "--strict-port"] });
  try {
    await page.goto(app.url);
    await page.goto(`${app.url}/install`);
    for (const name of ["node", "database", "realtime", "storage", "ai", "mail"] as const) {
      await expect(page.getByRole("listitem").getByText(doctor(`doctor.${name}`), { exact: true })).toBeVisible();
    }
    await expect(page.getByRole("img", { name: t("bad") })).toHaveCount(0);
    await expectAccessible(page);
    await expect(page.getByLabel(t("merchantName"))).toHaveCount(0);
    await page.getByRole("button", { name: t("prepare") }).click();
    await expect(page.getByLabel(t("merchantName"))).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole("img", { name: t("step.done") })).toHaveCount(2);
    await expectAccessible(page);
    await page.getByLabel(t("merchantName")).fill("橙子文具");
    await page.getByLabel(t("name")).fill("小橙");
    await page.getByLabel(t("email")).fill("boss@orange.example");
    await page.getByLabel(t("password")).fill("a long enough password");
    await page.getByRole("switch", { name: t("samples") }).click();
    await page.getByRole("button", { name: t("submit") }).click();
    await page.waitForURL(`${app.url}/admin`, { timeout: 60_000 });
    await page.goto(`${app.url}/admin/reports`);
    await expect(
      page.getByRole("table", { name: wordsIn("zh-CN", "reports")("agents") }).getByText("小橙"),
    ).toBeVisible();

    const second = await browser.newPage();
    const answer = await second.goto(`${app.url}/install`);
    expect(answer?.status()).toBe(404);
    await second.goto(`${app.url}/chat`);
    await expect(second.getByText("橙子文具").first()).toBeVisible();
    await second.close();
  } finally {
    await app.stop();
    removeDataDirectory(folder);
  }
});
