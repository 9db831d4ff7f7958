import { z } from "zod";

/** Longest message a person may send, in characters (issue: "a message over 5,000 characters" is refused). */
export const MESSAGE_MAX_CHARACTERS = 5_000;

export const CONVERSATION_STATUSES = ["bot", "queued", "assigned", "snoozed", "offline", "resolved", "closed"] as const;
export const conversationStatus = z.enum(CONVERSATION_STATUSES);
export type ConversationStatus = z.infer<typeof conversationStatus>;

export const authorKind = z.enum(["visitor", "agent", "bot", "system"]);
export type AuthorKind = z.infer<typeof authorKind>;

const textPart = z.object({ type: z.literal("text"), text: z.string() });
const imagePart = z.object({
  type: z.literal("image"),
  fileId: z.string(),
  name: z.string(),
  mime: z.string(),
  size: z.number().int(),
  width: z.number().int().nullish(),
  height: z.number().int().nullish(),
  /** Signed address, put in when the message leaves the server; never stored. */
  url: z.string().optional(),
});
const filePart = z.object({
  type: z.literal("file"),
  fileId: z.string(),
  name: z.string(),
  mime: z.string(),
  size: z.number().int(),
  /** Length of a voice note, as its sender told it. */
  seconds: z.number().int().optional(),
  url: z.string().optional(),
});
/** Where a bot's answer came from. */
const citationPart = z.object({ type: z.literal("citation"), entryId: z.string(), title: z.string() });
/** Choices the customer can tap: hand-off offer, suggested questions. `action` is a closed set, never a script. */
const choicesPart = z.object({
  type: z.literal("choices"),
  choices: z.array(
    z.object({
      label: z.string(),
      action: z.enum(["ask", "handoff", "leave_message", "rate"]),
      value: z.string().optional(),
    }),
  ),
});
/** A line of the product's own ("转接给了 小林"): a message key with values, worded in each reader's language. */
const noticePart = z.object({
  type: z.literal("notice"),
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** What a message answers to: the first words of another message of the conversation. Emptied when that is recalled. */
export const quotePart = z.object({
  type: z.literal("quote"),
  messageId: z.string(),
  authorKind,
  /** Name of an agent; null for the customer and the bot. */
  name: z.string().nullable(),
  text: z.string(),
});
export type QuotePart = z.infer<typeof quotePart>;

/** A colleague who is called by name; in internal notes only. */
const mentionPart = z.object({ type: z.literal("mention"), agentId: z.string(), name: z.string() });
/** A supervisor's advice for the agent who has the conversation; in internal notes only. */
const whisperPart = z.object({ type: z.literal("whisper"), agentId: z.string(), name: z.string() });

/** A card that leads to a page, into a mini program, to a place, or to a colleague. */
const cardPart = z.object({
  type: z.literal("card"),
  title: z.string(),
  description: z.string(),
  url: z.string().optional(),
  app: z.object({ appId: z.string(), path: z.string() }).optional(),
  place: z.object({ latitude: z.number(), longitude: z.number() }).optional(),
  isContact: z.literal(true).optional(),
  picture: z.object({ fileId: z.string(), name: z.string(), mime: z.string(), size: z.number().int() }).optional(),
});
/** A message of a platform's fixed wording. */
const templatePart = z.object({
  type: z.literal("template"),
  templateId: z.string(),
  kind: z.enum(["template", "subscribe"]),
  title: z.string(),
  /** The wording with its fields filled in. */
  text: z.string(),
  fields: z.record(z.string(), z.string()),
  page: z.string().optional(),
});

/** A piece of a message, as it is stored and as it travels. */
export const messagePart = z.discriminatedUnion("type", [
  textPart,
  imagePart,
  filePart,
  citationPart,
  choicesPart,
  noticePart,
  quotePart,
  mentionPart,
  whisperPart,
  cardPart,
  templatePart,
]);
export type MessagePart = z.infer<typeof messagePart>;

/** What a person may send: words, or files they uploaded before. Everything about a file is looked up by its id. */
export const sentPart = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), text: z.string() }),
  z.object({
    type: z.literal("file"),
    fileId: z.string().max(40),
    /** Length of a voice note; counts for sound only. */
    seconds: z.number().int().min(1).max(3_600).optional(),
  }),
  z.object({ type: z.literal("quote"), messageId: z.string().max(40) }),
  /** A colleague to be told of an internal note; in a reply to the customer it counts for nothing. */
  z.object({ type: z.literal("mention"), agentId: z.string().max(40) }),
  /** Makes an internal note advice for the assignee (supervisors). */
  z.object({ type: z.literal("whisper") }),
]);
export type SentPart = z.infer<typeof sentPart>;

/** `deliveryError` of a reply that goes in the answer to the customer's next message: the account has no other way. */
export const AWAITS_CUSTOMER = "awaits_customer";

