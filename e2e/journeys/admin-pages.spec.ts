import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { demoAccounts, signIn } from "./admin-page";

/** Every page of the console whose address needs no id. */
const PAGES = readdirSync("app/(admin)/admin", { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "page.tsx" && !file.includes("["))
  .map((file) => path.posix.join("/admin", path.dirname(file)).replace(/\/$/, ""));

test("every page of the console has its words and fits its window @once", async ({ page, locale }) => {
  await signIn(page, locale, demoAccounts().accounts.admin, "/admin");
  const faults: string[] = [];
  page.on("console", (message) => {
    if (/MISSING_MESSAGE|FORMATTING_ERROR/.test(message.text())) {
      faults.push(`${new URL(page.url()).pathname}: ${message.text().slice(0, 80)}`);
    }
  });
  page.on("pageerror", (error) => faults.push(`${new URL(page.url()).pathname}: ${error.message}`));
  for (const address of PAGES) {
    await page.goto(address, { waitUntil: "networkidle" });
    // Not the window's own width: on a phone it grows with a page that is too wide.
    const excess =
      (await page.evaluate(() => document.documentElement.scrollWidth)) - (page.viewportSize()?.width ?? 0);
    if (excess > 0) {
      faults.push(`${address}: ${excess} px wider than the window`);
    }
  }
  expect(PAGES.length).toBeGreaterThan(12);
  expect(faults).toEqual([]);
});
