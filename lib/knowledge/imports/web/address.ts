/** Longest address that is visited. */
const ADDRESS_MAX = 1_000;
/** A part of a path that comes again and again is a link that was built wrong. */
const SEGMENT_MAX = 3;
const SEGMENTS_MAX = 16;
/** Parameters that say where a visitor came from, not what they see. */
const TRACKING =
  /^(?:utm_\w+|spm|from|ref|referer|referrer|gclid|fbclid|share\w*|session_?id|sid|phpsessid|jsessionid)$/i;
/** Files that hold no text. */
const NO_TEXT =
  /\.(?:png|jpe?g|gif|webp|svg|ico|bmp|css|m?js|json|xml|rss|zip|gz|rar|7z|tar|exe|dmg|apk|mp[34]|mov|avi|webm|wav|woff2?|ttf|eot|xlsx?|pptx?)$/i;

/** The address as it is compared and visited: no fragment, no tracking, parameters in order; undefined: none of ours. */
export function canonicalAddress(address: string | URL): string | undefined {
  const url = URL.parse(String(address));
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "") {
    return undefined;
  }
  url.hash = "";
  for (const name of [...url.searchParams.keys()]) {
    if (TRACKING.test(name)) {
      url.searchParams.delete(name);
    }
  }
  url.searchParams.sort();
  url.pathname = url.pathname
    .replace(/\/{2,}/g, "/")
    .replace(/;jsessionid=[^/]*/i, "")
    .replace(/\/index\.(?:html?|php)$/i, "/");
  return url.href;
}

/** One site: the same host, with or without www., over http or https, on the same port. */
export function siteOf(address: string | URL): string {
  const url = new URL(address);
  return `${url.hostname.replace(/^www\./, "")}:${url.port}`;
}

/** Whether a link that a page shows is worth a visit: text of the same site, and no trap. */
export function isVisitable(address: string, site: string): boolean {
  const url = new URL(address);
  const segments = url.pathname.split("/").filter(Boolean);
  const most = Math.max(0, ...segments.map((segment) => segments.filter((each) => each === segment).length));
  return (
    siteOf(url) === site &&
    address.length <= ADDRESS_MAX &&
    segments.length <= SEGMENTS_MAX &&
    most < SEGMENT_MAX &&
    !NO_TEXT.test(url.pathname)
  );
}

/** Addresses that differ in their parameters, or in their numbers, alone: a calendar has no last month. */
export function shapeOf(address: string): string {
  const url = new URL(address);
  return `${url.pathname.replace(/\d+/g, "#")}?${[...url.searchParams.keys()].join("&")}`;
}
