import Pusher from "pusher";
import type { RealtimeEvent, RealtimeEvents } from "@/lib/events/realtime";
import { env } from "@/lib/platform/env/env";
import { log } from "@/lib/platform/log/log";
import { getRealtimeHub } from "./server/hub-singleton";

/** Pusher refuses data over 10 KB; past this a message is left out and the client fetches it by its seq. */
const INLINE_LIMIT = 8_000;
const MAX_CHANNELS = 100;

let remote: Pusher | undefined;

/** Server SDK: hosted Pusher when configured, else the HTTP API of the embedded server (a worker in its own process). */
export function pusher(): Pusher {
  const settings = env();
  if (settings.PUSHER_APP_ID && settings.PUSHER_KEY && settings.PUSHER_SECRET) {
    const base = { appId: settings.PUSHER_APP_ID, key: settings.PUSHER_KEY, secret: settings.PUSHER_SECRET };
    remote ??= settings.PUSHER_HOST
      ? new Pusher({
          ...base,
          host: settings.PUSHER_HOST,
          port: String(settings.PUSHER_PORT ?? 443),
          useTLS: settings.PUSHER_PORT !== 80,
        })
      : new Pusher({ ...base, cluster: settings.PUSHER_CLUSTER ?? "mt1", useTLS: true });
    return remote;
  }
  remote ??= new Pusher({
    appId: settings.REALTIME_APP_ID,
    key: settings.REALTIME_KEY,
    secret: settings.REALTIME_SECRET,
    host: "127.0.0.1",
    port: String(settings.PORT),
    useTLS: false,
  });
  return remote;
}

/** True when the installation uses a hosted (or any other) Pusher cluster instead of the embedded server. */
export function usesHostedRealtime(): boolean {
  return Boolean(env().PUSHER_APP_ID && env().PUSHER_KEY && env().PUSHER_SECRET);
}

/**
 * Sends an event to channels; never fails the caller. A push is a hint: whoever misses it fetches the gap.
 *
 * The embedded server in this process is called directly; otherwise the request goes out over HTTP and is not awaited.
 */
export function publish<Event extends RealtimeEvent>(
  channels: readonly string[],
  event: Event,
  payload: RealtimeEvents[Event],
): void {
  let data = JSON.stringify(payload);
  if (data.length > INLINE_LIMIT && "message" in payload) {
    data = JSON.stringify({ ...payload, message: undefined });
  }
  const hub = usesHostedRealtime() ? undefined : getRealtimeHub();
  if (hub) {
    hub.publish(channels, event, data);
    return;
  }
  for (let start = 0; start < channels.length; start += MAX_CHANNELS) {
    const slice = channels.slice(start, start + MAX_CHANNELS);
    pusher()
      .trigger([...slice], event, data)
      .catch((error: unknown) => log().warn({ event, reason: String(error) }, "realtime publish failed"));
  }
}

/** Cuts every live socket of a user who signed in on it: a revoked session must not keep listening (CVE-2026-9162 class). */
export function terminateUser(userId: string): void {
  const hub = usesHostedRealtime() ? undefined : getRealtimeHub();
  if (hub) {
    hub.terminateUser(userId);
    return;
  }
  pusher()
    .terminateUserConnections(userId)
    .catch((error: unknown) => log().warn({ reason: String(error) }, "realtime terminate failed"));
}
