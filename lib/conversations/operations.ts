import type { ActorOf } from "@/lib/core/actor";
import type { Context } from "@/lib/platform/context";
import { operation } from "@/lib/platform/http/handler";
import { clientRealtimeSettings } from "@/lib/platform/realtime/settings";
import * as agents from "./agent-service";
import * as chat from "./chat-contracts";
import * as contracts from "./contracts";
import { whereTheyTalk } from "./handed-on-queries";
import { handToMerchant } from "./merchant-handover-service";
import { handOutside, outsideColleagues } from "./outside-handover-service";
import * as queries from "./queries";
import { recallMessage } from "./recall-service";
import { receivingMerchants } from "./receiving-merchant-queries";
import { searchMessages } from "./search-queries";
import { startSession } from "./sessions";
import { transferConversation } from "./transfer-service";
import { visitorMovedOn } from "./visit-page-service";
import { searchOwnMessages } from "./visitor-search-queries";
import * as visitors from "./visitor-service";
import { visitorState } from "./visitor-state";

const done = { ok: true } as const;

/** A conversation of the visitor's, here or where it was handed to. */
const theirs = (context: Context<ActorOf<"visitor">>, id: string) =>
  whereTheyTalk(context, id, (visitor) => visitors.ownConversation(visitor, id));

export const listConversationsOperation = operation(contracts.listConversations, ({ query }, context) =>
  queries.listConversations(context, query),
);
export const getConversationOperation = operation(contracts.getConversation, ({ params }, context) =>
  queries.getConversation(context, params.id),
);
export const listMessagesOperation = operation(contracts.listMessages, ({ params, query }, context) =>
  queries.listMessages(context, params.id, query),
);
export const searchMessagesOperation = operation(contracts.searchMessages, async ({ query }, context) => ({
  items: await searchMessages(context, query),
}));
export const postReplyOperation = operation(contracts.postReply, ({ params, body }, context) =>
  agents.postReply(context, params.id, body),
);
export const claimOperation = operation(contracts.claimConversation, async ({ params }, context) => {
  await agents.claimConversation(context, params.id);
  return queries.getConversation(context, params.id);
});
export const transferOperation = operation(contracts.transferConversation, async ({ params, body }, context) => {
  if (body.to.kind === "outside") {
    await handOutside(context, params.id, { colleagueId: body.to.colleagueId, note: body.note });
  } else if (body.to.kind === "merchant") {
    await handToMerchant(context, params.id, { merchantId: body.to.merchantId, note: body.note });
  } else {
    await transferConversation(context, params.id, { ...body, to: body.to });
  }
  return queries.getConversation(context, params.id);
});
export const listOutsideColleaguesOperation = operation(
  contracts.listOutsideColleagues,
  async ({ params }, context) => ({ items: [...(await outsideColleagues(context, params.id))] }),
);
export const listReceivingMerchantsOperation = operation(
  contracts.listReceivingMerchants,
  async ({ params, query }, context) => ({ items: await receivingMerchants(context, params.id, query.search) }),
);
export const resolveOperation = operation(contracts.resolveConversation, async ({ params }, context) => {
  await agents.resolveConversation(context, params.id);
  return queries.getConversation(context, params.id);
});
export const reopenOperation = operation(contracts.reopenConversation, async ({ params }, context) => {
  await agents.reopenConversation(context, params.id);
  return queries.getConversation(context, params.id);
});
export const markReadOperation = operation(contracts.markRead, async ({ params, body }, context) => {
  await agents.markReadByAgent(context, params.id, body.seq);
  return done;
});
export const typingOperation = operation(contracts.typing, async ({ params, body }, context) => {
  await agents.agentIsTyping(context, params.id, body.typing);
  return done;
});
export const recallOperation = operation(contracts.recallMessage, ({ params }, context) =>
  recallMessage(context, params.id, params.messageId),
);
export const visitorRecallOperation = operation(chat.recallOwnMessage, ({ params }, context) =>
  whereTheyTalk(context, params.id, (visitor) => recallMessage(visitor, params.id, params.messageId)),
);

export const startSessionOperation = operation(chat.startSession, async ({ body }, context) => ({
  ...(await startSession(context, body)),
  realtime: clientRealtimeSettings(),
}));
export const postVisitorMessageOperation = operation(chat.postVisitorMessage, async ({ body }, context) => {
  const { message, conversation } = await whereTheyTalk(context, body.conversationId ?? "", (visitor) =>
    visitors.postVisitorMessage(visitor, body),
  );
  return { message, conversation: await visitorState(context.db, conversation) };
});
export const getVisitorConversationOperation = operation(chat.getVisitorConversation, async ({ params }, context) =>
  visitorState(context.db, await theirs(context, params.id)),
);
export const listVisitorMessagesOperation = operation(chat.listVisitorMessages, async ({ params, query }, context) => {
  await theirs(context, params.id);
  return queries.listPublicMessages(context, params.id, query);
});
export const searchOwnMessagesOperation = operation(chat.searchOwnMessages, async ({ query }, context) => ({
  items: await searchOwnMessages(context, query),
}));
export const requestAgentOperation = operation(chat.requestAgent, async ({ body }, context) =>
  visitorState(
    context.db,
    await whereTheyTalk(context, body.conversationId ?? "", (visitor) =>
      visitors.askForAgent(visitor, body.conversationId),
    ),
  ),
);
export const leaveMessageOperation = operation(chat.leaveMessage, async ({ params, body }, context) =>
  visitorState(
    context.db,
    await whereTheyTalk(context, params.id, (visitor) => visitors.leaveMessage(visitor, params.id, body)),
  ),
);
export const visitorTypingOperation = operation(chat.visitorTyping, async ({ params, body }, context) => {
  await whereTheyTalk(context, params.id, (visitor) => visitors.visitorIsTyping(visitor, params.id, body));
  return done;
});
export const visitorPageOperation = operation(chat.visitorPage, async ({ params, body }, context) => {
  await whereTheyTalk(context, params.id, (visitor) => visitorMovedOn(visitor, params.id, body));
  return done;
});
export const visitorReadOperation = operation(chat.visitorRead, async ({ params, body }, context) => {
  await whereTheyTalk(context, params.id, (visitor) => visitors.markReadByVisitor(visitor, params.id, body.seq));
  return done;
});
export const endConversationOperation = operation(chat.endConversation, async ({ params }, context) =>
  visitorState(
    context.db,
    await whereTheyTalk(context, params.id, (visitor) => visitors.endByVisitor(visitor, params.id)),
  ),
);
export const rateConversationOperation = operation(chat.rateConversation, async ({ params, body }, context) => {
  await whereTheyTalk(context, params.id, (visitor) => visitors.rateConversation(visitor, params.id, body));
  return done;
});
