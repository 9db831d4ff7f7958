import type { Transaction } from "@/db/client";
import { wordingFor } from "@/lib/channels/chat-entry-queries";
import { type ChannelFacts, findChannel } from "@/lib/channels/lookup-queries";
import { webChannelConfig } from "@/lib/channels/schema";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { type Availability, availabilityOf } from "./availability-queries";
import { type Saying, sayingOf } from "./customer-words";
import { openElsewhere } from "./handed-on-queries";
import type { Content } from "./parts";
import { ALLOWED } from "./policy";
import { type Appended, findOpenConversation, insertConversation } from "./repository";
import type { ConversationRow } from "./rows";
import type { ConversationStatus, Message } from "./schema";
import { announce, lockLine, sayToCustomer, writeMessage } from "./service";
import { visitOrigin } from "./visit-origin";
import { keepPages, pageOf, type ToldPage } from "./visit-page-service";

type VisitorContext = Context<ActorOf<"visitor">>;
type Written = Extract<Appended, { message: unknown }>;

/** What a conversation is opened with. */
export interface Opening {
  /** What the visitor's page tells of itself. */
  readonly page?:
    | (Readonly<Record<string, unknown>> & { readonly pages?: readonly ToldPage[] | undefined })
    | undefined;
  /** The words that open it; none when a person is asked for. */
  readonly words?: { readonly clientId: string; readonly content: Content };
}

/** A web channel's greeting; undefined when it does not greet. */
function greetingOf({ type, config }: ChannelFacts, locale: string): Saying | undefined {
  const { greets, greeting } = webChannelConfig.parse(type === "web" ? config : {});
  const text = greets ? (wordingFor(greeting, locale) ?? "") : "";
  return text ? { key: "", own: { chinese: text, english: text } } : undefined;
}

/** Whether a bot is in front of the people of a channel; everywhere but where a web channel has none. */
const hasBot = ({ type, config }: ChannelFacts): boolean => type !== "web" || webChannelConfig.parse(config).botEnabled;

function firstStatus(availability: Availability | undefined): ConversationStatus {
  if (!availability) {
    return "bot";
  }
  const turnedAway = availability.kind === "full" || (availability.kind === "closed" && !availability.mayQueue);
  return turnedAway ? "offline" : "queued";
}

/** The customer's first words, in the same step as the conversation: nobody can come in before them. */
async function writeWords(
  tx: Transaction,
  context: VisitorContext,
  row: ConversationRow,
  words: NonNullable<Opening["words"]>,
): Promise<Written> {
  const { customerId } = context.actor;
  const stored = await writeMessage(tx, context, {
    conversationId: row.id,
    customerId,
    allowedStatuses: ALLOWED.visitor_post,
    authorKind: "visitor",
    authorId: customerId,
    visibility: "public",
    content: words.content,
    clientId: words.clientId,
  });
  if (stored.outcome !== "created") {
    throw new AppError("internal", "internal");
  }
  return stored;
}

/** All of an opening, before it is announced. @returns undefined when another opening was first */
async function begin(
  tx: Transaction,
  context: VisitorContext,
  channel: ChannelFacts,
  opening: Opening & { readonly context: Record<string, unknown> },
): Promise<{ row: ConversationRow; said: readonly Written[]; words: Written | undefined } | undefined> {
  const { actor } = context;
  const { merchantId, channelId, customerId, identityId } = actor;
  const at = context.now();
  if (!hasBot(channel)) {
    await lockLine(tx, merchantId);
  }
  const availability = hasBot(channel) ? undefined : await availabilityOf(tx, merchantId, at);
  const id = newId("conversation", at);
  const status = firstStatus(availability);
  const owners = { merchantId, channelId, customerId, identityId };
  const row = await insertConversation(tx, {
    ...owners,
    id,
    status,
    locale: context.locale,
    context: opening.context,
    at,
  });
  if (!row) {
    return undefined;
  }
  await keepPages(tx, { id, merchantId, now: at }, opening.page?.pages ?? []);
  await emit(tx, { merchantId, at }, "conversation.started", { conversationId: id, channelId, customerId });
  if (status === "queued") {
    await emit(tx, { merchantId, at }, "conversation.queued", { conversationId: id, reason: "bot_off" });
  }
  const greeting = opening.page?.["greeted"] === true ? greetingOf(channel, context.locale) : undefined;
  const told = availability && availability.kind !== "open" ? sayingOf(availability) : undefined;
  const said: Written[] = [];
  for (const saying of [greeting, told]) {
    if (saying) {
      said.push(await sayToCustomer(tx, context, row, saying));
    }
  }
  return { row, said, words: opening.words && (await writeWords(tx, context, row, opening.words)) };
}

/**
 * The visitor's open conversation on this channel, or the one at another merchant that it was handed to; opened with
 * their words when there is none. Two first messages at once get one (T16).
 *
 * @returns the message only when it opened the conversation: in one that was there already it is not written here
 */
export async function openWith(
  context: VisitorContext,
  opening: Opening,
): Promise<{ row: ConversationRow; message?: Message }> {
  const { actor } = context;
  const open = await findOpenConversation(context.db, actor.channelId, actor.customerId);
  if (open) {
    return { row: open };
  }
  const channel = await findChannel(context.db, actor.channelId);
  if (!channel?.enabled) {
    throw new AppError("forbidden", "channel_disabled");
  }
  const handedOn = channel.type === "web" ? await openElsewhere(context) : undefined;
  if (handedOn) {
    return { row: handedOn };
  }
  const origin = await visitOrigin(context.db, actor.merchantId, context.ip);
  const shown = { ...pageOf(opening.page ?? {}), ...origin };
  const begun = await context.db.transaction((tx) => begin(tx, context, channel, { ...opening, context: shown }));
  for (const said of begun?.said ?? []) {
    await announce(context, said);
  }
  if (begun?.words) {
    return { row: begun.words.conversation, message: await announce(context, begun.words) };
  }
  const row = begun?.row ?? (await findOpenConversation(context.db, actor.channelId, actor.customerId));
  if (!row) {
    throw new AppError("conflict", "conversation_ended");
  }
  return { row };
}

/** The same without words. */
export async function openConversation(context: VisitorContext): Promise<ConversationRow> {
  return (await openWith(context, {})).row;
}
