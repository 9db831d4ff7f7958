import { z } from "zod";
import { agentSummary } from "@/lib/conversations/schema";

/**
 * What an agent is told of. `assigned`: theirs now; `mention`: called in a note; `note`: a note where they work too;
 * `collaborator`: asked to help; `offer`, `offer_answered`: a conversation held out to them, or what became of theirs;
 * `ticket`: one is theirs now, or somebody commented on theirs (`values.what`, `ticketId`, `number`);
 * `cases_broke`: a publication broke regression cases of the bot (`values.runId`, `count`);
 * `reminder`: a customer waits (`values.who`: agent or supervisor); `whisper`: a supervisor's advice.
 */
export const NOTIFICATION_KINDS = [
  "assigned",
  "mention",
  "note",
  "collaborator",
  "offer",
  "offer_answered",
  "reminder",
  "whisper",
  "ticket",
  "cases_broke",
] as const;
export const notificationKind = z.enum(NOTIFICATION_KINDS);
export type NotificationKind = z.infer<typeof notificationKind>;

/** One line of the bell's list. */
export const notification = z.object({
  id: z.string(),
  kind: notificationKind,
  conversationId: z.string().nullable(),
  customerName: z.string().nullable(),
  /** The message that it leads to. */
  seq: z.number().int().nullable(),
  /** The colleague who caused it; null: the product itself. */
  actor: agentSummary.nullable(),
  excerpt: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  readAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});
export type Notification = z.infer<typeof notification>;

/** What a fact asks to be told (lib/events/routes.ts). */
export const telling = z.object({
  kind: notificationKind,
  merchantId: z.string(),
  /** Null: it is about none. */
  conversationId: z.string().nullable(),
  agentIds: z.array(z.string()),
  actorId: z.string().nullish(),
  messageId: z.string().optional(),
  excerpt: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  sourceKey: z.string(),
});
export type Telling = z.infer<typeof telling>;
