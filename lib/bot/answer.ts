import { botView } from "@/lib/conversations/queries";
import type { MessagePart } from "@/lib/conversations/schema";
import { postBotMessage, requestHandoff } from "@/lib/conversations/service";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import type { Locale } from "@/lib/i18n/locales";
import { listAgents } from "@/lib/identity/queries";
import { recordGap } from "@/lib/knowledge/gap-service";
import type { SearchHit } from "@/lib/knowledge/schema";
import { OFFER_FROM } from "@/lib/knowledge/schema";
import { countEntryUses } from "@/lib/knowledge/service";
import { type AnswerModel, configuredModel } from "@/lib/platform/ai/answer-model";
import type { Context } from "@/lib/platform/context";
import { spend } from "@/lib/platform/rate-limit/rate-limit";
import { AnswerStream } from "./answer-stream";
import { answerParts, choiceParts, handoffParts, line, noAnswerParts, writtenLanguage } from "./compose";
import { type Decision, decide, FAILURES_MAX, type HandoffReason } from "./decide";
import { askModel } from "./model-answer";
import { maskPrivateData } from "./private-data";
import { type Found, questionOf, retrieve } from "./retrieve";
import { signalsOfTurn } from "./signals";
import { type OpenTurn, openTurn } from "./turn";

type BotContext = Context<ActorOf<"bot">>;

/** One turn while it is being answered. */
interface Turning {
  readonly context: BotContext;
  readonly conversationId: string;
  readonly turn: OpenTurn;
  readonly locale: Locale;
  readonly failures: number;
  readonly stream: AnswerStream;
  readonly model: AnswerModel | undefined;
}

/** Close entries share their confidence, so the first few are offered however low it is for each. */
const CHOICES_MIN = 3;
/** Entries that a model reads. */
const SOURCES = 4;
/** From this confidence on the entry is given although a model doubts that it answers. */
const CERTAIN_FROM = 0.9;
/** Model calls a minute for one conversation; past it the embedded answerer answers (OWASP LLM10). */
const MODEL_CALLS_PER_MINUTE = 12;

async function agentsOnline(context: BotContext): Promise<boolean> {
  const agents = await listAgents(context);
  return agents.some((agent) => agent.presence === "online" && !agent.disabled);
}

/** @returns false when the conversation is not the bot's any more: then nothing else may follow */
async function post(turning: Turning, parts: readonly MessagePart[], botFailures: number): Promise<boolean> {
  const { context, conversationId, turn } = turning;
  const message = await postBotMessage(context, { conversationId, clientId: turn.answerId, parts, botFailures });
  return message !== undefined;
}

function mayCallModel(conversationId: string): boolean {
  try {
    spend(`model:${conversationId}`, MODEL_CALLS_PER_MINUTE);
    return true;
  } catch (error) {
    if (AppError.is(error)) {
      return false;
    }
    throw error;
  }
}

/** What a model makes of the found entries; undefined when there is none or it failed. */
async function fromModel(
  turning: Turning,
  found: Found,
): Promise<{ text: string; cited: readonly SearchHit[] } | "none" | undefined> {
  const { model, turn, stream, locale, context, conversationId } = turning;
  if (!model || !mayCallModel(conversationId)) {
    return undefined;
  }
  const sources = found.items.filter((hit, index) => index === 0 || hit.confidence >= OFFER_FROM).slice(0, SOURCES);
  const question = questionOf(turn.texts);
  const outcome = await askModel(
    model,
    { question, history: turn.history, sources, language: locale },
    stream,
    context.log,
  );
  if (outcome.kind === "answered") {
    return outcome;
  }
  return outcome.kind === "none" ? "none" : undefined;
}

async function giveAnswer(turning: Turning, found: Found, offerPerson: boolean): Promise<void> {
  const { context, stream, locale } = turning;
  const [top] = found.items;
  if (!top) {
    return offerHandoff(turning);
  }
  const modelled = await fromModel(turning, found);
  if (modelled === "none" && top.confidence < CERTAIN_FROM) {
    return offerChoices(turning, found);
  }
  const { text, cited } = modelled && modelled !== "none" ? modelled : { text: top.answer, cited: [top] };
  if (text === top.answer && !stream.started) {
    await stream.showWhole(text);
  }
  const followUps = found.items.filter((hit) => hit.confidence >= OFFER_FROM && !cited.includes(hit) && hit !== top);
  const person = offerPerson ? { agentsOnline: await agentsOnline(context) } : undefined;
  if (await post(turning, answerParts({ locale, text, cited, followUps, person }), 0)) {
    await countEntryUses(
      context,
      cited.map((hit) => hit.entryId),
    );
  }
}

