"use client";

import type Pusher from "pusher-js";
import { useEffect, useEffectEvent, useState } from "react";
import type { RealtimeEvent } from "@/lib/events/realtime";
import { realtimeChannel } from "@/lib/platform/realtime/channels";

/** What a browser needs to connect (`clientRealtimeSettings` on the server); host null means the page's own. */
export interface RealtimeSettings {
  readonly key: string;
  readonly host: string | null;
  readonly port: number | null;
  readonly cluster: string;
  readonly tls: boolean | null;
}

/** Everything that moves a figure of the wallboard. */
const SIGNALS: readonly RealtimeEvent[] = ["conversations.updated", "agent.presence"];

async function connect(settings: RealtimeSettings): Promise<Pusher> {
  const { default: PusherClient } = await import("pusher-js");
  const tls = settings.tls ?? location.protocol === "https:";
  const port = settings.port ?? (settings.host === null ? Number(location.port) || (tls ? 443 : 80) : undefined);
  const own = settings.host === null ? location.hostname : settings.host;
  const hosted = settings.host === null && settings.cluster !== "embedded";
  return new PusherClient(settings.key, {
    cluster: settings.cluster,
    ...(hosted ? {} : { wsHost: own, wsPort: port, wssPort: port, enabledTransports: ["ws", "wss"] }),
    forceTLS: tls,
    enableStats: false,
    channelAuthorization: { endpoint: "/api/v1/realtime/auth", transport: "ajax" },
    userAuthentication: { endpoint: "/api/v1/realtime/user-auth", transport: "ajax" },
  });
}

/**
 * Listens on the merchant's desk channel. `onSignal` is called for each event, and once whenever the subscription
 * stands (again): a push that was missed while the line was cut is made up for by asking then.
 *
 * @returns whether the channel is subscribed at the moment
 */
export function useDeskSignals(
  merchantId: string,
  settings: RealtimeSettings,
  onSignal: (kind: "event" | "connected") => void,
): boolean {
  const [connected, setConnected] = useState(false);
  const signal = useEffectEvent(onSignal);
  const { key, host, port, cluster, tls } = settings;

  useEffect(() => {
    let client: Pusher | undefined;
    let ended = false;
    void connect({ key, host, port, cluster, tls }).then((made) => {
      if (ended) {
        made.disconnect();
        return;
      }
      client = made;
      // Signed in as a person, so that ending the sessions cuts this line too.
      made.signin();
      const channel = made.subscribe(realtimeChannel.desk(merchantId));
      channel.bind("pusher:subscription_succeeded", () => {
        setConnected(true);
        signal("connected");
      });
      made.connection.bind("state_change", ({ current }: { current: string }) => {
        if (current !== "connected") {
          setConnected(false);
        }
      });
      for (const name of SIGNALS) {
        channel.bind(name, () => signal("event"));
      }
    });
    return () => {
      ended = true;
      client?.disconnect();
    };
  }, [merchantId, key, host, port, cluster, tls]);

  return connected;
}
