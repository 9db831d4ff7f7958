import type { SearchDecision } from "@/lib/knowledge/schema";
import type { Pleasantry } from "./pleasantries";
import type { BotRules } from "./settings-schema";
import type { Signals } from "./signals";

export type HandoffReason = "requested" | "bot_failed" | "sentiment" | "rule" | "review";

/** Why an answer is checked by an agent before it goes out. */
export type ReviewReason = "sensitive" | "intent" | "low_confidence" | "amount";

/** What the bot does with a turn; `reason` says why, for the trace. */
export type Decision =
  | { readonly kind: "reset"; readonly reason: string }
  | { readonly kind: "small_talk"; readonly about: Pleasantry; readonly reason: string }
  /**
   * Give the answer. `caution`: say that it may not be what was meant. `offerPerson` puts the way to a person under it.
   * `review`: an agent reads it first.
   */
  | {
      readonly kind: "answer";
      readonly caution: boolean;
      readonly offerPerson: boolean;
      readonly review: ReviewReason | null;
      readonly reason: string;
    }
  /** Not sure: offer the likeliest questions, assert nothing. */
  | { readonly kind: "choices"; readonly reason: string }
  /** Say honestly that there is no answer and offer a person. */
  | { readonly kind: "handoff_offer"; readonly reason: string }
  | { readonly kind: "handoff"; readonly handoff: HandoffReason; readonly reason: string };

export interface Turn {
  readonly text: string;
  readonly signals: Signals;
  /** The bot had offered a person, and this says yes. */
  readonly acceptsPerson: boolean;
  /** What the search's confidence allows. */
  readonly search: SearchDecision;
  /** Confidence of the best entry, 0–1. */
  readonly confidence: number;
  /** Found only together with what was said before. */
  readonly leaning: boolean;
  /** The entry was given in the bot's last message already. */
  readonly repeats: boolean;
  /** Turns in a row without an answer before this one, and times in a row that choices were offered. */
  readonly failures: number;
  readonly askedBack: number;
  readonly agentsOnline: boolean;
  /** What it is about and what the merchant wants done then; null when nothing is near enough. */
  readonly intent: { readonly action: "answer" | "handoff" | "review" } | null;
  /** More turns than people write. */
  readonly flooding: boolean;
}

/** From this confidence on a question is an entry's own, word for word. */
const EXACT_FROM = 0.97;

/** Below this confidence an answer says what it took the question for. */
export const CAUTION_BELOW = 0.8;

const contains = (text: string, words: readonly string[]): boolean => {
  const said = text.normalize("NFKC").toLowerCase();
  return words.some((word) => said.includes(word.normalize("NFKC").toLowerCase()));
};

/** Why an agent has to read the answer to a turn first; null: nobody has to. */
export function reviewOf(turn: Turn, rules: BotRules): ReviewReason | null {
  if (turn.intent?.action === "review") {
    return "intent";
  }
  if (!rules.reviewEnabled) {
    return null;
  }
  if (rules.reviewSensitive && turn.signals.sensitive) {
    return "sensitive";
  }
  if (contains(turn.text, rules.reviewWords)) {
    return "intent";
  }
  return turn.confidence * 100 < rules.reviewBelow ? "low_confidence" : null;
}

const graveReason = (signals: Signals): string => (signals.hurt ? "hurt" : "sensitive");

/** The wishes and alarms that go before any answer. */
function atOnce(turn: Turn, rules: BotRules): Decision | undefined {
  const { signals } = turn;
  if (turn.flooding) {
    return { kind: "handoff", handoff: "rule", reason: "flooding" };
  }
  if (signals.crisis) {
    return { kind: "handoff", handoff: "sentiment", reason: "crisis" };
  }
  if (signals.wantsPerson || turn.acceptsPerson) {
    return { kind: "handoff", handoff: "requested", reason: turn.acceptsPerson ? "accepted" : "requested" };
  }
  if (contains(turn.text, rules.handoffWords)) {
    return { kind: "handoff", handoff: "rule", reason: "handoff_word" };
  }
  if (turn.intent?.action === "handoff") {
    return { kind: "handoff", handoff: "rule", reason: "intent" };
  }
  if (signals.wantsReset) {
    return { kind: "reset", reason: "reset" };
  }
  if (signals.negative && rules.negative === "always") {
    return { kind: "handoff", handoff: "sentiment", reason: "negative" };
  }
  if (signals.sensitive && rules.sensitive === "always") {
    return { kind: "handoff", handoff: "sentiment", reason: graveReason(signals) };
  }
  return undefined;
}

function withAnswer(turn: Turn, rules: BotRules): Decision {
  const review = reviewOf(turn, rules);
  if (review && !turn.agentsOnline) {
    return { kind: "handoff", handoff: "review", reason: `review_${review}` };
  }
  if (turn.repeats && turn.signals.negative && rules.negative !== "never") {
    return { kind: "handoff", handoff: "sentiment", reason: "negative" };
  }
  const likely = turn.leaning || turn.confidence < CAUTION_BELOW;
  const offerPerson = turn.repeats || turn.signals.negative || turn.signals.sensitive;
  const caution = likely && rules.caution;
  return { kind: "answer", caution, offerPerson, review, reason: likely ? "likely" : "sure" };
}

function withoutAnswer(turn: Turn, rules: BotRules): Decision {
  const { signals } = turn;
  const mayQueue = turn.agentsOnline || rules.queueWhenAlone;
  const upset = signals.negative && rules.negative !== "never";
  if (mayQueue && (upset || (signals.sensitive && rules.sensitive !== "never"))) {
    return {
      kind: "handoff",
      handoff: "sentiment",
      reason: signals.hurt || !upset ? graveReason(signals) : "negative",
    };
  }
  const close = turn.search !== "handoff" && !signals.notHelpful;
  if (close && rules.choices && turn.askedBack < rules.askBackMax) {
    return { kind: "choices", reason: turn.search === "answer" ? "below_bound" : "close" };
  }
  const reason = signals.notHelpful ? "not_helpful" : close && rules.choices ? "asked_back_enough" : "unknown";
  return mayQueue && turn.failures + 1 >= rules.failuresMax
    ? { kind: "handoff", handoff: "bot_failed", reason }
    : { kind: "handoff_offer", reason };
}

/**
 * The policy of a turn (architecture.md section 8). Pure.
 *
 * A person who is asked for comes at once; an angry customer or a grave matter without a sure answer gets one too; the
 * second turn in a row without an answer as well. Anything between is answered, or offered, never guessed. The
 * merchant's settings move the bounds, for each channel by themselves (channel-rules-schema.ts).
 */
export function decide(turn: Turn, rules: BotRules): Decision {
  const first = atOnce(turn, rules);
  if (first) {
    return first;
  }
  // An entry may be the merchant's own words for "hello": only then it goes before ours.
  if (turn.signals.smallTalk && turn.confidence < EXACT_FROM) {
    return { kind: "small_talk", about: turn.signals.smallTalk, reason: "small_talk" };
  }
  if (!turn.signals.notHelpful && turn.search === "answer" && turn.confidence * 100 >= rules.answerFrom) {
    return withAnswer(turn, rules);
  }
  return withoutAnswer(turn, rules);
}
