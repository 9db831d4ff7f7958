import { findAnswers } from "@/lib/knowledge/queries";
import { ANSWER_FROM, OFFER_FROM, type SearchDecision, type SearchHit } from "@/lib/knowledge/schema";
import type { Context } from "@/lib/platform/context";
import { chosen, isAspectAlone, leansOnHistory, ownWords } from "./follow-up";
import { type Passage, passageIn } from "./passage";
import { bareQuestion, searchable } from "./search-words";
import { answersToSeveral } from "./several-questions";
import { signalsOf } from "./signals";
import type { OpenTurn } from "./turn";

export interface Found {
  readonly items: readonly SearchHit[];
  readonly decision: SearchDecision;
  /** What was searched for in place of the customer's own words, and who put it so. */
  readonly resolved: { readonly text: string; readonly by: "rule" | "model" | "choice" } | null;
  /** Entries that answer the further questions of the same message, in their order. */
  readonly also?: readonly SearchHit[];
  /** What of the first entry's answer tells what was asked, where it was given whole just before. */
  readonly passage?: string;
}

/** Puts a follow-up into full words with a model; undefined when there is none or it gave nothing of use. */
export type Rewrite = (question: string, turn: OpenTurn) => Promise<string | undefined>;

const LIMIT = 6;
/** Entries beside the one given last that a follow-up is offered. */
const OFFERED = 3;
/** Of two entries this close the one in the customer's language is the better answer. */
const SAME_LANGUAGE_WITHIN = 0.12;

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

const RANK = { answer: 2, choices: 1, handoff: 0 } as const;

const isBetter = (one: Search, other: Search): boolean =>
  RANK[one.decision] - RANK[other.decision] > 0 ||
  (one.decision === other.decision && (one.items[0]?.confidence ?? 0) > (other.items[0]?.confidence ?? 0));

/** What happened, told in a clause of its own ("打开发现碎了"): worth offering, not asserting. */
async function toldBeside(context: Context, question: string, found: Search): Promise<Search> {
  const clauses = question.split(CLAUSE_END).map((clause) => clause.trim());
  const telling = clauses.filter((clause) => clause.length >= CLAUSE_MIN && !ASKS.test(clause)).slice(0, CLAUSES);
  const offered: SearchHit[] = [];
  for (const clause of clauses.length < 2 ? [] : telling) {
    const { items, decision } = await findAnswers(context, bareQuestion(clause) || clause, { limit: LIMIT });
    offered.push(...(decision === "answer" ? items.slice(0, 1) : []));
  }
  const others = found.items.filter((hit) => !offered.some(({ entryId }) => entryId === hit.entryId));
  return offered.length === 0 ? found : { decision: "choices", items: [...offered, ...others] };
}

