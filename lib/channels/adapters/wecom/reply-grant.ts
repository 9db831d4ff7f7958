import type { Inbound } from "../../adapter";
import type { ReplyGrant } from "../../card-schema";

const WINDOW_SECONDS = 48 * 3_600;
const REPLIES = 5;

/**
 * What an act of a customer allows us to send: five messages in 48 hours after words of theirs (fact sheet 2.5). A
 * welcome goes with the event's own code and takes nothing of it.
 */
export function wecomGrant(item: Extract<Inbound, { kind: "message" | "event" }>): ReplyGrant | undefined {
  const isSaid = item.kind === "message" || item.name === "unknown_message";
  return isSaid ? { scene: "message", replies: REPLIES, seconds: WINDOW_SECONDS } : undefined;
}
