import { OFFER_FROM, type SearchHit } from "@/lib/knowledge/schema";
import type { Link } from "@/lib/platform/ai/model-chain";
import { maskPrivateData } from "@/lib/platform/text/private-data";
import { type TextStream, UNSEEN } from "./answer-stream";
import { isFlooding } from "./budget";
import {
  answerParts,
  cautionWords,
  choiceParts,
  handoffParts,
  line,
  noAnswerParts,
  severalAnswers,
  withGreeting,
  withoutChoices,
  writtenLanguage,
} from "./compose";
import { type Decision, decide, type ReviewReason, reviewOf, type Turn } from "./decide";
import { factsOf } from "./facts";
import { acceptsPerson } from "./follow-up";
import { intentOfTurn, type RecognisedIntent } from "./intent-of-turn";
import { INTENT_FROM, TOPIC_FROM } from "./intent-schema";
import { type Found, retrieve } from "./retrieve";
import { questionOf, searchable } from "./search-words";
import { signalsOf, signalsOfTurn } from "./signals";
import type { Considering, Notes, Reply, Situation } from "./situation";
import type { BotTrace } from "./trace-schema";
import { ask, refiner, rewriter } from "./turn-models";

/** Entries that a model reads. */
const SOURCES = 4;
/** From this confidence on the entry is given although a model doubts that it answers. */
const CERTAIN_FROM = 0.9;
/** Close entries share their confidence, so the first few are offered however low it is for each. */
const CHOICES_MIN = 3;
/** Below it nothing of the knowledge base has to do with the question. */
const UNRELATED_BELOW = 0.05;

/** What stands between a greeting and the question behind it. */
const GREETING_END = /[，,。.！!？?~～、\s]+/u;

type Said = Pick<Reply, "kind" | "parts" | "failures"> & Partial<Pick<Reply, "cited" | "handoff" | "gap" | "review">>;

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

/** A turn that was searched, with whether an agent has to read what is answered. */
interface Judged extends Considering {
  readonly review: ReviewReason | null;
}

/** What an agent may have to read first, the customer must not see while it is written. */
function streamFor({ rules, stream, review }: Judged): TextStream {
  return review !== null || (rules.reviewEnabled && rules.reviewAmount > 0) ? UNSEEN : stream;
}

/** A model may say more than the entries: not where an agent had to read it first and none is there. */
const mayImprovise = ({ review, agentsOnline }: Judged): boolean => review === null || agentsOnline;

/** Said once, it need not be said under every answer of a conversation. */
const wasCautioned = ({ turn, locale }: Considering): boolean =>
  turn.history.some(({ from, text }) => from === "bot" && text.includes(cautionWords(locale)));

/** True when the customer greets and asks in one, and nothing was said before. */
const greetsFirst = ({ turn }: Considering): boolean =>
  turn.history.length === 0 &&
  turn.texts.some((text) => signalsOf(text.split(GREETING_END)[0] ?? "").smallTalk === "greeting");

async function answer(
  considering: Judged,
  found: Found,
  decision: Extract<Decision, { kind: "answer" }>,
): Promise<Said> {
  const { stream, locale, agentsOnline, rules } = considering;
  const [top] = found.items;
  if (!top) {
    return offer(considering, found);
  }
  const outcome = await ask({ ...considering, stream: streamFor(considering) }, sourcesOf(found), writes);
  if (outcome?.kind === "none" && top.confidence < CERTAIN_FROM) {
    return rules.choices ? choices(considering, found) : offer(considering, found);
  }
  const words = found.also?.length ? severalAnswers([top, ...found.also]) : (found.passage ?? top.answer);
  const own = greetsFirst(considering) ? withGreeting(locale, words) : words;
  const entries = [top, ...(found.also ?? [])];
  const { text, cited } = outcome?.kind === "answered" ? outcome : { text: own, cited: entries };
  const review = decision.review ?? amountReview(considering, text);
  if (!stream.started && !review && (text === own || rules.reviewEnabled)) {
    await stream.showWhole(text);
  }
  // A model may have answered one of several questions: the others are offered.
  const told = [...cited, ...(text === own ? entries : [top])];
  const followUps = found.items.filter((hit) => hit.confidence >= OFFER_FROM && !told.includes(hit));
  const others = rules.choices && found.also !== undefined && followUps.length > 0;
  const person = decision.offerPerson ? { agentsOnline } : undefined;
  const parts = answerParts({
    locale,
    text,
    cited,
    followUps,
    others,
    person,
    caution: decision.caution && !wasCautioned(considering),
  });
  return { kind: "answer", parts, failures: 0, cited, review };
}

