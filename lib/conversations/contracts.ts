import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/pagination";
import { defineContract } from "@/lib/platform/http/contract";
import {
  conversationCounts,
  conversationSummary,
  conversationTab,
  message,
  outsideColleague,
  receivingMerchant,
  sentPart,
} from "./schema";
import { searchFilters } from "./search-schema";

const byId = z.object({ id: z.string().max(40) });
const clientId = z.string().min(8).max(64);

/** Messages of one conversation: newest page, older pages (`beforeSeq`), or the gap after a lost connection (`afterSeq`). */
export const messageRange = z.object({
  afterSeq: z.coerce.number().int().min(0).optional(),
  beforeSeq: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const listConversations = defineContract({
  name: "listConversations",
  summary: "List conversations of a tab, newest activity first",
  tag: "Conversations",
  method: "GET",
  path: "/api/v1/conversations",
  audience: ["agent", "key"],
  permission: "conversations.read",
  query: pageQuery.extend({ tab: conversationTab.default("mine"), search: z.string().max(100).optional() }),
  result: pageOf(conversationSummary).extend({ counts: conversationCounts }),
});

export const getConversation = defineContract({
  name: "getConversation",
  summary: "One conversation",
  tag: "Conversations",
  method: "GET",
  path: "/api/v1/conversations/{id}",
  audience: ["agent", "key"],
  permission: "conversations.read",
  params: byId,
  result: conversationSummary,
});

export const listMessages = defineContract({
  name: "listMessages",
  summary: "Messages of a conversation, in order",
  tag: "Conversations",
  method: "GET",
  path: "/api/v1/conversations/{id}/messages",
  audience: ["agent", "key"],
  permission: "conversations.read",
  params: byId,
  query: messageRange,
  result: z.object({ items: z.array(message), hasMore: z.boolean() }),
});

export const postReply = defineContract({
  name: "postReply",
  summary: "Reply to the customer, or leave an internal note",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/conversations/{id}/messages",
  audience: ["agent", "key"],
  permission: "conversations.reply",
  params: byId,
  body: z.object({
    clientId,
    parts: z.array(sentPart).min(1).max(30),
    visibility: z.enum(["public", "internal"]).default("public"),
  }),
  result: message,
  status: 201,
  perMinute: 600,
});

export const claimConversation = defineContract({
  name: "claimConversation",
  summary: "Take a waiting conversation, or take one over (supervisors)",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/conversations/{id}/claim",
  audience: ["agent"],
  permission: "conversations.reply",
  params: byId,
  result: conversationSummary,
});

export const transferConversation = defineContract({
  name: "transferConversation",
  summary: "Hand a conversation to another agent, a team, another merchant, back to the queue, or back to the bot",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/conversations/{id}/transfer",
  audience: ["agent", "key"],
  permission: "conversations.reply",
  params: byId,
  body: z.object({
    to: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("agent"), agentId: z.string().max(40) }),
      z.object({ kind: z.literal("queue"), skill: z.string().trim().min(1).max(40).optional() }),
      /** In line, but only for the team's members. */
      z.object({ kind: z.literal("team"), teamId: z.string().max(40) }),
      z.object({ kind: z.literal("bot") }),
      /** Another merchant on this platform that takes it; the customer writes on in the same chat. */
      z.object({ kind: z.literal("merchant"), merchantId: z.string().max(40) }),
      /** A colleague in the platform's own app (WeCom servicer). */
      z.object({ kind: z.literal("outside"), colleagueId: z.string().min(1).max(128) }),
    ]),
    note: z.string().max(1_000).optional(),
  }),
  result: conversationSummary,
});

export const listOutsideColleagues = defineContract({
  name: "listOutsideColleagues",
  summary: "Colleagues in the platform's own app (WeCom) who may be given this conversation",
  tag: "Conversations",
  method: "GET",
  path: "/api/v1/conversations/{id}/outside-colleagues",
  audience: ["agent", "key"],
  permission: "conversations.reply",
  params: byId,
  result: z.object({ items: z.array(outsideColleague) }),
});

export const listReceivingMerchants = defineContract({
  name: "listReceivingMerchants",
  summary: "Other merchants on this platform that this conversation may be handed to",
  tag: "Conversations",
  method: "GET",
  path: "/api/v1/conversations/{id}/merchants",
  audience: ["agent", "key"],
  permission: "conversations.reply",
  params: byId,
  query: z.object({ search: z.string().trim().max(80).default("") }),
  result: z.object({ items: z.array(receivingMerchant) }),
});

export const resolveConversation = defineContract({
  name: "resolveConversation",
  summary: "Mark as solved; the customer is asked to rate",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/conversations/{id}/resolve",
  audience: ["agent", "key"],
  permission: "conversations.reply",
  params: byId,
  result: conversationSummary,
});

export const reopenConversation = defineContract({
  name: "reopenConversation",
  summary: "Open a solved conversation again, assigned to the caller",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/conversations/{id}/reopen",
  audience: ["agent"],
  permission: "conversations.reply",
  params: byId,
  result: conversationSummary,
});

export const markRead = defineContract({
  name: "markRead",
  summary: "The agent has read up to a message",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/conversations/{id}/read",
  audience: ["agent"],
  permission: "conversations.read",
  params: byId,
  body: z.object({ seq: z.number().int().min(0) }),
  result: z.object({ ok: z.literal(true) }),
});

export const typing = defineContract({
  name: "typing",
  summary: "The agent is typing (ephemeral)",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/conversations/{id}/typing",
  audience: ["agent"],
  permission: "conversations.reply",
  params: byId,
  body: z.object({ typing: z.boolean() }),
  result: z.object({ ok: z.literal(true) }),
});

export const recallMessage = defineContract({
  name: "recallMessage",
  summary: "Take back an own message within two minutes",
  tag: "Conversations",
  method: "POST",
  path: "/api/v1/conversations/{id}/messages/{messageId}/recall",
  audience: ["agent"],
  permission: "conversations.reply",
  params: z.object({ id: z.string().max(40), messageId: z.string().max(40) }),
  result: message,
});

export const searchMessages = defineContract({
  name: "searchMessages",
  summary: "Find messages by their words, Chinese or English, and by who wrote them, where and when",
  tag: "Conversations",
  method: "GET",
  path: "/api/v1/messages/search",
  audience: ["agent", "key"],
  permission: "conversations.read",
  query: searchFilters.extend({
    /** May be empty where a filter is given. */
    q: z.string().max(100).default(""),
    limit: z.coerce.number().int().min(1).max(50).default(20),
  }),
  result: z.object({ items: z.array(message.extend({ customerName: z.string().nullable() })) }),
});
