import type { PageContext } from "./visitor-session";

/** What the server takes at most, in seconds. */
const LONGEST_AGO = 604_800;

/** Where the visitor is, as the server is told: of the pages on the way how long ago, for clocks may be wrong. */
export function toldPage({ pages, ...here }: PageContext, now: number) {
  const ago = (at: number) => Math.min(LONGEST_AGO, Math.max(0, Math.round((now - at) / 1_000)));
  return { ...here, ...(pages && { pages: pages.map(({ url, title, at }) => ({ url, title, ago: ago(at) })) }) };
}
