import { OFFER_FROM, type SearchDecision, type SearchHit } from "@/lib/knowledge/schema";
import { simplified } from "@/lib/platform/text/chinese-script";
import { leansOnHistory, ownWords } from "./follow-up";
import { pleasantryOf } from "./pleasantries";
import { bareQuestion } from "./search-words";

/** Where one question ends and the next begins, also without a mark between them. */
const NEXT =
  /[？?！!；;。，,\n]+|(?=(?:另外|还有|以及|顺便|然后|再问(?:一下|下)?)[^？?]{2,})|\s+(?=[2-9][.、．)）]\s*\D)|,?\s+(?:and|also|and also|plus)\s+(?=(?:how|what|when|where|who|why|which|can|could|do|does|is|are|will)\b)/iu;
const NUMBER = /^\s*[1-9][.、．)）]\s*/u;
const JOINS = /^(?:另外|还有|以及|顺便|然后|再问(?:一下|下)?|also|and|plus)[\s，,]*/iu;
const ASKS =
  /怎么|怎样|如何|咋|吗|么$|呢$|多久|多少|几|什么|哪|谁|能不能|可不可以|可以|能|是否|为什么|要不要|\b(?:how|what|when|where|why|which|who|can|could|do|does|is|are|will)\b/iu;

/** Questions of one message that are answered together. */
const MOST = 4;
/** Messages longer than this tell a story around their question, in characters. */
const LONGEST = 240;
const SHORTEST = 2;
const TELLING = 4;

const partsOf = (message: string): string[] =>
  message.length > LONGEST ? [] : message.split(NEXT).map((part) => part.replace(NUMBER, "").trim());

/** What a message tells beside its questions ("打开发现碎了"). */
const toldIn = (message: string): string[] =>
  partsOf(message)
    .filter((part) => part.length >= TELLING && !ASKS.test(part))
    .slice(0, MOST);

/** "请问客服在吗" asks for nothing. */
const isCourtesy = (part: string): boolean => {
  const bare = simplified(bareQuestion(part));
  return bare === "" || pleasantryOf(bare) !== null;
};

/** The questions of a message that asks several; empty when it asks one. */
export function questionsIn(message: string): string[] {
  const parts = partsOf(message);
  const asking = parts.filter((part) => part.length >= SHORTEST && ASKS.test(part) && !isCourtesy(part));
  return asking.length > 1 ? asking.slice(0, MOST) : [];
}

type Search = (
  question: string,
) => Promise<{ readonly items: readonly SearchHit[]; readonly decision: SearchDecision }>;

/** What was found for a message with several questions: what is answered, and what comes near the others. */
export interface Several {
  readonly answers: readonly SearchHit[];
  readonly near: readonly SearchHit[];
}

/** Searches for each of the questions. @returns undefined unless one of them has an answer, and another an answer or something near */
export async function answersToSeveral(message: string, search: Search): Promise<Several | undefined> {
  const answers: SearchHit[] = [];
  const near: SearchHit[] = [];
  const known = (hit: SearchHit) => answers.some(({ entryId }) => entryId === hit.entryId);
  let lead = "";
  for (const question of questionsIn(message)) {
    const own = bareQuestion(question.replace(JOINS, "")) || question;
    const alone = await search(own);
    const leaning = alone.decision !== "answer" && lead !== "" && leansOnHistory(own);
    const found = leaning ? await search(`${lead} ${ownWords(own)}`) : alone;
    const [top] = found.items;
    if (top && found.decision === "answer" && !known(top)) {
      answers.push(top);
    } else if (top && !known(top)) {
      near.push(top);
    }
    lead ||= own;
  }
  for (const told of answers.length > 0 ? toldIn(message) : []) {
    const { items, decision } = await search(bareQuestion(told) || told);
    near.unshift(...(decision === "answer" ? items.slice(0, 1) : []));
  }
  const others = near.filter((hit) => !known(hit) && hit.confidence >= OFFER_FROM);
  return answers.length > 1 || (answers.length === 1 && others.length > 0) ? { answers, near: others } : undefined;
}
