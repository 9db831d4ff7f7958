import type { BrowserContext } from "@playwright/test";

/**
 * What must not happen on a page that shows hostile words: a dialog, a request to anybody but us, a report of the
 * Content-Security-Policy (something tried), a script that fails.
 *
 * @returns the list that fills as such things happen
 */
export async function watchPages(context: BrowserContext, ownOrigin: string): Promise<string[]> {
  const seen: string[] = [];
  const own = new URL(ownOrigin).host;
  context.on("dialog", async (dialog) => {
    seen.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  context.on("weberror", (error) => seen.push(`error: ${error.error().message}`));
  context.on("console", (message) => {
    if (/content.security.policy|refused to/i.test(message.text())) {
      seen.push(`policy: ${message.text().slice(0, 300)}`);
    }
  });
  context.on("request", (request) => {
    const address = new URL(request.url());
    if (/^(https?|wss?):$/.test(address.protocol) && address.host !== own) {
      seen.push(`request: ${request.url()}`);
    }
  });
  // Nothing of this reaches the network, whatever happens.
  await context.route(
    (address) => address.host !== own,
    (route) => route.abort(),
  );
  return seen;
}
