import { botView } from "@/lib/conversations/queries";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { findAnswers } from "@/lib/knowledge/queries";
import type { Link } from "@/lib/platform/ai/model-chain";
import type { Context } from "@/lib/platform/context";
import { maskReversibly, withoutPrivateData } from "@/lib/platform/text/private-data";
import { readSettings } from "@/lib/settings/service";
import { UNSEEN } from "./answer-stream";
import { askForAgent } from "./assist-call";
import type { AssistTask, NextStep } from "./assist-contracts";
import { instructionsFor, textBlock, transcriptOf } from "./assist-prompt";
import { type Spared, sparedBy } from "./budget";
import { writtenLanguage } from "./compose";
import { askModels } from "./model-answer";
import { nextStep, type Said } from "./next-step-service";
import type { PromptTurn } from "./prompt";
import { chainOf } from "./provider-models";
import { recordAttempts } from "./provider-service";
import { botSettings } from "./settings-schema";

type AgentContext = Context<ActorOf<"agent">>;

export interface Assistance {
  readonly text: string;
  readonly sources: readonly { readonly entryId: string; readonly title: string }[];
  /** Only of `next`. */
  readonly step?: NextStep;
}

/** Entries that a suggestion may rest on. */
const SOURCES = 4;
const REASONS: { readonly [S in Spared]: "off" | "budget" } = {
  off: "off",
  rate: "budget",
  visitor_budget: "budget",
  conversation_budget: "budget",
  month_budget: "budget",
};

/** Models that write what they are told: not those for small talk, nor services with knowledge of their own. */
async function writersOf(context: AgentContext): Promise<Link[]> {
  const links = await chainOf(context, context.actor.merchantId);
  return links.filter(({ model }) => !model.nature.chatOnly && !model.nature.ownKnowledge);
}

/** Whether a model can help now; `reason` says why not. */
export async function assistState(
  context: AgentContext,
  conversationId: string | null = null,
  links?: readonly Link[],
): Promise<{ available: boolean; reason: "none" | "off" | "budget" | null }> {
  const chain = links ?? (await writersOf(context));
  if (chain.length === 0) {
    return { available: false, reason: "none" };
  }
  const rules = await readSettings(context.db, context.actor.merchantId, botSettings);
  const spared = await sparedBy(context, rules, { conversationId, customerId: null });
  return { available: spared === undefined, reason: spared ? REASONS[spared] : null };
}

async function saidIn(context: AgentContext, id: string): Promise<Said> {
  const view = await botView(context, id);
  if (!view) {
    throw new AppError("not_found", "conversation_not_found");
  }
  const turns = view.messages.flatMap(({ author_kind: from, text, recalled_at: recalled }): PromptTurn[] =>
    from === "system" || text === "" || recalled !== null ? [] : [{ from, text }],
  );
  return { turns, locale: view.conversation.locale };
}

/** An answer to the customer's last words, from what customers may read. */
async function suggest(context: AgentContext, id: string, links: readonly Link[]): Promise<Assistance> {
  const { turns, locale } = await saidIn(context, id);
  const last = turns.findLastIndex(({ from }) => from === "visitor");
  const question = turns[last]?.text ?? "";
  // The bot's own eyes: what only agents may read has no place in words for the customer.
  const reader: Context = { ...context, actor: { kind: "bot", merchantId: context.actor.merchantId } };
  const search = async (words: string) =>
    (await findAnswers(reader, withoutPrivateData(words), { limit: SOURCES })).items;
  const outcome = await askModels(
    links,
    {
      question,
      history: turns.slice(0, Math.max(0, last)),
      sources: question === "" ? [] : await search(question),
      language: writtenLanguage({ texts: [], history: [] }, locale),
      user: id,
      search,
    },
    UNSEEN,
    context.log,
  );
  const text = outcome.kind === "answered" ? outcome.text : "";
  const { attempts, prompt } = outcome;
  await recordAttempts(context, attempts, { conversationId: id, purpose: "assist", prompt, answer: text });
  if (outcome.kind !== "answered") {
    throw new AppError(
      outcome.kind === "none" ? "conflict" : "unavailable",
      outcome.kind === "none" ? "assist_no_answer" : "assist_failed",
    );
  }
  return { text, sources: outcome.cited.map(({ entryId, question: title }) => ({ entryId, title })) };
}

/** Something done to a text: the agent's own, or the conversation's. Private data is masked on the way and put back. */
async function rewrite(
  context: AgentContext,
  id: string,
  task: Exclude<AssistTask, { task: "suggest" | "next" }>,
  links: readonly Link[],
): Promise<Assistance> {
  const said = await saidIn(context, id);
  const source = task.task === "summarise" ? transcriptOf(said.turns) : task.text;
  const masked = maskReversibly(source);
  const system = instructionsFor(task, context.locale === "en" ? "en" : "zh-CN");
  const call = { conversationId: id, system, content: textBlock(masked.text), question: masked.text };
  const text = await askForAgent(context, links, call);
  return { text: masked.restore(text), sources: [] };
}

/**
 * Has a model help an agent: suggest an answer or the next step, summarise, polish, shorten, translate. Only the agent sees it.
 *
 * @param given models to ask; the merchant's own unless given
 * @throws AppError not_found `conversation_not_found`; conflict `assist_unavailable` | `assist_no_answer` | `assist_no_step`; unavailable
 * `assist_failed`
 */
export async function assistAgent(
  context: AgentContext,
  id: string,
  task: AssistTask,
  given?: readonly Link[],
): Promise<Assistance> {
  await saidIn(context, id);
  const links = given ?? (await writersOf(context));
  if (!(await assistState(context, id, links)).available) {
    throw new AppError("conflict", "assist_unavailable");
  }
  if (task.task === "next") {
    return nextStep(context, id, await saidIn(context, id), links);
  }
  return task.task === "suggest" ? suggest(context, id, links) : rewrite(context, id, task, links);
}
