/**
 * `npm run bench -- weight`: what a visitor's browser fetches and how soon a visitor can type, on the production build
 * with the demo shop, in headless Chromium on loopback. Sizes are recomputed with gzip from the bodies.
 */

import { eq } from "drizzle-orm";
import { channels } from "@/db/schema/channels";
import { merchants } from "@/db/schema/merchants";
import { startBrowser } from "./support/browser";
import { timeVisit, typeBeforeScript, type Visit, weighVisit, weighWidget } from "./support/chat-weight";
import { percentile, report } from "./support/report";
import { startBench } from "./support/server";

const VISITS = 5;
const SHOP = "qinghe";

const bench = await startBench({ demo: true });
const browser = await startBrowser();
const rows: Record<string, unknown>[] = [];

/** A row: what was measured, the aim, and whether it is met. A limit is "at most". */
function tell(run: string, value: number, limit?: number): void {
  rows.push({
    run,
    value,
    limit: limit ?? "",
    within: limit === undefined ? "" : value <= limit ? "yes" : "MISS",
  });
}

const median = (numbers: readonly number[]): number =>
  Math.round(
    percentile(
      numbers.toSorted((left, right) => left - right),
      0.5,
    ),
  );

try {
  const [shop] = await bench.db
    .select({ channelId: channels.id })
    .from(channels)
    .innerJoin(merchants, eq(merchants.id, channels.merchantId))
    .where(eq(merchants.slug, SHOP));
  if (!shop) {
    throw new Error("the demo shop is not there");
  }
  // The first visit also warms the server.
  const { onLoad, all, scripts, styles, document } = await weighVisit(browser, bench.url);
  const visits: Visit[] = [];
  for (let visit = 0; visit < VISITS; visit += 1) {
    visits.push(await timeVisit(browser, bench.url));
  }
  const early = await typeBeforeScript(browser, bench.url);
  const widget = await weighWidget(browser, bench.url, shop.channelId);
  tell("/chat: script before the first answer, KB gz", scripts.gzKb, 60);
  tell("/chat: script before the first answer, KB raw", scripts.rawKb);
  tell("/chat: document, KB gz", document.gzKb);
  tell("/chat: styles, KB gz", styles.gzKb);
  tell("/chat: everything before the first answer, KB gz", all.gzKb);
  tell("/chat: requests until the page has loaded", onLoad.requests);
  tell("/chat: requests before the first answer", all.requests);
  tell("/chat: document has arrived, ms (median of 5)", median(visits.map(({ arrived }) => arrived)));
  tell("/chat: field can be typed into, ms (median of 5)", median(visits.map(({ typable }) => typable)), 250);
  tell("/chat: script has taken over, ms (median of 5)", median(visits.map(({ hydrated }) => hydrated)));
  tell("typed before the script: words lost", early.draft === "还没写完的" ? 0 : 1, 0);
  tell("sent before the script: messages lost", early.sent ? 0 : 1, 0);
  tell("widget: loader, KB gz", widget.loader.gzKb, 3);
  tell("widget: other requests before it is opened", widget.closed.requests - 2, 0);
  tell("widget: click to a field in the frame, ms", widget.openMs);
  tell("widget: script in all once open, KB gz", widget.scripts.gzKb, 60);
  process.stdout.write(`scripts: ${scripts.paths.join(", ")}\nbefore opening: ${widget.closed.paths.join(", ")}\n`);
  report(process.argv[2], "weight", rows);
} finally {
  await browser.close();
  await bench.stop();
}
if (rows.some((row) => row["within"] === "MISS" && row["limit"] === 0)) {
  process.stderr.write("Something a visitor typed was lost, or the closed widget asked the network.\n");
  process.exitCode = 1;
}
