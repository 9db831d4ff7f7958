import type { Inbound } from "../../adapter";
import type { ReplyGrant } from "../../card-schema";
import type { WeixinConfig } from "./schema";

const HOUR_SECONDS = 3_600;

/** Acts in the menu, following and scanning: three messages within a minute (fact sheet 1.6). */
const ACTS = ["subscribe", "scan", "click", "scancode"];
/** Messages after a support session was opened in a Mini Program, within a minute (fact sheet 1.14). */
const SESSION_REPLIES = 2;
const ACT_REPLIES = 3;

/** What an act of a WeChat user allows us to send: five messages in 48 hours after words of theirs, by present rules. */
export function weixinGrant(
  item: Extract<Inbound, { kind: "message" | "event" }>,
  { replyLimit }: WeixinConfig,
): ReplyGrant | "closed" | undefined {
  if (item.kind === "message") {
    return { scene: "message", replies: replyLimit, seconds: 48 * HOUR_SECONDS };
  }
  if (item.name === "unknown_message") {
    return { scene: "message", replies: replyLimit, seconds: 48 * HOUR_SECONDS };
  }
  if (item.name === "unsubscribe") {
    return "closed";
  }
  if (item.name === "enter_session") {
    return { scene: "act", replies: SESSION_REPLIES, seconds: 60 };
  }
  return ACTS.includes(item.name) ? { scene: "act", replies: ACT_REPLIES, seconds: 60 } : undefined;
}
