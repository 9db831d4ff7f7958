import robotsParser from "robots-parser";
import { fetchPage, USER_AGENT } from "./fetch-page";

/** Most of a robots.txt that is read (RFC 9309 section 2.5). */
const ROBOTS_MAX_BYTES = 500 * 1024;

/** What a site allows machines to read. */
export interface SiteRules {
  allows(address: string): boolean;
}

/**
 * The rules of the site that an address is of. No rules (4xx): all is allowed; a site that fails to tell them (5xx)
 * allows nothing (RFC 9309 section 2.3.1).
 *
 * @throws AppError of fetchPage when the site cannot be reached at all
 */
export async function siteRules(address: string, signal?: AbortSignal): Promise<SiteRules> {
  const place = new URL("/robots.txt", address).href;
  const { status, body } = await fetchPage(place, () => true, signal);
  if (status >= 500) {
    return { allows: () => false };
  }
  const text = status >= 400 ? "" : new TextDecoder().decode(body.subarray(0, ROBOTS_MAX_BYTES));
  const rules = robotsParser(place, text);
  return {
    // Rules are for one host; a hop from http to https, or to www., stays on the site.
    allows(each) {
      const { pathname, search } = new URL(each);
      return rules.isAllowed(new URL(pathname + search, place).href, USER_AGENT) !== false;
    },
  };
}
