/** What a stranger must not read, by kind, most specific first. The name of the kind takes its place. */
const KINDS: readonly (readonly [name: string, pattern: RegExp, real?: (digits: string) => boolean])[] = [
  ["EMAIL", /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/gu],
  ["ID_CARD", /(?<![\dA-Za-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/gu],
  ["BANK_CARD", /(?<!\d)\d(?:[ -]?\d){14,18}(?!\d)/gu, passesLuhn],
  ["BANK_CARD", /(?<![\dA-Za-z])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![\dA-Za-z])/gu, passesIban],
  ["PHONE", /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/gu],
  ["PHONE", /(?<!\d)0\d{2,3}-\d{7,8}(?!\d)/gu],
  ["PHONE", /(?<![\d\p{L}])(?:\+\d{1,3}[ -.])?\(?\d{3}\)?[ -.]\d{3}[ -.]\d{4}(?!\d)/gu],
  ["PHONE", /(?<![\d\p{L}])\+\d{9,15}(?!\d)/gu],
  // A street with its number, and what follows down to the room; a line of the underground is none.
  [
    "ADDRESS",
    /[\u3400-\u9fff]{2}(?:路|街|大道|巷|弄|胡同) ?\d{1,5} ?(?:号|弄|栋)(?!线)(?: ?[\u3400-\u9fff]{0,8} ?(?:\d{1,4}|[一二三四五六七八九十A-Z])? ?(?:号楼|栋|幢|单元|楼|层|室|号)){0,4}/gu,
  ],
  [
    "ADDRESS",
    /(?<![\d\p{L}])\d{1,5} (?:[A-Z][a-z]{1,15} ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Boulevard|Blvd)\b(?:,? (?:Apt|Suite|Unit|#) ?\w{1,6})?/gu,
  ],
];

/** The check digit of a payment card (ISO/IEC 7812-1), which tells it from an order number. */
function passesLuhn(text: string): boolean {
  const digits = Array.from(text.replace(/\D/gu, ""), Number).reverse();
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** The check of an international account number (ISO 13616, modulo 97). */
function passesIban(text: string): boolean {
  const clean = text.replace(/ /gu, "");
  const digits = Array.from(`${clean.slice(4)}${clean.slice(0, 4)}`, (character) =>
    Number.parseInt(character, 36),
  ).join("");
  return BigInt(digits) % 97n === 1n;
}

/**
 * A text with phone numbers, identity cards, bank cards, mail addresses and streets with their numbers masked (`[PHONE]`): what leaves the
 * installation for a model provider, and what is kept among unanswered questions, holds none of them.
 */
export function maskPrivateData(text: string): string {
  let masked = text;
  for (const [name, pattern, real] of KINDS) {
    masked = masked.replace(pattern, (found) => (real && !real(found) ? found : `[${name}]`));
  }
  return masked;
}

/** A masked text, and the way back for what comes from it. */
export interface Masked {
  readonly text: string;
  /** Puts the private data back where its mark still stands (`[PHONE_1]`). */
  readonly restore: (answer: string) => string;
}

/** The same, for texts of ours that come back changed: each mark has a number, and is exchanged again. */
export function maskReversibly(text: string): Masked {
  const found = new Map<string, string>();
  let masked = text;
  for (const [name, pattern, real] of KINDS) {
    masked = masked.replace(pattern, (value) => {
      if (real && !real(value)) {
        return value;
      }
      const mark = `[${name}_${found.size + 1}]`;
      found.set(mark, value);
      return mark;
    });
  }
  return {
    text: masked,
    restore: (answer) => answer.replace(/\[[A-Z_]{4,10}_\d{1,3}\]/gu, (mark) => found.get(mark) ?? mark),
  };
}

/** A text without private data and without the masks for it: a telephone number is no part of a question. */
export function withoutPrivateData(text: string): string {
  return maskPrivateData(text).replace(/\[(?:EMAIL|ID_CARD|BANK_CARD|PHONE|ADDRESS)\]/gu, " ");
}

/** Everybody's private data in a text, as it stands there. */
export function privateDataIn(text: string): string[] {
  return KINDS.flatMap(([, pattern, real]) => (text.match(pattern) ?? []).filter((found) => !real || real(found)));
}
