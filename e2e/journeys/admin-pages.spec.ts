import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { demoAccounts, signIn } from "./admin-page";
import { stumblingBlocks } from "./visitor-page";

/** Every page of the console whose address needs no id. */
const PAGES = readdirSync("app/(admin)/admin", { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "page.tsx" && !file.includes("["))
  .map((file) => path.posix.join("/admin", path.dirname(file)).replace(/\/$/, ""));

test("every page of the console has its words, fits its window, and stops nobody with a disability @once", async ({
  page,
  isMobile,
}) => {
  test.setTimeout(240_000);
  await signIn(page, demoAccounts().accounts.admin, "/admin");
  const faults: string[] = [];
  page.on("console", (message) => {
    if (/MISSING_MESSAGE|FORMATTING_ERROR/.test(message.text())) {
      faults.push(`${new URL(page.url()).pathname}: ${message.text().slice(0, 80)}`);
    }
  });
  page.on("pageerror", (error) => faults.push(`${new URL(page.url()).pathname}: ${error.message}`));
  for (const address of PAGES) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    // Not the window's own width: on a phone it grows with a page that is too wide.
    const excess =
      (await page.evaluate(() => document.documentElement.scrollWidth)) - (page.viewportSize()?.width ?? 0);
    if (excess > 0) {
      faults.push(`${address}: ${excess} px wider than the window`);
    }
    // The same elements at both widths: the journeys of each section look again on the phone.
    if (!isMobile) {
      faults.push(...(await stumblingBlocks(page)).map((block) => `${address}: ${block}`));
    }
  }
  expect(PAGES.length).toBeGreaterThan(12);
  expect(faults).toEqual([]);
});