/** The whole of it, else what is left of it without the words around it, else the clause that asks. */
async function best(context: Context, question: string): Promise<Search> {
  let found: Search = await findAnswers(context, question, { limit: LIMIT });
  const clauses = askingClauses(question);
  for (const clause of new Set([bareQuestion(question), ...clauses, ...clauses.map(bareQuestion)])) {
    if (found.decision === "answer") {
      return found;
    }
    if (clause.length > 1 && clause !== question) {
      const part = await findAnswers(context, clause, { limit: LIMIT });
      found = isBetter(part, found) ? part : found;
    }
  }
  return found.decision === "answer" ? found : toldBeside(context, question, found);
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
  if (own === "") {
    return undefined;
  }
  const before = turn.history.findLast((said) => said.from === "visitor" && signalsOf(said.text).smallTalk === null);
  const leads = [turn.topic?.question ?? "", before ? searchable([before.text]) : ""].filter((text) => text !== "");
  let found: Found | undefined;
  for (const lead of new Set(leads)) {
    const text = `${lead} ${own}`;
    const { items, decision } = await findAnswers(context, text, { limit: LIMIT });
    const fresh = items.filter((hit) => hit.entryId !== turn.topic?.entryId && hit.confidence >= OFFER_FROM);
    const given = items.filter((hit) => hit.entryId === turn.topic?.entryId);
    const [top] = [...fresh, ...given];
    if (!top || (fresh.length === 0 && turn.topic) || (found?.items[0]?.confidence ?? 0) >= top.confidence) {
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

/** A question without a word for what it is about is no longer than this, in characters. */
const SHORT = 24;
const SHORT_ENGLISH = 60;
/** A verb and hardly more ("能延长吗"): what it is about was said before, whatever entry has the same verb. */
const BARE = /^\p{Script=Han}{1,5}[？?。！!]*$/u;
/** Below it what was found alone is no better than what was just said. */
const WEAK_BELOW = 0.5;

/** Below it an answer is only likely (decide.ts says so to the customer). */
const LIKELY_BELOW = 0.8;
/** From here on a question needs no conversation to be understood: as sure as one that is no wording can be. */
const SURE_FROM = 0.96;

/** Whether a line of the last answer tells more than what was found without it. `fresh`: confidence of another entry. */
function tellsMore(passage: Passage, said: string, found: Found, fresh: number): boolean {
  if (passage.by === "kind") {
    // Asked for by its kind alone, an entry of its own tells more than a line of the last one.
    const offered = found.resolved !== null && fresh >= OFFER_FROM;
    return !offered && (isAspectAlone(said) || passage.whole);
  }
  // Found together with what was said before, an entry has its words in part only.
  if (found.decision === "answer" && found.resolved !== null) {
    return passage.whole;
  }
  return fresh < WEAK_BELOW || passage.by === "both" || leansOnHistory(said) || found.decision === "answer";
}

/**
 * What the entry that was given last says to a short question that finds nothing better: the statements that tell it,
 * out of an answer the customer has just read.
 */
async function inTopic(context: Context, said: string, turn: OpenTurn, found: Found): Promise<Found | undefined> {
  const { topic } = turn;
  if (!topic || topic.ago > 1 || said.length > (/\p{Script=Han}/u.test(said) ? SHORT : SHORT_ENGLISH)) {
    return undefined;
  }
  const same = found.items[0]?.entryId === topic.entryId;
  const fresh = found.items.find((hit) => hit.entryId !== topic.entryId)?.confidence ?? 0;
  const best = (found.resolved === null ? found.items[0]?.confidence : undefined) ?? 0;
  if (found.decision === "answer" && !same && best >= SURE_FROM) {
    return undefined;
  }
  const { items } = await findAnswers(context, topic.question, { limit: LIMIT });
  const entry = items.find(({ entryId }) => entryId === topic.entryId);
  const passage = entry && passageIn(entry.answer, ownWords(said), entry.question);
  const unsure = same || best < LIKELY_BELOW || BARE.test(said.trim()) || (passage?.by === "both" && passage.whole);
  if (!entry || !passage || !unsure || !tellsMore(passage, said, found, fresh)) {
    return undefined;
  }
  const confidence = found.decision === "answer" ? (found.items[0]?.confidence ?? 0) : ANSWER_FROM;
  return {
    items: [{ ...entry, confidence, files: [] }, ...found.items.filter(({ entryId }) => entryId !== entry.entryId)],
    decision: "answer",
    resolved: { text: `${topic.question} ${ownWords(said)}`, by: "rule" },
    passage: passage.text,
  };
}

/** A question that leans on what was said before is asked together with it if it finds no answer alone. */
async function inConversation(
  context: Context,
  said: string,
  turn: OpenTurn,
  alone: Search,
  options: RetrieveOptions,
): Promise<Found> {
  // "How long?" alone matches whatever takes long: what it is about was said before.
  const aspect = turn.topic !== null && isAspectAlone(said);
  if ((alone.decision === "answer" && !aspect) || turn.history.length === 0 || !leansOnHistory(said)) {
    return { ...alone, resolved: null };
  }
  const leant = await leaning(context, said, turn, options.rewrite);
  if (leant && (leant.decision === "answer" || alone.decision === "handoff" || aspect)) {
    return { ...leant, ...inLanguage(leant, options.language) };
  }
  return { ...alone, decision: aspect && alone.decision === "answer" ? "choices" : alone.decision, resolved: null };
}

interface RetrieveOptions {
  readonly language: string;
  readonly rewrite?: Rewrite | undefined;
}

/** What a message with several questions has answers to. */
async function several(context: Context, said: string, language: string): Promise<Found | undefined> {
  const found = await answersToSeveral(said, async (question) => inLanguage(await best(context, question), language));
  return (
    found && {
      items: [...found.answers, ...found.near],
      decision: "answer",
      resolved: null,
      also: found.answers.slice(1),
    }
  );
}

/**
 * What the knowledge base has for a turn: for each of its questions where it asks several, for the whole of it, for the
 * clause that asks, together with what was said before, or in the answer that was just given.
 */
export async function retrieve(context: Context, turn: OpenTurn, options: RetrieveOptions): Promise<Found> {
  const said = searchable(turn.texts);
  if (said === "") {
    return { items: [], decision: "handoff", resolved: null };
  }
  const choice = chosen(said, turn.offered);
  if (choice) {
    const found = inLanguage(await best(context, choice), options.language);
    return { ...found, resolved: { text: choice, by: "choice" } };
  }
  const together = await several(context, said, options.language);
  if (together) {
    return together;
  }
  const alone = inLanguage(await best(context, said), options.language);
  const found = await inConversation(context, said, turn, alone, options);
  return (await inTopic(context, said, turn, found)) ?? found;
}
