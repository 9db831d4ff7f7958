import { z } from "zod";
import type { AppCredentials } from "./auth-signature";
import { type ClientEventOptions, relayClientEvent } from "./client-events";
import type { Connection } from "./connection";
import { errorFrame, PONG_FRAME } from "./frame";
import type { RealtimeHub } from "./hub";
import { nestsDeeperThan } from "./json-depth";
import { signIn } from "./signin";
import { subscribe, unsubscribe } from "./subscriptions";

/** What a client's frame is answered with the help of. */
export interface InboundContext {
  readonly hub: RealtimeHub;
  readonly app: AppCredentials;
  readonly clientEvents: ClientEventOptions;
  readonly channelsPerConnection: number;
}

const DEEPEST_JSON = 64;

const message = z.object({
  event: z.string().min(1).max(200),
  channel: z.string().max(200).optional(),
  data: z.unknown().optional(),
});

function parseJson(text: string): unknown {
  if (nestsDeeperThan(text, DEEPEST_JSON)) {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Some clients wrap the data of protocol events in a JSON string, the way servers do. */
function unwrap(data: unknown): unknown {
  return typeof data === "string" ? parseJson(data) : data;
}

/** Handles one text frame of a client. Whatever it holds, the worst outcome is an error event. */
export function receive(context: InboundContext, connection: Connection, text: string): void {
  const json = parseJson(text);
  if (json === undefined) {
    connection.send(errorFrame(null, "Invalid JSON"));
    return;
  }
  const parsed = message.safeParse(json);
  if (!parsed.success) {
    connection.send(errorFrame(null, "Invalid message"));
    return;
  }
  const { event, channel, data } = parsed.data;
  const { hub, app } = context;
  switch (event) {
    case "pusher:ping":
      connection.send(PONG_FRAME);
      return;
    case "pusher:pong":
      return;
    case "pusher:subscribe":
      subscribe(hub, app, context.channelsPerConnection, connection, unwrap(data));
      return;
    case "pusher:unsubscribe":
      unsubscribe(hub, connection, unwrap(data));
      return;
    case "pusher:signin":
      signIn(hub, app, connection, unwrap(data));
      return;
    default:
      if (event.startsWith("client-")) {
        relayClientEvent(hub, context.clientEvents, connection, { event, channel, data });
      } else {
        connection.send(errorFrame(null, "Unknown event"));
      }
  }
}