async function askBack(considering: Judged, found: Found): Promise<Said> {
  const outcome = mayImprovise(considering)
    ? await ask({ ...considering, stream: streamFor(considering) }, sourcesOf(found), writes)
    : undefined;
  if (outcome?.kind !== "answered") {
    return choices(considering, found);
  }
  const { text, cited } = outcome;
  const parts = answerParts({ locale: considering.locale, text, cited, followUps: [] });
  return { kind: "answer", parts, failures: 0, cited, review: considering.review ?? amountReview(considering, text) };
}

/** What a service with knowledge of its own says where ours has nothing. */
async function fromOwnKnowledge(considering: Judged): Promise<Said | undefined> {
  if (!mayImprovise(considering) || insteadOfQuestion(considering) !== undefined) {
    return undefined;
  }
  const stream = streamFor(considering);
  const own = await ask({ ...considering, stream }, [], ({ model }) => model.nature.ownKnowledge);
  if (own?.kind !== "answered") {
    return undefined;
  }
  const parts = answerParts({ locale: considering.locale, text: own.text, cited: [], followUps: [] });
  return { kind: "answer", parts, failures: 0, review: considering.review ?? amountReview(considering, own.text) };
}

/** Words of a service with knowledge of its own, or of one for small talk, where ours has nothing. */
async function elsewhere(considering: Judged, found: Found): Promise<Said | undefined> {
  const { failures } = considering;
  const own = await fromOwnKnowledge(considering);
  if (own || !mayImprovise(considering)) {
    return own;
  }
  if ((found.items[0]?.confidence ?? 0) >= UNRELATED_BELOW) {
    return undefined;
  }
  const chat = await ask(considering, [], ({ model }) => model.nature.chatOnly);
  return chat?.kind === "answered"
    ? { kind: "small_talk", parts: [{ type: "text", text: chat.text }], failures }
    : undefined;
}

/** What a turn without a question holds instead; undefined: a question. */
function insteadOfQuestion({ turn }: Situation): "files" | "notHelpful" | "details" | undefined {
  if (turn.texts.length === 0) {
    return turn.hasFiles ? "files" : undefined;
  }
  if (signalsOfTurn(turn.texts).notHelpful) {
    return "notHelpful";
  }
  return searchable(turn.texts) === "" ? "details" : undefined;
}

async function offer(considering: Judged, found: Found): Promise<Said> {
  const { locale, agentsOnline, failures } = considering;
  const about = insteadOfQuestion(considering);
  const other = about === undefined ? await elsewhere(considering, found) : undefined;
  return (
    other ?? {
      kind: "handoff_offer",
      parts: noAnswerParts(locale, agentsOnline, about),
      failures: failures + 1,
      gap: about === undefined,
    }
  );
}

/** Whether a turn that goes to a person is a question our knowledge lacks. Nobody's distress is kept as one. */
const isGap = (situation: Situation, { handoff, reason }: Extract<Decision, { kind: "handoff" }>): boolean =>
  (handoff === "bot_failed" || handoff === "sentiment") &&
  reason !== "crisis" &&
  insteadOfQuestion(situation) === undefined;

async function say(considering: Judged, decision: Decision, found: Found): Promise<Said> {
  const { locale, failures, agentsOnline, rules } = considering;
  switch (decision.kind) {
    case "answer":
      return answer(considering, found, decision);
    case "choices":
      return askBack(considering, found);
    case "handoff_offer":
      return offer(considering, found);
    case "handoff":
      return (
        // A service that failed once may be back: whoever knows more is asked before a person is.
        (decision.handoff === "bot_failed" ? await fromOwnKnowledge(considering) : undefined) ?? {
          kind: "handoff",
          parts: handoffParts(locale, decision, agentsOnline),
          failures: rules.failuresMax,
          handoff: decision.handoff,
          gap: isGap(considering, decision),
        }
      );
    case "small_talk":
      return { kind: "small_talk", parts: line(locale, decision.about), failures };
    case "reset":
      return { kind: "reset", parts: line(locale, "reset"), failures: 0 };
  }
}

