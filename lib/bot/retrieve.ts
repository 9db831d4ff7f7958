import { findAnswers } from "@/lib/knowledge/queries";
import type { SearchDecision, SearchHit } from "@/lib/knowledge/schema";
import type { Context } from "@/lib/platform/context";
import { withoutPrivateData } from "./private-data";
import { signalsOf } from "./signals";
import type { OpenTurn } from "./turn";

export interface Found {
  readonly items: readonly SearchHit[];
  readonly decision: SearchDecision;
}

const LIMIT = 6;

/** Words that lean on what was said before ("那多久到账", "and how long does it take"). */
const FOLLOW_UP = /^(那|那么|这个|这种|它|如果|要是|然后|还有|and|what about|how about|then|so|if)(?![a-z])/iu;
const FOLLOW_UP_MAX = 40;

/** The question of a turn: its messages without the pleasantries among them. */
export function questionOf(texts: readonly string[]): string {
  const telling = texts.filter((text) => signalsOf(text).smallTalk === null);
  return (telling.length > 0 ? telling : texts).join(" ");
}

const CLAUSE_END = /[，。！？；,;!?\n]+|\.\s/u;
const CLAUSE_MIN = 4;
const CLAUSES = 4;
const ASKS =
  /怎么|怎样|如何|咋|吗|么$|多久|多少|几|什么|哪|能不能|可不可以|可以|能否|是否|为什么|\b(?:how|what|when|where|why|which|who|can|could|do|does|is|are|will)\b/iu;

/** A long message tells a story around its question: the clauses that ask, the last of them first. */
function askingClauses(question: string): string[] {
  const clauses = question.split(CLAUSE_END).map((clause) => clause.trim());
  return clauses.length < 2
    ? []
    : clauses
        .filter((clause) => clause.length >= CLAUSE_MIN && ASKS.test(clause))
        .reverse()
        .slice(0, CLAUSES);
}

async function best(context: Context, question: string): Promise<Found> {
  const whole = await findAnswers(context, question, { limit: LIMIT });
  if (whole.decision === "answer") {
    return whole;
  }
  let found: Found = whole;
  for (const clause of askingClauses(question)) {
    const part = await findAnswers(context, clause, { limit: LIMIT });
    if ((part.items[0]?.confidence ?? 0) > (found.items[0]?.confidence ?? 0)) {
      found = part;
    }
  }
  return found;
}

/**
 * What the knowledge base has for a turn: for the whole of it, else for the clause that asks. A short question that
 * leans on the one before is asked together with it, if it finds nothing alone; what that brings is offered, never
 * asserted.
 */
export async function retrieve(context: Context, turn: OpenTurn): Promise<Found> {
  const question = withoutPrivateData(questionOf(turn.texts)).trim();
  if (question === "") {
    return { items: [], decision: "handoff" };
  }
  const found = await best(context, question);
  const before = turn.history.findLast((said) => said.from === "visitor")?.text;
  if (
    found.decision !== "handoff" ||
    before === undefined ||
    question.length > FOLLOW_UP_MAX ||
    !FOLLOW_UP.test(question)
  ) {
    return found;
  }
  const together = await findAnswers(context, `${withoutPrivateData(before)} ${question}`, { limit: LIMIT });
  return together.decision === "handoff" ? found : { items: together.items, decision: "choices" };
}
