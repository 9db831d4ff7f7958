import { expect, test } from "@playwright/test";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

const QUESTION = { zh: "怎么退款？", en: "How do I get a refund?" };
const UNANSWERABLE = {
  zh: "火星基地的引力波望远镜几点开门？",
  en: "When does the gravitational wave telescope on Mars open?",
};

const it = test.extend<{ visitor: VisitorPage; language: "zh" | "en" }>({
  language: async ({ locale }, use) => use(locale?.startsWith("en") ? "en" : "zh"),
  visitor: async ({ page, locale }, use) => use(new VisitorPage(page, wordsIn(locale, "chat"))),
});

it("greets, answers a question from the knowledge base in pieces, and shows where it is from @everywhere", async ({
  page,
  visitor,
  language,
}) => {
  const frames: string[] = [];
  const framesOf = (event: string) => frames.filter((frame) => frame.includes(event)).length;
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(String(payload))));
  await page.goto("/chat");
  await expect(visitor.log.getByRole("listitem").first()).toBeVisible();
  const quick = page
    .getByRole("region", { name: visitor.t("quick.label") })
    .getByRole("button")
    .first();
  await expect(quick).toBeVisible();
  await expectAccessible(page);

  // The first message opens the conversation; from here on its channel is followed.
  await quick.click();
  await expect.poll(() => framesOf("subscription_succeeded")).toBe(1);
  const source = visitor.log.getByRole("button", {
    name: new RegExp(visitor.t("thread.source", { title: "" }).trim()),
  });
  await expect(source).toHaveCount(1);

  await visitor.say(QUESTION[language]);
  await expect(source).toHaveCount(2);
  await visitor.delivered();
  expect(framesOf("answer.delta")).toBeGreaterThan(1);
  await expectAccessible(page);

  await source.first().click();
  const sheet = page.getByRole("dialog", { name: visitor.t("source.title") });
  await expect(sheet.getByRole("heading", { level: 3 })).not.toBeEmpty();
  await expect(sheet.getByText(visitor.t("source.loading"))).toBeHidden();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
  await expect(source.first()).toBeFocused();
});

it("sends a quick question at one tap", async ({ page, visitor }) => {
  await page.goto("/chat");
  const quick = page
    .getByRole("region", { name: visitor.t("quick.label") })
    .getByRole("button")
    .first();
  const question = (await quick.textContent()) ?? "";
  await quick.click();
  await expect(visitor.lines(question).first()).toBeVisible();
  await visitor.delivered();
  await expect(quick).toBeHidden();
});

it("says that it does not know, and offers a person", async ({ page, visitor, language }) => {
  await page.goto("/chat");
  await visitor.say(UNANSWERABLE[language]);
  await visitor.delivered();
  const offer = visitor.log.getByRole("button", { name: /转人工|人工|留言|person|agent|message/i });
  await expect(offer.first()).toBeVisible();
});

it("takes the visitor to a person, to the end and to the rating @everywhere", async ({ page, visitor }) => {
  const { t } = visitor;
  await page.goto("/chat");
  await page.getByRole("button", { name: t("composer.handoff") }).click();
  await expect(page.getByRole("button", { name: t("composer.handoff") })).toBeHidden();
  await expect(page.getByRole("button", { name: t("composer.end") })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: t("composer.end") }).click();
  const sheet = page.getByRole("dialog", { name: t("end.title") });
  await sheet.getByRole("button", { name: t("end.confirm") }).click();
  await expect(page.getByRole("heading", { name: t("rating.title") })).toBeVisible();
  await visitor.choose("radio", t("rating.star", { stars: 5 }));
  await visitor.choose("checkbox", t("rating.good.fast"));
  await page.getByRole("textbox", { name: t("rating.comment") }).fill("OK");
  await expectAccessible(page);
  await page.getByRole("button", { name: t("rating.submit") }).click();
  await expect(page.getByRole("heading", { name: t("rating.thanks") })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: t("rating.thanks") })).toBeVisible();
  await page.getByRole("button", { name: t("rating.again") }).click();
  await expect(visitor.field).toBeFocused();
});

it("shows hostile words as words", async ({ page, visitor }) => {
  await page.goto("/chat");
  const hostile = `<img src=x onerror="document.title='owned'"> javascript:alert(1)`;
  await visitor.say(hostile);
  await expect(visitor.lines(hostile)).toHaveCount(1);
  await visitor.delivered();
  await expect(visitor.log.getByRole("link")).toHaveCount(0);
  expect(await page.title()).not.toBe("owned");
});

it("tells that a link leads nowhere instead of an empty page", async ({ page, visitor }) => {
  const response = await page.goto("/chat?channel=chn_00000000000000000000000zzz");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: visitor.t("missing.title") })).toBeVisible();
  await expectAccessible(page);
});
