import type { SearchDecision } from "@/lib/knowledge/schema";
import type { Signals } from "./signals";

export type HandoffReason = "requested" | "bot_failed" | "sentiment";

/** What the bot does with a turn. */
export type Decision =
  | { readonly kind: "reset" }
  | { readonly kind: "small_talk"; readonly about: "greeting" | "thanks" | "goodbye" }
  /** Give the answer; `offerPerson` puts the way to a person under it. */
  | { readonly kind: "answer"; readonly offerPerson: boolean }
  /** Not sure: offer the likeliest questions, assert nothing. */
  | { readonly kind: "choices" }
  /** Say honestly that there is no answer and offer a person. */
  | { readonly kind: "handoff_offer" }
  | { readonly kind: "handoff"; readonly reason: HandoffReason };

export interface Turn {
  readonly signals: Signals;
  /** What the search's confidence allows. */
  readonly search: SearchDecision;
  /** Turns in a row without an answer before this one. */
  readonly failures: number;
}

/** Turns in a row without an answer at which a person is fetched without being asked for. */
export const FAILURES_MAX = 2;

/**
 * The policy of a turn (architecture.md section 8). Pure.
 *
 * A person who is asked for comes at once; an angry customer or a grave matter without a sure answer gets one too; the
 * second turn in a row without an answer as well. Anything between is answered, or offered, never guessed.
 */
export function decide({ signals, search, failures }: Turn): Decision {
  if (signals.wantsPerson) {
    return { kind: "handoff", reason: "requested" };
  }
  if (signals.wantsReset) {
    return { kind: "reset" };
  }
  if (search === "answer") {
    return { kind: "answer", offerPerson: signals.negative || signals.sensitive };
  }
  if (signals.smallTalk) {
    return { kind: "small_talk", about: signals.smallTalk };
  }
  if (signals.negative || signals.sensitive) {
    return { kind: "handoff", reason: "sentiment" };
  }
  if (search === "choices") {
    return { kind: "choices" };
  }
  return failures + 1 >= FAILURES_MAX ? { kind: "handoff", reason: "bot_failed" } : { kind: "handoff_offer" };
}
