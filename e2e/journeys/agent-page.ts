import { expect, type Locator, type Page } from "@playwright/test";
import type { Translate } from "@/lib/i18n/translate";
import type { Person } from "./own-shop";
import { signInUnseen } from "./signed-in";
import { wordsIn } from "./visitor-page";

/** What an agent sees and does at the desk, by role and name. */
export class AgentPage {
  readonly t: Translate;
  readonly #locale: string | undefined;
  readonly field: Locator;
  readonly log: Locator;
  readonly list: Locator;

  constructor(
    readonly page: Page,
    locale: string | undefined,
  ) {
    this.#locale = locale;
    this.t = wordsIn(locale, "desk");
    this.field = page.getByRole("textbox", { name: this.t("composer.label") });
    this.log = page.getByRole("region", { name: this.t("thread.label"), exact: true });
    this.list = page.getByRole("list", { name: this.t("list.label") });
  }

  async signIn(person: Person): Promise<void> {
    await signInUnseen(this.page, person);
    await this.page.goto("/desk");
    await expect(this.page.getByRole("tab", { name: this.t("list.mine") })).toBeVisible();
  }

  async signInByForm({ email, password }: Person): Promise<void> {
    const auth = wordsIn(this.#locale, "auth");
    await this.page.goto("/login?callbackUrl=/desk", { waitUntil: "networkidle" });
    await this.page.getByLabel(auth("email")).fill(email);
    await this.page.getByLabel(auth("password"), { exact: true }).fill(password);
    await this.page.getByRole("button", { name: auth("submit"), exact: true }).click();
    await expect(this.page).toHaveURL(/\/desk/);
    await expect(this.page.getByRole("tab", { name: this.t("list.mine") })).toBeVisible();
  }

  async goOnline(): Promise<void> {
    const button = this.page.getByRole("button", { name: this.t("presence.goOnline") });
    // A press before the page has come alive is lost, as it would be for a person: they press again.
    await expect(async () => {
      const seen = button.filter({ visible: true }).first();
      if (await seen.isVisible()) {
        await seen.click({ timeout: 2_000 });
      }
      await expect(button).toHaveCount(0, { timeout: 1_000 });
    }).toPass();
  }

  tab(name: "mine" | "queued" | "all" | "ended"): Locator {
    return this.page.getByRole("tab", { name: new RegExp(`^${this.t(`list.${name}`)}`) });
  }

  row(text: string): Locator {
    return this.list.getByRole("link").filter({ hasText: text });
  }

  /** Opens the conversation whose last words are these, and waits for its messages. */
  async open(text: string): Promise<void> {
    await this.row(text).click();
    await expect(this.log.getByText(text).first()).toBeVisible();
  }

  async back(): Promise<void> {
    const back = this.page.getByRole("button", { name: this.t("conversation.back") });
    if (await back.isVisible()) {
      await back.click();
    }
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press("Enter");
    await expect(this.log.getByText(text)).toBeVisible();
  }

  async writeNote(text: string): Promise<void> {
    await this.page.getByRole("radio", { name: this.t("composer.note") }).click();
    await this.say(text);
    await this.page.getByRole("radio", { name: this.t("composer.reply") }).click();
  }

  /** Header actions stand in a menu where there is no room for them. */
  async act(name: "transfer" | "resolve"): Promise<void> {
    const button = this.page.getByRole("button", { name: this.t(`conversation.${name}`), exact: true });
    if (!(await button.isVisible())) {
      await this.page.getByRole("button", { name: this.t("conversation.more") }).click();
      await this.page.getByRole("menuitem", { name: this.t(`conversation.${name}`) }).click();
      return;
    }
    await button.click();
  }

  /** Picks a line of a submenu of the header's menu. */
  async choose(menu: "snooze" | "priority", line: string): Promise<void> {
    await this.page.getByRole("button", { name: this.t("conversation.more") }).click();
    await this.page.getByRole("menuitem", { name: this.t(`conversation.${menu}`) }).click();
    await this.page.getByRole("menuitem", { name: this.t(`conversation.${line}`) }).click();
  }

  /** Opens the menu of a message by its words and picks a line. */
  async menuOfMessage(text: string, line: "quote" | "copy" | "recall" | "translate"): Promise<void> {
    const bubble = this.log.locator("[data-seq]").filter({ hasText: text });
    await bubble.hover();
    await bubble.getByRole("button", { name: this.t("thread.actions") }).click();
    await this.page.getByRole("menuitem", { name: this.t(`thread.${line}`) }).click();
  }
}
