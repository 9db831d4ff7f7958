import { z } from "zod";
import { defineContract } from "@/lib/platform/http/contract";

/** An agent's own day. */
export const ownNumbers = z.object({
  open: z.number().int(),
  capacity: z.number().int(),
  /** People in the merchant's line now. */
  waiting: z.number().int(),
  longestWaitSeconds: z.number().int().nullable(),
  resolvedToday: z.number().int(),
  /** Median of today's first responses; null when there was none. */
  firstResponseSeconds: z.number().nullable(),
  /** Mean stars of today's ratings; null when there was none. */
  satisfaction: z.number().nullable(),
  ratings: z.number().int(),
});
export type OwnNumbers = z.infer<typeof ownNumbers>;

export const getOwnNumbers = defineContract({
  name: "getOwnNumbers",
  summary: "The caller's own load and today's results, and how long the line is",
  tag: "Identity",
  method: "GET",
  path: "/api/v1/me/numbers",
  audience: ["agent"],
  permission: "conversations.read",
  result: ownNumbers,
});
