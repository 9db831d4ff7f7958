import { sql } from "drizzle-orm";
import { rowsOf, type Transaction } from "@/db/client";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { FactType } from "@/lib/events/catalogue";
import { agentCards, merchantOf } from "@/lib/identity/queries";
import type { Context } from "@/lib/platform/context";
import { emit, jobsOf } from "@/lib/platform/jobs/emit";
import { broadcastChange, broadcastMessage } from "./broadcast";
import { type Content, contentOf } from "./parts";
import { ALLOWED } from "./policy";
import { type Appended, appendMessage, changeConversation, type NewMessage } from "./repository";
import type { ConversationRow } from "./rows";
import type { Message, MessagePart } from "./schema";
import { toMessage } from "./serialize";

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
    jobs: input.authorKind === "system" ? [] : jobsOf(fact, payload, merchantId),
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
  notice: {
    readonly key: string;
    readonly values?: Record<string, string | number>;
    readonly internal?: boolean;
    readonly more?: readonly MessagePart[];
  },
): Promise<Extract<Appended, { message: unknown }>> {
  const content: Content = contentOf([
    { type: "notice", key: notice.key, values: notice.values ?? {} },
    ...(notice.more ?? []),
  ]);
  const stored = await writeMessage(tx, context, {
    conversationId,
    allowedStatuses: ALLOWED.note,
    authorKind: "system",
    authorId: null,
    visibility: notice.internal ? "internal" : "public",
    content,
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
 * @param clientId made from the question, so that a repeated job finds its own answer
 * @returns the message, or undefined when the conversation is no longer the bot's
 */
export async function postBotMessage(
  context: Context<ActorOf<"bot">>,
  input: {
    readonly conversationId: string;
    readonly clientId: string;
    readonly parts: readonly MessagePart[];
    readonly botFailures?: number;
  },
): Promise<Message | undefined> {
  const stored = await writeMessage(context.db, context, {
    conversationId: input.conversationId,
    allowedStatuses: ALLOWED.bot_post,
    authorKind: "bot",
    authorId: null,
    visibility: "public",
    content: contentOf(input.parts),
    clientId: input.clientId,
  });
  if (stored.outcome === "missing" || stored.outcome === "refused") {
    return undefined;
  }
  if (input.botFailures !== undefined && stored.outcome === "created") {
    await rowsOf(
      context.db,
      sql`update conversations set bot_failures = ${input.botFailures} where id = ${input.conversationId}`,
    );
  }
  return announce(context, stored);
}

/**
 * Puts a conversation into the queue for a person. One use case for the button, the words, the bot and the API.
 * Asking again while waiting changes nothing.
 *
 * @param input.reason why: `requested`, `bot_failed`, `sentiment`, `rule`
 * @returns the conversation after it, or undefined when it was not the bot's any more
 */
export async function requestHandoff(
  context: Context,
  input: { readonly conversationId: string; readonly reason: string },
): Promise<ConversationRow | undefined> {
  const merchantId = merchantOf(context);
  const at = context.now();
  const done = await context.db.transaction(async (tx) => {
    const row = await changeConversation(
      tx,
      { id: input.conversationId, merchantId, statuses: ALLOWED.handoff },
      sql`status = 'queued', queued_at = ${at.toISOString()}::timestamptz, bot_failures = 0,
          waiting_since = coalesce(waiting_since, ${at.toISOString()}::timestamptz)`,
    );
    if (!row) {
      return undefined;
    }
    const notice = await writeNotice(tx, context, row.id, { key: "queued" });
    await emit(tx, { merchantId, at }, "conversation.queued", { conversationId: row.id, reason: input.reason });
    return notice;
  });
  if (!done) {
    return undefined;
  }
  await announce(context, done);
  broadcastChange(done.conversation);
  return done.conversation;
}
