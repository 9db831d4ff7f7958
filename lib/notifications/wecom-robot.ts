import { z } from "zod";
import { guardedFetch } from "@/lib/platform/http/guarded-fetch";

/** A robot of a WeCom group: its key is its whole secret. */
export interface WecomRobot {
  readonly key: string;
  /** Stands in for https://qyapi.weixin.qq.com. */
  readonly apiBase?: string;
}

/** `later`: over its twenty a minute, or not reached; `refused`: this will never go. */
export type RobotOutcome =
  | { readonly kind: "sent" }
  | { readonly kind: "later" | "refused"; readonly code: number | null };

const PLATFORM = "https://qyapi.weixin.qq.com";
const TEXT_BYTES = 2_048;
const PATIENCE_MS = 10_000;
/** Busy, and over the limit (fact sheet 2.13). */
const LATER: readonly number[] = [-1, 45009];

const answered = z.object({ errcode: z.number() });

/** The beginning of a text that the robot takes, no character cut in two. */
function within(text: string): string {
  let kept = text;
  while (Buffer.byteLength(kept) > TEXT_BYTES) {
    kept = [...kept].slice(0, -Math.max(1, Math.ceil((Buffer.byteLength(kept) - TEXT_BYTES) / 4))).join("");
  }
  return kept;
}

/**
 * Posts a text to the robot's group, and calls people there by their WeCom ids (`@all`: everybody). Never throws: a
 * notification that does not arrive must not stop what it tells of. The key is in no answer and no error.
 */
export async function sendToWecomRobot(
  robot: WecomRobot,
  message: { readonly text: string; readonly mentions?: readonly string[] },
): Promise<RobotOutcome> {
  const { text, mentions = [] } = message;
  const content = { content: within(text), ...(mentions.length > 0 && { mentioned_list: mentions }) };
  try {
    const base = (robot.apiBase || PLATFORM).replace(/\/+$/, "");
    const response = await guardedFetch(`${base}/cgi-bin/webhook/send?key=${encodeURIComponent(robot.key)}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ msgtype: "text", text: content }),
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer = answered.safeParse(await response.json().catch(() => undefined));
    if (!response.ok || !answer.success) {
      return { kind: "later", code: null };
    }
    const { errcode: code } = answer.data;
    return code === 0 ? { kind: "sent" } : { kind: LATER.includes(code) ? "later" : "refused", code };
  } catch {
    return { kind: "later", code: null };
  }
}
