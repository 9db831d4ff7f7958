import { expect, type Page, test } from "@playwright/test";
import { connect } from "@/db/client";
import { aiProviders } from "@/db/schema/bot";
import { macros } from "@/db/schema/desk";
import { settings } from "@/db/schema/operations";
import { newId } from "@/lib/core/ids";
import { type OpenAiServer, startOpenAiServer } from "@/lib/testing/stubs/openai";
import { AgentPage } from "./agent-page";
import { databaseUrl, type OwnShop, openOwnShop } from "./own-shop";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

/** What a page says went wrong on it: failed scripts, and what the framework finds different from the server's page. */
function errorsOf(page: Page): string[] {
  const seen: string[] = [];
  page.on("pageerror", ({ message }) => seen.push(message));
  page.on("console", (message) => {
    if (message.type() === "error" && /hydrat|minified react|uncaught/i.test(message.text())) {
      seen.push(message.text());
    }
  });
  return seen;
}

/** Settings of a shop that nobody else uses. */
async function set(merchantId: string, key: string, value: Record<string, unknown>): Promise<void> {
  const db = connect(databaseUrl(), 1);
  try {
    const change = { target: [settings.merchantId, settings.key], set: { value } };
    await db.insert(settings).values({ merchantId, key, value }).onConflictDoUpdate(change);
  } finally {
    await db.$client.end();
  }
}

/** A macro and a model for the shop. */
async function equip({ merchantId }: OwnShop, model: OpenAiServer): Promise<void> {
  const db = connect(databaseUrl(), 1);
  const actions = [
    { type: "reply", text: "A colleague looks for it" },
    { type: "tag", tags: ["parcel"] },
  ];
  try {
    await db.insert(macros).values({ id: newId("macro"), merchantId, name: "Lost parcel", shortcut: "lost", actions });
    const provider = { kind: "openai", name: "Model", baseUrl: model.baseUrl, model: "m" };
    await db.insert(aiProviders).values({ id: newId("provider"), merchantId, ...provider });
  } finally {
    await db.$client.end();
  }
}

const it = test.extend<{ shop: OwnShop; agent: AgentPage; visitor: VisitorPage; model: OpenAiServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
  shop: async ({}, use) => use(await openOwnShop()),
  agent: async ({ page, locale }, use) => use(new AgentPage(page, locale)),
  visitor: async ({ browser, shop, locale, viewport, baseURL }, use) => {
    const context = await browser.newContext({ locale, viewport, baseURL });
    const page = await context.newPage();
    await page.goto(`/chat?channel=${shop.channelId}`);
    await use(new VisitorPage(page, wordsIn(locale, "chat")));
    await context.close();
  },
  model: async ({ baseURL }, use, { parallelIndex }) => {
    const server = await startOpenAiServer(Number(new URL(baseURL ?? "").port) + 15 + parallelIndex);
    await use(server);
    await server.stop();
  },
});

it("a macro does its steps, a model names the next one, a message is translated @once", async ({
  agent,
  visitor,
  shop,
  model,
}) => {
  const errors = errorsOf(agent.page);
  const { page } = agent;
  await equip(shop, model);
  await agent.signIn(shop.lin);
  await agent.goOnline();
  await visitor.say("Where is my parcel?");
  await agent.open("Where is my parcel?");

  await agent.field.pressSequentially("/lost");
  await page.getByRole("option", { name: /Lost parcel/ }).click();
  await expect(visitor.log.getByText("A colleague looks for it")).toBeVisible();

  model.behave({ kind: "answer", words: ['{"step":"ask_order","reason":"No order number yet"}'] });
  await page.getByRole("button", { name: agent.t("assist.title") }).click();
  const next = page.getByRole("menuitem", { name: agent.t("assist.next") });
  await expect(next).toBeVisible();
  // What floats stands inside a landmark, too.
  await expectAccessible(page);
  await next.click();
  await expect(page.getByText("No order number yet")).toBeVisible();
  await agent.field.focus();
  await expectAccessible(page);
  await page.getByRole("button", { name: agent.t("assist.doNext.ask_order") }).click();
  await expect(agent.field).not.toHaveValue("");
  const words = await agent.field.inputValue();
  await agent.field.press("Enter");
  await expect(visitor.log.getByText(words)).toBeVisible();

  model.behave({ kind: "answer", words: ["Translated words"] });
  await agent.menuOfMessage("Where is my parcel?", "translate");
  await expect(agent.log.getByText("Translated words")).toBeVisible();
  await expect(visitor.log.getByText("Translated words")).toHaveCount(0);

  await page.reload();
  await expect(agent.log.getByText("Where is my parcel?").first()).toBeVisible();
  await expectAccessible(page);
  expect(errors).toEqual([]);
});

