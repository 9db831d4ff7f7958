import { createDocument } from "@mixmark-io/domino";
import TurndownService from "turndown";
import { type Block, blocksOfMarkdown, wordsOf } from "./blocks";

/** What a page says, and what it says about itself. */
export interface HtmlDocument {
  readonly title: string;
  /** BCP 47, as the page declares it; empty: it does not. */
  readonly language: string;
  readonly blocks: readonly Block[];
  /** Absolute addresses that it links to and lets machines follow. */
  readonly links: readonly string[];
  /** Address that the page calls its own, if it says. */
  readonly canonical: string | undefined;
  /** The page asks not to be kept. */
  readonly noIndex: boolean;
}

const LINKS_MAX = 2_000;
/** What surrounds the text of a page on every page. */
const AROUND = [
  "script, style, noscript, template, svg, canvas, iframe, object, embed, video, audio, dialog, link, meta",
  "button, input, select, textarea, nav, footer, aside, [hidden], [aria-hidden=true]",
  "[role=navigation], [role=banner], [role=contentinfo], [role=complementary], [role=search], [role=dialog]",
].join(", ");
const AROUND_NAME = /(?:^|[\s_-])(?:breadcrumbs?|sidebar|navbar|cookies?|pagination|toc|share|copyright)(?:$|[\s_-])/i;
/** A list whose links are nearly all it says leads elsewhere. */
const LINK_SHARE = 0.8;
const LINK_LIST = 5;

const textLength = (element: Element): number => (element.textContent ?? "").replace(/\s+/g, "").length;

function removeAll(elements: Iterable<Element>): void {
  for (const element of elements) {
    element.parentNode?.removeChild(element);
  }
}

function isLinkList(list: Element): boolean {
  const links = Array.from(list.querySelectorAll("a"));
  const linked = links.reduce((sum, link) => sum + textLength(link), 0);
  return links.length >= LINK_LIST && linked >= LINK_SHARE * textLength(list);
}

function withoutSurroundings(document: Document): void {
  removeAll(Array.from(document.querySelectorAll(AROUND)));
  const named = Array.from(document.querySelectorAll("[class], [id]")).filter(
    (element) =>
      !/^(?:html|body|main|article)$/i.test(element.tagName) &&
      AROUND_NAME.test(`${element.getAttribute("class") ?? ""} ${element.id}`),
  );
  removeAll(named);
  removeAll(Array.from(document.querySelectorAll("header")).filter((header) => !header.closest("main, article")));
  removeAll(Array.from(document.querySelectorAll("ul, ol")).filter(isLinkList));
}

/** The part of the page that holds its text. */
function contentRoot(document: Document): Element {
  const body = document.body;
  const articles = Array.from(document.querySelectorAll("article"));
  const main = document.querySelector("main, [role=main]") ?? (articles.length === 1 ? articles[0] : undefined);
  // A main part that holds a small share of the words is one by name only.
  return main && textLength(main) * 4 >= textLength(body) ? main : body;
}

/** Questions with folded answers, and terms with explanations, become headings with text. */
function unfold(document: Document, root: Element): void {
  for (const term of Array.from(root.querySelectorAll("summary, dt"))) {
    const heading = document.createElement("h5");
    heading.textContent = term.textContent;
    term.parentNode?.replaceChild(heading, term);
  }
}

function absolute(href: string, base: string | undefined): string | undefined {
  const url = base ? URL.parse(href, base) : URL.parse(href);
  return url && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

function linksOf(document: Document, base: string | undefined): string[] {
  const links = new Set<string>();
  for (const link of Array.from(document.querySelectorAll("a[href]")).slice(0, LINKS_MAX)) {
    const target = absolute(link.getAttribute("href") ?? "", base);
    if (target) {
      link.setAttribute("href", target);
    }
    if (target && !/\bnofollow\b/i.test(link.getAttribute("rel") ?? "")) {
      links.add(target);
    }
  }
  return [...links];
}

const inCell = (text: string): string => text.replace(/\s+/g, " ").trim().replaceAll("|", "\\|");

function tableOf(table: Element): string {
  const rows = Array.from(table.querySelectorAll("tr"))
    .map((row) => Array.from(row.children).map((cell) => inCell(cell.textContent ?? "")))
    .filter((cells) => cells.some(Boolean));
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  const lines = rows.map((cells) => `| ${Array.from({ length: width }, (_, at) => cells[at] ?? "").join(" | ")} |`);
  return `\n\n${[lines[0], `|${" --- |".repeat(width)}`, ...lines.slice(1)].join("\n")}\n\n`;
}

/** A table of data, not one that lays out a page. */
function isDataTable(node: HTMLElement): boolean {
  return (
    node.nodeName === "TABLE" &&
    node.querySelectorAll("table").length === 0 &&
    Array.from(node.querySelectorAll("tr")).some((row) => row.children.length > 1)
  );
}

function markdownWriter(): TurndownService {
  const writer = new TurndownService({
    headingStyle: "atx",
    codeBlockStyle: "fenced",
    bulletListMarker: "-",
    hr: "---",
  });
  // What is escaped for a Markdown page is shown with its backslashes in a chat.
  writer.escape = (text) => text;
  writer.addRule("table", { filter: isDataTable, replacement: (_, node) => tableOf(node) });
  writer.addRule("picture", { filter: "img", replacement: (_, node) => inCell(node.getAttribute("alt") ?? "") });
  writer.addRule("emphasis", { filter: ["em", "i"], replacement: (content) => content });
  writer.addRule("anchor", {
    filter: (node) => node.nodeName === "A" && !/^https?:/.test(node.getAttribute("href") ?? ""),
    replacement: (content) => content,
  });
  return writer;
}

/** The title without the name of the site after it. */
function pageTitle(document: Document): string {
  const headings = Array.from(document.querySelectorAll("h1")).map((each) => wordsOf(each.textContent ?? ""));
  const title = wordsOf(document.querySelector("title")?.textContent ?? "");
  return headings.length === 1 && headings[0] ? headings[0] : title.replace(/\s*[|_–—]\s*[^|_–—]*$|\s+-\s+[^-]*$/u, "");
}

function metaRobots(document: Document): string {
  return Array.from(document.querySelectorAll("meta[name]"))
    .filter((meta) => /^robots$/i.test(meta.getAttribute("name") ?? ""))
    .map((meta) => (meta.getAttribute("content") ?? "").toLowerCase())
    .join(",");
}

/**
 * Reads an HTML page: its text in order, without what surrounds it on every page, and its links.
 *
 * @param address the page's own, to which its links are relative; a file has none
 */
export function htmlDocument(html: string, address?: string): HtmlDocument {
  const document = createDocument(html.replaceAll("\u0000", ""));
  const robots = metaRobots(document);
  const base = absolute(document.querySelector("base[href]")?.getAttribute("href") ?? "", address) ?? address;
  const canonical = document.querySelector("link[rel=canonical]")?.getAttribute("href");
  const links = /\b(?:nofollow|none)\b/.test(robots) ? [] : linksOf(document, base);
  const title = pageTitle(document);
  const language = document.documentElement.getAttribute("lang") ?? "";
  withoutSurroundings(document);
  const root = contentRoot(document);
  unfold(document, root);
  return {
    title,
    language,
    blocks: blocksOfMarkdown(markdownWriter().turndown(root as HTMLElement)),
    links,
    canonical: canonical ? absolute(canonical, base) : undefined,
    noIndex: /\b(?:noindex|none)\b/.test(robots),
  };
}
