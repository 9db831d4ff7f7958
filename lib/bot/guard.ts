import { privateDataIn } from "@/lib/platform/text/private-data";
import { factsOf, isSupported, lowEndAlone } from "./facts";
import { languageOf } from "./message-language";
import { foreignPromise } from "./promises";

/** Why a model's words are not shown. */
export type Violation =
  | "number"
  | "link"
  | "promise"
  | "prompt"
  | "ungrounded"
  | "citation"
  | "language"
  | "empty"
  | "too_long"
  | "private";

export type Verdict =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly violation: Violation; readonly detail: string };

export interface GuardInput {
  /** Texts of the entries that the model was given. */
  readonly sources: readonly string[];
  readonly question: string;
  /** What the model was told, which it must not tell. */
  readonly instructions: string;
  /** Language that the answer was asked in. */
  readonly language: "zh-CN" | "en";
}

/** Longest answer that anybody reads in a chat, in characters. */
const ANSWER_MAX = 2_000;
/** Longest one with its markup; past it nothing of it is looked at. */
const RAW_MAX = 3 * ANSWER_MAX;
/** Share of an answer's pairs and words that must stand in the sources; fair rewording stays far above. */
const GROUNDED_FROM = 0.35;
/** Shorter answers ("Yes, you can.") have too little to judge by. */
const GROUNDED_PIECES = 6;
/** Shorter ones say nothing at all. */
const TELLING_PIECES = 4;
/** Share that must stand in the sources themselves: the question may be an order to repeat it. */
const SOURCED_FROM = 0.25;
/** Characters in a row that an answer may share with its instructions. */
const ECHO = 24;

const LINK =
  /\b(?:https?:\/\/|www\.)[^\s<>()"'，。！？；、（）【】「」]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}|(?<![a-z0-9.-])(?:[a-z0-9-]{1,63}\.){1,5}(?:com|cn|net|org|io|top|xyz|shop|app|cc|me|ru|info|link|site)\b(?:\/[^\s<>()"'，。！？；、]*)?/giu;

/**
 * Makes a model's words harmless to show: no images (an address in one can carry data away), no HTML, no link but
 * http, https, mail and telephone. What remains is text with light markup.
 */
export function strip(text: string): string {
  return text
    .replace(/!\[([^\]]{0,500})\]\s{0,3}(?:\([^)]{0,2000}\)?|\[[^\]]{0,500}\])/gu, "$1")
    .replace(/^[ \t]*\[[^\]\n]{1,500}\]:[ \t]*\S.*$/gmu, "")
    .replace(/\[([^\]]{0,500})\]\(\s*(?!https?:\/\/|mailto:|tel:)[^)]*\)/giu, "$1")
    .replace(/<(?:script|style|iframe|svg|object)\b[\s\S]*?(?:<\/\w+\s*>|$)/giu, "")
    .replace(/<\/?[a-z][^>]*>?/giu, "")
    .replace(/\b(?:javascript|vbscript|data):\S*/giu, "")
    .trim();
}

const squeeze = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/gu, "");

function piecesOf(text: string): Set<string> {
  const pieces = new Set<string>();
  for (const run of text
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\u3400-\u9fff]+|\p{Script=Latin}{3,}/gu) ?? []) {
    if (/\p{Script=Latin}/u.test(run)) {
      pieces.add(run.slice(0, 6));
      continue;
    }
    for (let index = 0; index + 1 < run.length; index += 1) {
      pieces.add(run.slice(index, index + 2));
    }
  }
  return pieces;
}

