import { expect, test } from "@playwright/test";
import { PICTURE, VisitorPage, wordsIn } from "./visitor-page";

const it = test.extend<{ visitor: VisitorPage }>({
  visitor: async ({ page, locale }, use) => use(new VisitorPage(page, wordsIn(locale, "chat"))),
});

it("loses nothing that is typed, sent or tapped before its script has arrived", async ({ page, visitor }) => {
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/chat/client-*.js", async (route) => {
    await gate;
    await route.continue();
  });
  await page.goto("/chat", { waitUntil: "commit" });
  // The document's own few lines have been read; a browser that is driven can be faster than that, a person cannot.
  await page.waitForFunction(() => "yingdaEarly" in window);
  await visitor.say("first, before the script");
  await expect(page.getByText("first, before the script")).toBeVisible();
  await visitor.field.pressSequentially("half a thought");
  release();
  await expect(visitor.lines("first, before the script")).toHaveCount(1);
  await visitor.delivered();
  await expect(visitor.field).toHaveValue("half a thought");
});

it("keeps what is being typed over a reload @once", async ({ page, visitor }) => {
  await page.goto("/chat");
  await visitor.field.pressSequentially("not finished");
  await page.reload();
  await expect(visitor.field).toHaveValue("not finished");
});

it("doubles nothing and loses nothing when the page is reloaded before the answer arrived @once", async ({
  page,
  visitor,
}) => {
  await page.goto("/chat");
  await visitor.say("opening words");
  await visitor.delivered();
  // The server stores it, the page never hears of it.
  await page.route("**/api/v1/chat/messages", async (route) => {
    await route.fetch();
    await route.abort();
  });
  const stored = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/api/v1/chat/messages"));
  await visitor.say("sent once");
  await stored;
  await page.unroute("**/api/v1/chat/messages");
  await page.reload();
  await expect(visitor.lines("sent once")).toHaveCount(1);
  await visitor.delivered();
  await page.reload();
  await expect(visitor.lines("sent once")).toHaveCount(1);
  await expect(visitor.lines("opening words")).toHaveCount(1);
});

it("keeps messages while offline and sends them in order when back @once", async ({ page, visitor, context }) => {
  await page.goto("/chat");
  await visitor.say("before");
  await visitor.delivered();
  await context.setOffline(true);
  await expect(page.getByText(visitor.t("banner.offline"))).toBeVisible();
  await visitor.say("offline one");
  await visitor.say("offline two");
  await expect(visitor.lines(visitor.t("thread.waiting"))).toHaveCount(2);
  await context.setOffline(false);
  await expect(page.getByText(visitor.t("banner.offline"))).toBeHidden();
  await visitor.delivered();
  const texts = await visitor.log.getByRole("listitem").allTextContents();
  const order = texts.flatMap((text) => /before|offline one|offline two/.exec(text)?.[0] ?? []);
  expect(order).toEqual(["before", "offline one", "offline two"]);
});

it("still gets its answers where live connections are blocked @once", async ({ page, visitor }) => {
  await page.routeWebSocket(/\/app\//, (socket) => socket.close());
  await page.goto("/chat");
  await visitor.say("怎么退款？");
  await expect(visitor.log.getByRole("button", { name: /怎么退款|refund/i }).first()).toBeVisible();
});

it("treats a visitor with a forged identity as a stranger instead of turning them away @once", async ({
  page,
  visitor,
}) => {
  await page.goto("/chat?user_id=somebody&signature=forged");
  await visitor.say("who am I");
  await visitor.delivered();
});

it("sends one message for a double click @once", async ({ page, visitor }) => {
  await page.goto("/chat");
  await visitor.field.fill("only once");
  await visitor.send.dblclick();
  await visitor.delivered();
  await expect(visitor.lines("only once")).toHaveCount(1);
});

it("does not send while an input method is choosing a word @once", async ({ page, visitor }) => {
  await page.goto("/chat");
  await visitor.field.fill("nihao");
  await visitor.field.dispatchEvent("keydown", { key: "Enter", isComposing: true, bubbles: true });
  await expect(visitor.field).toHaveValue("nihao");
  await visitor.field.press("Shift+Enter");
  await visitor.field.pressSequentially("second line");
  await expect(visitor.field).toHaveValue("nihao\nsecond line");
});

it("says what is wrong with an empty and an over-long message, and keeps the text", async ({ page, visitor }) => {
  await page.goto("/chat");
  await visitor.send.click();
  await expect(page.getByText(visitor.t("composer.empty"))).toBeVisible();
  await visitor.field.fill("长".repeat(5_001));
  await expect(page.getByText(visitor.t("composer.tooLong", { max: 5_000, count: 5_001 }))).toBeVisible();
  await visitor.field.press("Enter");
  await expect(visitor.field).toHaveValue("长".repeat(5_001));
  await visitor.field.fill("长".repeat(5_000));
  await visitor.field.press("Enter");
  await visitor.delivered();
});

it("sends a picture that opens large and a file with its size", async ({ page, visitor }) => {
  const { t } = visitor;
  await page.goto("/chat");
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: t("composer.image") }).click();
  await (await chooser).setFiles({ name: "photo.png", mimeType: "image/png", buffer: PICTURE });
  const picture = visitor.log.getByRole("button", { name: t("thread.image", { name: "photo.png" }) });
  await expect(picture).toBeVisible();
  await picture.click();
  const large = page.getByRole("dialog", { name: "photo.png" }).getByRole("img", { name: "photo.png" });
  await expect(large).toBeVisible();
  expect(await large.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(8);
  await page.keyboard.press("Escape");

  const second = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: t("composer.file") }).click();
  await (await second).setFiles({ name: "order.txt", mimeType: "text/plain", buffer: Buffer.from("order 1") });
  await expect(visitor.log.getByRole("link", { name: /order\.txt/ })).toBeVisible();
});

it("refuses a program that calls itself a picture, and lets the visitor put it away @once", async ({
  page,
  visitor,
}) => {
  const { t } = visitor;
  await page.goto("/chat");
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: t("composer.image") }).click();
  const program = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(512, 0x90)]);
  await (await chooser).setFiles({ name: "photo.png", mimeType: "image/png", buffer: program });
  const failed = visitor.log.getByRole("alert");
  await expect(failed).toBeVisible();
  await failed.getByRole("button", { name: t("thread.delete") }).click();
  await expect(failed).toBeHidden();
});
