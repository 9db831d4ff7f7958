import { operation } from "@/lib/platform/http/handler";
import { clientRealtimeSettings } from "@/lib/platform/realtime/settings";
import * as agents from "./agent-service";
import * as chat from "./chat-contracts";
import * as contracts from "./contracts";
import { handOutside, outsideColleagues } from "./outside-handover-service";
import * as queries from "./queries";
import { recallMessage } from "./recall-service";
import { searchMessages } from "./search-queries";
import { startSession } from "./sessions";
import { transferConversation } from "./transfer-service";
import { searchOwnMessages } from "./visitor-search-queries";
import * as visitors from "./visitor-service";
import { visitorState } from "./visitor-state";

const done = { ok: true } as const;

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
  } else {
    await transferConversation(context, params.id, { ...body, to: body.to });
  }
  return queries.getConversation(context, params.id);
});
export const listOutsideColleaguesOperation = operation(
  contracts.listOutsideColleagues,
  async ({ params }, context) => ({ items: [...(await outsideColleagues(context, params.id))] }),
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
  recallMessage(context, params.id, params.messageId),
);

export const startSessionOperation = operation(chat.startSession, async ({ body }, context) => ({
  ...(await startSession(context, body)),
  realtime: clientRealtimeSettings(),
}));
export const postVisitorMessageOperation = operation(chat.postVisitorMessage, async ({ body }, context) => {
  const { message, conversation } = await visitors.postVisitorMessage(context, body);
  return { message, conversation: await visitorState(context.db, conversation) };
});
export const getVisitorConversationOperation = operation(chat.getVisitorConversation, async ({ params }, context) =>
  visitorState(context.db, await visitors.ownConversation(context, params.id)),
);
export const listVisitorMessagesOperation = operation(chat.listVisitorMessages, async ({ params, query }, context) => {
  await visitors.ownConversation(context, params.id);
  return queries.listPublicMessages(context, params.id, query);
});
export const searchOwnMessagesOperation = operation(chat.searchOwnMessages, async ({ query }, context) => ({
  items: await searchOwnMessages(context, query),
}));
export const requestAgentOperation = operation(chat.requestAgent, async ({ body }, context) =>
  visitorState(context.db, await visitors.askForAgent(context, body.conversationId)),
);
export const leaveMessageOperation = operation(chat.leaveMessage, async ({ params, body }, context) =>
  visitorState(context.db, await visitors.leaveMessage(context, params.id, body)),
);
export const visitorTypingOperation = operation(chat.visitorTyping, async ({ params, body }, context) => {
  await visitors.visitorIsTyping(context, params.id, body.typing);
  return done;
});
export const visitorReadOperation = operation(chat.visitorRead, async ({ params, body }, context) => {
  await visitors.markReadByVisitor(context, params.id, body.seq);
  return done;
});
export const endConversationOperation = operation(chat.endConversation, async ({ params }, context) =>
  visitorState(context.db, await visitors.endByVisitor(context, params.id)),
);
export const rateConversationOperation = operation(chat.rateConversation, async ({ params, body }, context) => {
  await visitors.rateConversation(context, params.id, body);
  return done;
});
