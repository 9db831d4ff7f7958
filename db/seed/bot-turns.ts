import type { botTurns } from "@/db/schema/bot";
import { signalsOf } from "@/lib/bot/signals";
import { answerIdFor } from "@/lib/bot/turn";
import { newId } from "@/lib/core/ids";
import { maskPrivateData } from "@/lib/platform/text/private-data";
import type { Past } from "./history";

type Turn = typeof botTurns.$inferInsert;

/** What the shop knows: ids of its entries by the content's, and how sure the search is of a question, 0–1. */
export interface Knowing {
  readonly entryIds: ReadonlyMap<string, string>;
  readonly certainty: Readonly<Record<string, number>>;
}

/** Below this an answer comes with a word of caution, as in lib/bot/decide.ts. */
const SURE_FROM = 0.8;
/** How the bot says that it does not know. */
export const UNKNOWN = /没有可靠的答案|don't have a reliable answer/u;
const FETCHING = /转接人工|登记转人工|请人工客服来|connecting you/iu;

interface Outcome {
  readonly decision: "answer" | "handoff_offer" | "handoff" | "small_talk";
  readonly reason: string;
}

/** What the bot did with a question, read off what it said. */
function outcomeOf(asked: string, said: { readonly text: string; readonly entry: boolean }, sure: boolean): Outcome {
  const { wantsPerson, sensitive, negative, smallTalk } = signalsOf(asked);
  if (said.entry) {
    return { decision: "answer", reason: sure ? "sure" : "likely" };
  }
  if (UNKNOWN.test(said.text)) {
    return { decision: "handoff_offer", reason: "unknown" };
  }
  if (FETCHING.test(said.text)) {
    const mood = sensitive ? "sensitive" : negative ? "negative" : "accepted";
    return { decision: "handoff", reason: wantsPerson ? "requested" : mood };
  }
  return smallTalk === null
    ? { decision: "answer", reason: "likely" }
    : { decision: "small_talk", reason: "small_talk" };
}

/** The bot's turns of one past conversation, as it would have noted them: from what stands there. Pure but for the ids. */
export function turnsOf({ conversation, dialogue, messages }: Past, { entryIds, certainty }: Knowing): Turn[] {
  const turns: Turn[] = [];
  let asked: Past["messages"][number] | undefined;
  let lastEntry: string | undefined;
  for (const [index, turn] of dialogue.turns.entries()) {
    const message = messages[index];
    if (turn.author === "agent" || !message) {
      break;
    }
    if (turn.author === "visitor") {
      asked = message;
    }
    if (turn.author !== "bot" || !asked) {
      continue;
    }
    const confidence = turn.entryId === undefined ? null : (certainty[asked.text] ?? null);
    const said = { text: turn.text, entry: turn.entryId !== undefined };
    const outcome = outcomeOf(asked.text, said, (confidence ?? 0) >= SURE_FROM);
    lastEntry = turn.entryId ?? lastEntry;
    turns.push({
      ...outcome,
      id: newId("turn", message.createdAt),
      merchantId: conversation.merchantId,
      conversationId: conversation.id,
      answerId: answerIdFor(asked.id),
      question: maskPrivateData(asked.text),
      language: dialogue.language,
      confidence,
      entryId: (outcome.decision === "answer" && lastEntry !== undefined && entryIds.get(lastEntry)) || null,
      ms: message.createdAt.getTime() - asked.createdAt.getTime(),
      createdAt: message.createdAt,
    });
    asked = undefined;
  }
  return turns;
}
