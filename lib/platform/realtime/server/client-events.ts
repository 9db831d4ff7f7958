import { allowsClientEvents } from "./channel-name";
import { CLIENT_EVENT_REJECTED } from "./close-code";
import type { Connection } from "./connection";
import { errorFrame, frame } from "./frame";
import type { RealtimeHub } from "./hub";
import { EVENT_DATA_BYTES } from "./limits";

export interface ClientEventOptions {
  readonly enabled: boolean;
  /** Events a socket may send in any second (Pusher: 10). */
  readonly perSecond: number;
}

export const DEFAULT_CLIENT_EVENTS: ClientEventOptions = { enabled: true, perSecond: 10 };

export interface ClientEvent {
  readonly event: string;
  readonly channel: string | undefined;
  readonly data: unknown;
}

/**
 * Relays an event from one client to the others of a private or presence channel that it is subscribed to, never to
 * itself (protocols/07, section 7.6). What breaks a rule is dropped with `pusher:error`; the socket stays open.
 */
export function relayClientEvent(
  hub: RealtimeHub,
  options: ClientEventOptions,
  connection: Connection,
  message: ClientEvent,
): void {
  const { channel, event, data } = message;
  if (!options.enabled) {
    connection.send(errorFrame(CLIENT_EVENT_REJECTED, "Client events are not enabled for this app"));
    return;
  }
  if (channel === undefined || !allowsClientEvents(channel) || !connection.channels.has(channel)) {
    connection.send(errorFrame(null, "Client event rejected: not an authorised subscription"));
    return;
  }
  if (!connection.mayRelay(options.perSecond)) {
    connection.send(errorFrame(CLIENT_EVENT_REJECTED, "Client event rejected due to rate limit", channel));
    return;
  }
  const text = typeof data === "string" ? data : JSON.stringify(data ?? null);
  if (Buffer.byteLength(text) > EVENT_DATA_BYTES) {
    connection.send(errorFrame(CLIENT_EVENT_REJECTED, "Client event rejected: data too large", channel));
    return;
  }
  const userId = hub.presenceUserId(connection, channel);
  const user = userId === undefined ? {} : { user_id: userId };
  hub.relay(channel, frame({ event, channel, data, ...user }), connection.socketId);
  hub.hooks.emit("client_event", { channel, event, data: text, socketId: connection.socketId, userId });
}
