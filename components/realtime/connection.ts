import Pusher from "pusher-js";
import type { RealtimeEvents } from "@/lib/events/realtime";

/** As the server tells it (lib/platform/realtime/settings.ts): host null means the page's own. */
export interface RealtimeSettings {
  readonly key: string;
  readonly host: string | null;
  readonly port: number | null;
  readonly cluster: string;
  readonly tls: boolean | null;
}

export type ConnectionState = "connecting" | "connected" | "lost";

export type Handlers = {
  readonly [Event in keyof RealtimeEvents]?: (payload: RealtimeEvents[Event]) => void;
};

export interface RealtimeConnection {
  /** Listens on a channel. @returns what ends it */
  subscribe(channel: string, handlers: Handlers): () => void;
  /** Calls back whenever a connection stands: the first and each later one. */
  onConnected(listener: () => void): void;
  onState(listener: (state: ConnectionState) => void): void;
  /** Tries again at once instead of waiting: the network is back, or the page is looked at again. */
  retryNow(): void;
  end(): void;
}

const TLS_PORT = 443;
const PLAIN_PORT = 80;

function optionsOf(settings: RealtimeSettings): ConstructorParameters<typeof Pusher>[1] {
  const common = {
    cluster: settings.cluster,
    channelAuthorization: { endpoint: "/api/v1/realtime/auth", transport: "ajax" as const },
    userAuthentication: { endpoint: "/api/v1/realtime/user-auth", transport: "ajax" as const },
  };
  if (settings.host === null && settings.cluster !== "embedded") {
    return common;
  }
  const tls = settings.tls ?? window.location.protocol === "https:";
  const ownPort = window.location.port === "" ? (tls ? TLS_PORT : PLAIN_PORT) : Number(window.location.port);
  const port = settings.port ?? (settings.host === null ? ownPort : tls ? TLS_PORT : PLAIN_PORT);
  return {
    ...common,
    wsHost: settings.host ?? window.location.hostname,
    wsPort: port,
    wssPort: port,
    forceTLS: tls,
    // One of the two: beside a plain page a try over TLS only fails, again and again.
    enabledTransports: [tls ? "wss" : "ws"],
  };
}

function stateOf(pusherState: string): ConnectionState {
  if (pusherState === "connected") {
    return "connected";
  }
  return pusherState === "unavailable" || pusherState === "failed" || pusherState === "disconnected"
    ? "lost"
    : "connecting";
}

/** A signed-in agent's realtime connection, over the Pusher protocol whatever stands behind it. */
export function connectRealtime(settings: RealtimeSettings): RealtimeConnection {
  const pusher = new Pusher(settings.key, optionsOf(settings));
  // Tells the server who this is, so that a revoked session also loses its socket.
  pusher.signin();
  return {
    subscribe(name, handlers) {
      const channel = pusher.subscribe(name);
      const bound = Object.entries(handlers);
      for (const [event, handler] of bound) {
        channel.bind(event, handler);
      }
      return () => {
        for (const [event, handler] of bound) {
          channel.unbind(event, handler);
        }
        pusher.unsubscribe(name);
      };
    },
    onConnected: (listener) => void pusher.connection.bind("connected", listener),
    onState: (listener) =>
      void pusher.connection.bind("state_change", ({ current }: { current: string }) => listener(stateOf(current))),
    retryNow() {
      if (pusher.connection.state !== "connected") {
        pusher.disconnect();
        pusher.connect();
      }
    },
    end: () => pusher.disconnect(),
  };
}
