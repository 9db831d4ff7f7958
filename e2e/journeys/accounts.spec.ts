import { expect, test } from "@playwright/test";
import { totpCode, totpStep } from "@/lib/identity/totp";
import { anotherPerson, signInByForm } from "./admin-page";
import { openShopWithBoss } from "./own-boss";
import { expectAccessible, PICTURE, wordsIn } from "./visitor-page";

test("a colleague is invited by link, chooses a password, and gets a face", { tag: "@once" }, async ({
  page,
  browser,
  context,
  locale,
}) => {
  const shop = await openShopWithBoss();
  const agents = wordsIn(locale, "admin-agents");
  const invite = wordsIn(locale, "invite");
  const account = wordsIn(locale, "account");
  const email = `${shop.merchantId}@invited.example`;
  await signInByForm(page, locale, shop.lin, "/admin/agents");
  await page.getByRole("button", { name: agents("invite"), exact: true }).click();
  await page.getByRole("dialog").getByLabel(agents("email")).fill(email);
  await page.getByRole("button", { name: agents("inviteSend") }).click();
  const link = new URL((await page.getByTestId("secret").textContent()) ?? "");
  await page.getByRole("button", { name: agents("linkDone") }).click();
  await expect(page.getByText(email)).toBeVisible();

  const colleague = await anotherPerson(browser, context, locale);
  await colleague.goto(link.pathname);
  await expectAccessible(colleague);
  await colleague.getByLabel(invite("name")).fill("新同事");
  await colleague.getByLabel(invite("password"), { exact: false }).fill("a long enough password");
  await colleague.getByRole("button", { name: invite("accept") }).click();
  await colleague.waitForURL(/\/desk/);
  await colleague.goto("/account");
  await expectAccessible(colleague);
  await colleague.getByTestId("avatar-input").setInputFiles({ name: "me.png", mimeType: "image/png", buffer: PICTURE });
  await colleague.getByRole("button", { name: account("cropSave") }).click();
  await expect(colleague.getByText(account("pictureSaved"))).toBeVisible();
  await expect(colleague.getByRole("button", { name: account("remove"), exact: true })).toBeVisible();

  await colleague.goto(link.pathname);
  await expect(colleague.getByRole("heading", { name: invite("goneTitle") })).toBeVisible();
  await colleague.close();
});

test("two-step sign-in: switched on with a code, asked for at the door, and a question after three wrong passwords", {
  tag: "@once",
}, async ({ page, browser, context, locale }) => {
  const shop = await openShopWithBoss();
  const t = wordsIn(locale, "account");
  const auth = wordsIn(locale, "auth");
  await signInByForm(page, locale, shop.zhou, "/account");
  await page.getByRole("button", { name: t("turnOn"), exact: true }).click();
  const secret = ((await page.getByTestId("totp-secret").textContent()) ?? "").replaceAll(" ", "");
  // A code counts for its half minute and one on either side: this one, and the next for the sign-in, whenever a new
  // half minute begins meanwhile.
  await page.getByRole("textbox", { name: t("code") }).fill(totpCode(secret, totpStep(new Date())));
  await page.getByRole("button", { name: t("confirm"), exact: true }).click();
  await page.getByRole("button", { name: t("codesDone") }).click();
  await expect(page.getByText(t("on"), { exact: true })).toBeVisible();

  const door = await anotherPerson(browser, context, locale);
  await door.goto("/login");
  const submit = door.getByRole("button", { name: auth("submit"), exact: true });
  await door.getByLabel(auth("email")).fill(shop.zhou.email);
  for (let count = 0; count < 4; count += 1) {
    await door.getByLabel(auth("password"), { exact: true }).fill("not the password");
    await submit.click();
    await expect(
      door.getByText(auth(count < 3 ? "error.invalid_credentials" : "error.captcha_required")),
    ).toBeVisible();
    await expect(submit).not.toHaveAttribute("aria-busy", "true");
  }
  const answer = async () => {
    const question = door.getByLabel(/\d+ (加|plus) \d+/);
    const [first = 0, second = 0] =
      (
        (await door
          .locator("label")
          .filter({ hasText: /\d+ (加|plus) \d+/ })
          .textContent()) ?? ""
      )
        .match(/\d+/g)
        ?.map(Number) ?? [];
    await question.fill(String(first + second));
  };
  await answer();
  await expectAccessible(door);
  await door.getByLabel(auth("password"), { exact: true }).fill(shop.zhou.password);
  await submit.click();
  await expect(door.getByText(auth("error.totp_required"))).toBeVisible();
  await expect(door.getByLabel(/\d+ (加|plus) \d+/)).toHaveValue("");
  await answer();
  await door.getByLabel(auth("totp"), { exact: true }).fill(totpCode(secret, totpStep(new Date()) + 1));
  await submit.click();
  await door.waitForURL(/\/desk/);
  await door.close();
});
