import type { Context } from "@/lib/platform/context";
import { learnedIntents } from "./intent-recognition";
import { INTENT_FROM, type IntentAction, intentAction } from "./intent-schema";

/** What a turn is about. */
export interface RecognisedIntent {
  readonly name: string;
  /** 0–1. */
  readonly confidence: number;
  /** Learned examples alone, or a model chose among what they left open. */
  readonly by: "examples" | "model";
  readonly action: IntentAction;
  readonly priority: number | null;
  readonly skill: string | null;
}

/** Has a model choose one of these names; undefined when it may not be asked or chose none. */
export type Refine = (question: string, names: readonly string[]) => Promise<string | undefined>;

/** Below it nothing that was learned is near enough to ask a model about. */
const DOUBTFUL_FROM = 0.25;
/** Names that a model chooses among. */
const CHOSEN_AMONG = 6;

/**
 * What a question is about, from what was learned; where that is open and something hangs on it, a model chooses.
 *
 * @param refine undefined: no model
 * @returns null when nothing learned is near
 */
export async function intentOfTurn(
  context: Context,
  question: string,
  refine: Refine | undefined,
): Promise<RecognisedIntent | null> {
  const { guess, intents } = await learnedIntents(context);
  const guesses = guess(question);
  const [first] = guesses;
  if (!first) {
    return null;
  }
  const of = (name: string, confidence: number, by: RecognisedIntent["by"]): RecognisedIntent => {
    const known = intents.find((intent) => intent.name === name);
    return {
      name,
      confidence,
      by,
      action: intentAction.catch("answer").parse(known?.action),
      priority: known?.priority ?? null,
      skill: known?.skill ?? null,
    };
  };
  // A model is only worth its time where another name would mean that something else is done.
  const matters = guesses.some(({ label }) => {
    const { action, priority, skill } = of(label, 0, "examples");
    return action !== "answer" || priority !== null || skill !== null;
  });
  if (refine && matters && first.confidence < INTENT_FROM && first.confidence >= DOUBTFUL_FROM) {
    const names = guesses.map(({ label }) => label).slice(0, CHOSEN_AMONG);
    const chosen = await refine(question, names);
    if (chosen !== undefined) {
      return of(chosen, INTENT_FROM, "model");
    }
  }
  return of(first.label, first.confidence, "examples");
}