it("a customer's sign is seen at once, and who is called in a note hears it by the bell @once", async ({
  agent,
  visitor,
  shop,
  browser,
  locale,
  viewport,
  baseURL,
}) => {
  const { page } = agent;
  await agent.signIn(shop.lin);
  await agent.goOnline();
  await visitor.say("Where is my parcel?");
  await agent.open("Where is my parcel?");
  await agent.say("On its way");

  const line = visitor.lines("On its way");
  await line.hover();
  await line.getByRole("button", { name: visitor.t("thread.react"), exact: true }).click();
  await line.getByRole("button", { name: visitor.t("thread.reactWith", { sign: "👍" }) }).click();
  const names = agent.t("thread.reactionCustomer");
  await expect(page.getByRole("button", { name: agent.t("thread.reactedBy", { sign: "👍", names }) })).toBeVisible();

  const context = await browser.newContext({ locale, viewport, baseURL });
  const zhou = new AgentPage(await context.newPage(), locale);
  await zhou.signIn(shop.zhou);
  await page.getByRole("radio", { name: agent.t("composer.note") }).click();
  await agent.field.pressSequentially("@Zhou");
  await page.getByRole("option", { name: /Zhou Min/ }).click();
  await agent.field.pressSequentially("please look");
  await agent.field.press("Enter");
  const unread = new RegExp(`^${wordsIn(locale, "shell")("notifications.title")}.*1`);
  await zhou.page.getByRole("button", { name: unread }).filter({ visible: true }).click();
  await expectAccessible(zhou.page);
  await zhou.page
    .getByRole("dialog")
    .getByRole("button", { name: /Lin Xiao/ })
    .click();
  await expect(zhou.log.getByText("Where is my parcel?")).toBeVisible();
  await context.close();
});

it("an agent's silence is told, and closed doors are said @once", async ({ agent, visitor, shop }) => {
  await set(shop.merchantId, "timeouts", { agentWarnSeconds: 1, acceptSeconds: 0, agentRequeueSeconds: 0 });
  await agent.signIn(shop.lin);
  await agent.goOnline();
  await visitor.say("Hello?");
  await agent.open("Hello?");
  // The sweep comes by every ten seconds, and to an app that has just started with the next full minute.
  await expect(agent.log.getByText(agent.t("notice.silent_agent", { minutes: 1 }))).toBeVisible({ timeout: 90_000 });
  await agent.say("Here I am");
  await expect(visitor.log.getByText("Here I am")).toBeVisible();
  await agent.act("resolve");
  await expect(agent.log.getByText(agent.t("notice.resolved"))).toBeVisible();
  const own = { chinese: "Closed today, write to us", english: "Closed today, write to us" };
  const closed = { enabled: true, hours: [], answerChinese: own.chinese, answerEnglish: own.english };
  await set(shop.merchantId, "business-hours", closed);
  await visitor.say("One more thing");
  await expect(visitor.log.getByText(own.english)).toBeVisible();
});

it("one's own quick replies: made, found in their folder, offered at the desk @once", async ({
  agent,
  visitor,
  shop,
  locale,
}) => {
  const { page } = agent;
  const t = wordsIn(locale, "quick-replies");
  const common = wordsIn(locale, "common");
  await agent.signIn(shop.zhou);
  await page.goto("/account/quick-replies", { waitUntil: "networkidle" });
  await expectAccessible(page);
  await page
    .getByRole("button", { name: t("add") })
    .first()
    .click();
  const form = page.getByRole("dialog");
  await form.getByLabel(t("name")).fill("Parcel late");
  await form.getByLabel(t("text")).fill("It is on its way");
  await form.getByLabel(t("shortcut")).fill("late");
  await form.getByLabel(t("folder")).fill("Parcels");
  await form.getByRole("button", { name: common("save") }).click();
  await expect(page.getByRole("button", { name: "Parcel late", exact: true })).toBeVisible();
  await page.getByRole("combobox", { name: t("folder") }).click();
  await page.getByRole("option", { name: t("noFolder") }).click();
  await expect(page.getByRole("button", { name: "Parcel late", exact: true })).toHaveCount(0);
  await page.goto("/desk");
  await agent.goOnline();
  await visitor.say("When does it come?");
  await agent.open("When does it come?");
  await agent.field.pressSequentially("/late");
  await page.getByRole("option", { name: /Parcel late/ }).click();
  await expect(agent.field).toHaveValue("It is on its way");
});
