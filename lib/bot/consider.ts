import type { MessagePart } from "@/lib/conversations/schema";
import type { ActorOf } from "@/lib/core/actor";
import type { Locale } from "@/lib/i18n/locales";
import { findAnswers } from "@/lib/knowledge/queries";
import { OFFER_FROM, type SearchHit } from "@/lib/knowledge/schema";
import type { ThreadMemory } from "@/lib/platform/ai/answer-model";
import type { Attempt, Link } from "@/lib/platform/ai/model-chain";
import type { Context } from "@/lib/platform/context";
import { type TextStream, UNSEEN } from "./answer-stream";
import { isFlooding, type Spared, sparedBy } from "./budget";
import { answerParts, choiceParts, handoffParts, line, noAnswerParts, writtenLanguage } from "./compose";
import { type Decision, decide, type HandoffReason, type ReviewReason } from "./decide";
import { factsOf } from "./facts";
import { acceptsPerson } from "./follow-up";
import type { Violation } from "./guard";
import { askModels, type ModelOutcome, rewriteWithModel } from "./model-answer";
import { maskPrivateData, withoutPrivateData } from "./private-data";
import { recordAttempts } from "./provider-service";
import { type Found, questionOf, type Rewrite, retrieve } from "./retrieve";
import type { BotRules } from "./settings-schema";
import { signalsOfTurn } from "./signals";
import type { BotTrace } from "./trace-schema";
import type { OpenTurn } from "./turn";

export type BotContext = Context<ActorOf<"bot">>;

/** A turn with all that it is judged by. */
export interface Situation {
  readonly context: BotContext;
  readonly turn: OpenTurn;
  /** Null when it is tried out and no conversation is behind it. */
  readonly conversationId: string | null;
  readonly customerId: string | null;
  /** What the browser said. */
  readonly locale: string | null;
  readonly failures: number;
  readonly agentsOnline: boolean;
  readonly rules: BotRules;
  readonly links: readonly Link[];
  readonly stream: TextStream;
  readonly threads?: ThreadMemory | undefined;
}

/** What the bot says and what else follows from it. Nothing of it has happened yet. */
export interface Reply {
  readonly kind: Decision["kind"];
  readonly locale: Locale;
  readonly parts: readonly MessagePart[];
  readonly failures: number;
  /** Entries that the answer rests on. */
  readonly cited: readonly SearchHit[];
  readonly handoff: HandoffReason | null;
  /** A question without an answer, to be noted. */
  readonly gap: boolean;
  readonly review: ReviewReason | null;
  readonly trace: BotTrace;
}

/** Entries that a model reads. */
const SOURCES = 4;
/** From this confidence on the entry is given although a model doubts that it answers. */
const CERTAIN_FROM = 0.9;
/** Close entries share their confidence, so the first few are offered however low it is for each. */
const CHOICES_MIN = 3;
/** Below it nothing of the knowledge base has to do with the question. */
const UNRELATED_BELOW = 0.05;

/** What gathers while a turn is considered, for the trace. */
interface Notes {
  readonly attempts: Attempt[];
  violation: Violation | null;
  spared: Spared | null;
  searchMs: number;
  modelMs: number;
}

interface Considering extends Situation {
  readonly locale: Locale;
  readonly question: string;
  readonly notes: Notes;
}

type Said = Pick<Reply, "kind" | "parts" | "failures"> & Partial<Pick<Reply, "cited" | "handoff" | "gap" | "review">>;

async function mayAsk(considering: Considering): Promise<boolean> {
  const { context, rules, notes, links } = considering;
  if (links.length === 0) {
    return false;
  }
  notes.spared = (await sparedBy(context, rules, considering)) ?? null;
  return notes.spared === null;
}

function userOf({ conversationId }: Situation): string {
  return conversationId ?? "playground";
}

async function keepAttempts(
  considering: Considering,
  purpose: "answer" | "follow_up",
  outcome: { readonly attempts: readonly Attempt[]; readonly prompt: string; readonly text?: string | undefined },
): Promise<void> {
  const { context, conversationId, notes } = considering;
  notes.attempts.push(...outcome.attempts);
  await recordAttempts(context, outcome.attempts, {
    conversationId,
    purpose: conversationId === null ? "playground" : purpose,
    prompt: outcome.prompt,
    answer: outcome.text ?? "",
  });
}

