import { listChannels } from "@/lib/channels/queries";
import { signWechatPage } from "@/lib/channels/wechat-page-service";
import { countConversations } from "@/lib/conversations/queries";
import { listAgents } from "@/lib/identity/queries";
import { operation } from "@/lib/platform/http/handler";
import { answerUser, queueUser, replyToUser, resetEverybody, resetUser, takeMessage } from "./chat-service";
import * as contracts from "./contracts";
import { wechatRecords } from "./records";
import { statsOf } from "./stats";
import { findUser } from "./users";

const code = 200 as const;

export const aiChatOperation = operation(contracts.aiChat, async ({ body }, context) => ({
  code,
  ...(await answerUser(context, { userId: body.user_id, text: body.msg })),
}));

export const transferServiceOperation = operation(contracts.transferService, async ({ body }, context) => ({
  code,
  ...(await queueUser(context, body.user_id)),
}));

export const serviceReplyOperation = operation(contracts.serviceReply, async ({ body }, context) => ({
  code,
  service_msg: body.service_msg,
  chat_records: await replyToUser(context, body.user_id, body.service_msg),
}));

export const listWechatMessagesOperation = operation(contracts.listWechatMessages, async ({ query }, context) => ({
  page: query.page,
  limit: query.limit,
  ...(await wechatRecords(context.db, context.actor.merchantId, { ...query, userId: query.user_id })),
}));

export const signWechatPageOperation = operation(contracts.signWechatPage, async ({ query }, context) => {
  const where = { merchantId: context.actor.merchantId, channelId: query.channel };
  const signed = await signWechatPage(context, where, query.url);
  return { ...signed, timestamp: String(signed.timestamp) };
});

export const sendMessageOperation = operation(contracts.sendMessage, async ({ body }, context) => ({
  code,
  ...(await takeMessage(context, {
    channel: body.channel,
    userId: body.customer_id,
    text: body.message,
    messageId: body.message_id,
  })),
}));

export const getServiceStatusOperation = operation(contracts.getServiceStatus, async (_, context) => {
  const [channels, counts, agents] = await Promise.all([
    listChannels(context),
    countConversations(context),
    listAgents(context),
  ]);
  return {
    status: "ok" as const,
    service: "yingda",
    timestamp: Math.floor(context.now().getTime() / 1_000),
    channels: channels.filter(({ enabled }) => enabled).length,
    open_conversations: counts.all,
    waiting: counts.queued,
    agents_online: agents.filter(({ presence, disabled }) => presence === "online" && !disabled).length,
  };
});

export const getStatsOperation = operation(contracts.getStats, async ({ query }, context) => ({
  code,
  ...(await statsOf(context, query.period)),
}));

export const getConversationOfUserOperation = operation(contracts.getConversationOfUser, async ({ query }, context) => {
  const user = await findUser(context, query.user_id);
  const open = user && user.status !== "resolved" && user.status !== "closed" ? user : undefined;
  return { user_id: query.user_id, conversation_id: open?.conversationId ?? null, status: open?.status ?? null };
});

export const resetConversationOperation = operation(contracts.resetConversation, async ({ body }, context) => ({
  status: "success" as const,
  user_id: body.user_id,
  reset: await resetUser(context, body.user_id),
}));

export const clearConversationsOperation = operation(contracts.clearConversations, async (_, context) => ({
  status: "success" as const,
  cleared: await resetEverybody(context),
}));
