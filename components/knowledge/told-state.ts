import type { Entry } from "@/lib/knowledge/schema";

/** What a published entry is good for: told, found by agents alone, not begun yet, or over. */
export type ToldState = "told" | "internal" | "upcoming" | "expired";

/**
 * Whether customers are told a published entry at a moment. Its first moment counts, its last does not (policy.ts).
 *
 * @param now milliseconds since 1970
 */
export function toldState(entry: Pick<Entry, "validFrom" | "validUntil" | "audience">, now: number): ToldState {
  if (entry.validUntil !== null && Date.parse(entry.validUntil) <= now) {
    return "expired";
  }
  if (entry.validFrom !== null && Date.parse(entry.validFrom) > now) {
    return "upcoming";
  }
  return entry.audience === "agents" ? "internal" : "told";
}