/** Asks some of the chain. @returns undefined when none of them may be asked */
async function ask(
  considering: Considering,
  sources: readonly SearchHit[],
  fits: (link: Link) => boolean,
): Promise<ModelOutcome | undefined> {
  const { turn, locale, stream, context, notes, question, threads } = considering;
  const links = considering.links.filter(fits);
  if (links.length === 0 || !(await mayAsk({ ...considering, links }))) {
    return undefined;
  }
  const started = performance.now();
  const outcome = await askModels(
    links,
    {
      question,
      history: turn.history,
      sources,
      language: locale,
      user: userOf(considering),
      threads,
      search: async (query) => (await findAnswers(context, withoutPrivateData(query), { limit: 3 })).items,
    },
    stream,
    context.log,
  );
  notes.modelMs += Math.round(performance.now() - started);
  notes.violation = outcome.violation;
  await keepAttempts(considering, "answer", { ...outcome, text: outcome.kind === "answered" ? outcome.text : "" });
  return outcome;
}

const writes = ({ model }: Link): boolean => !model.nature.chatOnly;

const sourcesOf = (found: Found): SearchHit[] =>
  found.items.filter((hit, index) => index === 0 || hit.confidence >= OFFER_FROM).slice(0, SOURCES);

function choices({ locale, agentsOnline, failures }: Considering, found: Found): Said {
  const offered = found.items.filter((hit, index) => index < CHOICES_MIN || hit.confidence >= OFFER_FROM);
  return { kind: "choices", parts: choiceParts(locale, offered, agentsOnline), failures };
}

function amountReview({ rules }: Considering, text: string): ReviewReason | null {
  const costly = factsOf(text).some(({ unit, value }) => unit === "money" && value >= rules.reviewAmount);
  return rules.reviewEnabled && rules.reviewAmount > 0 && costly ? "amount" : null;
}

/** What an agent may have to read first, the customer must not see while it is written. */
function streamFor({ rules, stream }: Considering, decision: Decision): TextStream {
  const isReviewed = decision.kind === "answer" && decision.review !== null;
  return isReviewed || (rules.reviewEnabled && rules.reviewAmount > 0) ? UNSEEN : stream;
}

async function answer(
  considering: Considering,
  found: Found,
  decision: Extract<Decision, { kind: "answer" }>,
): Promise<Said> {
  const { stream, locale, agentsOnline, rules } = considering;
  const [top] = found.items;
  if (!top) {
    return offer(considering, found);
  }
  const outcome = await ask({ ...considering, stream: streamFor(considering, decision) }, sourcesOf(found), writes);
  if (outcome?.kind === "none" && top.confidence < CERTAIN_FROM) {
    return choices(considering, found);
  }
  const { text, cited } = outcome?.kind === "answered" ? outcome : { text: top.answer, cited: [top] };
  const review = decision.review ?? amountReview(considering, text);
  if (!stream.started && !review && (text === top.answer || rules.reviewEnabled)) {
    await stream.showWhole(text);
  }
  const followUps = found.items.filter((hit) => hit.confidence >= OFFER_FROM && !cited.includes(hit) && hit !== top);
  const person = decision.offerPerson ? { agentsOnline } : undefined;
  const parts = answerParts({ locale, text, cited, followUps, person, caution: decision.caution });
  return { kind: "answer", parts, failures: 0, cited, review };
}

async function askBack(considering: Considering, found: Found): Promise<Said> {
  const stream = streamFor(considering, { kind: "choices", reason: "close" });
  const outcome = await ask({ ...considering, stream }, sourcesOf(found), writes);
  if (outcome?.kind !== "answered") {
    return choices(considering, found);
  }
  const { text, cited } = outcome;
  const parts = answerParts({ locale: considering.locale, text, cited, followUps: [] });
  return { kind: "answer", parts, failures: 0, cited, review: amountReview(considering, text) };
}

/** Words of a service with knowledge of its own, or of one for small talk, where ours has nothing. */
async function elsewhere(considering: Considering, found: Found): Promise<Said | undefined> {
  const { locale, failures } = considering;
  const own = await ask(considering, [], ({ model }) => model.nature.ownKnowledge);
  if (own?.kind === "answered") {
    const parts = answerParts({ locale, text: own.text, cited: [], followUps: [] });
    return { kind: "answer", parts, failures: 0, review: amountReview(considering, own.text) };
  }
  if ((found.items[0]?.confidence ?? 0) >= UNRELATED_BELOW) {
    return undefined;
  }
  const chat = await ask(considering, [], ({ model }) => model.nature.chatOnly);
  return chat?.kind === "answered"
    ? { kind: "small_talk", parts: [{ type: "text", text: chat.text }], failures }
    : undefined;
}

