import { sql } from "drizzle-orm";
import { rowsOf } from "@/db/client";
import { answerVisitor } from "@/lib/bot/answer";
import { findChannel, findDefaultChannel } from "@/lib/channels/lookup-queries";
import { adapterOf } from "@/lib/channels/registry";
import { postReply, resolveConversation } from "@/lib/conversations/agent-service";
import { asAppUser, takeAppMessage } from "@/lib/conversations/app-service";
import { availabilityOf } from "@/lib/conversations/availability-queries";
import { takeForIntegration } from "@/lib/conversations/integration-service";
import { conversationRow } from "@/lib/conversations/queries";
import { askForAgent, postVisitorMessage } from "@/lib/conversations/visitor-service";
import { visitorState } from "@/lib/conversations/visitor-state";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { listAgents } from "@/lib/identity/queries";
import { enqueue } from "@/lib/platform/jobs/emit";
import type { ChatRecord } from "./contracts";
import { chatRecords } from "./records";
import { apiChannelOf, findUser, type KeyContext, openConversationOf, words } from "./users";

/** How long the bot's own job waits while the request answers, in seconds: it is there for when this process ends. */
const JOB_WAITS_SECONDS = 60;

/** Where a user is spoken with: where they last spoke, else the API channel. */
async function channelOf(context: KeyContext, userId: string): Promise<string> {
  return (await findUser(context, userId))?.channelId ?? apiChannelOf(context);
}

async function answersAfter(context: KeyContext, conversationId: string, seq: number): Promise<string[]> {
  const rows = await rowsOf<{ text: string }>(
    context.db,
    sql`select text from messages where conversation_id = ${conversationId} and seq > ${seq} and author_kind = 'bot'
        and visibility = 'public' and text <> '' order by seq`,
  );
  return rows.map(({ text }) => text);
}

/**
 * Runs the bot on a user's message within the request. The job that would answer waits meanwhile, and finds nothing to
 * do: answers are known by their question.
 */
export async function answerUser(
  context: KeyContext,
  input: { readonly userId: string; readonly text: string },
): Promise<{ ai_reply: string; need_transfer: boolean; chat_records: ChatRecord[] }> {
  const user = await asAppUser(context, await apiChannelOf(context), { id: input.userId });
  const { message, conversation } = await postVisitorMessage(user, {
    clientId: newId("client", context.now()),
    parts: [{ type: "text", text: input.text }],
  });
  const { merchantId } = context.actor;
  if (conversation.status === "bot") {
    const payload = { conversationId: conversation.id, merchantId };
    await context.db.transaction((tx) =>
      enqueue(tx, {
        name: "bot.answer",
        payload,
        lane: `bot:${conversation.id}`,
        key: `bot:${conversation.id}`,
        delay: JOB_WAITS_SECONDS,
      }),
    );
    await answerVisitor(context, payload);
  }
  const after = (await conversationRow(context, merchantId, conversation.id)) ?? conversation;
  const answers = await answersAfter(context, conversation.id, message.seq);
  const withPeople = after.status !== "bot";
  return {
    ai_reply: answers.join("\n") || words(context)(withPeople ? "withPerson" : "noAnswer"),
    need_transfer: withPeople || after.bot_failures > 0 || answers.length === 0,
    chat_records: await chatRecords(context.db, conversation.id),
  };
}

async function serviceStatus(context: KeyContext): Promise<"online" | "offline"> {
  const agents = await listAgents(context);
  return agents.some(({ presence, disabled }) => presence === "online" && !disabled) ? "online" : "offline";
}

/**
 * A user asks for a person.
 *
 * @throws AppError conflict `queue_full` when nobody more gets into the line
 */
export async function queueUser(context: KeyContext, userId: string) {
  const t = words(context);
  const user = await asAppUser(context, await channelOf(context, userId), { id: userId });
  const row = await askForAgent(user, undefined);
  const status = await serviceStatus(context);
  if (row.status === "queued") {
    const place = (await visitorState(context.db, row)).queue?.position ?? 1;
    return { msg: t("queued", { place }), queue_num: place, service_status: status };
  }
  if (row.status === "bot") {
    const availability = await availabilityOf(context.db, context.actor.merchantId, context.now());
    if (availability.kind === "full") {
      throw new AppError("conflict", "queue_full");
    }
    return { msg: t("closed"), queue_num: 0, service_status: "offline" as const };
  }
  return { msg: t("connected"), queue_num: 0, service_status: status };
}

/** A person's answer from a system of the merchant's own. @throws AppError not_found; conflict; invalid */
export async function replyToUser(context: KeyContext, userId: string, text: string): Promise<ChatRecord[]> {
  const id = await openConversationOf(context, userId);
  await takeForIntegration(context, id);
  await postReply(context, id, {
    clientId: newId("client", context.now()),
    parts: [{ type: "text", text }],
    visibility: "public",
  });
  return chatRecords(context.db, id);
}

async function channelNamed(context: KeyContext, channel: string): Promise<string> {
  if (channel === "api" || channel === "app") {
    return apiChannelOf(context);
  }
  const found = adapterOf(channel)
    ? await findDefaultChannel(context.db, [channel], context.actor.merchantId)
    : await findChannel(context.db, channel);
  if (!found || found.merchantId !== context.actor.merchantId) {
    throw new AppError("not_found", "channel_not_found");
  }
  return found.id;
}

/** A customer's message on a channel that is named by kind or id; the bot and people answer there. */
export async function takeMessage(
  context: KeyContext,
  input: {
    readonly channel: string;
    readonly userId: string;
    readonly text: string;
    readonly messageId?: string | undefined;
  },
): Promise<{ message_id: string; conversation_id: string; status: string }> {
  const { message, conversation } = await takeAppMessage(context, await channelNamed(context, input.channel), {
    id: input.messageId,
    user: { id: input.userId },
    text: input.text,
  });
  return { message_id: message.id, conversation_id: conversation.id, status: conversation.status };
}

/** Ends a user's conversation with the bot, so that their next message begins a new one. @returns whether there was one */
export async function resetUser(context: KeyContext, userId: string): Promise<boolean> {
  const user = await findUser(context, userId);
  if (!user?.conversationId || user.status !== "bot") {
    return false;
  }
  await resolveConversation(context, user.conversationId);
  return true;
}

/** The same for everybody who is with the bot. @returns how many conversations ended */
export async function resetEverybody(context: KeyContext): Promise<number> {
  const rows = await rowsOf<{ id: string }>(
    context.db,
    sql`select id from conversations where merchant_id = ${context.actor.merchantId} and status = 'bot' order by id`,
  );
  for (const { id } of rows) {
    await resolveConversation(context, id);
  }
  return rows.length;
}
