const ORIGIN = "https://yingda.invalid";

/**
 * Where to go after signing in: a path of this site, or `fallback` when the wish leads anywhere else
 * (`https://…`, `//host`, `/\host` and their like: an open redirect).
 */
export function returnPath(wish: string | undefined, fallback: string): string {
  if (!wish?.startsWith("/")) {
    return fallback;
  }
  const address = URL.parse(wish, ORIGIN);
  return address?.origin === ORIGIN ? address.pathname + address.search + address.hash : fallback;
}
