import { eq, sql } from "drizzle-orm";
import type { Executor } from "@/db/client";
import { ratings } from "@/db/schema/conversations";
import { customers } from "@/db/schema/customers";
import type { ActorOf } from "@/lib/core/actor";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { emit } from "@/lib/platform/jobs/emit";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { publish } from "@/lib/platform/realtime/publish";
import { readSettings } from "@/lib/settings/service";
import { broadcastChange, broadcastRow } from "./broadcast";
import { chatSettings } from "./chat-settings-schema";
import { actingIn } from "./handed-on-queries";
import { type Opening, openConversation, openWith } from "./opening-service";
import { type Content, contentFromPerson } from "./parts";
import { ALLOWED } from "./policy";
import { quotesOf } from "./quotes";
import { changeConversation, findConversation, findSaid } from "./repository";
import type { ConversationRow } from "./rows";
import type { Message, RatingInput, SentPart } from "./schema";
import { toMessage } from "./serialize";
import { announce, postMessage, requestHandoff, writeMessage, writeNotice } from "./service";
import { wake } from "./triage-service";
import { previewOfTyping } from "./typing-preview";

type VisitorContext = Context<ActorOf<"visitor">>;

/** An own conversation. Another visitor's id answers as if it did not exist (T39). @throws AppError not_found */
export async function ownConversation(context: VisitorContext, id: string): Promise<ConversationRow> {
  const row = await findConversation(context.db, context.actor.merchantId, id);
  if (!row || row.customer_id !== context.actor.customerId) {
    throw new AppError("not_found", "conversation_not_found");
  }
  return row;
}

/**
 * A visitor's message. Repeating a `clientId` gives the first message back and stores nothing (T21), also when the
 * conversation has ended since: a platform, an app or an admin may tell it again much later.
 *
 * @throws AppError invalid `message_empty` | `message_too_long` | `file_unknown`; not_found; conflict `conversation_ended`
 */
export async function postVisitorMessage(
  context: VisitorContext,
  input: {
    readonly clientId: string;
    readonly conversationId?: string | undefined;
    readonly parts: readonly SentPart[];
    readonly context?: Opening["page"];
  },
): Promise<{ message: Message; conversation: ConversationRow }> {
  const { actor } = context;
  const said = input.conversationId === undefined && (await findSaid(context.db, actor, input.clientId));
  if (said) {
    return { message: toMessage(said.message, new Map(), context.now()), conversation: said.conversation };
  }
  const { merchantId, customerId } = actor.home ?? actor;
  const uploader = { merchantId, kind: "visitor", id: customerId } as const;
  const scope = { merchantId: actor.merchantId, conversationId: input.conversationId ?? "", publicOnly: true };
  const quotes = await quotesOf(context.db, scope, input.parts);
  const content = await contentFromPerson(context.db, uploader, input.parts, quotes);
  if (input.conversationId === undefined) {
    const { row, message } = await openWith(context, { page: input.context, words: { ...input, content } });
    if (message) {
      return { message, conversation: row };
    }
    if (row.merchant_id !== actor.merchantId) {
      return postVisitorMessage(actingIn(context, row), { ...input, conversationId: row.id });
    }
    return postInto(context, row.id, input.clientId, content);
  }
  return postInto(context, input.conversationId, input.clientId, content);
}

async function postInto(context: VisitorContext, conversationId: string, clientId: string, content: Content) {
  const { actor } = context;
  const posted = await postMessage(context, {
    conversationId,
    customerId: actor.customerId,
    allowedStatuses: ALLOWED.visitor_post,
    authorKind: "visitor",
    authorId: actor.customerId,
    visibility: "public",
    content,
    clientId,
  });
  if (posted.conversation.status === "snoozed") {
    await wake(context, conversationId, "reply");
  }
  return posted;
}

/** The visitor asks for a person. @returns the conversation, queued (or already with somebody) */
export async function askForAgent(
  context: VisitorContext,
  conversationId: string | undefined,
): Promise<ConversationRow> {
  const row = conversationId ? await ownConversation(context, conversationId) : await openConversation(context);
  if (row.merchant_id !== context.actor.merchantId) {
    return row;
  }
  if (!ALLOWED.visitor_post.includes(row.status)) {
    throw new AppError("conflict", "conversation_ended");
  }
  return (
    (await requestHandoff(context, { conversationId: row.id, reason: "requested" })) ?? ownConversation(context, row.id)
  );
}

