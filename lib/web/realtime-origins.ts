import { env } from "@/lib/platform/env/env";

/** Origins of a hosted Pusher that pages must be allowed to talk to; the embedded one is our own origin. */
export function realtimeOrigins(): string[] {
  const { PUSHER_KEY, PUSHER_CLUSTER, PUSHER_HOST } = env();
  if (PUSHER_HOST) {
    return [`wss://${PUSHER_HOST}`, `https://${PUSHER_HOST}`];
  }
  return PUSHER_KEY && PUSHER_CLUSTER ? ["wss://*.pusher.com", "https://*.pusher.com"] : [];
}
