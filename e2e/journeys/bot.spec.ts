import { expect, test as it } from "@playwright/test";
import { eq } from "drizzle-orm";
import { connect } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { knowledgeEntries } from "@/db/schema/knowledge";
import { newId } from "@/lib/core/ids";
import { AdminPage, anotherPerson, signIn } from "./admin-page";
import { openShopWithBoss } from "./own-boss";
import { databaseUrl } from "./own-shop";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

const WORDS = {
  zh: {
    asked: "店里可以寄养鹦鹉吗",
    answer: "可以，鹦鹉寄养每天三十元。",
    comment: "没说周末怎么收费",
    intent: "投诉",
    examples: ["我要投诉你们", "投诉电话是多少", "怎么投诉店员"],
    complaint: "我想投诉你们店员",
  },
  en: {
    asked: "Can I board a parrot at your store",
    answer: "Yes, a parrot stays for five euros a night.",
    comment: "You did not say what weekends cost",
    intent: "Complaints",
    examples: ["I want to file a complaint", "how do I complain about staff", "complaint about your clerk"],
    complaint: "I want to file a complaint about your clerk",
  },
} as const;

/** A shop of one's own whose bot knows one thing. */
async function openShopWithBot({ asked, answer }: { asked: string; answer: string }) {
  const shop = await openShopWithBoss();
  const db = connect(databaseUrl(), 1);
  const { merchantId } = shop;
  try {
    await db
      .update(channels)
      .set({ config: { botEnabled: true } })
      .where(eq(channels.id, shop.channelId));
    const language = /^[A-Z]/.test(asked) ? "en" : "zh-CN";
    await db
      .insert(knowledgeEntries)
      .values({ id: newId("entry"), merchantId, question: asked, answer, language, status: "published" });
  } finally {
    await db.$client.end();
  }
  return shop;
}

it("what a visitor says of an answer reaches the report; what they come about is learned and acted upon @once", async ({
  page,
  browser,
  context,
  locale,
}) => {
  const words = WORDS[locale?.startsWith("en") ? "en" : "zh"];
  const shop = await openShopWithBot(words);
  const admin = new AdminPage(page, (namespace) => wordsIn(locale, namespace));
  const t = admin.words("admin-bot");
  const visitorPage = await anotherPerson(browser, context, locale);
  const visitor = new VisitorPage(visitorPage, wordsIn(locale, "chat"));

  await it.step("a visitor is answered, and says that it did not help and why", async () => {
    await visitorPage.goto(`/chat?channel=${shop.channelId}`);
    await visitor.say(words.asked);
    await expect(visitor.log.getByText(words.answer)).toBeVisible();
    const down = visitor.log.getByRole("button", { name: visitor.t("vote.down"), exact: true });
    await down.click();
    await expect(down).toHaveAttribute("aria-pressed", "true");
    await expectAccessible(visitorPage);
    await visitor.log.getByRole("textbox", { name: visitor.t("vote.why") }).fill(words.comment);
    await visitor.log.getByRole("button", { name: visitor.t("vote.send") }).click();
    await expect(visitor.log.getByText(visitor.t("vote.thanks"))).toBeVisible();
    await visitorPage.reload();
    await expect(down).toHaveAttribute("aria-pressed", "true");
  });

  await it.step("the report shows it, with the way to mend the entry", async () => {
    await signIn(page, shop.lin, "/admin/bot/quality");
    await expect(page.getByText(t("qualityView.voteComment", { comment: words.comment }))).toBeVisible();
    await expect(page.getByRole("link", { name: t("qualityView.toEntry") })).toBeVisible();
    await expectAccessible(page);
  });

  await it.step("an intent is written down and tried out", async () => {
    await admin.open("/admin/bot/intents", t("title"));
    await page.getByRole("button", { name: t("intentsView.add"), exact: true }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel(t("intentsView.name")).fill(words.intent);
    for (const [index, example] of words.examples.entries()) {
      await form.getByRole("button", { name: t("intentsView.addExample") }).click();
      await form.getByRole("textbox", { name: `${t("intentsView.examples")} ${index + 1}` }).fill(example);
    }
    await form.getByRole("combobox", { name: t("intentsView.action") }).click();
    await page.getByRole("option", { name: t("intentsView.actionOf.handoff") }).click();
    await expectAccessible(page);
    await form.getByRole("button", { name: admin.words("common")("save") }).click();
    await expect(page.getByRole("cell", { name: words.intent }).first()).toBeVisible();
    await page.getByLabel(t("intentsView.try")).fill(words.complaint);
    await page.getByRole("button", { name: t("intentsView.tryButton") }).click();
    await expect(page.getByText(t("intentsView.sure"))).toBeVisible();
    await expectAccessible(page);
  });

  await it.step("a visitor who comes about it gets a person", async () => {
    await visitor.say(words.complaint);
    const said = wordsIn(locale, "bot");
    const alone = visitor.log.getByText(said("handoffAlone.rule"));
    await expect(alone.or(visitor.log.getByText(said("handoff.rule")))).toBeVisible();
  });
  await visitorPage.close();
});
