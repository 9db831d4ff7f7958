import { z } from "zod";

export const SEARCH_AUTHORS = ["customer", "agent", "bot", "note"] as const;

/** What a search among messages is narrowed to; each left out means any. */
export const searchFilters = z.object({
  /** `note`: internal notes; `agent`: what agents wrote to the customer. */
  from: z.enum(SEARCH_AUTHORS).optional(),
  /** Kind of channel (`web`, `wechat` …). */
  channel: z
    .string()
    .regex(/^[a-z_]{1,20}$/)
    .optional(),
  /** Who wrote it, or has the conversation. */
  agent: z
    .string()
    .regex(/^agt_[0-9a-z]{26}$/)
    .optional(),
  /** A tag of the customer. */
  tag: z.string().trim().min(1).max(40).optional(),
  /** Days, both inclusive, in the merchant's time zone. */
  since: z.iso.date().optional(),
  until: z.iso.date().optional(),
  file: z.enum(["true"]).optional(),
});
export type SearchFilters = z.infer<typeof searchFilters>;

/** Names of the filters, in the order in which they are shown and stand in an address. */
export const SEARCH_FILTER_NAMES = ["from", "channel", "agent", "tag", "since", "until", "file"] as const;

export function hasFilters(filters: SearchFilters): boolean {
  return SEARCH_FILTER_NAMES.some((name) => filters[name] !== undefined);
}
