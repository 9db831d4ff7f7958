const STORED = "yingda:visit";
/** Most pages that are remembered. */
const PAGES = 20;

/** How a visitor came to the merchant's site, and which pages of it they have seen since, each once, newest last. */
interface Visit {
  readonly landing: string;
  readonly referrer: string;
  readonly pages: readonly { readonly url: string; readonly title: string; readonly at: number }[];
}

/**
 * Takes note of the page that is shown, in the merchant's own storage for this tab; nothing is sent. Where that is closed,
 * this page is all there is.
 */
export function noteVisit(): Visit {
  const [url, { title, referrer }] = [location.href, document];
  const here = { url, title, at: Date.now() };
  let visit: Visit = { landing: url, referrer, pages: [here] };
  try {
    const kept = JSON.parse(sessionStorage[STORED] || "0") as Visit | 0;
    if (kept) {
      const [last] = kept.pages.slice(-1);
      const before = kept.pages.filter((page) => page.url !== url);
      const at = last?.url === url ? last.at : here.at;
      visit = { ...kept, pages: [...before, { ...here, at }].slice(-PAGES) };
    }
    sessionStorage[STORED] = JSON.stringify(visit);
  } catch {}
  return visit;
}
