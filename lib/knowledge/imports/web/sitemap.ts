import { AppError } from "@/lib/core/errors";
import { canonicalAddress, siteOf } from "./address";
import { fetchPage, unpackGzip } from "./fetch-page";

/** Sitemaps that one import reads, and how deep they may name each other. */
const SITEMAPS_MAX = 20;
const DEPTH_MAX = 3;

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const LOCATION = /<(?:\w{1,20}:)?loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]{1,2000})/gi;

/** The addresses that a sitemap names (sitemaps.org), or a list of them, a line each. */
export function addressesIn(
  text: string,
): { readonly kind: "pages" | "sitemaps"; readonly addresses: string[] } | undefined {
  if (/<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]/i.test(text.slice(0, 4_096))) {
    const addresses = [...text.matchAll(LOCATION)].map((match) =>
      (match[1] ?? "").replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? ""),
    );
    return { kind: /<(?:\w{1,20}:)?sitemapindex[\s>]/i.test(text.slice(0, 4_096)) ? "sitemaps" : "pages", addresses };
  }
  const lines = text.split(/\s+/).filter(Boolean);
  return lines.length > 0 && lines.every((line) => /^https?:\/\/\S+$/.test(line))
    ? { kind: "pages", addresses: lines }
    : undefined;
}

async function textAt(address: string, site: string, signal?: AbortSignal): Promise<string> {
  const { status, body } = await fetchPage(address, (next) => siteOf(next) === site, signal);
  if (status >= 400) {
    throw new AppError("unavailable", "import_page_missing");
  }
  const packed = body[0] === 0x1f && body[1] === 0x8b;
  return new TextDecoder().decode(packed ? await unpackGzip(body) : body);
}

/**
 * The pages of a sitemap and of the sitemaps that it names, in their order. Each is read once, so that one that names
 * itself ends; a further one that cannot be read is left out.
 *
 * @param most pages; what comes after them is not looked at
 * @throws AppError invalid `import_no_sitemap`, or what `fetchPage` says of the first
 */
export async function sitemapPages(first: string, most: number, signal?: AbortSignal): Promise<string[]> {
  const site = siteOf(first);
  const [read, pages] = [new Set<string>(), new Set<string>()];
  let level = [first];
  for (let depth = 0; depth < DEPTH_MAX && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const address of level) {
      if (read.has(address) || read.size >= SITEMAPS_MAX || pages.size >= most) {
        continue;
      }
      read.add(address);
      const named = await textAt(address, site, signal).then(addressesIn, (error: unknown) => {
        if (address === first) {
          throw error;
        }
        return { kind: "pages" as const, addresses: [] };
      });
      if (!named && address === first) {
        throw new AppError("invalid", "import_no_sitemap");
      }
      const target = named?.kind === "sitemaps" ? next : pages;
      for (const each of named?.addresses ?? []) {
        const clean = canonicalAddress(each);
        if (clean && siteOf(clean) === site) {
          target instanceof Set ? target.add(clean) : target.push(clean);
        }
      }
    }
    level = next;
  }
  return [...pages].slice(0, most);
}
