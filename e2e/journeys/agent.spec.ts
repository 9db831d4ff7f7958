import { expect, test } from "@playwright/test";
import { AgentPage } from "./agent-page";
import { type OwnShop, openOwnShop } from "./own-shop";
import { expectAccessible, PICTURE, VisitorPage, wordsIn } from "./visitor-page";

const it = test.extend<{ shop: OwnShop; agent: AgentPage; visitor: VisitorPage }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
  shop: async ({}, use) => use(await openOwnShop()),
  agent: async ({ page, locale }, use) => use(new AgentPage(page, locale)),
  visitor: async ({ browser, shop, locale, viewport, baseURL }, use) => {
    const context = await browser.newContext({ locale, viewport, baseURL, timezoneId: "Asia/Shanghai" });
    const page = await context.newPage();
    await page.goto(`/chat?channel=${shop.channelId}`);
    await use(new VisitorPage(page, wordsIn(locale, "chat")));
    await context.close();
  },
});

const visitorPage = ({ place }: VisitorPage) => {
  if (!("keyboard" in place)) {
    throw new Error("the visitor of these journeys has a page of their own");
  }
  return place;
};

it("sees who waits without reloading, is assigned on going online, answers, and the customer rates @everywhere", async ({
  agent,
  visitor,
  shop,
}) => {
  await agent.signInByForm(shop.lin);
  await expectAccessible(agent.page);
  await visitor.say("Is anybody there?");
  await expect(agent.tab("queued")).toHaveText(/1/);

  await agent.goOnline();
  await expect(agent.tab("mine")).toHaveText(/1/);
  await agent.open("Is anybody there?");
  await expect(visitor.log.getByText(shop.lin.name).first()).toBeVisible();
  await expectAccessible(agent.page);

  await visitor.field.pressSequentially("My order");
  await expect(agent.page.getByText(agent.t("thread.visitorTyping"))).toBeVisible();
  await visitor.field.press("Enter");
  await expect(agent.log.getByText("My order")).toBeVisible();
  await agent.field.pressSequentially("One moment");
  await expect(visitor.place.getByText(visitor.t("thread.typing", { name: shop.lin.name }))).toBeVisible();
  await agent.field.press("Enter");
  await expect(visitor.lines("One moment")).toHaveCount(1);
  await expect(agent.log.getByText(agent.t("thread.read")).first()).toBeVisible();

  await agent.act("resolve");
  await expect(agent.log.getByText(agent.t("notice.resolved"))).toBeVisible();
  const { t } = visitor;
  const page = visitorPage(visitor);
  await visitor.choose("radio", t("rating.star", { stars: 5 }));
  await page.getByRole("button", { name: t("rating.submit") }).click();
  await expect(page.getByRole("heading", { name: t("rating.thanks") })).toBeVisible();
  await expect(agent.log.getByText(agent.t("notice.rated", { stars: 5 }))).toBeVisible();
});

it("uses a quick reply with its variables, and keeps notes among colleagues", async ({ agent, visitor, shop }) => {
  await agent.signIn(shop.lin);
  await agent.goOnline();
  await visitor.say("Hello");
  await agent.open("Hello");

  await agent.field.pressSequentially("/hi");
  await expect(agent.page.getByRole("option", { name: /Greeting/ })).toBeVisible();
  await expectAccessible(agent.page);
  await agent.field.press("Enter");
  await expect(agent.field).toHaveValue(`Welcome, ${shop.lin.name} is here for you.`);
  await agent.field.press("Enter");
  await expect(visitor.lines(`Welcome, ${shop.lin.name} is here for you.`)).toHaveCount(1);

  await agent.writeNote("Check the order number first");
  await agent.say("Which order is it?");
  await expect(visitor.lines("Which order is it?")).toHaveCount(1);
  await expect(visitor.log.getByText("Check the order number first")).toHaveCount(0);
  await visitorPage(visitor).reload();
  await expect(visitor.lines("Which order is it?")).toHaveCount(1);
  await expect(visitor.log.getByText("Check the order number first")).toHaveCount(0);
});

it("sends and receives pictures and files", async ({ agent, visitor, shop }) => {
  await agent.signIn(shop.lin);
  await agent.goOnline();
  await visitor.say("A picture for you");
  await agent.open("A picture for you");
  const page = visitorPage(visitor);
  await page
    .locator("input[type=file]")
    .first()
    .setInputFiles({ name: "cup.png", mimeType: "image/png", buffer: PICTURE });
  await agent.log.getByRole("button", { name: agent.t("thread.openImage", { name: "cup.png" }) }).click();
  await expect(agent.page.getByRole("dialog").getByRole("img", { name: "cup.png" })).toBeVisible();
  await expectAccessible(agent.page);
  await agent.page.keyboard.press("Escape");

  const upload = agent.page.locator("input[type=file]");
  await upload.setInputFiles([
    { name: "label.png", mimeType: "image/png", buffer: PICTURE },
    { name: "form.txt", mimeType: "text/plain", buffer: Buffer.from("return form") },
  ]);
  await expect(
    agent.page.getByRole("button", { name: agent.t("composer.removeFile", { name: "form.txt" }) }),
  ).toBeVisible();
  await expect(agent.page.getByRole("progressbar")).toHaveCount(0);
  await agent.say("Please print these");
  await expect(
    visitor.place.getByRole("button", { name: visitor.t("thread.image", { name: "label.png" }) }),
  ).toBeVisible();
  await expect(visitor.log.getByText("form.txt")).toBeVisible();

  await upload.setInputFiles({
    name: "setup.png",
    mimeType: "image/png",
    buffer: Buffer.from("MZ a program, not a picture"),
  });
  await expect(agent.page.getByText(/setup\.png/)).toBeVisible();
  await expect(
    agent.page.getByRole("button", { name: agent.t("composer.removeFile", { name: "setup.png" }) }),
  ).toHaveCount(0);
});

