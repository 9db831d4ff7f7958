import { findAnswers } from "@/lib/knowledge/queries";
import { ANSWER_FROM, OFFER_FROM, type SearchDecision, type SearchHit } from "@/lib/knowledge/schema";
import type { Context } from "@/lib/platform/context";
import { withoutPrivateData } from "@/lib/platform/text/private-data";
import { chosen, isAspectAlone, leansOnHistory, ownWords } from "./follow-up";
import { signalsOf } from "./signals";
import type { OpenTurn } from "./turn";

export interface Found {
  readonly items: readonly SearchHit[];
  readonly decision: SearchDecision;
  /** What was searched for in place of the customer's own words, and who put it so. */
  readonly resolved: { readonly text: string; readonly by: "rule" | "model" | "choice" } | null;
}

/** Puts a follow-up into full words with a model; undefined when there is none or it gave nothing of use. */
export type Rewrite = (question: string, turn: OpenTurn) => Promise<string | undefined>;

const LIMIT = 6;
/** Entries beside the one given last that a follow-up is offered. */
const OFFERED = 3;
/** Of two entries this close the one in the customer's language is the better answer. */
const SAME_LANGUAGE_WITHIN = 0.12;

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

type Search = Pick<Found, "items" | "decision">;

async function best(context: Context, question: string): Promise<Search> {
  const whole = await findAnswers(context, question, { limit: LIMIT });
  if (whole.decision === "answer") {
    return whole;
  }
  let found: Search = whole;
  for (const clause of askingClauses(question)) {
    const part = await findAnswers(context, clause, { limit: LIMIT });
    if ((part.items[0]?.confidence ?? 0) > (found.items[0]?.confidence ?? 0)) {
      found = part;
    }
  }
  return found;
}

function inLanguage(found: Search, language: string): Search {
  const [top] = found.items;
  const sameTongue = (hit: SearchHit) => hit.language.slice(0, 2) === language.slice(0, 2);
  if (!top || sameTongue(top)) {
    return found;
  }
  const other = found.items.find((hit) => sameTongue(hit) && top.confidence - hit.confidence <= SAME_LANGUAGE_WITHIN);
  return other ? { ...found, items: [other, ...found.items.filter((hit) => hit !== other)] } : found;
}

/**
 * A follow-up asked together with what it leans on: the entry answered last, and the customer's question before. The
 * entry that was just given is not given again, and what is asserted must match words of the follow-up itself.
 */
async function together(context: Context, question: string, turn: OpenTurn): Promise<Found | undefined> {
  const own = ownWords(question);
  const before = turn.history.findLast((said) => said.from === "visitor" && signalsOf(said.text).smallTalk === null);
  const leads = [turn.topic?.question, before && withoutPrivateData(before.text)].filter((text) => text !== undefined);
  let found: Found | undefined;
  for (const lead of new Set(leads)) {
    const text = `${lead} ${own}`;
    const { items, decision } = await findAnswers(context, text, { limit: LIMIT });
    const fresh = items.filter((hit) => hit.entryId !== turn.topic?.entryId && hit.confidence >= OFFER_FROM);
    const given = items.filter((hit) => hit.entryId === turn.topic?.entryId);
    const [top] = [...fresh, ...given];
    if (!top || (found?.items[0]?.confidence ?? 0) >= top.confidence) {
      continue;
    }
    const matches = (said: string) => top.matched.words.some((word) => said.toLowerCase().includes(word.toLowerCase()));
    const meant = matches(own) && matches(lead);
    const sure = decision === "answer" && meant && top.confidence >= ANSWER_FROM && !given.includes(top);
    // What was just given may hold the answer to this too: it is offered again, not asserted.
    const offered = [...fresh.slice(0, OFFERED), ...given];
    found = { items: sure ? fresh : offered, decision: sure ? "answer" : "choices", resolved: { text, by: "rule" } };
  }
  return found;
}

async function leaning(
  context: Context,
  question: string,
  turn: OpenTurn,
  rewrite: Rewrite | undefined,
): Promise<Found | undefined> {
  const byRule = await together(context, question, turn);
  if (byRule?.decision === "answer" || !rewrite) {
    return byRule;
  }
  const text = await rewrite(question, turn);
  if (text === undefined) {
    return byRule;
  }
  const found = await findAnswers(context, text, { limit: LIMIT });
  return found.decision === "handoff" ? byRule : { ...found, resolved: { text, by: "model" } };
}

/**
 * What the knowledge base has for a turn: for the whole of it, else for the clause that asks. A question that leans on
 * what was said before is asked together with it if it finds no answer alone.
 */
export async function retrieve(
  context: Context,
  turn: OpenTurn,
  options: { readonly language: string; readonly rewrite?: Rewrite | undefined },
): Promise<Found> {
  const said = withoutPrivateData(questionOf(turn.texts)).trim();
  if (said === "") {
    return { items: [], decision: "handoff", resolved: null };
  }
  const choice = chosen(said, turn.offered);
  const found = inLanguage(await best(context, choice ?? said), options.language);
  if (choice) {
    return { ...found, resolved: { text: choice, by: "choice" } };
  }
  // "How long?" alone matches whatever takes long: what it is about was said before.
  const aspect = turn.topic !== null && isAspectAlone(said);
  if ((found.decision === "answer" && !aspect) || turn.history.length === 0 || !leansOnHistory(said)) {
    return { ...found, resolved: null };
  }
  const leant = await leaning(context, said, turn, options.rewrite);
  if (leant && (leant.decision === "answer" || found.decision === "handoff" || aspect)) {
    return { ...leant, ...inLanguage(leant, options.language) };
  }
  return { ...found, decision: aspect && found.decision === "answer" ? "choices" : found.decision, resolved: null };
}
