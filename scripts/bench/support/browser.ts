import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright";
import { systemChromium } from "../../test/system-chromium.mjs";

/** No sandbox (root), and none of the traffic that a browser starts by itself. */
const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** The browser of the end-to-end tests: CHROMIUM_PATH, the system's, or Playwright's own. */
export function startBrowser(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM_PATH"] ?? systemChromium();
  return chromium.launch({ args: flags, ...(executablePath ? { executablePath } : {}) });
}

/** What a page has fetched. Sizes are of the body after gzip at level 9, whatever the server sent. */
export class Traffic {
  private readonly bodies: Promise<{ path: string; type: string; raw: number; gz: number }>[] = [];

  constructor(page: Page) {
    page.on("response", (response) => {
      const type = response.request().resourceType();
      const path = new URL(response.url()).pathname;
      const sized = response.body().then(
        (body) => ({ path, type, raw: body.length, gz: gzipSync(body, { level: 9 }).length }),
        () => ({ path, type, raw: 0, gz: 0 }),
      );
      this.bodies.push(sized);
    });
  }

  /** Requests and kilobytes so far, all of them or those of one kind ("script", "stylesheet", "document"). */
  async soFar(type?: string): Promise<{ requests: number; rawKb: number; gzKb: number; paths: string[] }> {
    const all = (await Promise.all(this.bodies)).filter((body) => type === undefined || body.type === type);
    const kilobytes = (pick: (body: (typeof all)[number]) => number) =>
      Math.round(all.reduce((sum, body) => sum + pick(body), 0) / 102.4) / 10;
    return {
      requests: all.length,
      rawKb: kilobytes((body) => body.raw),
      gzKb: kilobytes((body) => body.gz),
      paths: all.map((body) => body.path),
    };
  }
}