/** Keeps the visitor's words and a way to reach them for when somebody is there. @throws AppError conflict `not_waiting` */
export async function leaveMessage(
  context: VisitorContext,
  id: string,
  input: { readonly clientId: string; readonly text: string; readonly contact: string },
): Promise<ConversationRow> {
  const { actor } = context;
  await ownConversation(context, id);
  const uploader = { merchantId: actor.merchantId, kind: "visitor", id: actor.customerId } as const;
  const content = await contentFromPerson(context.db, uploader, [{ type: "text", text: input.text }]);
  const done = await context.db.transaction(async (tx) => {
    const row = await changeConversation(
      tx,
      { id, merchantId: actor.merchantId, statuses: [...ALLOWED.leave_message, "offline"] },
      sql`status = 'offline'`,
    );
    if (!row) {
      throw new AppError("conflict", "not_waiting");
    }
    const contact = input.contact.trim();
    await tx
      .update(customers)
      .set(contact.includes("@") ? { email: contact } : { phone: contact })
      .where(eq(customers.id, actor.customerId));
    const left = await writeMessage(tx, context, {
      conversationId: id,
      customerId: actor.customerId,
      allowedStatuses: ["offline"],
      authorKind: "visitor",
      authorId: actor.customerId,
      visibility: "public",
      content,
      clientId: input.clientId,
    });
    await emit(tx, { merchantId: actor.merchantId, at: context.now() }, "conversation.message_left", {
      conversationId: id,
    });
    return { left, notice: await writeNotice(tx, context, id, { key: "message_left" }) };
  });
  if (done.left.outcome === "created" || done.left.outcome === "duplicate") {
    await announce(context, done.left);
  }
  await announce(context, done.notice);
  broadcastChange(done.notice.conversation);
  return done.notice.conversation;
}

/** The visitor ends the conversation; ending an ended one changes nothing. */
export async function endByVisitor(context: VisitorContext, id: string): Promise<ConversationRow> {
  const { actor } = context;
  const own = await ownConversation(context, id);
  const done = await context.db.transaction(async (tx) => {
    const row = await changeConversation(
      tx,
      { id, merchantId: actor.merchantId, statuses: ALLOWED.end },
      sql`status = 'resolved', resolved_at = ${context.now().toISOString()}::timestamptz, waiting_since = null`,
    );
    if (!row) {
      return undefined;
    }
    const notice = await writeNotice(tx, context, id, { key: "ended_by_visitor" });
    await emit(tx, { merchantId: actor.merchantId, at: context.now() }, "conversation.resolved", {
      conversationId: id,
      by: "visitor",
    });
    return notice;
  });
  if (!done) {
    return ownConversation(context, own.id);
  }
  await announce(context, done);
  broadcastChange(done.conversation);
  return done.conversation;
}

/** Stores the customer's rating; rating again replaces it. @throws AppError conflict `not_ended` */
export async function rateConversation(context: VisitorContext, id: string, input: RatingInput): Promise<void> {
  const { actor } = context;
  const row = await ownConversation(context, id);
  if (!ALLOWED.rate.includes(row.status)) {
    throw new AppError("conflict", "not_ended");
  }
  const notice = await context.db.transaction(async (tx) => {
    const values = { stars: input.stars, tags: input.tags, comment: input.comment ?? null };
    await tx
      .insert(ratings)
      .values({
        id: newId("rating", context.now()),
        conversationId: id,
        merchantId: actor.merchantId,
        customerId: actor.customerId,
        agentId: row.assignee_id,
        ...values,
      })
      .onConflictDoUpdate({ target: ratings.conversationId, set: values });
    await emit(tx, { merchantId: actor.merchantId, at: context.now() }, "conversation.rated", {
      conversationId: id,
      stars: input.stars,
    });
    return writeNotice(tx, context, id, { key: "rated", values: { stars: input.stars }, internal: true });
  });
  await announce(context, notice);
}

/** How far the visitor has read; never moves back. */
export async function markReadByVisitor(context: VisitorContext, id: string, seq: number): Promise<void> {
  await ownConversation(context, id);
  const row = await changeConversation(
    context.db,
    {
      id,
      merchantId: context.actor.merchantId,
      statuses: ALLOWED.note,
      and: sql`visitor_read_seq < ${seq} and ${seq} <= last_seq`,
    },
    sql`visitor_read_seq = ${seq}`,
  );
  if (row) {
    publish([realtimeChannel.conversation(id)], "read", { conversationId: id, side: "visitor", seq });
    broadcastRow(row);
  }
}

/**
 * Tells the agents that the visitor is typing, and what where the merchant has it so; kept nowhere. Only agents listen
 * to the channel that it goes to.
 */
export async function visitorIsTyping(
  context: VisitorContext,
  id: string,
  said: { readonly typing: boolean; readonly text?: string | undefined },
): Promise<void> {
  await ownConversation(context, id);
  await showCustomerTyping(context.db, { id, merchantId: context.actor.merchantId }, said);
}

/** The same for a conversation that is known to be the customer's, on whichever channel. */
export async function showCustomerTyping(
  executor: Executor,
  { id, merchantId }: { readonly id: string; readonly merchantId: string },
  said: { readonly typing: boolean; readonly text?: string | undefined },
): Promise<void> {
  const { typing, text = "" } = said;
  const isShown = typing && text !== "" && (await readSettings(executor, merchantId, chatSettings)).typingPreview;
  publish([realtimeChannel.conversation(id)], "typing", {
    conversationId: id,
    side: "visitor",
    typing,
    ...(isShown && { text: previewOfTyping(text) }),
  });
}