it("transfers to a colleague with a note that the customer does not see", async ({
  agent,
  visitor,
  shop,
  browser,
  locale,
  viewport,
  baseURL,
}) => {
  const context = await browser.newContext({ locale, viewport, baseURL, timezoneId: "Asia/Shanghai" });
  const colleague = new AgentPage(await context.newPage(), locale);
  await agent.signIn(shop.lin);
  await agent.goOnline();
  await visitor.say("I would like to change my address");
  await agent.open("I would like to change my address");
  await colleague.signIn(shop.zhou);
  await colleague.goOnline();

  await agent.act("transfer");
  const dialog = agent.page.getByRole("dialog", { name: agent.t("transfer.title") });
  await dialog.getByText(shop.zhou.name).click();
  await dialog.getByRole("textbox").fill("Knows the address form");
  await expectAccessible(agent.page);
  await dialog.getByRole("button", { name: agent.t("transfer.submit") }).click();
  await expect(dialog).toBeHidden();

  // It moves once the colleague takes it.
  const asked = colleague.page.getByRole("list", { name: colleague.t("offers.label") });
  await expect(asked.getByText(/Knows the address form/)).toBeVisible();
  await asked.getByRole("button", { name: colleague.t("offers.accept"), exact: true }).click();
  // What was taken is opened at once; on a phone it stands in front of the list.
  await expect(colleague.log.getByText("I would like to change my address")).toBeVisible();
  await expect(colleague.log.getByText(/Knows the address form/)).toBeVisible();
  await colleague.back();
  await expect(colleague.tab("mine")).toHaveText(/1/);
  await colleague.open("I would like to change my address");
  await colleague.say("I take over from here");
  await expect(visitor.lines("I take over from here")).toHaveCount(1);
  await expect(visitor.log.getByText(/Knows the address form/)).toHaveCount(0);
  await agent.back();
  await expect(agent.tab("mine")).not.toHaveText(/1/);
  await context.close();
});

it("loses nothing and doubles nothing when the connection breaks while writing", async ({ agent, visitor, shop }) => {
  await agent.signIn(shop.lin);
  await agent.goOnline();
  await visitor.say("Still there?");
  await agent.open("Still there?");

  await agent.page.context().setOffline(true);
  await agent.say("Written without a connection");
  await expect(agent.log.getByRole("alert")).toBeVisible();
  await visitor.say("A question meanwhile");
  await visitor.delivered();
  await agent.page.context().setOffline(false);

  await expect(agent.log.getByText("A question meanwhile")).toBeVisible();
  await expect(agent.log.getByRole("alert")).toHaveCount(0);
  await expect(visitor.lines("Written without a connection")).toHaveCount(1);
  await agent.field.fill("Half a sentence");
  await agent.page.reload();
  await expect(agent.field).toHaveValue("Half a sentence");
  await expect(agent.log.getByText("Written without a connection")).toHaveCount(1);
});

it("finds old messages by their words and edits the customer in place", async ({ agent, visitor, shop }) => {
  await agent.signIn(shop.lin);
  await agent.goOnline();
  await visitor.say("The umbrella arrived broken");
  await agent.open("The umbrella arrived broken");
  const show = agent.page.getByRole("button", { name: agent.t("conversation.showCustomer") });
  await expect(show.or(agent.page.getByRole("button", { name: agent.t("conversation.hideCustomer") }))).toBeVisible();
  if (await show.isVisible()) {
    await show.click();
  }
  await agent.page.getByRole("button", { name: agent.t("customer.addName") }).click();
  await agent.page.getByRole("textbox", { name: agent.t("customer.name"), exact: true }).fill("Ada Chen");
  await agent.page.keyboard.press("Enter");
  await expect(agent.page.getByRole("button", { name: /Ada Chen/ }).first()).toBeVisible();
  await expectAccessible(agent.page);
  const close = agent.page.getByRole("dialog").getByRole("button").first();
  if (await close.isVisible()) {
    await close.click();
  }
  await expect(agent.page.getByRole("heading", { level: 2, name: "Ada Chen" })).toBeVisible();

  await agent.back();
  await agent.page.getByRole("searchbox", { name: agent.t("search.label") }).fill("umbrella");
  const results = agent.page.getByRole("region", { name: agent.t("search.results") });
  await results.getByRole("button", { name: /Ada Chen/ }).click();
  await expect(agent.log.getByText("The umbrella arrived broken")).toBeVisible();
});

it("says so when a conversation cannot be found, and leads back", async ({ agent, shop }) => {
  await agent.signIn(shop.lin);
  await agent.page.goto("/desk?c=cnv_00000000000000000000000000");
  await expect(agent.page.getByText(agent.t("conversation.missing"))).toBeVisible();
  await expectAccessible(agent.page);
  await agent.page.getByRole("button", { name: agent.t("conversation.back") }).click();
  await expect(agent.page).toHaveURL(/\/desk$/);
});
