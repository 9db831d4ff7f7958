import { expect, type Locator, test } from "@playwright/test";
import { AgentPage } from "./agent-page";
import { openHostileShop, speakHostile } from "./hostile-shop";
import { HOSTILE_NAME, HOSTILE_WORDS } from "./hostile-words";
import { watchPages } from "./page-watch";
import { VisitorPage, wordsIn } from "./visitor-page";

const squash = (text: string) => text.replace(/\s+/g, " ");

/** All hostile words stand there to be read, letter by letter. */
async function expectReadable(place: Locator): Promise<void> {
  await expect
    .poll(async () => {
      const text = squash((await place.allTextContents()).join(" "));
      return HOSTILE_WORDS.filter((words) => !text.includes(squash(words)));
    })
    .toEqual([]);
}

test("the watch sees a dialog, a foreign request and a blocked script @desktop", async ({ page, context, baseURL }) => {
  const seen = await watchPages(context, baseURL ?? "");
  await page.goto("/login");
  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", "<img src='https://evil.example/a.png'><img src=x onerror=alert(1)>");
    setTimeout(() => alert("a dialog"));
  });
  await expect
    .poll(() => seen.map((what) => what.split(":")[0]))
    .toEqual(expect.arrayContaining(["dialog", "request", "policy"]));
});

test("hostile words are words: to the agent, to the visitor, to the administrator (T49) @desktop", async ({
  page,
  context,
  browser,
  locale,
  viewport,
  baseURL: address,
}) => {
  test.setTimeout(180_000);
  const baseURL = address ?? "";
  const shop = await openHostileShop();
  const agent = new AgentPage(page, locale);
  const seen = await watchPages(context, baseURL);
  await agent.signIn(shop.lin);
  await agent.goOnline();
  const conversation = await speakHostile(shop, page.request, baseURL);

  await test.step("at the desk", async () => {
    await expect(agent.row(HOSTILE_NAME).first()).toBeVisible();
    await page.goto(`/desk?c=${conversation.id}`);
    await expect(agent.log).toBeVisible();
    await expectReadable(agent.log);
    const details = page.getByRole("button", { name: agent.t("conversation.showCustomer") });
    if (await details.isVisible()) {
      await details.click();
    }
    await expect(page.getByText(HOSTILE_NAME).filter({ visible: true }).first()).toBeVisible();
    // Focus and the pointer are what some of them wait for.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await page.locator('a[href^="javascript:" i], a[href^="data:" i]').count()).toBe(0);
  });

  await test.step("in the visitor's chat", async () => {
    const other = await browser.newContext({ locale, viewport, baseURL });
    const heard = await watchPages(other, baseURL);
    const chat = await other.newPage();
    const visitor = new VisitorPage(chat, wordsIn(locale, "chat"));
    await chat.goto(conversation.chatAddress);
    await expectReadable(visitor.log);
    await expect(chat.locator('a[href^="javascript:" i], a[href^="data:" i]')).toHaveCount(0);
    await conversation.finish();
    await expect(visitor.field).toBeVisible();
    expect(heard).toEqual([]);
    await other.close();
  });

  for (const path of [
    "/admin",
    "/admin/knowledge",
    `/admin/knowledge?search=${encodeURIComponent(HOSTILE_NAME)}`,
    "/admin/knowledge/gaps",
    "/admin/ratings",
    "/admin/audit",
    "/admin/agents",
    "/admin/quick-replies",
    "/admin/channels",
    `/admin/channels/${shop.channelId}`,
    `/desk?q=${encodeURIComponent(HOSTILE_NAME)}&tab=all`,
  ]) {
    await test.step(`on ${path}`, async () => {
      await page.goto(path, { waitUntil: "networkidle" });
      await expect(page.locator("body")).toContainText("alert(1)");
    });
  }
  await test.step("in the editor of an entry, with its preview", async () => {
    await page.goto("/admin/knowledge", { waitUntil: "networkidle" });
    await page.locator('a[href^="/admin/knowledge/kbe_"]').first().click();
    await expect(page).toHaveURL(/\/kbe_/);
    await page.waitForLoadState("networkidle");
  });
  expect(seen).toEqual([]);
});
