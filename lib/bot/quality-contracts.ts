import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

export const QUALITY_DAYS = [7, 30, 90] as const;

const count = z.number().int();

/** What the bot did with turns, by day and in all. */
export const quality = z.object({
  days: z.array(
    z.object({ day: z.string(), answered: count, choices: count, unknown: count, handoff: count, other: count }),
  ),
  turns: count,
  answered: count,
  choices: count,
  unknown: count,
  handoff: count,
  /** Answers that a model wrote. */
  byModel: count,
  /** Mean confidence of the answers, 0–1. */
  confidence: z.number().nullable(),
  /** Median time to the answer, in milliseconds. */
  medianMs: count.nullable(),
  /** Model answers that were held back, by why. */
  heldBack: z.array(z.object({ violation: z.string(), count })),
  handoffReasons: z.array(z.object({ reason: z.string(), count })),
  /** What visitors said of answers, by when they said it. */
  votes: z.object({ helpful: count, unhelpful: count }),
  drafts: z.object({ approved: count, edited: count, rejected: count, expired: count }),
});
export type Quality = z.infer<typeof quality>;

export const getQuality = defineContract({
  name: "getQuality",
  summary: "How the bot has answered in the last days",
  tag: "Bot",
  method: "GET",
  path: "/api/v1/bot/quality",
  audience: ["agent", "key"],
  permission: "bot.read",
  query: z.object({ days: z.coerce.number().int().min(1).max(90).default(30) }),
  result: quality,
});
