import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { bundleImportReader } from "@/lib/testing/import-reader";
import { endless, gzipBomb, htmlPage, startWebsite, type Website } from "@/lib/testing/stubs/website";
import { DocumentReader } from "../document-reader";
import { type CrawledPage, type CrawlOptions, crawl } from "./crawl";

let site: Website;
let silent: Server;
const reader = new DocumentReader();

beforeAll(async () => {
  await bundleImportReader();
  site = await startWebsite();
  silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  const port = typeof address === "object" ? address?.port : 0;
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", `${site.host},127.0.0.1:${port}`);
}, 120_000);

beforeEach(() => {
  site.pages.clear();
  site.other = () => undefined;
  site.asked.length = 0;
});

afterAll(async () => {
  await reader.close();
  silent.close();
  await site.stop();
});

async function walk(path: string, options: Partial<CrawlOptions> = {}): Promise<CrawledPage[]> {
  const pages: CrawledPage[] = [];
  const address = /^[a-z]+:/i.test(path) ? path : `${site.url}${path}`;
  for await (const page of crawl(address, { mode: "page", pages: 20, depth: 3, ...options }, reader)) {
    pages.push(page);
  }
  return pages;
}
const titles = (pages: readonly CrawledPage[]) =>
  pages.flatMap((page) => ("document" in page ? page.document.title : []));
const reasons = (pages: readonly CrawledPage[]) => pages.flatMap((page) => ("error" in page ? page.error.reason : []));

describe("reading a site", () => {
  it("follows links within the site, each page once, whatever its address is called", async () => {
    site.pages.set(
      "/help",
      htmlPage("帮助", "帮助中心。", [
        "/help/a?utm_source=x#top",
        "/help/b",
        "https://elsewhere.example/",
        "mailto:a@b.c",
        "/logo.png",
      ]),
    );
    site.pages.set("/help/a", htmlPage("退货", "七天内可退。", ["/help", "/help/b?from=a"]));
    site.pages.set("/help/b", htmlPage("运费", "满99包邮。", ["/help/copy"]));
    site.pages.set(
      "/help/copy",
      htmlPage("运费", "满99包邮。", ["/help/copy"], '<link rel="canonical" href="/help/b">'),
    );
    expect(titles(await walk("/help", { mode: "site" }))).toEqual(["帮助", "退货", "运费"]);
    expect(site.asked.filter((path) => path.startsWith("/help/a"))).toEqual(["/help/a"]);
    expect(titles(await walk("/help", { mode: "site", depth: 0 }))).toEqual(["帮助"]);
    expect(titles(await walk("/help"))).toEqual(["帮助"]);
  });

  it("ends in a trap: pages without number, addresses that grow, parameters without end", async () => {
    site.other = (path) => {
      const number = Number(/\d+/.exec(path)?.[0] ?? 0);
      return path === "/robots.txt"
        ? undefined
        : htmlPage(`第${number}月`, `日历${path}`, [
            `/month/${number + 1}`,
            `${path}/deeper/deeper`,
            `/month/1?page=${number + 1}&sort=${number}`,
          ]);
    };
    const bounded = await walk("/month/1", { mode: "site", pages: 1_000, depth: 100 });
    expect(titles(bounded).length).toBeLessThan(200);
    const few = await walk("/month/1", { mode: "site", pages: 5, depth: 100 });
    expect(titles(few)).toHaveLength(5);
    expect(reasons(few)).toEqual(["import_limit"]);
  });

  it("does not read what robots.txt or the page itself keeps from machines", async () => {
    site.pages.set("/robots.txt", {
      body: "User-agent: *\nDisallow: /private\n\nUser-agent: YingdaBot\nDisallow: /private\nDisallow: /ours",
    });
    site.pages.set("/", htmlPage("首页", "欢迎。", ["/private/a", "/ours", "/open", "/hidden"]));
    site.pages.set("/open", htmlPage("公开", "可以读。"));
    site.pages.set("/hidden", htmlPage("不收录", "不收录。", [], '<meta name="robots" content="noindex">'));
    const pages = await walk("/", { mode: "site" });
    expect(titles(pages)).toEqual(["首页", "公开"]);
    expect(reasons(pages).sort()).toEqual(["import_no_index", "import_robots", "import_robots"]);
    expect(site.asked).not.toContain("/private/a");
    site.pages.set("/robots.txt", { status: 503 });
    expect(reasons(await walk("/open"))).toEqual(["import_robots"]);
  });

  it("reads what a sitemap names, packed or in parts, and ends where it names itself", async () => {
    const xml = (kind: string, each: string, paths: readonly string[]) =>
      `<?xml version="1.0"?><${kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${paths.map((path) => `<${each}><loc>${site.url}${path}</loc></${each}>`).join("")}</${kind}>`;
    site.pages.set("/sitemap.xml", {
      body: xml("sitemapindex", "sitemap", ["/sitemap.xml", "/one.xml", "/gone.xml", "/two.xml"]),
    });
    site.pages.set("/one.xml", { body: xml("urlset", "url", ["/a", "/b?x=1&amp;y=2", "/a"]) });
    site.pages.set("/two.xml", { body: xml("sitemapindex", "sitemap", ["/sitemap.xml", "/one.xml"]) });
    site.pages.set("/a", htmlPage("甲", "甲的内容。"));
    site.pages.set("/b?x=1&y=2", htmlPage("乙", "乙的内容。"));
    expect(titles(await walk("/sitemap.xml", { mode: "sitemap" }))).toEqual(["甲", "乙"]);
    expect(site.asked.filter((path) => path === "/sitemap.xml")).toHaveLength(1);
    await expect(walk("/a", { mode: "sitemap" })).rejects.toMatchObject({ reason: "import_no_sitemap" });
    await expect(walk("/gone.xml", { mode: "sitemap" })).rejects.toMatchObject({ reason: "import_page_missing" });
  });

  it("takes documents by their type, and nothing that is no document", async () => {
    site.pages.set("/m.md", { headers: { "content-type": "text/plain" }, body: "# 手册\n\n## 退\n\n七天。" });
    site.pages.set("/x.bin", { headers: { "content-type": "application/octet-stream" }, body: Buffer.alloc(100) });
    site.pages.set("/fake", { headers: { "content-type": "text/html" }, body: Buffer.alloc(5_000) });
    site.pages.set("/img", { headers: { "content-type": "image/png" }, body: "x" });
    expect(titles(await walk("/m.md"))).toEqual(["手册"]);
    for (const path of ["/x.bin", "/fake", "/img"]) {
      expect(reasons(await walk(path)), path).toEqual(["import_page_type"]);
    }
  });
});

