import { setTimeout as pause } from "node:timers/promises";
import { WebSocket } from "ws";
import { startSession } from "@/lib/conversations/chat-contracts";
import type { RunningApp } from "./running-app";

/** Lets the server stand still: nothing of its process runs, as under a computation that is too long. */
export async function standStill(app: RunningApp, milliseconds: number): Promise<void> {
  const pid = app.serverPid();
  process.kill(pid, "SIGSTOP");
  await pause(milliseconds);
  process.kill(pid, "SIGCONT");
}

/** A realtime socket as browsers hold it. */
export interface OpenSocket {
  isOpen(): boolean;
  /** True when the server answers over it. */
  answers(): Promise<boolean>;
  close(): void;
}

/** Opens as many sockets, each greeted by the server. */
export async function openSockets(app: RunningApp, channelId: string, count: number): Promise<OpenSocket[]> {
  const asked = await fetch(`${app.url}${startSession.path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ channelId }),
  });
  const { realtime } = startSession.result.parse(await asked.json());
  const address = `${app.url.replace("http", "ws")}/app/${realtime.key}?protocol=7&client=test&version=1`;
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = new WebSocket(address);
      const heard = (event: string) =>
        new Promise<boolean>((done) => {
          socket.on("message", (data) => {
            if (data.toString().includes(event)) {
              done(true);
            }
          });
          socket.on("close", () => done(false));
          socket.on("error", () => done(false));
        });
      await heard("pusher:connection_established");
      return {
        isOpen: () => socket.readyState === WebSocket.OPEN,
        answers: () => {
          const answer = heard("pusher:pong");
          socket.send(JSON.stringify({ event: "pusher:ping", data: {} }));
          return answer;
        },
        close: () => socket.close(),
      };
    }),
  );
}
