import { readFileSync } from "node:fs";
import path from "node:path";
import { type Browser, type BrowserContext, expect, type Page, type WebSocketRoute } from "@playwright/test";
import { z } from "zod";
import type { Translate } from "@/lib/i18n/translate";
import { signInUnseen } from "./signed-in";
import { wordsIn } from "./visitor-page";

const demoFile = z.object({
  accounts: z.object({
    admin: z.object({ email: z.string(), password: z.string() }),
    agents: z.array(z.object({ email: z.string(), password: z.string(), merchant: z.string() })),
  }),
  apiKey: z.string(),
});

/** The accounts of the app under test. */
export function demoAccounts(): z.infer<typeof demoFile> {
  const file = path.join(process.env.E2E_DATA_DIR ?? "", "demo.json");
  return demoFile.parse(JSON.parse(readFileSync(file, "utf8")));
}

/** Opens a place as somebody who has signed in. */
export async function signIn(
  page: Page,
  account: { email: string; password: string },
  destination: string,
): Promise<void> {
  await signInUnseen(page, account);
  await page.goto(destination);
}

/** Asks for a place, signs in by the form that comes, and waits for the place that was asked for. */
export async function signInByForm(
  page: Page,
  locale: string | undefined,
  account: { email: string; password: string },
  destination: string,
): Promise<void> {
  const t = wordsIn(locale, "auth");
  await page.goto(destination);
  await page.getByLabel(t("email")).fill(account.email);
  await page.getByLabel(t("password"), { exact: true }).fill(account.password);
  await page.getByRole("button", { name: t("submit"), exact: true }).click();
  await page.waitForURL((address) => address.pathname === destination);
}

/** A second person beside the first, in a browser of their own. */
export async function anotherPerson(browser: Browser, like: BrowserContext, locale: string | undefined): Promise<Page> {
  const [page] = like.pages();
  const viewport = page?.viewportSize() ?? null;
  const context = await browser.newContext({ locale: locale ?? "zh-CN", viewport, timezoneId: "Asia/Shanghai" });
  return context.newPage();
}

/** A hand on the page's realtime line: cuts it, and lets it stand again. Call it before the page is loaded. */
export async function realtimeLine(page: Page): Promise<{ cut: () => Promise<void>; mend: () => void }> {
  const sockets = new Set<WebSocketRoute>();
  let isCut = false;
  await page.routeWebSocket(/\/app\//, (socket) => {
    if (isCut) {
      void socket.close();
      return;
    }
    sockets.add(socket);
    socket.connectToServer();
  });
  return {
    async cut() {
      isCut = true;
      await Promise.all([...sockets].map((socket) => socket.close()));
      sockets.clear();
    },
    mend: () => {
      isCut = false;
    },
  };
}

/** What an admin sees and does, by role and name. */
export class AdminPage {
  constructor(
    readonly page: Page,
    readonly words: (namespace: string) => Translate,
  ) {}

  heading(name: string) {
    return this.page.getByRole("heading", { level: 1, name });
  }

  /** Opens a section and waits until its heading stands. */
  async open(address: string, heading: string): Promise<void> {
    await this.page.goto(address);
    await expect(this.heading(heading)).toBeVisible();
  }

  toast(text: string | RegExp) {
    return this.page.getByRole("region", { name: this.words("shell")("toasts") }).getByText(text);
  }
}
