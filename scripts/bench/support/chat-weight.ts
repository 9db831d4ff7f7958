import { createServer } from "node:http";
import type { Browser, BrowserContext, Page } from "playwright";
import { Traffic } from "./browser";

const FIELD = "textarea[name=message]";
/** The page's script has taken over from the inline one (components/chat/early-requests.ts). */
const hydrated = (): boolean => (window as Watched).yingdaEarly?.taken === true;

interface Watched {
  readonly yingdaEarly?: { readonly taken: boolean };
  benchTypable?: number;
}

/** In the page: remembers when the field could first be typed into, drawn, enabled and after a frame. */
function watchField(selector: string): void {
  const look = () => {
    const field = document.querySelector<HTMLTextAreaElement>(selector);
    if (field && !field.disabled && field.getClientRects().length > 0) {
      (window as Watched).benchTypable = performance.now();
    } else {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
}

async function inNewContext<Result>(browser: Browser, work: (page: Page, context: BrowserContext) => Promise<Result>) {
  const context = await browser.newContext({ locale: "zh-CN" });
  try {
    return await work(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

export interface Visit {
  /** The last byte of the document is there. */
  readonly arrived: number;
  readonly typable: number;
  /** The page's script has taken over. */
  readonly hydrated: number;
}

/** One cold visit of /chat: milliseconds from the navigation's start. */
export function timeVisit(browser: Browser, url: string): Promise<Visit> {
  return inNewContext(browser, async (page) => {
    await page.addInitScript(watchField, FIELD);
    await page.goto(`${url}/chat`, { waitUntil: "commit" });
    await page.waitForFunction(hydrated);
    return page.evaluate(() => ({
      arrived: (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming).responseEnd,
      typable: (window as Watched).benchTypable ?? Number.NaN,
      hydrated: performance.now(),
    }));
  });
}

/** What a visitor fetches until the first answer of the bot stands there. */
export function weighVisit(browser: Browser, url: string) {
  return inNewContext(browser, async (page) => {
    const traffic = new Traffic(page);
    await page.goto(`${url}/chat`, { waitUntil: "load" });
    const onLoad = await traffic.soFar();
    await page.waitForFunction(hydrated);
    const answers = page.locator(".row-other .bubble");
    const before = await answers.count();
    await page.locator(FIELD).fill("怎么退款？");
    await page.locator(FIELD).press("Enter");
    await answers.nth(before).waitFor({ timeout: 20_000 });
    return {
      onLoad,
      all: await traffic.soFar(),
      scripts: await traffic.soFar("script"),
      styles: await traffic.soFar("stylesheet"),
      document: await traffic.soFar("document"),
    };
  });
}

/**
 * Types and sends while the page's script is held back, then lets it come.
 *
 * @returns what stands in the field afterwards, and whether what was sent became a message
 */
export function typeBeforeScript(browser: Browser, url: string): Promise<{ draft: string; sent: boolean }> {
  return inNewContext(browser, async (page) => {
    const held = Promise.withResolvers<void>();
    await page.route("**/chat/*.js", async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.goto(`${url}/chat`, { waitUntil: "commit" });
    const field = page.locator(FIELD);
    await field.pressSequentially("脚本来之前发的");
    await field.press("Enter");
    await field.pressSequentially("还没写完的");
    held.resolve();
    await page.waitForFunction(hydrated);
    await page.locator(".row-own .mark").first().waitFor({ timeout: 20_000 });
    const sent = (await page.locator(".row-own").filter({ hasText: "脚本来之前发的" }).count()) === 1;
    return { draft: await field.inputValue(), sent };
  });
}

/** A merchant's page with the widget: what it fetches before and after it is opened, and how long opening takes. */
export async function weighWidget(browser: Browser, url: string, channelId: string) {
  const host = createServer((request, response) => {
    const body = `<!doctype html><title>Shop</title><link rel="icon" href="data:,"><h1>Shop</h1><script src="${url}/widget.js" data-channel="${channelId}" async></script>`;
    response.writeHead(request.url === "/" ? 200 : 404, { "content-type": "text/html; charset=utf-8" }).end(body);
  });
  await new Promise<void>((listening) => host.listen(0, "127.0.0.1", listening));
  const address = host.address();
  const port = typeof address === "object" && address ? address.port : 0;
  try {
    return await inNewContext(browser, async (page) => {
      const traffic = new Traffic(page);
      await page.goto(`http://127.0.0.1:${port}/`, { waitUntil: "networkidle" });
      const launcher = page.getByRole("button");
      await launcher.waitFor();
      const closed = await traffic.soFar();
      const loader = await traffic.soFar("script");
      const start = performance.now();
      await launcher.click();
      await page.frameLocator("iframe").locator(FIELD).waitFor();
      const openMs = Math.round(performance.now() - start);
      await page.waitForLoadState("networkidle");
      return { closed, loader, openMs, scripts: await traffic.soFar("script") };
    });
  } finally {
    host.closeAllConnections();
    host.close();
  }
}
