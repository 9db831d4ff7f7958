import { findAnswers } from "@/lib/knowledge/queries";
import type { SearchDecision, SearchHit } from "@/lib/knowledge/schema";
import type { Context } from "@/lib/platform/context";
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

/**
 * What the knowledge base has for a turn. A short question that leans on the one before is asked together with it, if
 * it finds nothing alone; what that brings is offered, never asserted.
 */
export async function retrieve(context: Context, turn: OpenTurn): Promise<Found> {
  const question = questionOf(turn.texts);
  if (question.trim() === "") {
    return { items: [], decision: "handoff" };
  }
  const found = await findAnswers(context, question, { limit: LIMIT });
  const before = turn.history.findLast((said) => said.from === "visitor")?.text;
  if (
    found.decision !== "handoff" ||
    before === undefined ||
    question.length > FOLLOW_UP_MAX ||
    !FOLLOW_UP.test(question.trim())
  ) {
    return found;
  }
  const together = await findAnswers(context, `${before} ${question}`, { limit: LIMIT });
  return together.decision === "handoff" ? found : { items: together.items, decision: "choices" };
}
