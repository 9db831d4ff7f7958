import { expect, test } from "@playwright/test";
import { AdminPage, anotherPerson, demoAccounts, realtimeLine, signIn, signInByForm } from "./admin-page";
import { expectAccessible, VisitorPage, wordsIn } from "./visitor-page";

const asksForPerson = (locale: string | undefined): string =>
  locale?.startsWith("en") ? "talk to a person" : "转人工";

/** The second merchant of the demo. */
const MERCHANT = { zh: "墨点打印店", en: "Modian Print Shop" };

const it = test.extend<{ admin: AdminPage; unique: string }>({
  admin: async ({ page, locale }, use) => {
    await signIn(page, demoAccounts().accounts.admin, "/admin");
    await use(new AdminPage(page, (namespace) => wordsIn(locale, namespace)));
  },
  unique: async ({ browserName }, use, info) =>
    use(`${browserName}${info.project.name}${Date.now().toString(36)}`.replaceAll("-", "")),
});

it("leads to the sign-in page and back, and shows numbers that move when a visitor asks for a person @desktop", async ({
  admin,
  page,
  browser,
  context,
  locale,
}) => {
  const t = admin.words("admin");
  await context.clearCookies();
  const line = await realtimeLine(page);
  await signInByForm(page, locale, demoAccounts().accounts.admin, "/admin");
  await expect(admin.heading(t("dashboard.title"))).toBeVisible();
  await expect(page.getByText(t("dashboard.live"), { exact: true })).toBeVisible();
  await expectAccessible(page);
  const waiting = page.getByTestId("waiting");
  const before = Number(await waiting.textContent());

  const visitorPage = await anotherPerson(browser, context, locale);
  const visitor = new VisitorPage(visitorPage, wordsIn(locale, "chat"));
  await visitorPage.goto("/chat");
  await visitor.say(asksForPerson(locale));
  // Other journeys run beside this one: more may be waiting by now, never fewer.
  await expect.poll(async () => Number(await waiting.textContent())).toBeGreaterThan(before);

  // A cut line is said, and what happened meanwhile is made up for as soon as it stands again.
  const reached = Number(await waiting.textContent());
  await line.cut();
  await expect(page.getByText(t("dashboard.reconnecting"))).toBeVisible();
  const second = await anotherPerson(browser, context, locale);
  const other = new VisitorPage(second, wordsIn(locale, "chat"));
  await second.goto("/chat");
  await other.say(asksForPerson(locale));
  await expect(other.lines(asksForPerson(locale)).first()).toBeVisible();
  line.mend();
  await expect(page.getByText(t("dashboard.live"), { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect.poll(async () => Number(await waiting.textContent())).toBeGreaterThan(reached);
  await second.close();
  await visitorPage.close();
});

it("writes an entry that the bot then answers from, edits it, and takes it away again @once", async ({
  admin,
  page,
  browser,
  context,
  locale,
  unique,
}) => {
  const t = admin.words("admin-knowledge");
  const english = locale?.startsWith("en") === true;
  const question = english ? `Where is the ${unique} kiosk?` : `${unique}小屋在哪里？`;
  const answer = english ? `The ${unique} kiosk is behind the library.` : `${unique}小屋在图书馆后面。`;

  await admin.open("/admin/knowledge", t("title"));
  await expectAccessible(page);
  await page.getByRole("link", { name: t("add") }).click();
  await expect(admin.heading(t("editor.newTitle"))).toBeVisible();

  // Nothing is sent while something is missing; the problem stands at the field.
  await page.getByRole("button", { name: t("editor.saveAndPublish") }).click();
  await expect(page.getByText(admin.words("errors")("required")).first()).toBeVisible();
  await page.getByLabel(t("editor.question")).fill(question);
  await page.getByLabel(t("editor.answer")).fill(`**${answer}**`);
  await page.getByRole("button", { name: t("editor.addVariant") }).click();
  await page
    .getByRole("textbox", { name: `${t("editor.variants")} 1` })
    .fill(english ? `${unique} kiosk location` : `怎么去${unique}小屋`);
  await expectAccessible(page);

  // Leaving asks first.
  await page
    .getByRole("link", { name: t("editor.back"), exact: true })
    .first()
    .click();
  const guard = page.getByRole("alertdialog");
  await expect(guard).toBeVisible();
  await guard.getByRole("button", { name: admin.words("common")("stay") }).click();
  await page.getByRole("button", { name: t("editor.saveAndPublish") }).click();
  await expect(admin.toast(t("editor.published"))).toBeVisible();
  await expect(page).toHaveURL(/\/admin\/knowledge\/kbe_/);

  await it.step("the search test finds it and says what the bot would do", async () => {
    await admin.open("/admin/knowledge/test", t("title"));
    await page.getByLabel(t("testView.label")).fill(question);
    await page.getByRole("button", { name: t("testView.ask") }).click();
    await expect(page.getByText(t("testView.decision_answer"), { exact: true })).toBeVisible();
    await expect(page.getByRole("link", { name: question })).toBeVisible();
    await expectAccessible(page);
  });

  const visitorPage = await anotherPerson(browser, context, locale);
  const visitor = new VisitorPage(visitorPage, wordsIn(locale, "chat"));
  await it.step("a visitor is answered from it", async () => {
    await visitorPage.goto("/chat");
    await visitor.say(question);
    await expect(visitor.log.getByText(answer)).toBeVisible();
  });

  await it.step("a deleted entry answers nobody, and can be brought back", async () => {
    await admin.open(`/admin/knowledge?search=${unique}`, t("title"));
    await page.getByRole("link", { name: question }).click();
    await expect(admin.heading(t("editor.editTitle"))).toBeVisible();
    await page.getByRole("button", { name: t("editor.delete") }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: t("deleteSelected") })
      .click();
    await expect(admin.toast(t("deleted", { count: 1 }))).toBeVisible();
    await expect(page).toHaveURL(/\/admin\/knowledge$/);
    await page.getByRole("button", { name: t("undo") }).click();
    await expect(admin.toast(t("restored", { count: 1 }))).toBeVisible();
    await admin.open(`/admin/knowledge?search=${unique}`, t("title"));
    await page.getByRole("checkbox", { name: admin.words("common")("table.selectAll") }).check();
    await page.getByRole("button", { name: t("deleteSelected") }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: t("deleteSelected") })
      .click();
    await expect(page.getByText(admin.words("common")("table.noMatch"))).toBeVisible();
    await visitor.say(`${question} `);
    await expect(visitor.log.getByText(answer)).toHaveCount(1);
  });
  await visitorPage.close();
});

it("tells of two people editing the same entry and lets the second choose, losing nothing @once", async ({
  admin,
  page,
  context,
  unique,
}) => {
  const [theirs, mine] = [`${unique} theirs`, `${unique} mine`];
  const t = admin.words("admin-knowledge");
  await admin.open("/admin/knowledge", t("title"));
  await page.locator('a[href^="/admin/knowledge/kbe_"]').nth(3).click();
  await expect(admin.heading(t("editor.editTitle"))).toBeVisible();
  const second = await context.newPage();
  await second.goto(page.url());
  const field = (of: typeof page) => of.getByLabel(t("editor.category"));
  await field(second).fill(theirs);
  await second.getByRole("button", { name: t("editor.save"), exact: true }).click();
  await expect(second.getByText(t("editor.saved")).first()).toBeVisible();
  await second.close();

  await field(page).fill(mine);
  await page.getByRole("button", { name: t("editor.save"), exact: true }).click();
  const dialog = page.getByRole("dialog", { name: t("editor.conflictTitle") });
  await expect(dialog.getByText(mine)).toBeVisible();
  await expect(dialog.getByText(theirs)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: t("editor.keepMine") }).click();
  await expect(admin.toast(t("editor.saved"))).toBeVisible();
  await page.reload();
  await expect(field(page)).toHaveValue(mine);
});