describe("an address that must not be visited (T56)", () => {
  it.each([
    "http://127.0.0.1/",
    "http://127.0.0.1:1/",
    "http://[::1]/",
    "http://0.0.0.0/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://0x7f.1/",
    "http://127.1/",
    "http://localhost/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[::ffff:169.254.169.254]/",
    "http://[::ffff:7f00:1]/",
    "http://[fd00:ec2::254]/",
    "http://[64:ff9b::7f00:1]/",
    "http://10.0.0.1/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
  ])("%s", async (address) => {
    await expect(walk(address)).rejects.toMatchObject({ reason: "import_address_refused" });
    await expect(walk(address, { mode: "sitemap" })).rejects.toMatchObject({ reason: "import_address_refused" });
  });

  it("http://localhost./, whether or not its name is known here", async () => {
    await expect(walk("http://localhost./")).rejects.toMatchObject({
      reason: expect.stringMatching(/^import_(?:address_refused|unreachable)$/),
    });
  });

  it.each([
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "ftp://shop.example/",
    "javascript:alert(1)",
    "http://user:pass@shop.example/",
  ])("%s is no address of a page", async (address) => {
    await expect(walk(address)).rejects.toMatchObject({ reason: "import_address_invalid" });
  });

  it.each([
    ["the metadata service", "http://169.254.169.254/latest/meta-data/"],
    ["this machine", "http://[::1]/"],
    ["another port of this machine", "http://127.0.0.1:1/"],
    ["another site", "https://elsewhere.example/"],
  ])("a redirect to %s is not followed", async (_, location) => {
    site.pages.set("/away", { status: 302, headers: { location } });
    expect(reasons(await walk("/away"))).toEqual(["import_other_site"]);
  });

  it("a redirect to a file is not followed, and one that goes round ends", async () => {
    site.pages.set("/file", { status: 302, headers: { location: "file:///etc/passwd" } });
    site.pages.set("/round", { status: 301, headers: { location: "/about" } });
    site.pages.set("/about", { status: 301, headers: { location: "/round" } });
    expect(reasons(await walk("/file"))).toEqual(["import_address_refused"]);
    expect(reasons(await walk("/round"))).toEqual(["import_redirects"]);
  });
});

describe("a site that does harm (T56)", () => {
  it.each([
    ["a body without end", { headers: { "content-type": "text/html" }, body: endless }, "import_page_too_large"],
    [
      "a packed bomb",
      { headers: { "content-type": "text/html", "content-encoding": "gzip" }, body: gzipBomb() },
      "import_page_too_large",
    ],
    [
      "headers and then nothing",
      { headers: { "content-type": "text/html" }, body: () => undefined },
      "import_page_slow",
    ],
    ["a server error", { status: 500 }, "import_page_missing"],
  ] as const)("%s is left within seconds, in words", async (_, page, reason) => {
    site.pages.set("/bad", page);
    const start = performance.now();
    expect(reasons(await walk("/bad"))).toEqual([reason]);
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  it("one that takes the connection and says nothing is left", async () => {
    const address = silent.address();
    await expect(walk(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`)).rejects.toMatchObject({
      reason: "import_page_slow",
    });
  });

  it("a page that would keep its reader busy for ever is given up, and the next one is read", async () => {
    const busy = new DocumentReader({ milliseconds: 4_000 });
    const deep = `<html><body>${"<div>".repeat(300_000)}</body></html>`;
    await expect(
      busy.document({ kind: "html", name: "a", address: site.url }, new TextEncoder().encode(deep)),
    ).rejects.toMatchObject({ reason: expect.stringMatching(/^import_(?:timed_out|broken|no_text|too_large)$/) });
    const next = await busy.document({ kind: "markdown", name: "b.md" }, new TextEncoder().encode("# 好\n\n好的。"));
    expect(next.title).toBe("好");
    await busy.close();
  });

  it("reading keeps this process free: nothing waits for a large document", async () => {
    const text = `# 大\n\n${"一段很长的文字，讲的是退货。\n\n".repeat(60_000)}`;
    const bytes = new TextEncoder().encode(text);
    const before = process.threadCpuUsage();
    await reader.document({ kind: "markdown", name: "large.md" }, bytes);
    // Work, not time by the clock: the machine may be busy with something else.
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(500);
  });
});
