import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/pagination";
import { defineContract } from "@/lib/platform/http/contract";

const trend = z.object({
  /** Null where nothing was measured yet today (a mean of nothing is not 0). */
  today: z.number().nullable(),
  /** The same weekday a week ago, up to the same time of day; null when there was nothing. */
  lastWeek: z.number().nullable(),
  /** One value a day, oldest first, 14 days. */
  days: z.array(z.number().nullable()),
});

/** Live numbers of one merchant, and today's against the same day last week. */
export type Trend = z.infer<typeof trend>;

export const liveNumbers = z.object({
  at: z.iso.datetime(),
  waiting: z.number().int(),
  longestWaitSeconds: z.number().int().nullable(),
  agents: z.object({ online: z.number().int(), away: z.number().int(), offline: z.number().int() }),
  open: z.number().int(),
  capacity: z.number().int(),
  /** Conversations with the bot that had a word within the last half hour. */
  withBot: z.number().int(),
  /** Who has the chat open now (null where the realtime server cannot be asked), who began one today, and all ever. */
  visitors: z.object({ online: z.number().int().nullable(), today: z.number().int(), total: z.number().int() }),
  conversations: trend,
  messages: trend,
  /** Median. */
  firstResponseSeconds: trend,
  resolved: trend,
  /** Share of ended conversations that no person touched, 0–1. */
  botContainment: trend,
  /** Mean stars. */
  satisfaction: trend,
  /**
   * The last 14 days, oldest first, in the merchant's time zone: conversations by the day they began and who dealt with
   * them (`nobody`: a person was asked for and none has taken it).
   */
  daily: z.array(
    z.object({ day: z.string(), bot: z.number().int(), person: z.number().int(), nobody: z.number().int() }),
  ),
  /** Ratings of the last 30 days, today included, counted by stars: index 0 is one star. */
  stars: z.array(z.number().int()).length(5),
  /** The first of those days. */
  starsFrom: z.iso.date(),
  /** Conversations of the last 14 days by channel, most first. */
  byChannel: z.array(z.object({ channelId: z.string(), name: z.string(), type: z.string(), count: z.number().int() })),
  agentsLoad: z.array(
    z.object({
      agentId: z.string(),
      name: z.string(),
      presence: z.string(),
      open: z.number().int(),
      capacity: z.number().int(),
      resolvedToday: z.number().int(),
    }),
  ),
  recentRatings: z.array(
    z.object({
      conversationId: z.string(),
      stars: z.number().int(),
      comment: z.string().nullable(),
      customerName: z.string().nullable(),
      createdAt: z.iso.datetime(),
    }),
  ),
  gaps: z.array(
    z.object({ id: z.string(), question: z.string(), count: z.number().int(), lastAskedAt: z.iso.datetime() }),
  ),
});
export type LiveNumbers = z.infer<typeof liveNumbers>;

export const getLiveNumbers = defineContract({
  name: "getLiveNumbers",
  summary: "Wallboard and today's numbers",
  tag: "Analytics",
  method: "GET",
  path: "/api/v1/analytics/live",
  audience: ["agent", "key"],
  permission: "analytics.read",
  result: liveNumbers,
});

export const ratingRow = z.object({
  conversationId: z.string(),
  stars: z.number().int(),
  tags: z.array(z.string()),
  comment: z.string().nullable(),
  customerName: z.string().nullable(),
  agentName: z.string().nullable(),
  channelName: z.string(),
  createdAt: z.iso.datetime(),
});
export type RatingRow = z.infer<typeof ratingRow>;

export const listRatings = defineContract({
  name: "listRatings",
  summary: "What customers thought, newest first",
  tag: "Analytics",
  method: "GET",
  path: "/api/v1/ratings",
  audience: ["agent", "key"],
  permission: "analytics.read",
  query: pageQuery.extend({
    stars: z.coerce.number().int().min(1).max(5).optional(),
    agentId: z.string().max(40).optional(),
    commented: z.enum(["true", "false"]).optional(),
  }),
  result: pageOf(ratingRow),
});
