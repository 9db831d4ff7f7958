import { simplified } from "@/lib/platform/text/chinese-script";

/** What a follow-up asks for by its kind rather than by its words, and how a statement that tells it looks. */
const ASPECTS: readonly (readonly [asks: RegExp, tells: RegExp])[] = [
  [
    /多久|多长时间|几天|几个?(?:小时|工作日)|什么时候|啥时候|几点|\b(?:how (?:long|many (?:days|hours))|when|what time)\b/iu,
    /\d ?(?:个)?(?:天|小时|分钟|工作日|周|月|年|日)|次日|当天|立即|马上|\d{1,2}:\d{2}|\b\d+(?:[–-]\d+)?\*{0,2} (?:business |working )?(?:days?|hours?|minutes?|weeks?|months?|years?)\b/iu,
  ],
  [
    /多少钱|收费|要钱|花钱|免费|费用|运费|价格|\b(?:how much|cost|fee|free|charge|expensive)\b/iu,
    /\d ?\*{0,2} ?(?:元|块|%|折)|免费|不(?:花|收|要)?(?:钱|费)|不收|运费|手续费|[¥￥$]\d|\b(?:yuan|free|fee|charge|no cost)\b/iu,
  ],
  [/几次|多少次|\bhow (?:many times|often)\b/iu, /[\d一二两三四五]\*{0,2} ?次|\b(?:once|twice|\d+\*{0,2} times)\b/iu],
  [/在哪|哪里|哪儿|去哪|\bwhere\b/iu, /「[^」]+」|https?:/iu],
  [/怎么(?:申请|弄|操作|办|看|查)|\bhow (?:do i|to)\b/iu, /「[^」]+」|https?:|\b(?:open|tap|go to|choose)\b/iu],
];

/** Words that ask, point or bind: they stand in every statement, or in none. */
const FUNCTION_WORDS =
  /那么|如果|要是|的话|我们?|你们?|这个|那个|这样|已经|还是|可以|可不可以|能不能|是不是|有没有|需要|多久|多长时间|多少钱?|几天|几次|什么时候|啥时候|什么|怎么(?:办|弄|样|申请|操作)?|为什么|为啥|咋(?:整|办|弄)?|哪里|哪儿|在哪|吗|呢|吧|啊|呀|嘛|不$|了|的|那|也|都|就|要|会|想|得|是|有|在|用|把|给|和|或/gu;
const ENGLISH_FUNCTION_WORDS = new Set(
  `a an and are as at be but by can could did do does for from get go had has have how i if in is it its it's just long
  many may me much my no already not of often on one or our so take takes cost costs than that the them then there they this those time times to too
  up was we what when where which who why will with would you your about ok okay also`.split(/\s+/u),
);

const HAN_RUN = /[\u3400-\u9fff]+/gu;
const WORD = /[a-z]{3,}/gu;

const stem = (word: string): string => word.replace(/(?:ing|ed|es|s)$/u, "");

/** Pairs of Chinese characters and stems of English words that carry meaning. */
function contentOf(text: string): Set<string> {
  const plain = simplified(text.normalize("NFKC").toLowerCase());
  const runs = plain.replace(FUNCTION_WORDS, " ").match(HAN_RUN) ?? [];
  const pairs = runs.flatMap((run) =>
    run.length === 1 ? [run] : Array.from({ length: run.length - 1 }, (_, index) => run.slice(index, index + 2)),
  );
  const words = (plain.match(WORD) ?? []).filter((word) => !ENGLISH_FUNCTION_WORDS.has(word)).map(stem);
  return new Set([...pairs, ...words]);
}

/** Share of a follow-up's own words that a statement must hold. */
const SHARE_FROM = 0.5;
/** English words are fewer and carry more each. */
const SHARE_FROM_ENGLISH = 0.6;
/** Statements that one follow-up is answered with. */
const STATEMENTS = 2;

/** Share of a follow-up's own words that a statement holds. */
function shareOf(wanted: ReadonlySet<string>, statement: string): number {
  const content = contentOf(statement);
  const held = [...wanted].filter((part) => content.has(part) || (part.length === 1 && statement.includes(part)));
  return wanted.size === 0 ? 0 : held.length / wanted.size;
}

/** What an answer says one by one: its lines, and the sentences of a line. */
function statementsOf(answer: string): string[] {
  return (
    answer
      .split(/\n+|(?<=[。！？；!?;])|(?<=[a-z)\d]\.)\s+(?=[A-Z])/u)
      .map((statement) => statement.replace(/^\s*(?:[-*+]|\d+[.)、])\s+/u, "").trim())
      // What ends with a colon tells nothing without its list.
      .filter((statement) => /[\p{L}\p{N}]/u.test(statement) && !/[：:]$/u.test(statement))
  );
}

/** A statement that went on ends here. */
const ended = (statement: string): string => statement.replace(/[；，]$/u, "。").replace(/[;,]$/u, ".");

/** What an answer that was given says to a follow-up; by its words, by the kind of thing it asks for, or both. */
export interface Passage {
  readonly text: string;
  readonly by: "words" | "kind" | "both";
  /** Nothing that was asked is missing from it; by kind: it was asked with a word of its own. */
  readonly whole: boolean;
}

/**
 * The statements of an answer that tell what a follow-up asks ("运费怎么算" – "那新疆呢"). Pure, no model: by the words
 * they share, or where it has none of its own ("要多久") by what it asks for.
 *
 * @param own the follow-up without the words that lean on what was said (`ownWords`)
 * @param asked the question that the answer was given to
 * @returns undefined when the answer does not tell it, or when nothing would be left out
 */
export function passageIn(answer: string, own: string, asked = ""): Passage | undefined {
  const statements = statementsOf(answer);
  const wanted = contentOf(own);
  const kinds = ASPECTS.filter(([asks]) => asks.test(own)).map(([, tells]) => tells);
  const tells = (statement: string): boolean => kinds.length > 0 && kinds.every((kind) => kind.test(statement));
  const shares = statements.map((statement) => shareOf(wanted, statement));
  const enough = [...wanted].some((part) => /[a-z]/u.test(part)) ? SHARE_FROM_ENGLISH : SHARE_FROM;
  const best = Math.max(enough, ...shares);
  const worded = statements.filter((_, index) => (shares[index] ?? 0) >= best);
  const both = worded.filter(tells);
  // One character of its own ("要审多久") tells less than what kind of thing is asked for.
  const about = `${asked}\n${answer}`;
  const alone = [...wanted].every((part) => part.length === 1 && about.includes(part));
  const byKind = alone && kinds.length > 0 ? statements.filter(tells) : [];
  const candidates: readonly (readonly [Passage["by"], readonly string[]])[] = [
    ["both", both],
    ["kind", byKind],
    ["words", kinds.length > 0 && alone ? [] : worded],
  ];
  const [by, told] = candidates.find(([, found]) => found.length > 0) ?? [];
  return by === undefined || told === undefined || told.length === statements.length
    ? undefined
    : { text: told.slice(0, STATEMENTS).map(ended).join("\n"), by, whole: by === "kind" ? wanted.size > 0 : best >= 1 };
}
