import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

const trend = z.object({
  today: z.number(),
  /** The same weekday a week ago, up to the same time of day; null when there was nothing. */
  lastWeek: z.number().nullable(),
  /** One value a day, oldest first, 14 days. */
  days: z.array(z.number().nullable()),
});

/** Live numbers of one merchant, and today's against the same day last week. */
export const liveNumbers = z.object({
  at: z.iso.datetime(),
  waiting: z.number().int(),
  longestWaitSeconds: z.number().int().nullable(),
  agents: z.object({ online: z.number().int(), away: z.number().int(), offline: z.number().int() }),
  open: z.number().int(),
  capacity: z.number().int(),
  withBot: z.number().int(),
  conversations: trend,
  messages: trend,
  firstResponseSeconds: trend,
  resolved: trend,
  /** Share of ended conversations that no person touched, 0–1. */
  botContainment: trend,
  /** Mean stars. */
  satisfaction: trend,
  byChannel: z.array(z.object({ channelId: z.string(), name: z.string(), type: z.string(), count: z.number().int() })),
  agentsLoad: z.array(z.object({ agentId: z.string(), name: z.string(), presence: z.string(), open: z.number().int(), capacity: z.number().int(), resolvedToday: z.number().int() })),
  recentRatings: z.array(z.object({ conversationId: z.string(), stars: z.number().int(), comment: z.string().nullable(), customerName: z.string().nullable(), createdAt: z.iso.datetime() })),
  gaps: z.array(z.object({ id: z.string(), question: z.string(), count: z.number().int(), lastAskedAt: z.iso.datetime() })),
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