/** Names of machines with any ending, as people write them; with "。" for the point, too. */
const HOST = /(?<![\w.@/-])(?:[a-z0-9-]{2,63}\.){1,5}[a-z]{2,12}(?![\w(.-])(?:\/[^\s<>()"'，。！？；、]*)?/gu;

/** Addresses of a text, without their scheme and what only ends a sentence. */
function linksOf(text: string): string[] {
  const plain = text.normalize("NFKC").replace(/(?<=[a-z0-9])[。｡](?=[a-z]{2})/giu, ".");
  return [...(plain.match(LINK) ?? []), ...(plain.match(HOST) ?? [])].map((link) =>
    link
      .toLowerCase()
      .replace(/^https?:\/\//u, "")
      .replace(/[.,;:!?/]+$/u, ""),
  );
}

/** An address that no source names, nor a page or a mailbox of it. */
function foreignLink(text: string, sources: string): string | undefined {
  const known = linksOf(sources);
  return linksOf(text).find((link) => !known.some((one) => one === link || one.startsWith(`${link}/`)));
}

function echoes(text: string, instructions: string): boolean {
  const said = squeeze(text);
  const secret = squeeze(instructions);
  for (let start = 0; start + ECHO <= said.length; start += 1) {
    if (secret.includes(said.slice(start, start + ECHO))) {
      return true;
    }
  }
  return false;
}

/** Share of some pieces that stands in a text; `figures`: so many more, which were found there before. */
function shareIn(pieces: ReadonlySet<string>, text: string, figures: number): number {
  const known = piecesOf(text);
  const found = [...pieces].filter((piece) => known.has(piece)).length;
  return (found + figures) / Math.max(pieces.size + figures, 1);
}

/** Whether an answer says what the sources say. Taking up the question's words is fine, repeating after it is not. */
function grounded(text: string, sources: string, question: string): boolean {
  const pieces = piecesOf(text);
  // Figures with their unit stand in the sources, or `inspect` had stopped them.
  const figures = factsOf(text).filter(({ unit }) => unit !== null).length;
  const sourced = shareIn(pieces, sources, figures) >= SOURCED_FROM;
  if (pieces.size < GROUNDED_PIECES) {
    return pieces.size < TELLING_PIECES || sourced;
  }
  return sourced && shareIn(pieces, `${sources}\n${question}`, figures) >= GROUNDED_FROM;
}

/**
 * Checks the part of an answer that has arrived: numbers, amounts, dates and links must stand in the sources (bare
 * numbers also in the question), anybody's private data must not. What fails here fails for good, so a
 * stream is cut before the wrong figure was ever shown.
 */
export function inspect(raw: string, input: GuardInput): Verdict {
  if (raw.length > RAW_MAX) {
    return { ok: false, violation: "too_long", detail: String(raw.length) };
  }
  const text = strip(raw);
  const sources = input.sources.join("\n");
  if (text.length > ANSWER_MAX) {
    return { ok: false, violation: "too_long", detail: String(text.length) };
  }
  const link = foreignLink(text, sources);
  if (link !== undefined) {
    return { ok: false, violation: "link", detail: link };
  }
  const known = factsOf(sources);
  const repeated = factsOf(input.question);
  // An order number may be repeated. "300 yuan" may not: a visitor could have it promised to them.
  const wrong =
    factsOf(text).find((fact) => !isSupported(fact, known) && (fact.unit !== null || !isSupported(fact, repeated))) ??
    lowEndAlone(text, sources);
  if (wrong) {
    return { ok: false, violation: "number", detail: `${wrong.value} ${wrong.unit ?? ""}`.trim() };
  }
  const promise = foreignPromise(text, sources);
  if (promise !== undefined) {
    return { ok: false, violation: "promise", detail: promise };
  }
  const said = squeeze(sources);
  if (privateDataIn(text).some((found) => !said.includes(squeeze(found)))) {
    return { ok: false, violation: "private", detail: "" };
  }
  return { ok: true, text };
}

/** The check of a whole answer: all of `inspect`, it does not tell its instructions, and says what the sources say. */
export function guard(raw: string, input: GuardInput): Verdict {
  const verdict = inspect(raw, input);
  if (!verdict.ok) {
    return verdict;
  }
  if (verdict.text.length === 0) {
    return { ok: false, violation: "empty", detail: "" };
  }
  if (echoes(verdict.text, input.instructions)) {
    return { ok: false, violation: "prompt", detail: "" };
  }
  const sources = input.sources.join("\n");
  const [spoken, written] = [verdict.text, sources].map((text) => languageOf(text.replace(LINK, " ")));
  if (spoken !== undefined && written !== undefined && spoken !== written) {
    // A translation shares no words with its source; figures, links and promises were compared all the same.
    return spoken === input.language ? verdict : { ok: false, violation: "language", detail: spoken };
  }
  return grounded(verdict.text, sources, input.question) ? verdict : { ok: false, violation: "ungrounded", detail: "" };
}

/** The source that shares most with a text, for an answer that names none; undefined when none shares enough. */
export function closestSource(text: string, sources: readonly string[]): number | undefined {
  const pieces = piecesOf(text);
  const shares = sources.map((source) => {
    const known = piecesOf(source);
    return [...pieces].filter((piece) => known.has(piece)).length / Math.max(pieces.size, 1);
  });
  const most = Math.max(...shares, 0);
  return most >= GROUNDED_FROM ? shares.indexOf(most) : undefined;
}
