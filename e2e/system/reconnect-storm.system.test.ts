import { Client } from "pg";
import Pusher from "pusher-js";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { listVisitorMessages, postVisitorMessage, startSession } from "@/lib/conversations/chat-contracts";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { newDataDirectory, type RunningApp, removeDataDirectory, startApp, waitUntilWell } from "./running-app";

const clients = process.env["YINGDA_SOAK"] === "1" ? 500 : 200;
/** All are back within 10 s of the server (T34); twice that for a test machine with other work to do. */
const patienceMs = 20_000;

interface Listener {
  readonly token: string;
  readonly conversationId: string;
  readonly pusher: Pusher;
  subscriptions: number;
}

describe("T34 reconnect storm", () => {
  let dataDirectory: string;
  let app: RunningApp;
  const listeners: Listener[] = [];

  beforeAll(async () => {
    dataDirectory = newDataDirectory();
    app = await startApp(dataDirectory, { port: 4160 });
  });
  afterAll(async () => {
    for (const listener of listeners) {
      listener.pusher.disconnect();
    }
    await app?.stop();
    removeDataDirectory(dataDirectory);
  });

  async function call(path: string, body: unknown, token?: string): Promise<unknown> {
    const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
    const response = await fetch(`${app.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    return response.json();
  }

  async function listen(channelId: string, index: number): Promise<Listener> {
    const session = startSession.result.parse(await call(startSession.path, { channelId }));
    const parts = [{ type: "text", text: `hello ${index}` }];
    const sent = await call(postVisitorMessage.path, { clientId: `storm-client-${index}`, parts }, session.token);
    const conversationId = postVisitorMessage.result.parse(sent).message.conversationId;
    const { hostname, port } = new URL(app.url);
    const pusher = new Pusher(session.realtime.key, {
      wsHost: hostname,
      wsPort: Number(port),
      forceTLS: false,
      enabledTransports: ["ws"],
      cluster: "embedded",
      channelAuthorization: {
        transport: "ajax",
        endpoint: `${app.url}/api/v1/realtime/auth`,
        headers: { authorization: `Bearer ${session.token}` },
      },
    });
    const listener: Listener = { token: session.token, conversationId, pusher, subscriptions: 0 };
    pusher.subscribe(realtimeChannel.visitor(conversationId)).bind("pusher:subscription_succeeded", () => {
      listener.subscriptions += 1;
    });
    return listener;
  }

  async function firstChannel(): Promise<string> {
    const client = new Client({ connectionString: app.databaseUrl() });
    await client.connect();
    const { rows } = await client.query<{ id: string }>(
      "select id from channels where type = 'web' order by id limit 1",
    );
    await client.end();
    return rows[0]?.id ?? "";
  }

  it("brings every client back to its channel after a crash, and each can fetch what it missed", async () => {
    const channelId = await firstChannel();
    for (let index = 0; index < clients; index += 1) {
      listeners.push(await listen(channelId, index));
    }
    const subscribed = (times: number) => listeners.filter((listener) => listener.subscriptions >= times).length;
    await vi.waitUntil(() => subscribed(1) === clients, { timeout: patienceMs });

    process.kill(app.serverPid(), "SIGKILL");
    await waitUntilWell(app.url);
    await vi.waitUntil(() => subscribed(2) === clients, { timeout: patienceMs, interval: 50 });

    const gaps = await Promise.all(
      listeners.map(async ({ token, conversationId }) => {
        const path = listVisitorMessages.path.replace("{id}", conversationId);
        const response = await fetch(`${app.url}${path}?afterSeq=0`, { headers: { authorization: `Bearer ${token}` } });
        return response.status === 200 && listVisitorMessages.result.parse(await response.json()).items.length > 0;
      }),
    );
    expect(gaps.filter(Boolean)).toHaveLength(clients);
  });
});