async function offer(considering: Considering, found: Found): Promise<Said> {
  const { turn, locale, agentsOnline, failures } = considering;
  const onlyFiles = turn.texts.length === 0 && turn.hasFiles;
  const other = onlyFiles ? undefined : await elsewhere(considering, found);
  return (
    other ?? {
      kind: "handoff_offer",
      parts: noAnswerParts(locale, agentsOnline, onlyFiles ? "files" : "noAnswer"),
      failures: failures + 1,
      gap: true,
    }
  );
}

async function say(considering: Considering, decision: Decision, found: Found): Promise<Said> {
  const { locale, failures, agentsOnline, rules } = considering;
  switch (decision.kind) {
    case "answer":
      return answer(considering, found, decision);
    case "choices":
      return askBack(considering, found);
    case "handoff_offer":
      return offer(considering, found);
    case "handoff":
      return {
        kind: "handoff",
        parts: handoffParts(locale, decision.handoff, agentsOnline),
        failures: rules.failuresMax,
        handoff: decision.handoff,
        gap: decision.handoff === "bot_failed" || decision.handoff === "sentiment",
      };
    case "small_talk":
      return { kind: "small_talk", parts: line(locale, decision.about), failures };
    case "reset":
      return { kind: "reset", parts: line(locale, "reset"), failures: 0 };
  }
}

/** Puts follow-ups into full words where a model that writes may be asked. */
function rewriter(considering: Considering): Rewrite | undefined {
  const links = considering.links.filter(({ model }) => !model.nature.chatOnly && !model.nature.ownKnowledge);
  if (!considering.rules.resolveWithModel || links.length === 0) {
    return undefined;
  }
  return async (question, turn) => {
    if (!(await mayAsk(considering))) {
      return undefined;
    }
    const outcome = await rewriteWithModel(links, question, turn.history, userOf(considering));
    await keepAttempts(considering, "follow_up", outcome);
    return outcome.text;
  };
}

function traceOf(considering: Considering, found: Found, decision: Decision, said: Said, started: number): BotTrace {
  const { question, notes, turn, locale, links } = considering;
  const { smallTalk, language: _, ...flags } = signalsOfTurn(turn.texts);
  const raised = Object.entries(flags).flatMap(([name, value]) => (value === true ? [name] : []));
  return {
    question: maskPrivateData(question),
    resolved: found.resolved,
    language: locale,
    signals: [...raised, ...(smallTalk ? [smallTalk] : [])],
    search: found.decision,
    found: found.items.map(({ entryId, question: asked, confidence, matched }) => ({
      entryId,
      question: asked,
      confidence,
      phrase: matched.phrase,
      words: [...matched.words],
    })),
    decision: said.kind,
    reason: decision.reason,
    attempts: notes.attempts.map((attempt) => ({
      ...attempt,
      provider: links.find(({ id }) => id === attempt.providerId)?.model.name ?? attempt.providerId,
    })),
    violation: notes.violation,
    spared: notes.spared,
    review: said.review ?? null,
    searchMs: notes.searchMs,
    modelMs: notes.modelMs,
    totalMs: Math.round(performance.now() - started),
  };
}

/**
 * What the bot makes of a turn: searched, decided, worded and checked, but not yet said. The conversation, the
 * playground and the regression sets go through here, so that what is tried out is what customers get.
 */
export async function considerTurn(situation: Situation): Promise<Reply> {
  const started = performance.now();
  const { context, turn } = situation;
  const signals = signalsOfTurn(turn.texts);
  const locale = writtenLanguage(signals.language, situation.locale);
  const notes: Notes = { attempts: [], violation: null, spared: null, searchMs: 0, modelMs: 0 };
  const question = questionOf(turn.texts);
  const considering: Considering = { ...situation, locale, question, notes };
  const found = await retrieve(context, turn, { language: locale, rewrite: rewriter(considering) });
  notes.searchMs = Math.round(performance.now() - started);
  const decision = decide(
    {
      text: turn.texts.join(" "),
      signals,
      acceptsPerson: acceptsPerson(turn),
      search: found.decision,
      confidence: found.items[0]?.confidence ?? 0,
      leaning: found.resolved?.by === "rule",
      failures: situation.failures,
      askedBack: turn.askedBack,
      agentsOnline: situation.agentsOnline,
      flooding: situation.conversationId !== null && isFlooding(situation.conversationId),
    },
    situation.rules,
  );
  const said = await say(considering, decision, found);
  return {
    locale,
    cited: [],
    handoff: null,
    gap: false,
    review: null,
    ...said,
    trace: traceOf(considering, found, decision, said, started),
  };
}
