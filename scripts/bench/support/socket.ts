import WebSocket from "ws";
import { hmacHex } from "@/lib/platform/crypto/sign";
import { env } from "@/lib/platform/env/env";

export interface Arrival {
  readonly conversationId: string;
  readonly clientId: string | null;
  readonly seq: number;
  /** `performance.now()` of this process. */
  readonly at: number;
}

/** A socket that speaks the Pusher protocol, subscribed to private channels; every stored message is told to `arrived`. */
export async function listen(
  port: number,
  channels: readonly string[],
  arrived: (arrival: Arrival) => void,
): Promise<WebSocket> {
  const { REALTIME_KEY: key, REALTIME_SECRET: secret } = env();
  const socket = new WebSocket(`ws://127.0.0.1:${port}/app/${key}?protocol=7&client=js&version=8.6.0&flash=false`);
  let waiting = channels.length;
  await new Promise<void>((ready, fail) => {
    socket.once("error", fail);
    socket.once("close", () => fail(new Error("socket closed while subscribing")));
    socket.on("message", (raw) => {
      const at = performance.now();
      const frame = JSON.parse(String(raw)) as { event: string; data: string };
      if (frame.event === "pusher:connection_established") {
        const { socket_id: id } = JSON.parse(frame.data) as { socket_id: string };
        for (const channel of channels) {
          const auth = `${key}:${hmacHex(secret, `${id}:${channel}`)}`;
          socket.send(JSON.stringify({ event: "pusher:subscribe", data: { channel, auth } }));
        }
      } else if (frame.event === "pusher_internal:subscription_succeeded") {
        waiting -= 1;
        if (waiting === 0) {
          ready();
        }
      } else if (frame.event === "message.created") {
        const data = JSON.parse(frame.data) as {
          conversationId: string;
          seq: number;
          message?: { clientId: string | null };
        };
        arrived({ conversationId: data.conversationId, clientId: data.message?.clientId ?? null, seq: data.seq, at });
      } else if (frame.event === "pusher:ping") {
        socket.send(JSON.stringify({ event: "pusher:pong", data: {} }));
      }
    });
  });
  return socket;
}
