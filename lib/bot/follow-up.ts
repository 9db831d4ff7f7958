import type { OpenTurn } from "./turn";

/** Words that lean on what was said before ("那多久到账", "and how long does it take"). */
const LEAD =
  /^(?:那么|那|这个|这种|这样|它|如果|要是|然后|还有|另外|再问下|再问一下|and then|and|then|so|what about|how about|what if|if)(?![a-z])[\s，,、:：]*/iu;
/** A word with 呢 or 吗 behind it ("运费呢"), or an aspect alone ("多久", "how long?"). */
const BARE = /^[^，。,.!?！？]{1,10}呢[？?！!。~～]*$/u;
const ASPECT =
  /^(?:大概|一般|最快|最慢|具体)?(?:要|需要|得)?(?:多久|多长时间|几天|多少钱|什么时候|在哪(?:里|儿)?|去哪(?:里|儿)?|怎么弄|怎么办理?|怎么操作|怎么申请|为什么|为啥|可以吗|行吗|要钱吗|收费吗|免费吗|有限制吗|有期限吗|要什么材料)[？?！!。~～]*$|^(?:how long|how much|how many|how often|when|where|why|how|which one|is it free|does it cost|what time)(?: (?:does|will|is|do|would) (?:it|that|this)(?: (?:take|cost|be|work))?)?\s*[?!.]*$/iu;
/** "it", "that one": a short English question about what was just said. */
const PRONOUN =
  /^(?:can|could|do|does|is|will|how|when|where|what|why)\b.{0,40}\b(?:it|that|this|them|those|one)\b.{0,16}$/iu;

/** A question without a thing of its own ("会过期吗", "能退吗"). */
const PREDICATE =
  /^(?:会不会|能不能|可不可以|会|能|可以|需要|要|还|都|最多|最少|最长|最快|一共)[^，。,.!?！？]{1,7}(?:吗|么|不|呢|多少|几[个次天张件])[？?！!。~～]*$/u;

const LEAN_MAX = 40;
const TAIL = /[呢吗啊呀吧？?！!。.~～\s]+$/u;

/** True when a question cannot be understood without what was said before it. */
export function leansOnHistory(question: string): boolean {
  const text = question.trim();
  return (
    text.length <= LEAN_MAX &&
    (LEAD.test(text) || BARE.test(text) || ASPECT.test(text) || PREDICATE.test(text) || PRONOUN.test(text))
  );
}

/** True when it names no thing of its own ("要多久", "how long?"): what it is about was said before. */
export const isAspectAlone = (question: string): boolean => ASPECT.test(question.trim().replace(LEAD, ""));

/** The words of a follow-up that are its own: "那运费呢？" → "运费". */
export function ownWords(question: string): string {
  return question.trim().replace(LEAD, "").replace(TAIL, "");
}

const ORDINAL: readonly (readonly [pattern: RegExp, index: number])[] = [
  [/^(?:第?一(?:个|条|项)?|1[.、]?|①|(?:the )?(?:first|1st)(?: one)?)[。.!！]?$/iu, 0],
  [/^(?:第?二(?:个|条|项)?|2[.、]?|②|(?:the )?(?:second|2nd)(?: one)?)[。.!！]?$/iu, 1],
  [/^(?:第?三(?:个|条|项)?|3[.、]?|③|(?:the )?(?:third|3rd)(?: one)?)[。.!！]?$/iu, 2],
  [/^(?:第?四(?:个|条|项)?|4[.、]?|④|(?:the )?(?:fourth|4th)(?: one)?)[。.!！]?$/iu, 3],
];

/** The offered question that "第二个" or "2" chooses; channels without buttons are answered so. */
export function chosen(question: string, offered: readonly string[]): string | undefined {
  const index = ORDINAL.find(([pattern]) => pattern.test(question.trim()))?.[1];
  return index === undefined ? undefined : offered[index];
}

const YES =
  /^(?:好的?|好啊|好呀|好吧|行|可以|嗯+|要|要的|需要|是的?|对的?|麻烦(?:了|你了|您了)?|转吧|转一下|帮我转(?:一下)?|ok|okay|yes|yes please|yep|yeah|sure|please|please do|go ahead)[\s，,]*(?:谢谢|thanks|thank you)?[。.!！~～]*$/iu;

/** True when a person was offered and the customer says yes. */
export function acceptsPerson(turn: Pick<OpenTurn, "texts" | "offeredPerson">): boolean {
  const last = turn.texts.at(-1);
  return turn.offeredPerson && last !== undefined && YES.test(last.trim());
}
