/** A number with what it counts; numbers are where a model's invention costs a customer money. */
export interface Fact {
  readonly value: number;
  /** Kind of unit (`day`, `money`, …); null when none stands there. */
  readonly unit: string | null;
}

const UNITS: readonly (readonly [unit: string, pattern: string])[] = [
  ["minute", "分钟|minutes?|mins?"],
  ["hour", "个?小时|个?钟头|hours?|hrs?|h"],
  ["day", "个?(?:工作日|自然日)|天|日|(?:business |working |calendar )?days?"],
  ["week", "周|个?星期|weeks?"],
  ["month", "个?月|months?"],
  ["year", "年|years?"],
  ["money", "元|块钱?|万元|人民币|rmb|cny|yuan|usd|dollars?"],
  ["percent", "%|percent"],
  ["discount", "折"],
  ["piece", "件|个|张|次|items?|pieces?|times?"],
];

const CHINESE: Readonly<Record<string, number>> = {
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const SCALE: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };
const ENGLISH: readonly string[] =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(
    " ",
  );
const TENS: Readonly<Record<string, number>> = {
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};

/** 十五 → 15, 三百 → 300. */
function chineseNumber(text: string): number {
  let total = 0;
  let digit = 0;
  for (const character of text) {
    const scale = SCALE[character];
    if (scale === undefined) {
      digit = CHINESE[character] ?? 0;
    } else {
      total += (digit || 1) * scale;
      digit = 0;
    }
  }
  return total + digit;
}

function wordNumber(word: string): number {
  const small = ENGLISH.indexOf(word);
  return small >= 0 ? small : (TENS[word] ?? Number.NaN);
}

const UNIT = UNITS.map(([unit, pattern]) => `(?<${unit}>${pattern})`).join("|");
const GAP = "[\\s-]{0,2}";
const DIGITS = new RegExp(`(?<sign>[¥￥$€£])?\\s?(?<number>\\d+(?:[.,]\\d+)*)(?:${GAP}(?:${UNIT})(?![a-z]))?`, "giu");
const HAN = new RegExp(
  `(?<![零一二两三四五六七八九十百千])(?<number>[零一二两三四五六七八九十百千]{1,12})(?:来|多|余|几)?(?:${UNIT})`,
  "gu",
);
const WORDS = new RegExp(
  `\\b(?<number>${[...ENGLISH.slice(1), ...Object.keys(TENS)].join("|")})${GAP}(?:${UNIT})\\b`,
  "giu",
);

function unitOf(groups: Readonly<Record<string, string | undefined>>): string | null {
  if (groups["sign"]) {
    return "money";
  }
  return UNITS.find(([unit]) => groups[unit] !== undefined)?.[0] ?? null;
}

function collect(text: string, pattern: RegExp, read: (number: string) => number): Fact[] {
  const facts: Fact[] = [];
  for (const { groups } of text.matchAll(pattern)) {
    const value = read(groups?.["number"] ?? "");
    if (groups && Number.isFinite(value)) {
      facts.push({ value, unit: unitOf(groups) });
    }
  }
  return facts;
}

/** Longest text that is read, in characters: an entry's answer. */
const TEXT_MAX = 20_000;

/** "1,299.00" → 1299; "2026.3.5" is a date, whose parts are read one by one. */
function plainNumbers(text: string): string {
  return text
    .replace(/(?<![\d,])\d{1,3}(?:,\d{3}){1,5}/gu, (grouped) => grouped.replaceAll(",", ""))
    .replace(/(?<!\d)(\d{1,6})\.(\d{1,6})\.(\d{1,6})/gu, "$1 $2 $3");
}

/** Numbers of a list that a model wrote in one line ("分三步： 1. 打开 2. 点"): as far as they count up from one. */
function withoutInlineList(text: string): string {
  let next = 1;
  return text.replace(/(?<=^|[\s：:；;。])(\d{1,2})[.、)）](?= ?[\p{L}「*])(?!\d)/gmu, (mark, digits: string) => {
    if (Number(digits) !== next) {
      return mark;
    }
    next += 1;
    return " ";
  });
}

/** Numbers of a text, in digits, Chinese numerals or English words; list numbers and footnote marks are none. */
export function factsOf(text: string): Fact[] {
  const clean = withoutInlineList(plainNumbers(text.slice(0, TEXT_MAX).normalize("NFKC")))
    .replace(/\[\d{1,2}\]/gu, " ")
    .replace(/^[ \t]*(?:\d{1,2}[.)、]|[(（]\d{1,2}[)）])(?!\d)/gmu, " ")
    .replace(/第[一二三四五六七八九十\d]{1,4}[步条点项]/gu, " ");
  return [
    ...collect(clean, DIGITS, (number) => Number(number.replaceAll(",", ""))),
    ...collect(clean, HAN, chineseNumber).filter((fact) => fact.value !== 1),
    ...collect(clean.toLowerCase(), WORDS, wordNumber).filter((fact) => fact.value !== 1),
  ];
}

const RANGE = new RegExp(
  `(?<low>\\d{1,6})\\s*(?:[–—~～-]|至|到|to)\\s*(?<high>\\d{1,6})\\*{0,2}${GAP}(?:${UNIT})(?![a-z])`,
  "giu",
);

/**
 * The low end of a range of the sources said as if it were all ("1–3 个工作日" as "1 天"): more than they promise. The
 * high end alone is safe.
 */
export function lowEndAlone(text: string, sources: string): Fact | undefined {
  const said = text.normalize("NFKC");
  const known = sources.normalize("NFKC");
  const ranges = [...known.matchAll(RANGE)].flatMap(({ groups }) => (groups ? [groups] : []));
  const end = (name: "low" | "high"): Fact[] =>
    ranges.map((groups) => ({ value: Number(groups[name]), unit: unitOf(groups) }));
  const lows = end("low");
  if (lows.length === 0) {
    return undefined;
  }
  const elsewhere = [...factsOf(known.replace(RANGE, " ")), ...end("high")];
  return factsOf(said.replace(RANGE, " ")).find(
    (fact) =>
      fact.unit !== null &&
      lows.some((low) => low.unit === fact.unit && low.value === fact.value) &&
      !elsewhere.some((other) => other.unit === fact.unit && other.value === fact.value),
  );
}

/** True when one of the known facts is this number, counting the same thing as far as both say what they count. */
export function isSupported(fact: Fact, known: readonly Fact[]): boolean {
  return known.some(
    (candidate) =>
      Math.abs(candidate.value - fact.value) < 1e-9 &&
      (candidate.unit === fact.unit || candidate.unit === null || fact.unit === null),
  );
}
