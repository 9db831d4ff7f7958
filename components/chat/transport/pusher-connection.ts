import type { ChannelAuthorizationCallback } from "pusher-js";
import Pusher from "pusher-js";
import type { LiveConnection, LiveEvent, LiveHandlers, LiveSettings } from "./live-client";

/** Asks the server whether this visitor may listen to a channel; the token is read at each try. */
function authorizer(address: string, token: () => string | null) {
  return (request: { socketId: string; channelName: string }, answer: ChannelAuthorizationCallback) => {
    fetch(address, {
      method: "POST",
      headers: { authorization: `Bearer ${token() ?? ""}` },
      body: new URLSearchParams({ socket_id: request.socketId, channel_name: request.channelName }),
    })
      .then(async (response) => {
        if (!response.ok) {
          throw new Error(String(response.status));
        }
        answer(null, await response.json());
      })
      .catch((cause: unknown) => answer(cause instanceof Error ? cause : new Error(String(cause)), null));
  };
}

/** Connects with pusher-js; a chunk of its own, loaded after the page can be used. */
export function connectPusher(
  settings: LiveSettings,
  handlers: LiveHandlers,
  authorisation: { readonly address: string; readonly token: () => string | null },
): LiveConnection {
  const tls = settings.tls ?? location.protocol === "https:";
  const port = settings.port ?? (Number(location.port) || (tls ? 443 : 80));
  const own = settings.host !== null || settings.cluster === "embedded";
  const pusher = new Pusher(settings.key, {
    cluster: settings.cluster,
    ...(own && { wsHost: settings.host ?? location.hostname, wsPort: port, wssPort: port }),
    forceTLS: tls,
    enabledTransports: ["ws", "wss"],
    channelAuthorization: { customHandler: authorizer(authorisation.address, authorisation.token) },
  });
  let followed: string | undefined;
  pusher.connection.bind("state_change", ({ current }: { current: string }) => {
    if (current !== "connected") {
      handlers.onReady(false);
    }
  });
  return {
    follow(name) {
      if (name === followed) {
        return;
      }
      if (followed) {
        pusher.unsubscribe(followed);
      }
      followed = name;
      const channel = pusher.subscribe(name);
      channel.bind("pusher:subscription_succeeded", () => handlers.onReady(true));
      channel.bind("pusher:subscription_error", () => handlers.onReady(false));
      channel.bind_global((event: string, data: unknown) => {
        if (!event.startsWith("pusher")) {
          handlers.onEvent({ name: event, data } as LiveEvent);
        }
      });
    },
    close: () => pusher.disconnect(),
  };
}
