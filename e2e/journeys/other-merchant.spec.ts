import { expect, test as it } from "@playwright/test";
import { eq } from "drizzle-orm";
import { connect } from "@/db/client";
import { merchants } from "@/db/schema/merchants";
import { settings } from "@/db/schema/operations";
import { AgentPage } from "./agent-page";
import { databaseUrl, openOwnShop } from "./own-shop";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

it("a conversation goes on at another merchant, in the same chat @once", async ({
  page,
  browser,
  locale,
  viewport,
  baseURL,
}) => {
  const [here, there] = [await openOwnShop(), await openOwnShop()];
  const db = connect(databaseUrl(), 1);
  await db.insert(settings).values({ merchantId: there.merchantId, key: "handover", value: { accepts: "all" } });
  // A name of its own, for the same journey runs in other browsers, too.
  const seller = `Seller ${there.merchantId.slice(-8)}`;
  await db.update(merchants).set({ name: seller }).where(eq(merchants.id, there.merchantId));
  await db.$client.end();
  const contexts = await Promise.all([1, 2].map(() => browser.newContext({ locale, viewport, baseURL })));
  const [chat, second] = await Promise.all(contexts.map((context) => context.newPage()));
  if (!chat || !second) {
    throw new Error("two pages");
  }
  await chat.goto(`/chat?channel=${here.channelId}`);
  const visitor = new VisitorPage(chat, wordsIn(locale, "chat"));
  const [lin, zhou] = [new AgentPage(page, locale), new AgentPage(second, locale)];
  await lin.signIn(here.lin);
  await lin.goOnline();
  await visitor.say("My parcel is broken");
  await lin.open("My parcel is broken");
  await lin.say("The seller will help");
  await lin.writeNote("Careful with this one");

  await lin.act("transfer");
  const dialog = page.getByRole("dialog");
  await dialog.locator("label").filter({ hasText: seller }).click();
  await expectAccessible(page);
  await dialog.getByRole("textbox", { name: lin.t("transfer.note") }).fill("Please refund");
  await dialog.getByRole("button", { name: lin.t("transfer.submit"), exact: true }).click();
  await expect(lin.log.getByText(lin.t("notice.handed_to", { name: seller }))).toBeVisible();

  await visitor.say("Anybody there?");
  await expect(visitor.lines("My parcel is broken")).toHaveCount(1);
  await zhou.signIn(there.zhou);
  await zhou.goOnline();
  await zhou.open("Anybody there?");
  await expect(zhou.log.getByText("The seller will help")).toBeVisible();
  await expect(zhou.log.getByText(/Please refund/)).toBeVisible();
  await expect(zhou.log.getByText("Careful with this one")).toHaveCount(0);
  await zhou.say("We send a new one");
  await expect(visitor.lines("We send a new one")).toHaveCount(1);
  await chat.reload();
  await expect(visitor.lines("We send a new one")).toHaveCount(1);
  await expect(visitor.lines("My parcel is broken")).toHaveCount(1);
  await Promise.all(contexts.map((context) => context.close()));
});
