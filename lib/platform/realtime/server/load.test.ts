import { connect, type Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { residentGrowth } from "./testing/idle-clients";
import { APP_PATH, ProbeClient } from "./testing/probe-client";
import { startServer } from "./testing/server-fixture";

const MEGABYTE = 1_024 * 1_024;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await turn();
  }
}

/** A client that takes part in the protocol but stops reading on demand; its kernel buffers are the only slack. */
function rawSubscriber(port: number, channel: string): { socket: Socket; subscribed: Promise<void> } {
  const socket = connect(port, "127.0.0.1");
  const text = JSON.stringify({ event: "pusher:subscribe", data: { channel } });
  const masked = Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
  socket.on("error", () => undefined);
  const subscribed = new Promise<void>((resolve) => {
    let seen = "";
    const onData = (chunk: Buffer): void => {
      seen += chunk.toString("latin1");
      if (seen.includes("subscription_succeeded")) {
        socket.off("data", onData);
        socket.pause();
        resolve();
      }
    };
    socket.on("data", onData);
  });
  socket.write(
    `GET ${APP_PATH} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  socket.write(masked);
  return { socket, subscribed };
}

describe("mass disconnect (T05)", () => {
  it("500 sockets gone within 100 ms, five times, cost the others no message and presence is right at once", async () => {
    const server = await startServer();
    const { hub } = server.realtime;
    const channel = "presence-shop";
    const member = (client: ProbeClient, id: string): Promise<unknown> =>
      client.subscribe(channel, { ...server.pusher.authorizeChannel(client.socketId, channel, { user_id: id }) });
    const stayers = await Promise.all(Array.from({ length: 20 }, () => ProbeClient.open(server.port)));
    await Promise.all(stayers.map((client, index) => member(client, `stays-${index}`)));
    let sent = 0;
    for (let round = 0; round < 5; round += 1) {
      const crowd = await Promise.all(Array.from({ length: 500 }, () => ProbeClient.open(server.port)));
      await Promise.all(crowd.map((client, index) => member(client, `comes-${index % 80}`)));
      expect(hub.presenceUsers(channel)).toHaveLength(100);
      for (const [index, client] of crowd.entries()) {
        client.socket.terminate();
        if (index % 5 === 0) {
          hub.publish([channel], "message", String(sent));
          sent += 1;
          await turn();
        }
      }
      await until(() => hub.stats().connections === stayers.length);
      expect(hub.presenceUsers(channel)).toHaveLength(20);
    }
    await Promise.all(stayers.map((client) => client.settled()));
    for (const client of stayers) {
      const numbers = client.unread.filter(({ event }) => event === "message").map(({ data }) => Number(data));
      expect(numbers).toEqual(Array.from({ length: sent }, (_, index) => index));
    }
    expect(server.faults).toEqual([]);
    await server.stop();
  }, 240_000);
});

describe("one conversation watched by many (T04)", () => {
  it("brings each of 40 messages to each of 200 agents, once and in order", async () => {
    const server = await startServer();
    const channel = "private-conversation";
    const agents = await Promise.all(Array.from({ length: 200 }, () => ProbeClient.open(server.port)));
    await Promise.all(
      agents.map((agent) => agent.subscribe(channel, { ...server.pusher.authorizeChannel(agent.socketId, channel) })),
    );
    const sent = Array.from({ length: 40 }, (_, index) => index);
    for (const number of sent) {
      await server.pusher.trigger(channel, "message", number);
    }
    await Promise.all(agents.map((agent) => agent.settled()));
    for (const agent of agents) {
      expect(agent.unread.map(({ data }) => Number(data))).toEqual(sent);
    }
    expect(server.faults).toEqual([]);
    await server.stop();
  }, 240_000);
});

describe("slow reader (T08)", () => {
  it("is cut with 1013 at the cap while the others get everything and memory stays bounded", async () => {
    const server = await startServer();
    const { hub } = server.realtime;
    const reader = await ProbeClient.open(server.port);
    await reader.subscribe("feed");
    const slow = rawSubscriber(server.port, "feed");
    await slow.subscribed;
    const data = JSON.stringify("x".repeat(10_000));
    const before = process.memoryUsage().rss;
    let sent = 0;
    while (hub.stats().droppedSlowReaders === 0) {
      hub.publish(["feed"], "message", data);
      sent += 1;
      await turn();
      expect(sent).toBeLessThan(5_000);
    }
    const held = process.memoryUsage().rss - before;
    for (let more = 0; more < 50; more += 1) {
      hub.publish(["feed"], "message", data);
      sent += 1;
      await turn();
    }
    await reader.settled();
    expect(reader.unread).toHaveLength(sent);
    expect(hub.stats()).toMatchObject({ droppedSlowReaders: 1, connections: 1 });
    expect(held).toBeLessThan(150 * MEGABYTE);
    // What the slow reader finds when it reads again: the last frame says why it was cut.
    let last = Buffer.alloc(0);
    slow.socket.on("data", (chunk) => {
      last = Buffer.concat([last, chunk]).subarray(-("Slow reader".length + 4));
    });
    slow.socket.resume();
    await until(() => last.toString("latin1").endsWith("Slow reader"));
    expect(last.subarray(0, 2)).toEqual(Buffer.from([0x88, 2 + "Slow reader".length]));
    expect(last.readUInt16BE(2)).toBe(1013);
    slow.socket.destroy();
    await server.stop();
  }, 120_000);

  it("one that only sends pings and never reads the answers is cut as well", async () => {
    const server = await startServer({ limits: { inboundBurst: 10_000_000 } });
    const { socket, subscribed } = rawSubscriber(server.port, "pings");
    await subscribed;
    const ping = Buffer.concat([Buffer.from([0x89, 0x80 | 125, 0, 0, 0, 0]), Buffer.alloc(125)]);
    const many = Buffer.concat(Array.from({ length: 500 }, () => ping));
    while (server.realtime.hub.stats().connections > 0) {
      socket.write(many);
      await turn();
    }
    socket.destroy();
    await server.stop();
  }, 120_000);
});

describe("idle sockets (T03)", () => {
  it("1,000 of them take less than 30 MB", async () => {
    const server = await startServer();
    const growth = await residentGrowth(server.port, 1_000, () => server.realtime.hub.stats().connections);
    expect(growth / MEGABYTE).toBeLessThan(30);
    await server.stop();
  }, 240_000);
});
