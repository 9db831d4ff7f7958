import { expect, test as it, type Page } from "@playwright/test";
import { connect } from "@/db/client";
import { settings } from "@/db/schema/operations";
import { AgentPage } from "./agent-page";
import { databaseUrl, openOwnShop } from "./own-shop";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

declare global {
  interface Window {
    /** Tones that were really played: their device was running. */
    tones?: number;
  }
}

/** Listens to what a page plays, as ears would. */
async function listen(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function play(when) {
      const heard = () => {
        if (this.context.state === "running") {
          window.tones = (window.tones ?? 0) + 1;
        }
      };
      heard();
      this.context.addEventListener("statechange", heard, { once: true });
      start.call(this, when);
    };
  });
  return () => page.evaluate(() => window.tones ?? 0);
}

async function offerFor(merchantId: string, offerSeconds: number): Promise<void> {
  const db = connect(databaseUrl(), 1);
  const value = { offerSeconds };
  const target = [settings.merchantId, settings.key];
  await db
    .insert(settings)
    .values({ merchantId, key: "routing", value })
    .onConflictDoUpdate({ target, set: { value } });
  await db.$client.end();
}

it("new work rings and counts in the title; what is offered is declined, passes, and is taken @desktop", async ({
  page,
  browser,
  locale,
  viewport,
  baseURL,
}) => {
  const shop = await openOwnShop();
  const tones = await listen(page);
  const contexts = await Promise.all([1, 2].map(() => browser.newContext({ locale, viewport, baseURL })));
  const [chat, second] = await Promise.all(contexts.map((context) => context.newPage()));
  if (!chat || !second) {
    throw new Error("two pages");
  }
  const visitor = new VisitorPage(chat, wordsIn(locale, "chat"));
  const [lin, zhou] = [new AgentPage(page, locale), new AgentPage(second, locale)];
  const title = lin.t("title");

  await it.step("a new conversation rings, and stands in the title until it is read", async () => {
    await lin.signIn(shop.lin);
    await lin.goOnline();
    await expect(page).toHaveTitle(title);
    expect(await tones()).toBe(0);
    await chat.goto(`/chat?channel=${shop.channelId}`);
    await visitor.say("Which size fits me?");
    await expect(page).toHaveTitle(lin.t("alerts.newTitle", { count: 1, title }));
    await expect.poll(tones).toBeGreaterThan(0);
    await lin.open("Which size fits me?");
    await expect(page).toHaveTitle(title);
  });

  const offers = second.getByRole("list", { name: zhou.t("offers.label") });
  async function offer(note: string): Promise<void> {
    await lin.act("transfer");
    const dialog = page.getByRole("dialog", { name: lin.t("transfer.title") });
    await dialog.getByText(shop.zhou.name).click();
    await dialog.getByRole("textbox").fill(note);
    await dialog.getByRole("button", { name: lin.t("transfer.submit"), exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(offers.getByText(new RegExp(note))).toBeVisible();
  }

  await it.step("a colleague says no, and why", async () => {
    await zhou.signIn(shop.zhou);
    await zhou.goOnline();
    await offer("You know sizes");
    await offers.getByRole("button", { name: zhou.t("offers.decline"), exact: true }).click();
    const popover = second.getByRole("dialog", { name: zhou.t("offers.decline") });
    await popover.getByRole("textbox").fill("On my way home");
    await expectAccessible(second);
    await popover.getByRole("button", { name: zhou.t("offers.decline"), exact: true }).click();
    await expect(offers.getByRole("listitem")).toHaveCount(0);
    const values = { name: shop.zhou.name, reason: "On my way home" };
    await expect(lin.log.getByText(lin.t("notice.offer_declined_why", values))).toBeVisible();
  });

  await it.step("says nothing, and it stays where it is", async () => {
    await offerFor(shop.merchantId, 5);
    await offer("Still there?");
    // Looked after several times a minute.
    const expired = lin.log.getByText(lin.t("notice.offer_expired", { name: shop.zhou.name }));
    await expect(expired).toBeVisible({ timeout: 90_000 });
    await expect(offers.getByRole("listitem")).toHaveCount(0);
    await expect(lin.tab("mine")).toHaveText(/1/);
  });

  await it.step("takes it", async () => {
    await offerFor(shop.merchantId, 60);
    await offer("Please");
    await offers.getByRole("button", { name: zhou.t("offers.accept"), exact: true }).click();
    await expect(zhou.log.getByText("Which size fits me?")).toBeVisible();
    await expect(lin.tab("mine")).not.toHaveText(/1/);
  });
  await Promise.all(contexts.map((context) => context.close()));
});
