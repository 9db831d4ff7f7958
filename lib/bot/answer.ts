import type { Transaction } from "@/db/client";
import { botView } from "@/lib/conversations/queries";
import { postBotMessage, requestHandoff } from "@/lib/conversations/service";
import { noteFindings } from "@/lib/conversations/topic-service";
import { newId } from "@/lib/core/ids";
import { isSignedIn } from "@/lib/customers/queries";
import { recordGap } from "@/lib/knowledge/gap-service";
import { countEntryUses } from "@/lib/knowledge/service";
import type { ThreadMemory } from "@/lib/platform/ai/answer-model";
import type { Link } from "@/lib/platform/ai/model-chain";
import type { Context } from "@/lib/platform/context";
import { faultPoint } from "@/lib/platform/fault-point";
import { maskPrivateData } from "@/lib/platform/text/private-data";
import { AnswerStream } from "./answer-stream";
import { rulesOfChannel } from "./channel-rules-service";
import { isSomebodyOnline } from "./colleagues";
import { considerTurn } from "./consider";
import { holdForReview } from "./draft-service";
import { amongAskers, linksWithRoom } from "./model-room";
import { chainOf } from "./provider-models";
import { findThread, keepThread, removeThreads } from "./provider-repository";
import { questionOf } from "./search-words";
import type { BotRules } from "./settings-schema";
import type { BotContext, Reply, Situation } from "./situation";
import { answerIdFor, type OpenTurn, openTurn } from "./turn";
import { insertTurn, type NewTurn } from "./turn-repository";

/** Providers' own ids of this conversation. */
function threadsOf({ db, now }: BotContext, conversationId: string): ThreadMemory {
  return {
    get: (providerId) => findThread(db, conversationId, providerId),
    set: (providerId, remoteId) =>
      remoteId === undefined
        ? removeThreads(db, conversationId, providerId)
        : keepThread(db, { conversationId, providerId, remoteId, at: now() }),
  };
}

function turnOf(context: BotContext, conversationId: string, turn: OpenTurn, { trace, cited }: Reply): NewTurn {
  return {
    id: newId("turn", context.now()),
    merchantId: context.actor.merchantId,
    conversationId,
    answerId: turn.answerId,
    question: trace.question,
    language: trace.language,
    decision: trace.decision,
    reason: trace.reason,
    confidence: trace.found[0]?.confidence ?? null,
    entryId: cited[0]?.entryId ?? null,
    providerId: trace.attempts.findLast(({ outcome }) => outcome === "ok")?.providerId ?? null,
    ms: trace.totalMs,
    trace,
    createdAt: context.now(),
  };
}

/** Says a reply, or keeps it for an agent. @returns false when the conversation is not the bot's any more */
async function say(context: BotContext, conversationId: string, said: Said): Promise<boolean> {
  const { turn, reply, rules } = said;
  const { intent, topic } = reply;
  const alongside = async (tx: Transaction) => {
    await insertTurn(tx, turnOf(context, conversationId, turn, reply));
    const findings = { topic, priority: intent?.priority ?? null, skill: intent?.skill ?? null };
    await noteFindings(tx, conversationId, findings);
  };
  if (reply.review) {
    return holdForReview(context, conversationId, { turn, reply, minutes: rules.reviewMinutes }, alongside);
  }
  const { parts, failures: botFailures } = reply;
  const message = { conversationId, clientId: turn.answerId, parts, botFailures, alongside };
  return (await postBotMessage(context, message)) !== undefined;
}

type BotView = NonNullable<Awaited<ReturnType<typeof botView>>>;

interface Said {
  readonly turn: OpenTurn;
  readonly reply: Reply;
  readonly rules: BotRules;
}

/** Says a reply and does what follows from it. */
async function carryOut(context: BotContext, conversationId: string, said: Said): Promise<void> {
  const { turn, reply } = said;
  if (!(await say(context, conversationId, said))) {
    return;
  }
  faultPoint("bot.answer_stored");
  if (reply.handoff) {
    await requestHandoff(context, { conversationId, reason: reply.handoff });
  }
  if (reply.kind === "reset") {
    await removeThreads(context.db, conversationId);
  }
  if (reply.cited.length > 0) {
    await countEntryUses(
      context,
      reply.cited.map((hit) => hit.entryId),
    );
  }
  if (reply.gap) {
    await recordGap(context, { question: maskPrivateData(questionOf(turn.texts)), conversationId });
  }
}

/**
 * Answers what the visitor of a conversation has said since the last answer, as the bot.
 *
 * Safe to run again: the answer's id comes from the question. Silent when a person has the conversation, also when
 * they take it while the answer is being written (postBotMessage checks it in the step that stores the message).
 * Whatever happens to a model, the visitor gets an answer, choices, or a person (reliability.md T27).
 *
 * @param options.links instead of the merchant's chain
 * @param options.mayComeBack true for the job: it is queued again when others wait for the merchant's models already
 */
export async function answerVisitor(
  context: Context,
  input: { readonly conversationId: string; readonly merchantId: string },
  options: { readonly links?: readonly Link[]; readonly mayComeBack?: boolean } = {},
): Promise<void> {
  const { conversationId, merchantId } = input;
  const nobody: BotContext = { ...context, actor: { kind: "bot", merchantId } };
  const view = await botView(nobody, conversationId);
  if (view?.conversation.status !== "bot") {
    return;
  }
  const { channel_id: channelId, identity_id: identityId } = view.conversation;
  // What may be told depends on whom the bot talks to and where.
  const bot: BotContext = {
    ...nobody,
    actor: { ...nobody.actor, channelId, signedIn: await isSignedIn(nobody, identityId) },
  };
  const rules = await rulesOfChannel(context.db, merchantId, channelId);
  const turn = openTurn(view.messages);
  const failures = view.conversation.bot_failures;
  if (!turn) {
    // The words were said, then this process ended before it could hand over.
    if (failures >= rules.failuresMax) {
      await requestHandoff(bot, { conversationId, reason: "bot_failed" });
    }
    return;
  }
  const askedAt = view.messages.findLast(({ id }) => answerIdFor(id) === turn.answerId)?.created_at;
  const chain = options.links ?? (await chainOf(bot, merchantId));
  const at = askedAt === undefined ? context.now() : new Date(askedAt);
  const links = options.mayComeBack ? await linksWithRoom(context, { conversationId, merchantId, at }, chain) : chain;
  if (links !== "later") {
    await amongAskers(merchantId, links, () => reply(bot, view.conversation, { turn, rules, links }));
  }
}

/** Considers the turn and does what comes of it, with the visitor seeing that somebody writes. */
async function reply(
  bot: BotContext,
  conversation: BotView["conversation"],
  given: Pick<Situation, "turn" | "rules" | "links">,
): Promise<void> {
  const { turn, rules } = given;
  const { id: conversationId, customer_id: customerId, locale, bot_failures: failures } = conversation;
  const stream = new AnswerStream(conversationId, turn.answerId);
  stream.typing(true);
  try {
    const considered = await considerTurn({
      context: bot,
      conversationId,
      customerId,
      locale,
      failures,
      agentsOnline: await isSomebodyOnline(bot),
      stream,
      threads: threadsOf(bot, conversationId),
      ...given,
    });
    await carryOut(bot, conversationId, { turn, reply: considered, rules });
  } finally {
    stream.typing(false);
  }
}