async function giveChoices(turning: Turning, found: Found): Promise<void> {
  const modelled = await fromModel(turning, found);
  if (modelled && modelled !== "none") {
    const { text, cited } = modelled;
    if (await post(turning, answerParts({ locale: turning.locale, text, cited, followUps: [] }), 0)) {
      await countEntryUses(
        turning.context,
        cited.map((hit) => hit.entryId),
      );
    }
    return;
  }
  await offerChoices(turning, found);
}

async function offerChoices(turning: Turning, found: Found): Promise<void> {
  const offered = found.items.filter((hit, index) => index < CHOICES_MIN || hit.confidence >= OFFER_FROM);
  const online = await agentsOnline(turning.context);
  await post(turning, choiceParts(turning.locale, offered, online), turning.failures);
}

async function noteGap({ context, conversationId, turn }: Turning): Promise<void> {
  await recordGap(context, { question: maskPrivateData(questionOf(turn.texts)), conversationId });
}

async function offerHandoff(turning: Turning): Promise<void> {
  const online = await agentsOnline(turning.context);
  const about = turning.turn.texts.length === 0 && turning.turn.hasFiles ? "files" : "noAnswer";
  if (await post(turning, noAnswerParts(turning.locale, online, about), turning.failures + 1)) {
    await noteGap(turning);
  }
}

async function handOff(turning: Turning, reason: HandoffReason): Promise<void> {
  const { context, conversationId, locale } = turning;
  const online = await agentsOnline(context);
  if (!(await post(turning, handoffParts(locale, reason, online), FAILURES_MAX))) {
    return;
  }
  await requestHandoff(context, { conversationId, reason });
  if (reason !== "requested") {
    await noteGap(turning);
  }
}

async function act(turning: Turning, decision: Decision, found: Found): Promise<void> {
  switch (decision.kind) {
    case "answer":
      return giveAnswer(turning, found, decision.offerPerson);
    case "choices":
      return giveChoices(turning, found);
    case "handoff_offer":
      return offerHandoff(turning);
    case "handoff":
      return handOff(turning, decision.reason);
    case "small_talk":
      await post(turning, line(turning.locale, decision.about), turning.failures);
      return;
    case "reset":
      await post(turning, line(turning.locale, "reset"), 0);
  }
}

/**
 * Answers what the visitor of a conversation has said since the last answer, as the bot.
 *
 * Safe to run again: the answer's id comes from the question. Silent when a person has the conversation, also when
 * they take it while the answer is being written (postBotMessage checks it in the step that stores the message).
 * Whatever happens to a model, the visitor gets an answer, choices, or a person (reliability.md T27).
 *
 * @param options.model instead of the one from the environment; null for none
 */
export async function answerVisitor(
  context: Context,
  input: { readonly conversationId: string; readonly merchantId: string },
  options: { readonly model?: AnswerModel | null } = {},
): Promise<void> {
  const { conversationId, merchantId } = input;
  const bot: BotContext = { ...context, actor: { kind: "bot", merchantId } };
  const view = await botView(bot, conversationId);
  if (view?.conversation.status !== "bot") {
    return;
  }
  const turn = openTurn(view.messages);
  const failures = view.conversation.bot_failures;
  if (!turn) {
    // The words were said, then this process ended before it could hand over.
    if (failures >= FAILURES_MAX) {
      await requestHandoff(bot, { conversationId, reason: "bot_failed" });
    }
    return;
  }
  const stream = new AnswerStream(conversationId, turn.answerId);
  stream.typing(true);
  try {
    const signals = signalsOfTurn(turn.texts);
    const found = await retrieve(bot, turn);
    const locale = writtenLanguage(signals.language, view.conversation.locale);
    const model = options.model === undefined ? configuredModel() : (options.model ?? undefined);
    const decision = decide({ signals, search: found.decision, failures });
    await act({ context: bot, conversationId, turn, locale, failures, stream, model }, decision, found);
  } finally {
    stream.typing(false);
  }
}
