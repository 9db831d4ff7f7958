import webPush, { type RequestOptions } from "web-push";
import { env } from "@/lib/platform/env/env";
import { guardedFetch } from "@/lib/platform/http/guarded-fetch";
import type { PushKeys } from "./push-keys";

/** What the service worker shows (public/push-worker.js). */
export interface PushText {
  readonly title: string;
  readonly body: string;
  /** Where a tap leads: a path of this installation. */
  readonly url: string;
  /** A later push with the same tag replaces the earlier one on the screen. */
  readonly tag: string;
}

export interface PushTarget {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

/** `gone`: the browser has unsubscribed or was uninstalled; `refused`: this time not, later perhaps. */
export type PushOutcome = "sent" | "gone" | "refused";

/** A push that nobody fetched for a day is old news, in seconds. */
const KEEP_SECONDS = 24 * 3_600;
const PATIENCE_MS = 5_000;

/** Whom a push service may turn to when something is wrong with our pushes: it takes an https address or a mailbox. */
function subjectOf(address: string): string {
  const url = new URL(address);
  return url.protocol === "https:" ? url.origin : `mailto:push@${url.hostname}`;
}

/**
 * Sends one push, encrypted for its browser (RFC 8291) and signed with our key (RFC 8292).
 *
 * The endpoint comes from a visitor's browser, so it is an address that a stranger typed: the guarded fetch keeps it
 * away from private networks.
 */
export async function sendPush(target: PushTarget, text: PushText, keys: PushKeys): Promise<PushOutcome> {
  const options: RequestOptions = {
    vapidDetails: { subject: subjectOf(env().YINGDA_URL), ...keys },
    TTL: KEEP_SECONDS,
    urgency: "high",
  };
  try {
    const subscription = { endpoint: target.endpoint, keys: { p256dh: target.p256dh, auth: target.auth } };
    const { endpoint, method, headers, body } = webPush.generateRequestDetails(
      subscription,
      JSON.stringify(text),
      options,
    );
    const response = await guardedFetch(endpoint, {
      method,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      body: body as BodyInit | null,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.status === 404 || response.status === 410) {
      return "gone";
    }
    return response.ok ? "sent" : "refused";
  } catch {
    return "refused";
  }
}
