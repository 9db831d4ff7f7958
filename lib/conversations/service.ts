import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { FactType } from "@/lib/events/catalogue";
import { agentCards, merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { emit, jobsOf } from "@/lib/platform/jobs/emit";
import { type Availability, availabilityOf } from "./availability-queries";
import { broadcastChange, broadcastMessage } from "./broadcast";
import { languageOf, partsOf, type Saying, sayingOf } from "./customer-words";
import { type Notice, noticeContent } from "./notices";
import { contentOf } from "./parts";
import { ALLOWED } from "./policy";
import { type Appended, appendMessage, changeConversation, lockConversation, type NewMessage } from "./repository";
import type { ConversationRow } from "./rows";
import type { Message, MessagePart } from "./schema";
import { toMessage } from "./serialize";
import { translateForPeople, translationJobs } from "./translation-service";

type Writing = Pick<
  NewMessage,
  "conversationId" | "allowedStatuses" | "authorKind" | "authorId" | "visibility" | "content"
> &
  Partial<Pick<NewMessage, "customerId" | "assigneeId" | "clientId" | "externalId" | "delivery">>;

/** Stores a message with its fact and jobs. The one door through which every message of the product goes. */
export async function writeMessage(
  executor: Context["db"] | Transaction,
  context: Context,
  input: Writing,
): Promise<Appended> {
  const merchantId = merchantOf(context);
  const id = newId("message", context.now());
  const fact: FactType & NewMessage["fact"] = input.authorKind === "visitor" ? "message.received" : "message.posted";
  const payload = {
    conversationId: input.conversationId,
    messageId: id,
    seq: 0,
    status: "",
    authorKind: input.authorKind,
    visibility: input.visibility,
  };
  const isRead = input.visibility === "public" && input.authorKind !== "system";
  const translating = isRead ? await translationJobs(executor, merchantId, input.conversationId) : [];
  return appendMessage(executor, {
    customerId: null,
    assigneeId: null,
    clientId: null,
    externalId: null,
    delivery: "sent",
    ...input,
    id,
    merchantId,
    at: context.now(),
    fact,
    jobs: input.authorKind === "system" ? [] : [...jobsOf(fact, payload, merchantId), ...translating],
  });
}

/** Turns a stored message into what clients see and sends it to its audience; a duplicate is answered, not sent again. */
export async function announce(context: Context, stored: Extract<Appended, { message: unknown }>): Promise<Message> {
  const ids = stored.message.author_kind === "agent" && stored.message.author_id ? [stored.message.author_id] : [];
  const message = toMessage(stored.message, await agentCards(context.db, ids), context.now());
  if (stored.outcome === "created") {
    broadcastMessage(context.db, message, stored.conversation, stored.eventId);
  }
  return message;
}

/** Stores and announces, or says why not. @throws AppError not_found; conflict `conversation_ended` */
export async function postMessage(
  context: Context,
  input: Writing,
): Promise<{ message: Message; conversation: ConversationRow }> {
  const stored = await writeMessage(context.db, context, input);
  if (stored.outcome === "missing") {
    throw new AppError("not_found", "conversation_not_found");
  }
  if (stored.outcome === "refused") {
    throw new AppError("conflict", "conversation_ended");
  }
  return { message: await announce(context, stored), conversation: stored.conversation };
}

/** A line of the product's own in the thread, inside the change that it tells of. Announce it after the commit. */
export async function writeNotice(
  tx: Transaction,
  context: Context,
  conversationId: string,
  notice: Notice,
): Promise<Extract<Appended, { message: unknown }>> {
  const stored = await writeMessage(tx, context, {
    conversationId,
    allowedStatuses: ALLOWED.note,
    authorKind: "system",
    authorId: null,
    visibility: notice.internal ? "internal" : "public",
    content: noticeContent(notice),
  });
  if (stored.outcome !== "created") {
    throw new AppError("internal", "internal");
  }
  return stored;
}

/**
 * Posts an answer of the bot, unless a person took over meanwhile: the status is checked in the same step that stores
 * the message, so the bot never talks over anybody.
 *
 * @param input.clientId made from the question, so that a repeated job finds its own answer
 * @param input.alongside what is true exactly if the message is; not run again for a message that was there already
 * @returns the message, or undefined when the conversation is no longer the bot's
 */
export async function postBotMessage(
  context: Context<ActorOf<"bot">>,
  input: {
    readonly conversationId: string;
    readonly clientId: string;
    readonly parts: readonly MessagePart[];
    readonly botFailures?: number;
    readonly alongside?: (tx: Transaction) => Promise<void>;
  },
): Promise<Message | undefined> {
  const stored = await context.db.transaction(async (tx) => {
    const appended = await writeMessage(tx, context, {
      conversationId: input.conversationId,
      allowedStatuses: ALLOWED.bot_post,
      authorKind: "bot",
      authorId: null,
      visibility: "public",
      content: contentOf(input.parts),
      clientId: input.clientId,
    });
    if (appended.outcome === "created") {
      if (input.botFailures !== undefined) {
        await rowsOf(
          tx,
          sql`update conversations set bot_failures = ${input.botFailures} where id = ${input.conversationId}`,
        );
      }
      await input.alongside?.(tx);
    }
    return appended;
  });
  if (stored.outcome === "missing" || stored.outcome === "refused") {
    return undefined;
  }
  return announce(context, stored);
}

/**
 * Writes a message to the customer in the bot's name, so that it reaches them on every channel. Announce it after the
 * commit.
 */
export async function sayToCustomer(
  tx: Transaction,
  context: Context,
  row: ConversationRow,
  saying: Saying,
): Promise<Extract<Appended, { message: unknown }>> {
  const stored = await writeMessage(tx, context, {
    conversationId: row.id,
    allowedStatuses: ALLOWED.note,
    authorKind: "bot",
    authorId: null,
    visibility: "public",
    content: contentOf(partsOf(languageOf(row), saying)),
  });
  if (stored.outcome !== "created") {
    throw new AppError("internal", "internal");
  }
  return stored;
}

export type { Saying } from "./customer-words";

type Handoff = Extract<Appended, { message: unknown }>[];

async function enterQueue(
  tx: Transaction,
  context: Context,
  row: ConversationRow,
  reason: string,
  availability: Availability,
): Promise<Handoff> {
  const at = context.now();
  const said = availability.kind === "open" ? [] : [await sayToCustomer(tx, context, row, sayingOf(availability))];
  await changeConversation(
    tx,
    { id: row.id, merchantId: row.merchant_id, statuses: ALLOWED.handoff },
    sql`status = 'queued', queued_at = ${at.toISOString()}::timestamptz, bot_failures = 0, queue_told_at = null,
        waiting_since = coalesce(waiting_since, ${at.toISOString()}::timestamptz)`,
  );
  const notice = await writeNotice(tx, context, row.id, { key: "queued" });
  await emit(tx, { merchantId: row.merchant_id, at }, "conversation.queued", { conversationId: row.id, reason });
  await translateForPeople(tx, row);
  return [...said, notice];
}

/**
 * Makes the merchant's line grow by one at a time until the transaction ends, so that it never gets longer than it may.
 * Taken before any conversation is locked.
 */
export async function lockLine(tx: Transaction, merchantId: string): Promise<void> {
  await rowsOf(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`queue:${merchantId}`}, 0))`);
}

/**
 * Puts a conversation into the queue for a person. One use case for the button, the words, the bot and the API.
 * Asking again while waiting changes nothing. Outside business hours, or when the line is full, the customer is told so
 * and offered to leave a message, and the conversation stays the bot's (R1, R4).
 *
 * @param input.reason why: `requested`, `bot_failed`, `sentiment`, `rule`
 * @returns the conversation after it, or undefined when it was not the bot's any more
 */
export async function requestHandoff(
  context: Context,
  input: { readonly conversationId: string; readonly reason: string },
): Promise<ConversationRow | undefined> {
  const merchantId = merchantOf(context);
  const done = await context.db.transaction(async (tx) => {
    await lockLine(tx, merchantId);
    const row = await lockConversation(tx, merchantId, input.conversationId);
    if (!row || !ALLOWED.handoff.includes(row.status)) {
      return undefined;
    }
    const availability = await availabilityOf(tx, merchantId, context.now());
    const turnedAway = availability.kind === "full" || (availability.kind === "closed" && !availability.mayQueue);
    return turnedAway
      ? [await sayToCustomer(tx, context, row, sayingOf(availability))]
      : enterQueue(tx, context, row, input.reason, availability);
  });
  const last = done?.at(-1);
  if (!done || !last) {
    return undefined;
  }
  for (const stored of done) {
    await announce(context, stored);
  }
  broadcastChange(last.conversation);
  return last.conversation;
}
