import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

const TAG = "Compatibility";
/** The caller's own name for a person. Earlier systems also wrote numbers. */
const userId = z.union([z.string(), z.number()]).transform(String).pipe(z.string().trim().min(1).max(128));
const text = z.string().trim().min(1).max(5_000);

/** One line of a conversation as seed 000 shows it. */
const chatRecord = z.object({
  role: z.enum(["user", "ai", "service"]),
  content: z.string(),
  /** `YYYY-MM-DD HH:mm:ss` in the merchant's time zone. */
  time: z.string(),
});
export type ChatRecord = z.infer<typeof chatRecord>;
const records = z.array(chatRecord);
const ok = z.literal(200);

const base = { tag: TAG, audience: ["key"], unprocessable: true } as const;

export const aiChat = defineContract({
  ...base,
  name: "aiChat",
  summary: "Ask the bot and get its answer in the response",
  method: "POST",
  path: "/api/ai_chat",
  permission: "conversations.reply",
  body: z.object({ user_id: userId, msg: text }),
  result: z.object({ code: ok, ai_reply: z.string(), need_transfer: z.boolean(), chat_records: records }),
});

export const transferService = defineContract({
  ...base,
  name: "transferService",
  summary: "Put a user into the queue for a person; 409 `queue_full` when the line is full",
  method: "POST",
  path: "/api/transfer_service",
  permission: "conversations.reply",
  body: z.object({ user_id: userId }),
  result: z.object({
    code: ok,
    msg: z.string(),
    /** Place in the line, from 1; 0 when somebody has the conversation already, or nobody can take it now. */
    queue_num: z.number().int(),
    service_status: z.enum(["online", "offline"]),
  }),
});

export const serviceReply = defineContract({
  ...base,
  name: "serviceReply",
  summary: "Answer a user as a person of the service",
  method: "POST",
  path: "/api/service_reply",
  permission: "conversations.reply",
  body: z.object({ user_id: userId, service_msg: text }),
  result: z.object({ code: ok, service_msg: z.string(), chat_records: records }),
});

export const listWechatMessages = defineContract({
  ...base,
  name: "listWechatMessages",
  summary: "Messages of all WeChat channels, newest first",
  method: "GET",
  path: "/api/wechat/messages",
  permission: "conversations.read",
  query: z.object({
    user_id: z.string().max(128).optional(),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    limit: z.coerce.number().int().min(1).max(100).default(10),
  }),
  result: z.object({
    total: z.number().int(),
    page: z.number().int(),
    limit: z.number().int(),
    messages: z.array(chatRecord.extend({ user_id: z.string(), msg_type: z.string(), msg_id: z.string() })),
  }),
});

export const signWechatPage = defineContract({
  ...base,
  name: "signWechatPage",
  summary: "Signature of a page for WeChat's JS-SDK",
  method: "GET",
  path: "/api/wechat/jsapi",
  permission: "channels.read",
  query: z.object({ url: z.string().min(1).max(2_000), channel: z.string().max(40).optional() }),
  result: z.object({
    appId: z.string(),
    /** Seconds since 1970, as text. */
    timestamp: z.string(),
    nonceStr: z.string(),
    signature: z.string(),
    url: z.string(),
  }),
});

export const sendMessage = defineContract({
  ...base,
  name: "sendMessage",
  summary: "A customer's message on a channel, named by kind or id",
  method: "POST",
  path: "/api/message",
  permission: "conversations.reply",
  body: z.object({
    channel: z.string().trim().min(1).max(40).default("api"),
    customer_id: userId,
    message: text,
    /** The caller's own id of the message: the same again stores nothing. */
    message_id: z.string().min(1).max(128).optional(),
  }),
  result: z.object({ code: ok, message_id: z.string(), conversation_id: z.string(), status: z.string() }),
});

export const getServiceStatus = defineContract({
  ...base,
  name: "getServiceStatus",
  summary: "Whether the service runs, and what it is busy with",
  method: "GET",
  path: "/status",
  permission: "conversations.read",
  result: z.object({
    status: z.literal("ok"),
    service: z.string(),
    /** Seconds since 1970. */
    timestamp: z.number().int(),
    channels: z.number().int(),
    open_conversations: z.number().int(),
    waiting: z.number().int(),
    agents_online: z.number().int(),
  }),
});

/** Seconds. */
const span = z.object({
  count: z.number().int(),
  average: z.number().nullable(),
  median: z.number().nullable(),
  p95: z.number().nullable(),
});

export const getStats = defineContract({
  ...base,
  name: "getStats",
  summary: "Numbers of the last days: response times, share resolved, satisfaction, channels, agents, trend",
  method: "GET",
  path: "/api/stats",
  permission: "analytics.read",
  query: z.object({
    /** Days (`7d`), weeks (`2w`), months of 30 days (`1m`), or `today`; a year at most. */
    period: z
      .string()
      .regex(/^(?:today|[1-9]\d{0,2}[dwm])$/)
      .default("7d"),
  }),
  result: z.object({
    code: ok,
    period: z.string(),
    /** First and last day, in the merchant's time zone. */
    from: z.iso.date(),
    to: z.iso.date(),
    time_zone: z.string(),
    conversations: z.number().int(),
    messages: z.number().int(),
    visitors: z.number().int(),
    response_time: span,
    first_response_time: span,
    resolution_time: span,
    /** Shares, 0–1; null where there is nothing to divide. */
    resolution_rate: z.number().nullable(),
    bot_rate: z.number().nullable(),
    /** Mean stars, 1–5. */
    satisfaction: z.number().nullable(),
    ratings: z.number().int(),
    channels: z.array(z.object({ id: z.string(), name: z.string(), count: z.number().int() })),
    agents: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        resolved: z.number().int(),
        response_time: z.number().nullable(),
        satisfaction: z.number().nullable(),
      }),
    ),
    trend: z.array(z.object({ date: z.string(), conversations: z.number().int() })),
  }),
  perMinute: 120,
});

export const getConversationOfUser = defineContract({
  ...base,
  name: "getConversationOfUser",
  summary: "The open conversation of a user; null when there is none",
  method: "GET",
  path: "/get_conversation",
  permission: "conversations.read",
  query: z.object({ user_id: z.string().trim().min(1).max(128) }),
  result: z.object({ user_id: z.string(), conversation_id: z.string().nullable(), status: z.string().nullable() }),
});

export const resetConversation = defineContract({
  ...base,
  name: "resetConversation",
  summary: "Let a user begin again with the bot; a conversation that a person has is left alone",
  method: "POST",
  path: "/reset_conversation",
  permission: "conversations.reply",
  body: z.object({ user_id: userId }),
  result: z.object({ status: z.literal("success"), user_id: z.string(), reset: z.boolean() }),
});

export const clearConversations = defineContract({
  ...base,
  name: "clearConversations",
  summary: "Let all users begin again with the bot; conversations that people have are left alone",
  method: "POST",
  path: "/clear",
  permission: "conversations.reply",
  result: z.object({ status: z.literal("success"), cleared: z.number().int() }),
  perMinute: 10,
});
