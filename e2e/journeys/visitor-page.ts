import { readFileSync } from "node:fs";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";
import type { MessageTree } from "@/lib/i18n/translate";
import { createTranslator, type Translate } from "@/lib/i18n/translate";

function messagesOf(locale: string, namespace: string): MessageTree {
  const file = path.join(process.cwd(), "lib/i18n/messages", locale, `${namespace}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as MessageTree;
}

/** The product's words in the language of this run. */
export function wordsIn(browserLocale: string | undefined, namespace: string): Translate {
  const locale = browserLocale?.startsWith("en") ? "en" : "zh-CN";
  return createTranslator(locale, messagesOf(locale, namespace));
}

/** What a visitor sees and does, by role and name. */
export class VisitorPage {
  readonly field: Locator;
  readonly log: Locator;
  readonly send: Locator;

  constructor(
    readonly place: Page | FrameLocator,
    readonly t: Translate,
  ) {
    this.field = place.getByRole("textbox", { name: t("composer.label") });
    this.log = place.getByRole("log", { name: t("thread.label") });
    this.send = place.getByRole("button", { name: t("composer.send"), exact: true });
  }

  /** Lines of the thread that hold this text. */
  lines(text: string): Locator {
    return this.log.getByRole("listitem").filter({ hasText: text });
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press("Enter");
  }

  /** Taps a choice where a person would: on what stands for it, once it has come to rest. */
  async choose(role: "radio" | "checkbox", name: string): Promise<void> {
    const choice = this.place.getByRole(role, { name, exact: true });
    await this.place.locator("label").filter({ has: choice }).click();
    await expect(choice).toBeChecked();
  }

  /** Waits until the newest own message has reached the server. */
  async delivered(): Promise<void> {
    await expect(this.log.getByText(new RegExp(`^(${this.t("thread.sent")}|${this.t("thread.read")})$`))).toBeVisible();
  }
}

/**
 * Waits until the page has come to rest: a menu that is still fading in has half of its contrast. It begins to only once it
 * has found its place (Radix keeps it out of sight until then), which may be some frames after it is there; so two
 * frames on end have to be still. What turns for ever (a spinner) is not waited for.
 */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
    const isUnplaced = (each: HTMLElement) => each.style.transform.includes("-200%");
    for (let still = 0; still < 2; still += 1) {
      await frame();
      const floats = [...document.querySelectorAll<HTMLElement>("[data-radix-popper-content-wrapper]")];
      const running = document.getAnimations().filter(({ effect, playState }) => {
        return playState !== "finished" && Number.isFinite(effect?.getComputedTiming().endTime);
      });
      if (running.length > 0 || floats.some(isUnplaced)) {
        still = -1;
        await Promise.allSettled(running.map((each) => each.finished));
      }
    }
  });
}

/**
 * What a person with a disability would stumble over on a page, as far as a program can tell.
 *
 * @param without a part that is looked at elsewhere, as a selector
 */
export async function stumblingBlocks(page: Page, without?: string): Promise<string[]> {
  await atRest(page);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const axe = new AxeBuilder({ page }).withTags(tags);
  const { violations } = await (without === undefined ? axe : axe.exclude(without)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** There are no stumbling blocks. */
export async function expectAccessible(page: Page, without?: string): Promise<void> {
  expect(await stumblingBlocks(page, without)).toEqual([]);
}

/** A small picture that is a real one. */
export const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEUlEQVQImWM4VKCFFTEMLQkAJMZXAZIy4rsAAAAASUVORK5CYII=",
  "base64",
);
