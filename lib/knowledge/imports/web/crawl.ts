import { AppError } from "@/lib/core/errors";
import type { DocumentReader } from "../document-reader";
import type { DocumentKind, ReadDocument } from "../document-reading";
import { canonicalAddress, isVisitable, shapeOf, siteOf } from "./address";
import { type FetchedPage, fetchPage } from "./fetch-page";
import { type SiteRules, siteRules } from "./robots";
import { sitemapPages } from "./sitemap";

/** Bounds of one crawl beside the pages and depth that a person chooses. */
const BYTES_MAX = 100 * 1024 * 1024;
const CRAWL_MAX_MS = 10 * 60_000;
/** Pages whose addresses differ in numbers or parameters alone. */
const SHAPE_MAX = 30;
/** Addresses that wait to be visited. */
const WAITING_MAX = 5_000;

export interface CrawlOptions {
  /** page: this one; site: what it links to as well; sitemap: what that names. */
  readonly mode: "page" | "site" | "sitemap";
  /** Most pages that are read. */
  readonly pages: number;
  /** How many links away from the first a page may be. */
  readonly depth: number;
  readonly signal?: AbortSignal | undefined;
}

/** A page that was read, or why it was not. */
export type CrawledPage = { readonly address: string } & (
  | { readonly document: ReadDocument }
  | { readonly error: AppError }
);

const KINDS: Readonly<Record<string, DocumentKind>> = {
  "text/html": "html",
  "application/xhtml+xml": "html",
  "application/pdf": "pdf",
  "text/markdown": "markdown",
  "text/plain": "text",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
};

/** What a page is, by its type and, where that says nothing, by its first bytes. */
function kindOf({ type, body, address }: FetchedPage): DocumentKind {
  const named = /\.md$/i.test(new URL(address).pathname) && type.startsWith("text/") ? "markdown" : KINDS[type];
  const head = new TextDecoder("latin1").decode(body.subarray(0, 512));
  const kind = named ?? (type === "" || type === "application/octet-stream" ? kindOfHead(head) : undefined);
  // A page that calls itself text and is a program or a picture has zeroes at its beginning.
  if (!kind || (kind !== "pdf" && kind !== "docx" && head.includes("\0\0\0"))) {
    throw new AppError("unsupported_type", "import_page_type");
  }
  return kind;
}

function kindOfHead(head: string): DocumentKind | undefined {
  return head.startsWith("%PDF-") ? "pdf" : /<(?:!doctype html|html|head|body)[\s>]/i.test(head) ? "html" : undefined;
}

/** One walk through one site. */
class Crawl {
  private readonly visited = new Set<string>();
  private readonly texts = new Set<string>();
  private readonly shapes = new Map<string, number>();
  private readonly waiting: { address: string; depth: number }[] = [];
  private readonly endsAt = Date.now() + CRAWL_MAX_MS;
  private bytes = 0;
  private readonly site: string;

  constructor(
    private readonly reader: DocumentReader,
    private readonly rules: SiteRules,
    private readonly options: CrawlOptions,
    first: string,
  ) {
    this.site = siteOf(first);
  }

  /** Puts an address in line; false when it was there before or leads nowhere. */
  add(address: string, depth: number, chosen = false): boolean {
    const clean = canonicalAddress(address);
    if (!clean || this.visited.has(clean) || this.waiting.length >= WAITING_MAX) {
      return false;
    }
    const shape = shapeOf(clean);
    const alike = this.shapes.get(shape) ?? 0;
    if (!chosen && (!isVisitable(clean, this.site) || alike >= SHAPE_MAX)) {
      return false;
    }
    this.shapes.set(shape, alike + 1);
    this.visited.add(clean);
    this.waiting.push({ address: clean, depth });
    return true;
  }

  async *pages(): AsyncGenerator<CrawledPage> {
    let read = 0;
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      if (this.options.signal?.aborted) {
        return;
      }
      if (read >= this.options.pages || this.bytes > BYTES_MAX || Date.now() > this.endsAt) {
        yield { address: next.address, error: new AppError("too_large", "import_limit") };
        return;
      }
      const page = await this.visit(next.address, next.depth);
      if (page) {
        read += "document" in page ? 1 : 0;
        yield page;
      }
    }
  }

  /** @returns undefined for a page that was read under another address */
  private async visit(address: string, depth: number): Promise<CrawledPage | undefined> {
    try {
      if (!this.rules.allows(address)) {
        throw new AppError("forbidden", "import_robots");
      }
      const page = await fetchPage(address, (next) => this.mayFollow(next), this.options.signal);
      this.bytes += page.body.byteLength;
      if (page.status >= 400) {
        throw new AppError("unavailable", "import_page_missing");
      }
      const source = { kind: kindOf(page), name: page.address, address: page.address, charset: page.charset };
      return this.taken(await this.reader.document(source, page.body), page.address, depth);
    } catch (error) {
      return {
        address,
        error: AppError.is(error) ? error : new AppError("invalid", "import_broken", { cause: error }),
      };
    }
  }

  /** Redirects stay on the site, and where its rules allow. */
  private mayFollow(next: string): boolean {
    if (siteOf(next) !== this.site) {
      return false;
    }
    if (!this.rules.allows(next)) {
      throw new AppError("forbidden", "import_robots");
    }
    return true;
  }

  private taken(document: ReadDocument, found: string, depth: number): CrawledPage | undefined {
    if (this.options.mode === "site" && depth < this.options.depth) {
      for (const link of document.links) {
        this.add(link, depth + 1);
      }
    }
    const named = document.canonical && canonicalAddress(document.canonical);
    const address = named && siteOf(named) === this.site ? named : (canonicalAddress(found) ?? found);
    this.visited.add(address);
    if (this.texts.has(document.fingerprint)) {
      return undefined;
    }
    this.texts.add(document.fingerprint);
    if (document.noIndex) {
      return { address, error: new AppError("forbidden", "import_no_index") };
    }
    return document.chunks.length > 0 ? { address, document } : undefined;
  }
}

/**
 * Reads a page, a site or what a sitemap names, one page after the other: only where robots.txt allows, only on one
 * site, within bounds of pages, depth, bytes and time. Each page once, whatever it is called.
 *
 * @throws AppError invalid `import_address_invalid` | `import_no_sitemap`, or what `fetchPage` says of a sitemap
 */
export async function* crawl(
  address: string,
  options: CrawlOptions,
  reader: DocumentReader,
): AsyncGenerator<CrawledPage> {
  const first = canonicalAddress(address);
  if (!first) {
    throw new AppError("invalid", "import_address_invalid");
  }
  const rules = await siteRules(first, options.signal);
  const walk = new Crawl(reader, rules, options, first);
  if (options.mode === "sitemap") {
    if (!rules.allows(first)) {
      throw new AppError("forbidden", "import_robots");
    }
    for (const page of await sitemapPages(first, options.pages, options.signal)) {
      walk.add(page, 1, true);
    }
  } else {
    walk.add(first, 0, true);
  }
  yield* walk.pages();
}
