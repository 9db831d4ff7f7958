const STORED = "yingda:visit";
/** Most looks at pages that are remembered: the first, and the last of the others. */
const LOOKS = 40;

/** A look at a page of the merchant's site; of the first one `referrer` says where the visitor came from. */
export type Look = readonly [url: string, title: string, at: number, referrer: string];

/**
 * Takes note of the page that is shown now, in the merchant's own storage for this tab; nothing is sent. Where that is
 * closed, this page is all there is. Every byte of it is in the loader, so the frame makes sense of it.
 */
export function noteVisit(): readonly Look[] {
  const look: Look = [location.href, document.title, Date.now(), document.referrer];
  let visit = [look];
  try {
    visit = [...JSON.parse(sessionStorage[STORED] || "[]"), look];
    visit.splice(1, visit.length - LOOKS);
    sessionStorage[STORED] = JSON.stringify(visit);
  } catch {}
  return visit;
}
