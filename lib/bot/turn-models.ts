import { findAnswers } from "@/lib/knowledge/queries";
import type { SearchHit } from "@/lib/knowledge/schema";
import type { Attempt, Link } from "@/lib/platform/ai/model-chain";
import { withoutPrivateData } from "@/lib/platform/text/private-data";
import { sparedBy } from "./budget";
import type { Refine } from "./intent-of-turn";
import { askModels, type ModelOutcome, rewriteWithModel } from "./model-answer";
import { chooseWithModel } from "./model-choice";
import { recordAttempts } from "./provider-service";
import type { Rewrite } from "./retrieve";
import type { Considering, Situation } from "./situation";

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
  purpose: "answer" | "follow_up" | "intent",
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

/** Longest wait for a turn's first word, all calls together, in milliseconds: after it our own words come (T27: 10 s). */
const TURN_MS = 9_000;

/** Asks some of the chain. @returns undefined when none of them may be asked */
export async function ask(
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
  const firstTextMs = TURN_MS - (started - notes.started);
  const outcome = await askModels(
    links,
    {
      question,
      history: turn.history,
      sources,
      language: locale,
      user: userOf(considering),
      threads,
      firstTextMs,
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

const writing = ({ links }: Considering): Link[] =>
  links.filter(({ model }) => !model.nature.chatOnly && !model.nature.ownKnowledge);

/** Puts follow-ups into full words where a model that writes may be asked. */
export function rewriter(considering: Considering): Rewrite | undefined {
  const links = writing(considering);
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

/** Has a model choose what an unclear question is about, where one may be asked. */
export function refiner(considering: Considering): Refine | undefined {
  const links = writing(considering);
  if (!considering.rules.intentWithModel || links.length === 0) {
    return undefined;
  }
  return async (question, names) => {
    if (!(await mayAsk(considering))) {
      return undefined;
    }
    const outcome = await chooseWithModel(links, question, names, userOf(considering));
    await keepAttempts(considering, "intent", outcome);
    return outcome.text;
  };
}
