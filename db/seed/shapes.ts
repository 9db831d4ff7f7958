import { z } from "zod";
import { REPLY_KINDS } from "@/lib/bot/case-schema";
import { says } from "@/lib/bot/playground-contracts";
import { ticketPriority, ticketSource, ticketStatus } from "@/lib/tickets/schema";

/** Text in both languages of the interface. */
const both = z.object({ "zh-CN": z.string(), en: z.string() });
const bothLists = z.object({ "zh-CN": z.array(z.string()), en: z.array(z.string()) });

/** What the files in db/seed/content hold. Parsed before anything is written: half a demo is worse than none. */
export const merchantContent = z.array(
  z.object({
    slug: z.string(),
    kind: z.enum(["platform", "merchant"]),
    name: both,
    welcome: both,
    quickQuestions: bothLists,
    accent: z.string(),
  }),
);
export const personContent = z.object({
  name: both,
  email: z.string(),
  role: z.enum(["admin", "supervisor", "agent"]),
  skills: z.array(z.string()),
  capacity: z.number().int(),
  languages: z.array(z.string()),
});
export const customerContent = z.object({
  name: z.string(),
  phone: z.string(),
  email: z.string(),
  tags: z.array(z.string()),
  city: z.string(),
  totalOrders: z.number().int(),
  totalSpent: z.number().int(),
  language: z.string(),
});
export const entryContent = z.array(
  z.object({
    id: z.string(),
    language: z.string(),
    question: z.string(),
    variants: z.array(z.string()),
    answer: z.string(),
    category: z.string(),
    tags: z.array(z.string()),
  }),
);
export const quickReplyContent = z.object({
  folder: z.string(),
  shortcut: z.string(),
  title: z.string(),
  text: z.string(),
  language: z.string(),
});
export const dialogueContent = z.array(
  z.object({
    topic: z.string(),
    language: z.string(),
    outcome: z.enum(["bot_solved", "agent_solved", "left_message", "abandoned"]),
    turns: z.array(
      z.object({
        author: z.enum(["visitor", "bot", "agent", "note", "system"]),
        text: z.string(),
        afterSeconds: z.number(),
        /** The entry that the bot answers with. */
        entryId: z.string().optional(),
        /** Whether the visitor said that it helped. */
        vote: z.object({ helpful: z.boolean(), comment: z.string().optional() }).optional(),
      }),
    ),
    rating: z.object({ stars: z.number().int(), tags: z.array(z.string()), comment: z.string().nullish() }).nullish(),
  }),
);
export const caseContent = z.array(
  z.object({
    says,
    /** As a case expects it, with the content's own id of an entry. */
    expected: z.object({
      kind: z.enum(REPLY_KINDS).optional(),
      entry: z.string().optional(),
      contains: z.string().optional(),
    }),
    note: z.string().default(""),
  }),
);
export const gapContent = z.array(
  z.object({ question: z.string(), count: z.number().int(), language: z.string().optional() }),
);

export const ticketContent = z.array(
  z.object({
    subject: z.string(),
    description: z.string(),
    status: ticketStatus,
    priority: ticketPriority,
    type: z.string(),
    source: ticketSource,
    /** Place among the shop's agents; null: nobody has it. */
    agent: z.number().int().nullable(),
    /** Hours before now that it was made. */
    hoursAgo: z.number(),
    comments: z.array(z.string()),
    resolution: z.string().default(""),
  }),
);

export type TicketContent = z.infer<typeof ticketContent>;
export type MerchantContent = z.infer<typeof merchantContent>[number];
export type Person = z.infer<typeof personContent>;
export type CustomerContent = z.infer<typeof customerContent>;
export type Dialogue = z.infer<typeof dialogueContent>[number];