it("adds an agent with a password that is shown once, changes the role and disables them: their session ends @once", async ({
  admin,
  page,
  browser,
  context,
  locale,
  unique,
}) => {
  const t = admin.words("admin-agents");
  const name = unique.slice(-12);
  const email = `${name}@example.test`;
  await admin.open("/admin/agents", t("title"));
  await expectAccessible(page);
  await page.getByRole("button", { name: t("add") }).click();
  const sheet = page.getByRole("dialog", { name: t("add") });
  await sheet.getByLabel(t("name")).fill(name);
  await sheet.getByLabel(t("email")).fill("not an address");
  await sheet.getByRole("button", { name: t("add") }).click();
  await expect(sheet.getByText(admin.words("errors")("invalid_email"))).toBeVisible();
  await expectAccessible(page);
  await sheet.getByLabel(t("email")).fill(email);
  await sheet.getByLabel(t("capacity")).fill("3");
  await sheet.getByRole("button", { name: t("add") }).click();
  const secret = page.getByTestId("secret");
  await expect(secret).toBeVisible();
  const password = (await secret.textContent()) ?? "";
  await expectAccessible(page);
  await page.getByRole("button", { name: t("passwordDone") }).click();

  const other = await anotherPerson(browser, context, locale);
  await signIn(other, { email, password }, "/desk");
  const refused = await other.goto("/admin");
  expect(refused?.status()).toBe(403);

  const row = page.getByRole("row").filter({ hasText: email });
  await row.getByRole("button", { name: t("actions", { name }) }).click();
  await page.getByRole("menuitem", { name: t("edit") }).click();
  await page.getByRole("radio", { name: t("roles.supervisor") }).check();
  await page.getByRole("button", { name: admin.words("common")("save"), exact: true }).click();
  await expect(row.getByText(t("roles.supervisor")).filter({ visible: true })).toBeVisible();

  await other.goto("/login");
  await signIn(other, { email, password }, "/admin");
  await row.getByRole("button", { name: t("actions", { name }) }).click();
  await page.getByRole("menuitem", { name: t("disable") }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: t("disable") })
    .click();
  await expect(row.getByText(t("disabled")).filter({ visible: true })).toBeVisible();
  await other.goto("/admin");
  await expect(other).toHaveURL(/\/login/);
  await other.close();
});

