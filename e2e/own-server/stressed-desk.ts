import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import { Client } from "pg";
import { AgentPage } from "../journeys/agent-page";
import { type OwnShop, openOwnShop, type Person } from "../journeys/own-shop";
import { VisitorPage, wordsIn } from "../journeys/visitor-page";
import { newDataDirectory, type RunningApp, removeDataDirectory, startApp } from "../system/running-app";

const LOCALE = "zh-CN";

/** An app of its own, that a journey may stop and start, with one shop in it. */
export class StressedDesk {
  readonly #contexts: BrowserContext[] = [];

  private constructor(
    readonly browser: Browser,
    readonly port: number,
    readonly dataDirectory: string,
    readonly shop: OwnShop,
    private app: RunningApp,
  ) {}

  static async start(browser: Browser, port: number): Promise<StressedDesk> {
    const dataDirectory = newDataDirectory();
    const app = await startApp(dataDirectory, { port, args: ["--strict-port"] });
    return new StressedDesk(browser, port, dataDirectory, await openOwnShop(app.databaseUrl()), app);
  }

  /** Web, realtime and jobs are gone, all in one: nothing answers any more. */
  async stopServer(): Promise<void> {
    await this.app.stop();
  }

  async startServer(): Promise<void> {
    this.app = await startApp(this.dataDirectory, { port: this.port, args: ["--strict-port"] });
  }

  async end(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()));
    await this.app.stop();
    removeDataDirectory(this.dataDirectory);
  }

  async #device(): Promise<BrowserContext> {
    const viewport = { width: 1280, height: 800 };
    const context = await this.browser.newContext({ locale: LOCALE, viewport, baseURL: this.app.url });
    this.#contexts.push(context);
    return context;
  }

  /** A browser in which this person has signed in. */
  async agent(person: Person): Promise<AgentPage> {
    const agent = new AgentPage(await (await this.#device()).newPage(), LOCALE);
    await agent.signIn(person);
    return agent;
  }

  /** One more tab of the same browser. */
  async tabOf(agent: AgentPage): Promise<AgentPage> {
    const tab = new AgentPage(await agent.page.context().newPage(), LOCALE);
    await tab.page.goto("/desk");
    await expect(tab.tab("mine")).toBeVisible();
    return tab;
  }

  async visitor(): Promise<VisitorPage & { readonly page: Page }> {
    const page = await (await this.#device()).newPage();
    await page.goto(`/chat?channel=${this.shop.channelId}`);
    return Object.assign(new VisitorPage(page, wordsIn(LOCALE, "chat")), { page });
  }

  /** @returns the rows of a statement on the app's database */
  async query<Row extends object>(statement: string, values: unknown[]): Promise<Row[]> {
    const client = new Client({ connectionString: this.app.databaseUrl() });
    await client.connect();
    try {
      return (await client.query<Row>(statement, values)).rows;
    } finally {
      await client.end();
    }
  }

  /**
   * What people wrote in the conversation whose first words are these, in order, as the database has it. That an agent is
   * there may stand before these words: whoever is free is given a conversation as soon as it is opened.
   */
  async stored(firstWords: string): Promise<string[]> {
    const rows = await this.query<{ text: string }>(
      `select text from messages where author_kind in ('visitor', 'agent') and conversation_id =
         (select conversation_id from messages where text = $1 and author_kind = 'visitor' limit 1) order by seq`,
      [firstWords],
    );
    return rows.map(({ text }) => text);
  }

  /** Every one of these screens shows just what the database has: nothing missing, nothing twice, in its order. */
  async expectEqual(firstWords: string, agents: readonly AgentPage[], visitors: readonly VisitorPage[]): Promise<void> {
    const stored = await this.stored(firstWords);
    expect(new Set(stored).size).toBe(stored.length);
    const known = new RegExp(stored.map((text) => `(?<!\\d)${text}(?!\\d)`).join("|"));
    const wordsOf = (lines: string[]) => lines.flatMap((line) => known.exec(line)?.[0] ?? []);
    for (const { log } of agents) {
      await expect(async () => {
        expect(wordsOf(await log.locator("[data-seq]").allInnerTexts())).toEqual(stored);
      }).toPass({ timeout: 20_000 });
    }
    for (const { log } of visitors) {
      await expect(async () => {
        expect(wordsOf(await log.getByRole("listitem").allInnerTexts())).toEqual(stored);
      }).toPass({ timeout: 20_000 });
    }
  }
}
