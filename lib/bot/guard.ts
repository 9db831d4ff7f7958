import { privateDataIn } from "@/lib/platform/text/private-data";
import { factsOf, isSupported } from "./facts";
import { languageOf } from "./message-language";

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

/** What a shop must not promise unless it stands in a source, in both languages: no invented discount (OWASP LLM09). */
const PROMISES: readonly RegExp[] = [
  /免费|免单|包邮|不收费|不要钱|\bfree\b|complimentary|no charge/iu,
  /赠送|赠品|送你|送您|白送|\bgift|\bbonus/iu,
  /折扣|打折|优惠|立减|满减|代金券|\bdiscount|\bcoupon|\bvoucher|% off/iu,
  /赔|补偿|compensat/iu,
  /红包|返现|cash ?back/iu,
  /保证|承诺|担保|guarantee|\bpromise/iu,
  /无理由|不限次数|永久|终身|\blifetime|\bunlimited|no questions asked/iu,
  // Where money or secrets are to be sent: what a swindler would have said.
  /转账|汇款|打款|(?:钱|款|费用?)(?:打|转|汇)(?:到|给|入)|\b(?:wire|transfer|send)\b.{0,20}\b(?:money|payments?|funds)\b|\biban\b/iu,
  /密码|验证码|\bpasswords?\b|\b(?:verification|security) codes?\b|\bpin code/iu,
];

/** What only a person or a system may do, said as done or granted. */
const GRANTS: readonly RegExp[] = [
  /(?:给|送|发|补|赠)(?:你|您)(?:一|两|几|[\d１-９])/iu,
  /(?:已经?|马上|立即)(?:为|给|帮|替)(?:你|您|该|这位)/iu,
  /\bi(?:'ve| have|'ll| will)(?: just)? (?:give|given|grant|granted|issue|issued|refund|refunded|add|added|send|sent|credit|credited)\b/iu,
  /\bhere is your (?:coupon|voucher|refund|gift)/iu,
];
/** "满 100 减 99": the two numbers of an offer belong together. */
const DEAL = /满\d+(?:元|块)?(?:立)?(?:减|送|返|打)\d+|\d+%off/giu;

/** An offer, or something said as done, that no source says. */
function foreignPromise(text: string, sources: string): string | undefined {
  const promise = [...PROMISES, ...GRANTS].find((words) => words.test(text) && !words.test(sources));
  const known = squeeze(sources);
  return (
    promise?.exec(text)?.[0] ??
    squeeze(text)
      .match(DEAL)
      ?.find((deal) => !known.includes(deal))
  );
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

function foreignLink(text: string, sources: string): string | undefined {
  return text.match(LINK)?.find((link) => !sources.includes(squeeze(link.replace(/[.,;:!?]+$/u, ""))));
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

function grounded(text: string, sources: string): boolean {
  const pieces = piecesOf(text);
  if (pieces.size < GROUNDED_PIECES) {
    return true;
  }
  const known = piecesOf(sources);
  let found = 0;
  for (const piece of pieces) {
    found += known.has(piece) ? 1 : 0;
  }
  return found / pieces.size >= GROUNDED_FROM;
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
  const link = foreignLink(text, squeeze(sources));
  if (link !== undefined) {
    return { ok: false, violation: "link", detail: link };
  }
  const known = factsOf(sources);
  const repeated = factsOf(input.question);
  // An order number may be repeated. "300 yuan" may not: a visitor could have it promised to them.
  const wrong = factsOf(text).find(
    (fact) => !isSupported(fact, known) && (fact.unit !== null || !isSupported(fact, repeated)),
  );
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
  return grounded(verdict.text, `${sources}\n${input.question}`)
    ? verdict
    : { ok: false, violation: "ungrounded", detail: "" };
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