export const author = z.object({
  kind: authorKind,
  id: z.string().nullable(),
  name: z.string().nullable(),
  avatarUrl: z.string().nullable().optional(),
});

/** A message's words in a reader's language, one text for each text part, in their order. */
export const translation = z.object({ language: z.string(), texts: z.array(z.string()) });
export type Translation = z.infer<typeof translation>;

/** One message as clients see it. */
export const message = z.object({
  id: z.string(),
  conversationId: z.string(),
  seq: z.number().int(),
  author,
  visibility: z.enum(["public", "internal"]),
  parts: z.array(messagePart),
  clientId: z.string().nullable(),
  delivery: z.enum(["queued", "sent", "delivered", "failed"]),
  /** Why it was not delivered, or not yet: `window_closed`, `limit_reached`, `no_permission`, `unreachable` … */
  deliveryError: z.string().nullable().optional(),
  recalledAt: z.iso.datetime().nullable(),
  /** Signs that it was answered with, by agents and by the customer (`visitor`); left out where there are none. */
  reactions: z
    .array(z.object({ sign: z.string(), agentId: z.string(), name: z.string(), visitor: z.literal(true).optional() }))
    .optional(),
  /** Its words in the language of each side that reads another one than it was written in. */
  translations: z.object({ visitor: translation.optional(), agents: translation.optional() }).optional(),
  createdAt: z.iso.datetime(),
});
export type Message = z.infer<typeof message>;

const customerSummary = z.object({
  id: z.string(),
  name: z.string().nullable(),
  tags: z.array(z.string()),
  /** Signed address of the picture that their platform shows. */
  avatarUrl: z.string().nullish(),
  online: z.boolean().optional(),
});
export const agentSummary = z.object({ id: z.string(), name: z.string(), avatarUrl: z.string().nullable() });
export type AgentSummary = z.infer<typeof agentSummary>;

/** A row of the desk's list, and the head of an open conversation. */
export const conversationSummary = z.object({
  id: z.string(),
  merchantId: z.string(),
  status: conversationStatus,
  priority: z.number().int(),
  channel: z.object({ id: z.string(), type: z.string(), name: z.string() }),
  customer: customerSummary,
  assignee: agentSummary.nullable(),
  /** The team it was handed to: in line, only its members get it. */
  team: z.object({ id: z.string(), name: z.string() }).nullable(),
  locale: z.string().nullable(),
  lastSeq: z.number().int(),
  revision: z.number().int(),
  lastMessageAt: z.iso.datetime(),
  lastMessagePreview: z.string(),
  lastMessageAuthor: authorKind.nullable(),
  unreadCount: z.number().int(),
  agentReadSeq: z.number().int(),
  visitorReadSeq: z.number().int(),
  waitingSince: z.iso.datetime().nullable(),
  queuedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  resolvedAt: z.iso.datetime().nullable(),
  /** When a snoozed conversation comes back; null while it is not snoozed, or until the customer writes. */
  snoozedUntil: z.iso.datetime().nullable(),
  /** False when an agent switched the translation of this conversation off. */
  translates: z.boolean(),
  /** True when the caller works on it beside its assignee. */
  collaborating: z.boolean(),
});
export type ConversationSummary = z.infer<typeof conversationSummary>;

/** What the visitor knows of their conversation. */
export const visitorConversation = z.object({
  id: z.string(),
  status: conversationStatus,
  lastSeq: z.number().int(),
  agentReadSeq: z.number().int(),
  agent: agentSummary.nullable(),
  queue: z
    .object({
      position: z.number().int(),
      estimateSeconds: z.number().int().nullable(),
      agentsOnline: z.number().int(),
    })
    .nullable(),
  rated: z.boolean(),
  /** Earlier conversations whose messages stand in this one, too: another merchant handed them on. */
  continues: z.array(z.string()).optional(),
});
export type VisitorConversation = z.infer<typeof visitorConversation>;

export const conversationTab = z.enum(["mine", "involved", "queued", "all", "ended"]);
export type ConversationTab = z.infer<typeof conversationTab>;

export const conversationCounts = z.object({
  mine: z.number().int(),
  /** Where the caller helps. */
  involved: z.number().int(),
  queued: z.number().int(),
  all: z.number().int(),
});
export type ConversationCounts = z.infer<typeof conversationCounts>;

export const ratingInput = z.object({
  stars: z.number().int().min(1).max(5),
  tags: z.array(z.string().max(40)).max(10).default([]),
  comment: z.string().max(1_000).optional(),
});
export type RatingInput = z.infer<typeof ratingInput>;

/** Somebody who answers in the platform's own app. */
export const outsideColleague = z.object({ id: z.string(), name: z.string(), online: z.boolean() });
export type OutsideColleague = z.infer<typeof outsideColleague>;

/** A merchant that takes conversations of another one. */
export const receivingMerchant = z.object({ id: z.string(), name: z.string(), agentsOnline: z.number().int() });
export type ReceivingMerchant = z.infer<typeof receivingMerchant>;