it("keeps the last admin from locking everybody out @once", async ({ admin, page }) => {
  const t = admin.words("admin-agents");
  const { email } = demoAccounts().accounts.admin;
  await admin.open("/admin/agents", t("title"));
  const row = page.getByRole("row").filter({ hasText: email });
  await row.getByRole("button").first().click();
  await page.getByRole("radio", { name: t("roles.agent") }).check();
  await page.getByRole("button", { name: admin.words("common")("save"), exact: true }).click();
  await expect(admin.toast(admin.words("errors")("last_admin"))).toBeVisible();
});

it("sets a channel's sites, welcome text and snippet, and the chat page shows them @once", async ({
  admin,
  page,
  browser,
  context,
  locale,
  unique,
}) => {
  const t = admin.words("admin-channels");
  const english = locale?.startsWith("en") === true;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  // Another merchant's channel: the visitors' journeys beside this one use the first.
  await page.getByRole("button", { name: admin.words("shell")("account.open") }).click();
  await page.getByRole("menuitem", { name: admin.words("shell")("account.switchMerchant") }).click();
  await Promise.all([
    page.waitForEvent("load"),
    page
      .getByRole("menuitemradio", { checked: false })
      .filter({ hasText: MERCHANT[english ? "en" : "zh"] })
      .click(),
  ]);
  await admin.open("/admin/channels", t("title"));
  await expectAccessible(page);
  await page.locator('a[href^="/admin/channels/"]').first().click();
  await expect(page.getByRole("heading", { name: t("basics") })).toBeVisible();

  const kinds = admin.words("channel-kinds");
  await page
    .getByRole("button", { name: admin.words("settings")("form.addLine") })
    .first()
    .click();
  const site = page.getByRole("textbox", { name: `${kinds("web.fields.allowedDomains.label")} 1` });
  await site.fill("https://shop.example/path");
  const language = admin.words("common")(english ? "languages.en" : "languages.zh-CN");
  // Other texts have the same languages: each is called by its own name, too.
  const welcome = page.getByRole("textbox", { name: `${kinds("web.fields.welcome.label")} ${language}`, exact: true });
  const before = await welcome.inputValue();
  await welcome.fill(`${unique} hello`);
  const save = page.getByRole("button", { name: admin.words("common")("save"), exact: true });
  await save.click();
  await expect(page.getByText(admin.words("errors")("invalid_format")).first()).toBeVisible();
  await site.fill("*.shop.example");
  await save.click();
  await expect(admin.toast(t("saved"))).toBeVisible();
  await expectAccessible(page, "iframe");

  await page.getByRole("button", { name: t("snippetCopy") }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const channelId = /data-channel="(chn_[^"]+)"/.exec(copied)?.[1] ?? "";
  expect(copied).toMatch(/^<script src="http[^"]+\/widget\.js" data-channel="chn_[0-9a-z]{26}" async><\/script>$/);

  const visitorPage = await anotherPerson(browser, context, locale);
  const response = await visitorPage.goto(`/chat?channel=${channelId}`);
  await expect(visitorPage.getByText(`${unique} hello`)).toBeVisible();
  expect(response?.headers()["content-security-policy"]).toContain("*.shop.example");
  await visitorPage.close();

  // As it was, for the journeys that come after.
  await page.getByRole("button", { name: admin.words("common")("file.remove", { name: "*.shop.example" }) }).click();
  await welcome.fill(before);
  await save.click();
  await expect(page.getByText(admin.words("common")("saved"), { exact: true })).toBeVisible();
});
