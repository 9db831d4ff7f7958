import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";
import { messageRange } from "./contracts";
import { message, ratingInput, sentPart, visitorConversation } from "./schema";

const byId = z.object({ id: z.string().max(40) });

/** What a page tells of itself; strings are data, shown as text only. */
export const visitorContext = z.object({
  url: z.string().max(2_000).optional(),
  title: z.string().max(300).optional(),
  referrer: z.string().max(2_000).optional(),
  /** What the address says of an advertisement or a mail (`utm_source`, `utm_medium`, `utm_campaign`). */
  campaign: z
    .object({
      source: z.string().max(200).optional(),
      medium: z.string().max(200).optional(),
      name: z.string().max(200).optional(),
    })
    .optional(),
  userAgent: z.string().max(400).optional(),
  /** Width × height in CSS pixels. */
  screen: z.string().max(20).optional(),
  language: z.string().max(35).optional(),
  timeZone: z.string().max(60).optional(),
  /** Pages of this visit, each once; the newest last. Kept only where the merchant's settings allow it. */
  pages: z
    .array(
      z.object({
        url: z.string().max(2_000),
        title: z.string().max(300),
        /** How long ago they came to it, in seconds. */
        ago: z.number().min(0).max(604_800),
      }),
    )
    .max(20)
    .optional(),
  /** The visitor came by the channel's greeting: it becomes the first message of a new conversation. */
  greeted: z.boolean().optional(),
});

export const realtimeSettings = z.object({
  key: z.string(),
  /** Host and port of an own server; absent with hosted Pusher. "same-origin" means the page's own. */
  host: z.string().nullable(),
  port: z.number().int().nullable(),
  cluster: z.string(),
  tls: z.boolean().nullable(),
});

export const startSession = defineContract({
  name: "startChatSession",
  summary: "Begin or resume a visitor's session; answers a token, the open conversation and its newest messages",
  tag: "Chat",
  method: "POST",
  path: "/api/v1/chat/sessions",
  audience: ["public"],
  body: z.object({
    channelId: z.string().max(40),
    /** Token of an earlier visit. A forged, foreign or expired one is answered 401 `visitor_token_invalid`. */
    token: z.string().max(2_000).optional(),
    /** Identity signed by the merchant's server: `signature` = HMAC-SHA256 hex of `userId` with the channel's identity secret. */
    identity: z
      .object({
        userId: z.string().min(1).max(128),
        signature: z.string().max(128),
        name: z.string().max(80).optional(),
        email: z.string().max(200).optional(),
      })
      .optional(),
    locale: z.string().max(20).optional(),
    context: visitorContext.optional(),
  }),
  result: z.object({
    token: z.string(),
    visitor: z.object({ customerId: z.string(), name: z.string().nullable() }),
    conversation: visitorConversation.nullable(),
    messages: z.array(message),
    hasMore: z.boolean(),
    realtime: realtimeSettings,
  }),
  // Per address, and a whole campus may share one.
  perMinute: 600,
});

export const postVisitorMessage = defineContract({
  name: "postVisitorMessage",
  summary: "Send a message; opens the conversation when there is none. Repeating a clientId repeats nothing",
  tag: "Chat",
  method: "POST",
  path: "/api/v1/chat/messages",
  audience: ["visitor"],
  body: z.object({
    clientId: z.string().min(8).max(64),
    /** The conversation the visitor sees; when it has ended the answer is 409 `conversation_ended`. */
    conversationId: z.string().max(40).optional(),
    parts: z.array(sentPart).min(1).max(10),
    context: visitorContext.optional(),
  }),
  result: z.object({ message, conversation: visitorConversation }),
  status: 201,
  // Nobody types two messages a second for a minute; a flood of one is told to wait, and is nobody else's loss.
  perMinute: 120,
});

export const getVisitorConversation = defineContract({
  name: "getVisitorConversation",
  summary: "State of an own conversation: status, place in line, who answers",
  tag: "Chat",
  method: "GET",
  path: "/api/v1/chat/conversations/{id}",
  audience: ["visitor"],
  params: byId,
  result: visitorConversation,
});

