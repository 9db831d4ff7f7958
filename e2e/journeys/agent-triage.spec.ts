import { expect, test } from "@playwright/test";
import { AgentPage } from "./agent-page";
import { type OwnShop, openOwnShop } from "./own-shop";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

const it = test.extend<{ shop: OwnShop; agent: AgentPage; visitors: readonly VisitorPage[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
  shop: async ({}, use) => use(await openOwnShop()),
  agent: async ({ page, locale }, use) => use(new AgentPage(page, locale)),
  visitors: async ({ browser, shop, locale, viewport, baseURL }, use) => {
    const contexts = await Promise.all([1, 2].map(() => browser.newContext({ locale, viewport, baseURL })));
    const pages = await Promise.all(contexts.map((context) => context.newPage()));
    await Promise.all(pages.map((page) => page.goto(`/chat?channel=${shop.channelId}`)));
    await use(pages.map((page) => new VisitorPage(page, wordsIn(locale, "chat"))));
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** Takes up a line for the answer to it: by its button, or with a finger that rests on the line until its choice opens. */
async function takeUp(visitor: VisitorPage, text: string, byTouch: boolean): Promise<void> {
  const line = visitor.lines(text);
  if (!byTouch) {
    await line.hover();
    await line.getByRole("button", { name: visitor.t("thread.quoteThis") }).click();
    return;
  }
  const words = line.getByText(text, { exact: true });
  const box = await words.boundingBox();
  const page = words.page();
  const touch = await page.context().newCDPSession(page);
  const point = { x: (box?.x ?? 0) + 8, y: (box?.y ?? 0) + 8 };
  const choice = line.getByRole("button", { name: visitor.t("thread.quote"), exact: true });
  await touch.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [point] });
  await expect(choice).toBeVisible();
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  await choice.click();
}

it("quotes, puts aside until the customer writes, loses what was taken back, solves several at once @once", async ({
  agent,
  visitors,
  shop,
  hasTouch,
}) => {
  const [first, second] = visitors;
  if (!first || !second) {
    throw new Error("two visitors");
  }
  await agent.signIn(shop.lin);
  await agent.goOnline();
  await first.say("Is the blue one in stock?");
  await second.say("Where is my parcel?");
  await agent.open("Is the blue one in stock?");

  await agent.menuOfMessage("Is the blue one in stock?", "quote");
  await agent.say("Yes, five of them");
  await expect(first.log.getByRole("blockquote")).toContainText("Is the blue one in stock?");
  await expectAccessible(agent.page);

  await takeUp(first, "Yes, five of them", hasTouch);
  const cancel = first.place.getByRole("button", { name: first.t("composer.removeQuote") });
  await cancel.click();
  await expect(cancel).toHaveCount(0);
  await takeUp(first, "Yes, five of them", hasTouch);
  await expect(cancel).toBeVisible();
  await first.say("Good to know");
  await expect(agent.log.getByRole("blockquote").filter({ hasText: "Yes, five of them" })).toBeVisible();

  await agent.choose("snooze", "untilReply");
  await expect(agent.log.getByText(agent.t("notice.snoozed", { name: shop.lin.name }))).toBeVisible();
  await first.say("Then I take two");
  await expect(agent.log.getByText(agent.t("notice.woken_reply"))).toBeVisible();

  await first.say("My password is swordfish");
  await expect(agent.log.getByText("My password is swordfish")).toBeVisible();
  await first.place.getByRole("button", { name: first.t("thread.recall") }).click();
  await expect(first.log.getByText(first.t("thread.recalled"))).toBeVisible();
  await expect(agent.log.getByText("My password is swordfish")).toHaveCount(0);

  await agent.back();
  await agent.page.getByRole("button", { name: agent.t("bulk.begin") }).click();
  await agent.page.getByRole("checkbox", { name: agent.t("bulk.all") }).click();
  await expect(agent.page.getByText(agent.t("bulk.chosen", { count: 2 }))).toBeVisible();
  await expectAccessible(agent.page);
  const bar = agent.page.getByRole("toolbar", { name: agent.t("bulk.label") });
  await bar.getByRole("button", { name: agent.t("conversation.resolve") }).click();
  await agent.page
    .getByRole("alertdialog")
    .getByRole("button", { name: agent.t("conversation.resolve") })
    .click();
  await expect(agent.tab("mine")).not.toHaveText(/[12]/);
  for (const visitor of visitors) {
    await expect(visitor.place.getByRole("heading", { name: visitor.t("rating.title") })).toBeVisible();
  }
});
