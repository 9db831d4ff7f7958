import { expect, test } from "@playwright/test";
import { AgentPage } from "./agent-page";
import { openOwnShop } from "./own-shop";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

test("a conversation becomes a ticket that a colleague hears of, works on and solves @once", async ({
  page,
  browser,
  locale,
  viewport,
  baseURL,
}) => {
  const t = wordsIn(locale, "tickets");
  const shop = await openOwnShop();
  const agent = new AgentPage(page, locale);
  await agent.signIn(shop.lin);
  await agent.goOnline();
  const outside = await browser.newContext({ locale, viewport, baseURL });
  const chat = await outside.newPage();
  await chat.goto(`/chat?channel=${shop.channelId}`);
  const visitor = new VisitorPage(chat, wordsIn(locale, "chat"));
  await visitor.say("Where is my parcel?");
  await agent.open("Where is my parcel?");

  await page.getByRole("button", { name: agent.t("conversation.more") }).click();
  await page.getByRole("menuitem", { name: t("ofConversation") }).click();
  const form = page.getByRole("dialog", { name: t("add") });
  await expect(form.getByLabel(t("fields.subject"))).toHaveValue("Where is my parcel?");
  await form.getByRole("combobox", { name: t("fields.assignee") }).click();
  await page.getByRole("option", { name: shop.zhou.name }).click();
  await expectAccessible(page);
  await form.getByRole("button", { name: t("form.submit") }).click();
  await expect(page.getByText(t("form.made", { number: 1 }))).toBeVisible();
  await outside.close();

  const context = await browser.newContext({ locale, viewport, baseURL });
  const zhou = new AgentPage(await context.newPage(), locale);
  await zhou.signIn(shop.zhou);
  const desk = zhou.page;
  const shell = wordsIn(locale, "shell");
  // The bell is told by a job: it says so when it has come.
  await desk
    .getByRole("button", { name: new RegExp(`^${shell("notifications.title")}.*1`) })
    .filter({ visible: true })
    .click();
  await desk
    .getByRole("dialog")
    .getByRole("button", { name: shell("notifications.kind.ticket", { number: 1 }) })
    .click();
  await expect(desk.getByRole("heading", { level: 1, name: t("one", { number: 1 }) })).toBeVisible();
  await desk.getByRole("combobox", { name: t("fields.status") }).click();
  await desk.getByRole("option", { name: t("statuses.in_progress") }).click();
  const history = desk.getByRole("region", { name: t("page.history") });
  const started = { actor: shop.zhou.name, field: t("fields.status") };
  await expect(
    history.getByText(t("history.changed", { ...started, from: t("statuses.open"), to: t("statuses.in_progress") })),
  ).toBeVisible();
  await desk.getByLabel(t("page.comment")).fill("The parcel is at the gate");
  await desk.getByRole("button", { name: t("page.send") }).click();
  await expect(history.getByText("The parcel is at the gate")).toBeVisible();
  await desk.getByRole("combobox", { name: t("fields.status") }).click();
  await desk.getByRole("option", { name: t("statuses.resolved") }).click();
  await expect(desk.getByRole("button", { name: t("page.addResolution") })).toBeVisible();
  await expect(history.getByText(t("history.created", { actor: shop.lin.name }))).toBeVisible();
  await expectAccessible(desk);

  await desk.getByRole("link", { name: t("back"), exact: true }).click();
  await desk.getByRole("link", { name: t("tabs.ended") }).click();
  await expect(desk.getByRole("link", { name: "Where is my parcel?" })).toBeVisible();
  await expectAccessible(desk);
  await context.close();
});