export const listVisitorMessages = defineContract({
  name: "listVisitorMessages",
  summary: "Messages of an own conversation",
  tag: "Chat",
  method: "GET",
  path: "/api/v1/chat/conversations/{id}/messages",
  audience: ["visitor"],
  params: byId,
  query: messageRange,
  result: z.object({ items: z.array(message), hasMore: z.boolean() }),
});

export const searchOwnMessages = defineContract({
  name: "searchOwnMessages",
  summary: "Own messages and the replies to them that contain all words, over all visits, newest first",
  tag: "Chat",
  method: "GET",
  path: "/api/v1/chat/search",
  audience: ["visitor"],
  query: z.object({
    q: z.string().min(1).max(100),
    limit: z.coerce.number().int().min(1).max(50).default(30),
  }),
  result: z.object({ items: z.array(message) }),
  perMinute: 60,
});

export const requestAgent = defineContract({
  name: "requestAgent",
  summary: "Ask for a person; opens the conversation when there is none",
  tag: "Chat",
  method: "POST",
  path: "/api/v1/chat/handoff",
  audience: ["visitor"],
  body: z.object({ conversationId: z.string().max(40).optional() }),
  result: visitorConversation,
});

export const leaveMessage = defineContract({
  name: "leaveMessage",
  summary: "Nobody is there: leave a message with a way to reply",
  tag: "Chat",
  method: "POST",
  path: "/api/v1/chat/conversations/{id}/leave-message",
  audience: ["visitor"],
  params: byId,
  body: z.object({
    clientId: z.string().min(8).max(64),
    text: z.string().min(1).max(5_000),
    contact: z.string().min(3).max(200),
  }),
  result: visitorConversation,
});

export const visitorTyping = defineContract({
  name: "visitorTyping",
  summary: "The visitor is typing (kept nowhere); with the words so far where the merchant's agents see them",
  tag: "Chat",
  method: "POST",
  path: "/api/v1/chat/conversations/{id}/typing",
  audience: ["visitor"],
  params: byId,
  body: z.object({ typing: z.boolean(), text: z.string().max(5_000).optional() }),
  result: z.object({ ok: z.literal(true) }),
  // One a second while they write.
  perMinute: 120,
});

export const visitorPage = defineContract({
  name: "visitorPage",
  summary: "The page that the visitor looks at now",
  tag: "Chat",
  method: "PUT",
  path: "/api/v1/chat/conversations/{id}/page",
  audience: ["visitor"],
  params: byId,
  body: visitorContext,
  result: z.object({ ok: z.literal(true) }),
});

export const visitorRead = defineContract({
  name: "visitorRead",
  summary: "The visitor has read up to a message",
  tag: "Chat",
  method: "POST",
  path: "/api/v1/chat/conversations/{id}/read",
  audience: ["visitor"],
  params: byId,
  body: z.object({ seq: z.number().int().min(0) }),
  result: z.object({ ok: z.literal(true) }),
});

export const recallOwnMessage = defineContract({
  name: "recallOwnMessage",
  summary: "The visitor takes back an own message within two minutes",
  tag: "Chat",
  method: "POST",
  path: "/api/v1/chat/conversations/{id}/messages/{messageId}/recall",
  audience: ["visitor"],
  params: z.object({ id: z.string().max(40), messageId: z.string().max(40) }),
  result: message,
});

export const endConversation = defineContract({
  name: "endConversation",
  summary: "The visitor ends the conversation",
  tag: "Chat",
  method: "POST",
  path: "/api/v1/chat/conversations/{id}/end",
  audience: ["visitor"],
  params: byId,
  result: visitorConversation,
});

export const rateConversation = defineContract({
  name: "rateConversation",
  summary: "Rate an ended conversation; rating again replaces the rating",
  tag: "Chat",
  method: "POST",
  path: "/api/v1/chat/conversations/{id}/rating",
  audience: ["visitor"],
  params: byId,
  body: ratingInput,
  result: z.object({ ok: z.literal(true) }),
});
