import { likenessOf } from "@/lib/knowledge/wording-queries";
import { factsOf, isSupported } from "./facts";

interface Said {
  readonly question: string;
  readonly answer: string;
}

/** From this likeness on question and answer together say the same: one may name the thing where the other does not. */
const TOGETHER_FROM = 0.45;
/** Each alone shares less, worded by another person; with nothing in common they are about something else. */
const APART_FROM = 0.1;
/** An answer that says no is another one, however many words it shares. */
const NO =
  /不(?!(?:用|要|需)(?:担心|客气|谢|着急)|好意思|客气|管|但|仅|过|同|少|错)|没有|没法|无法|未能|暂无|\b(?:no|not|never|cannot|unable|unfortunately)\b|n['’]t\b/iu;

/** True when all numbers of one stand in the other: one may say more, none may say otherwise. */
function agree(one: string, other: string): boolean {
  const [first, second] = [factsOf(one), factsOf(other)];
  return first.every((fact) => isSupported(fact, second)) || second.every((fact) => isSupported(fact, first));
}

/** Whether agents answered the same question in the same sense, whatever their words. */
export function saysSame(one: Said, other: Said): boolean {
  return (
    agree(one.answer, other.answer) &&
    NO.test(one.answer) === NO.test(other.answer) &&
    likenessOf(one.question, other.question) >= APART_FROM &&
    likenessOf(one.answer, other.answer) >= APART_FROM &&
    likenessOf(`${one.question}\n${one.answer}`, `${other.question}\n${other.answer}`) >= TOGETHER_FROM
  );
}
