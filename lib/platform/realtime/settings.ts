import { env } from "@/lib/platform/env/env";
import { usesHostedRealtime } from "./publish";

/** What a browser needs to connect; host null means the page's own. The secret never leaves the server. */
export function clientRealtimeSettings() {
  const settings = env();
  if (!usesHostedRealtime()) {
    return { key: settings.REALTIME_KEY, host: null, port: null, cluster: "embedded", tls: null };
  }
  return {
    key: settings.PUSHER_KEY ?? "",
    host: settings.PUSHER_HOST ?? null,
    port: settings.PUSHER_PORT ?? null,
    cluster: settings.PUSHER_CLUSTER ?? "mt1",
    tls: settings.PUSHER_HOST ? settings.PUSHER_PORT !== 80 : true,
  };
}