function traceOf(
  considering: Considering,
  judged: { readonly found: Found; readonly decision: Decision; readonly intent: RecognisedIntent | null },
  said: Said,
): BotTrace {
  const { question, notes, turn, locale, links } = considering;
  const { found, decision, intent } = judged;
  const { smallTalk, language: _, ...flags } = signalsOfTurn(turn.texts);
  const raised = Object.entries(flags).flatMap(([name, value]) => (value === true ? [name] : []));
  return {
    question: maskPrivateData(question),
    resolved: found.resolved,
    language: locale,
    signals: [...raised, ...(smallTalk ? [smallTalk] : [])],
    intent: intent && { name: intent.name, confidence: intent.confidence, by: intent.by, action: intent.action },
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
    totalMs: Math.round(performance.now() - notes.started),
  };
}

/** Searched, with what it is about; both at once, as neither needs the other. */
async function read(considering: Considering): Promise<{ found: Found; intent: RecognisedIntent | null }> {
  const { context, turn, locale, notes } = considering;
  const about = maskPrivateData(questionOf(turn.texts));
  const [found, intent] = await Promise.all([
    retrieve(context, turn, { language: locale, rewrite: rewriter(considering) }),
    signalsOfTurn(turn.texts).smallTalk ? null : intentOfTurn(context, about, refiner(considering)),
  ]);
  notes.searchMs = Math.round(performance.now() - notes.started);
  return { found, intent };
}

/** What decides about a turn. */
function turnOf(considering: Considering, found: Found, intent: RecognisedIntent | null): Turn {
  const { turn, failures, agentsOnline, conversationId } = considering;
  return {
    text: turn.texts.join(" "),
    signals: signalsOfTurn(turn.texts),
    acceptsPerson: acceptsPerson(turn),
    search: found.decision,
    confidence: found.items[0]?.confidence ?? 0,
    leaning: found.resolved?.by === "rule" && found.passage === undefined,
    repeats: found.passage === undefined && turn.topic?.ago === 0 && found.items[0]?.entryId === turn.topic.entryId,
    failures,
    askedBack: turn.askedBack,
    agentsOnline,
    intent: intent && intent.confidence >= INTENT_FROM ? intent : null,
    flooding: conversationId !== null && isFlooding(conversationId),
  };
}

/** What the conversation is about now: what was recognised, or what the answer was filed under. */
function topicOf(intent: RecognisedIntent | null, said: Said): string | null {
  const category = said.kind === "answer" ? said.cited?.[0]?.category : undefined;
  return intent && intent.confidence >= TOPIC_FROM ? intent.name : category || null;
}

/**
 * What the bot makes of a turn: searched, decided, worded and checked, but not yet said. The conversation, the
 * playground and the regression sets go through here, so that what is tried out is what customers get.
 */
export async function considerTurn(situation: Situation): Promise<Reply> {
  const { turn, rules } = situation;
  const locale = writtenLanguage(turn, situation.locale);
  const notes: Notes = {
    attempts: [],
    violation: null,
    spared: null,
    searchMs: 0,
    modelMs: 0,
    started: performance.now(),
  };
  const stream = rules.streaming ? situation.stream : UNSEEN;
  const considering: Considering = { ...situation, stream, locale, question: questionOf(turn.texts), notes };
  const { found, intent } = await read(considering);
  const facts = turnOf(considering, found, intent);
  const decision = decide(facts, rules);
  const said = await say({ ...considering, review: reviewOf(facts, rules) }, decision, found);
  return {
    locale,
    cited: [],
    handoff: null,
    gap: false,
    review: null,
    ...said,
    parts: rules.choices ? said.parts : withoutChoices(locale, said.parts),
    intent: facts.intent && intent,
    topic: topicOf(intent, said),
    trace: traceOf(considering, { found, decision, intent }, said),
  };
}
