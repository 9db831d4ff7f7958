import { marked, type Token, type Tokens } from "marked";

/** A piece of a document that means something by itself, in the order it stands there. */
export interface Block {
  readonly kind: "heading" | "paragraph" | "list" | "table" | "code";
  /** Markdown; of a heading its words alone. */
  readonly text: string;
  /** Of a heading: 1 is the highest. */
  readonly level?: number | undefined;
  /** Page of a document that has pages, from 1. */
  readonly page?: number | undefined;
}

/** Words of an inline text, without what marks them up. */
export function wordsOf(markdown: string): string {
  return markdown
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^<>]{1,200}>/g, "")
    .replace(/(\*\*|__|`+|~~)/g, "")
    .replace(/\\([\\`*_{}[\]()#+\-.!|>~])/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}

function blockOf(token: Token): Block[] {
  const text = token.raw.trimEnd();
  switch (token.type) {
    case "heading": {
      const words = wordsOf((token as Tokens.Heading).text);
      return words ? [{ kind: "heading", level: (token as Tokens.Heading).depth, text: words }] : [];
    }
    case "list":
      return [{ kind: "list", text: text.replace(/^(\s*(?:[-*+]|\d{1,9}[.)])) {2,4}(?=\S)/gm, "$1 ") }];
    case "table":
    case "code":
      return [{ kind: token.type, text }];
    case "blockquote":
      return blocksOfTokens((token as Tokens.Blockquote).tokens);
    case "space":
    case "hr":
    case "def":
      return [];
    default:
      // Raw HTML in Markdown: its words, or nothing.
      return token.type === "html"
        ? wordsOf(text) === ""
          ? []
          : [{ kind: "paragraph", text: wordsOf(text) }]
        : [{ kind: "paragraph", text: text.trim() }];
  }
}

function blocksOfTokens(tokens: readonly Token[]): Block[] {
  return tokens.flatMap(blockOf).filter((block) => block.text !== "");
}

/** Front matter of static sites: settings of the page, nothing a customer asks for. */
const FRONT_MATTER = /^---\r?\n[\s\S]{0,5000}?\r?\n---\r?\n/;

/** The blocks of a Markdown text (CommonMark with GitHub's tables). */
export function blocksOfMarkdown(markdown: string): Block[] {
  return blocksOfTokens(marked.lexer(markdown.replace(FRONT_MATTER, "").replaceAll("\u0000", ""), { gfm: true }));
}

/** The blocks of a text without marks: an empty line parts them. */
export function blocksOfText(text: string): Block[] {
  return text
    .split(/\r?\n[ \t]*\r?\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => ({ kind: "paragraph", text: paragraph }));
}
