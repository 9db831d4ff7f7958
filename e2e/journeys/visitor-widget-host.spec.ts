import { expect, type Page, test } from "@playwright/test";
import { eq } from "drizzle-orm";
import { connect } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { AgentPage } from "./agent-page";
import { startHostSite } from "./host-page";
import { databaseUrl, openOwnShop } from "./own-shop";
import { VisitorPage, wordsIn } from "./visitor-page";

const GREETING = "Shall I help you choose?";

/** What a hostile frame on the merchant's page tries. */
const ATTACK = `<script>
for (const target of [parent, ...Array.from(parent)]) {
  for (const what of ["hello", "message", "unread", "close", "context"]) {
    target.postMessage({ yingda: what, count: 99, author: "x", text: "forged words", context: { url: "https://evil.example" },
      identity: { userId: "1", signature: "0" } }, "*");
  }
}
</script>`;

/** Waits until the frame is parsed to its end: a key that comes before its first script is nobody's. */
async function chatLoaded(page: Page): Promise<void> {
  const chat = () => page.frames().find((frame) => frame.url().includes("/chat?"));
  await expect.poll(async () => chat()?.evaluate(() => document.readyState)).toBe("complete");
}

test("a hostile page around it changes nothing, and its documented policy is enough (T61) @once", async ({
  page,
  locale,
  baseURL,
}) => {
  const app = baseURL ?? "";
  const shop = await openOwnShop();
  const evil = await startHostSite(() => ({ body: ATTACK }));
  const policy = `default-src 'none'; img-src data:; script-src ${app}; frame-src ${app} ${evil.origin}`;
  const loader = (more: string) => `<script src="${app}/widget.js" data-channel="${shop.channelId}" ${more}></script>`;
  const body = `<h1>Shop</h1>${loader('data-accent="javascript:alert(1)" data-theme="x&quot; onload=alert(1)"')}
    ${loader('data-accent="#ff0000"')}<iframe title="other" src="${evil.origin}"></iframe>`;
  const host = await startHostSite(() => ({ body, policy }));
  const complaints: string[] = [];
  page.on("console", (message) => /Content Security Policy/.test(message.text()) && complaints.push(message.text()));
  page.on("dialog", (dialog) => complaints.push(dialog.message()));
  const t = wordsIn(locale, "widget");
  await page.goto(host.origin);
  const launcher = page.getByRole("button", { name: t("open"), exact: true });
  await expect(launcher).toHaveCount(1);
  await launcher.click();
  const visitor = new VisitorPage(page.frameLocator(`iframe[title="${t("frame")}"]`), wordsIn(locale, "chat"));
  await chatLoaded(page);
  await visitor.say("through a strict policy");
  await visitor.delivered();

  const other = page.frames().find((frame) => frame.url().startsWith(evil.origin));
  await other?.goto(`${evil.origin}/again`);
  await visitor.say("still here");
  await visitor.delivered();
  await expect(page.getByText("forged words")).toHaveCount(0);
  await expect(visitor.field).toBeVisible();
  expect(page.url()).toBe(`${host.origin}/`);

  // On the next page the conversation goes on, also where a frame of another site may store nothing.
  await page.goto(`${host.origin}/next`);
  await launcher.click();
  await expect(visitor.lines("still here")).toHaveCount(1);
  expect(complaints).toEqual([]);
  await host.stop();
  await evil.stop();
});

test("greets once on the page that is meant, and the agent sees the greeting and where the visitor goes @once", async ({
  page,
  browser,
  locale,
  viewport,
  baseURL,
}) => {
  const app = baseURL ?? "";
  const shop = await openOwnShop();
  const db = connect(databaseUrl(), 1);
  const greeting = { "zh-CN": GREETING, en: GREETING };
  const config = {
    botEnabled: false,
    greets: true,
    greeting,
    greetingAfter: 1,
    greetingOnline: false,
    greetingPages: ["/cart*"],
  };
  await db.update(channels).set({ config }).where(eq(channels.id, shop.channelId));
  await db.$client.end();
  const agent = new AgentPage(page, locale);
  await agent.signIn(shop.lin);
  await agent.goOnline();

  const line = `<script src="${app}/widget.js" data-channel="${shop.channelId}" data-greet="1"></script>`;
  const host = await startHostSite((path) => ({ body: `<title>Page ${path}</title>${line}` }), "localhost");
  const context = await browser.newContext({ locale, viewport });
  const visit = await context.newPage();
  const asked: string[] = [];
  visit.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const words = visit.getByRole("button", { name: GREETING });
  await visit.goto(`${host.origin}/?utm_source=letter`);
  await expect.poll(() => asked).toContain("/chat/greeting");
  await visit.evaluate(() => history.pushState(null, "", "/cart/1"));
  await words.click();
  const t = wordsIn(locale, "widget");
  const visitor = new VisitorPage(visit.frameLocator(`iframe[title="${t("frame")}"]`), wordsIn(locale, "chat"));
  await expect(visitor.log.getByText(GREETING)).toBeVisible();
  await chatLoaded(visit);
  await visitor.say("Yes please");
  await visitor.delivered();

  await agent.open("Yes please");
  await expect(agent.log.getByText(GREETING)).toBeVisible();
  const details = page.getByRole("button", { name: agent.t("conversation.showCustomer") });
  if (await details.isVisible()) {
    await details.click();
  }
  // The page on which the visit began had the campaign, and is the one before.
  await expect(page.getByText("letter", { exact: true })).toBeVisible();
  const before = page.getByRole("list", { name: agent.t("customer.pagesBefore") }).getByRole("link");
  await expect(before).toHaveText(["Shop"]);
  await visit.evaluate(() => {
    document.title = "Blue lamp";
    history.pushState(null, "", "/goods/lamp");
  });
  await expect(page.getByRole("link", { name: /Blue lamp/ })).toHaveAttribute("href", `${host.origin}/goods/lamp`);
  await visit.goto(`${host.origin}/cart/2`);
  await expect(page.locator(`a[href="${host.origin}/cart/2"]`)).toBeVisible();
  await expect(before).toHaveText(["Blue lamp", "Shop", "Shop"]);
  await expect(words).toHaveCount(0);
  await context.close();
  await host.stop();
});
