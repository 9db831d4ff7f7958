import { maskPrivateData } from "@/lib/platform/text/private-data";
import { signalsOf } from "./signals";

/** A public message of a conversation, as far as it is looked at here. */
export interface SaidMessage {
  readonly id: string;
  readonly authorKind: "visitor" | "agent" | "bot" | "system";
  readonly text: string;
}

/** What was asked and what an agent answered. */
export interface SaidAnswer {
  readonly question: string;
  readonly answer: string;
  /** The agent's last message of it. */
  readonly messageId: string;
}

const QUESTION_MAX = 200;
const ANSWER_MAX = 2_000;
/** Shorter answers ("好的，稍等") tell the next customer nothing; in characters, a Latin letter is a third. */
const ANSWER_MIN = 12;
/** Answers of one conversation that are worth a look. */
const ANSWERS_MAX = 5;

const ASKS =
  /[?？吗呢]|怎么|怎样|如何|咋|多久|多少|几|什么|哪|能不能|可不可以|可以|能否|是否|为什么|有没有|\b(?:how|what|when|where|why|which|who|can|could|do|does|is|are|will)\b/iu;
/** What belongs to one customer alone: numbers of orders and parcels, names in an address, "your order". */
const OWN_MATTER =
  /\d{7,}|(?<![A-Z])[A-Z]{2,6}\d{5,}|(?:你|您|亲)的(?:订单|快递|包裹|账号|账户|地址)|\byour (?:order|parcel|package|account|address)\b/iu;
/** How an agent begins with a customer: a name, a greeting, who they are. The next customer has another name. */
const GREETING =
  /^(?:[^\s，,。！!？?]{0,10}(?:你好|您好)[呀啊]?[，,。！!～~]\s*(?:我是[^，,。！!？?]{1,20}[，,。！!]\s*)?|(?:hi|hello|hey)(?: there)?[,.!]\s*(?:i['’]m [^,.!?]{1,40}[,.!]\s*)?)/iu;
const MASK = /\[(?:EMAIL|ID_CARD|BANK_CARD|PHONE|ADDRESS)\]/u;

const lengthOf = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + (/[\u3400-\u9fff]/u.test(character) ? 1 : 1 / 3), 0);

function questionIn(texts: readonly string[]): string | undefined {
  const telling = texts.map((text) => text.trim()).filter((text) => text !== "" && signalsOf(text).smallTalk === null);
  const asking = telling.findLast((text) => ASKS.test(text) && !signalsOf(text).wantsPerson);
  const question = asking && maskPrivateData(asking);
  return question && question.length <= QUESTION_MAX && !MASK.test(question) && !OWN_MATTER.test(question)
    ? question
    : undefined;
}

function answerIn(texts: readonly string[]): string | undefined {
  if (texts.join("").length > ANSWER_MAX) {
    return undefined;
  }
  const answer = texts
    .map((text) => text.trim().replace(GREETING, ""))
    .filter((text) => text !== "" && signalsOf(text).smallTalk === null)
    .join("\n");
  const isGeneral = maskPrivateData(answer) === answer && !OWN_MATTER.test(answer);
  return isGeneral && answer.length <= ANSWER_MAX && lengthOf(answer) >= ANSWER_MIN ? answer : undefined;
}

/**
 * Questions of a customer with what agents answered, where both could be said to anybody: no private data, nothing that is
 * about one order, no pleasantries. Pure.
 *
 * @param messages oldest first, public ones alone
 */
export function saidAnswers(messages: readonly SaidMessage[]): SaidAnswer[] {
  const found: SaidAnswer[] = [];
  let asked: string[] = [];
  let answered: SaidMessage[] = [];
  const close = () => {
    const question = questionIn(asked);
    const answer = answerIn(answered.map(({ text }) => text));
    const last = answered.at(-1);
    if (question && answer && last) {
      found.push({ question, answer, messageId: last.id });
    }
    if (answered.length > 0) {
      [asked, answered] = [[], []];
    }
  };
  for (const message of messages) {
    if (message.authorKind === "visitor") {
      close();
      asked.push(message.text);
    } else if (message.authorKind === "agent") {
      answered.push(message);
    }
  }
  close();
  return found.slice(-ANSWERS_MAX);
}
