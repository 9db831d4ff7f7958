import { expect, test as it } from "@playwright/test";
import { eq } from "drizzle-orm";
import { connect } from "@/db/client";
import { channels } from "@/db/schema/channels";
import { AdminPage, anotherPerson, signIn } from "./admin-page";
import { openShopWithBoss } from "./own-boss";
import { databaseUrl } from "./own-shop";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

/** A shop of one's own whose bot answers. */
async function openShopWithBot() {
  const shop = await openShopWithBoss();
  const db = connect(databaseUrl(), 1);
  try {
    await db
      .update(channels)
      .set({ config: { botEnabled: true } })
      .where(eq(channels.id, shop.channelId));
  } finally {
    await db.$client.end();
  }
  return shop;
}

const WORDS = {
  zh: {
    file: '编号,问题,答案\n1,门店的营业时间是几点到几点？,"## 平时\n门店每天九点到二十一点营业。\n\n| 日子 | 时间 |\n| --- | --- |\n| 周末 | 十点到二十二点 |"\n2,,没有问题\n3,可以开增值税发票吗？,在订单详情里申请发票。\n',
    asked: "门店的营业时间是几点到几点",
    answer: "门店每天九点到二十一点营业。",
    heading: "平时",
    cell: "十点到二十二点",
    unknown: "鹦鹉可以寄养在你们店里吗",
    written: "可以，鹦鹉寄养每天三十元。",
  },
  en: {
    file: 'id,question,answer\n1,What are the opening hours of the store?,"## On weekdays\nThe store is open from nine to nine.\n\n| Day | Hours |\n| --- | --- |\n| Weekend | ten to ten |"\n2,,no question\n3,Can I get an invoice for my order?,Ask for it on the order page.\n',
    asked: "What are the opening hours of the store",
    answer: "The store is open from nine to nine.",
    heading: "On weekdays",
    cell: "ten to ten",
    unknown: "Do you board parrots overnight",
    written: "Yes, a parrot stays for five euros a night.",
  },
} as const;

it("what is imported is found and told; what nobody knew becomes an entry, and is told too @once", async ({
  page,
  browser,
  context,
  locale,
}) => {
  const words = WORDS[locale?.startsWith("en") ? "en" : "zh"];
  const shop = await openShopWithBot();
  const admin = new AdminPage(page, (namespace) => wordsIn(locale, namespace));
  const t = admin.words("admin-knowledge");

  await it.step("a file is read, looked at and confirmed", async () => {
    await signIn(page, shop.lin, "/admin/knowledge/import");
    await expect(page.getByRole("heading", { name: t("imports.history") })).toBeVisible();
    await expectAccessible(page);
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: "faq.csv", mimeType: "text/csv", buffer: Buffer.from(words.file) });
    await expect(page.getByText(t("imports.status_ready"))).toBeVisible();
    await expect(page.getByText(words.answer)).toBeVisible();
    await expect(page.getByText(admin.words("errors")("required"))).toBeVisible();
    await expectAccessible(page);
    await page.reload();
    await page.getByRole("button", { name: t("imports.confirm", { count: 2 }) }).click();
    await expect(page.getByText(t("imports.status_done"))).toBeVisible();
    await expect(page.getByRole("link", { name: t("imports.report") })).toBeVisible();
  });

  await it.step("the search finds it", async () => {
    await admin.open("/admin/knowledge/test", t("title"));
    await page.getByLabel(t("testView.label")).fill(words.asked);
    await page.getByRole("button", { name: t("testView.ask") }).click();
    await expect(page.getByText(t("testView.decision_answer"), { exact: true })).toBeVisible();
  });

  const visitorPage = await anotherPerson(browser, context, locale);
  const visitor = new VisitorPage(visitorPage, wordsIn(locale, "chat"));
  await it.step("a visitor is told it, and asks what nobody knows", async () => {
    await visitorPage.goto(`/chat?channel=${shop.channelId}`);
    await visitor.say(words.asked);
    await expect(visitor.log.getByText(words.answer)).toBeVisible();
    await expect(visitor.log.getByRole("heading", { name: words.heading })).toBeVisible();
    await expect(visitor.log.getByRole("cell", { name: words.cell })).toBeVisible();
    await expectAccessible(visitorPage);
    await visitor.say(words.unknown);
    await visitor.delivered();
  });

  await it.step("the question waits on the list; one click begins its entry", async () => {
    await expect(async () => {
      await admin.open("/admin/knowledge/gaps", t("title"));
      await expect(page.getByText(words.unknown)).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await page.getByRole("link", { name: t("gapsView.answer") }).click();
    await expect(page.getByRole("textbox", { name: t("editor.question"), exact: true })).toHaveValue(
      new RegExp(words.unknown),
    );
    await page.getByRole("textbox", { name: t("editor.answer"), exact: true }).fill(words.written);
    await page.getByRole("button", { name: t("editor.saveAndPublish") }).click();
    await expect(admin.toast(t("editor.published"))).toBeVisible();
  });

  await it.step("asked again, it is told", async () => {
    await visitor.say(`${words.unknown}?`);
    await expect(visitor.log.getByText(words.written)).toBeVisible();
  });
  await visitorPage.close();
});
