import { describe, expect, it } from "vitest";
import { residentGrowth } from "./testing/idle-clients";
import { ProbeClient } from "./testing/probe-client";
import { startServer } from "./testing/server-fixture";

const MEGABYTE = 1_024 * 1_024;

describe("idle sockets at scale (T03)", () => {
  it("5,000 are accepted, take less than 30 MB per 1,000, and a message among them still arrives at once", async () => {
    const server = await startServer();
    const { hub } = server.realtime;
    const growth = await residentGrowth(
      server.port,
      5_000,
      () => hub.stats().connections,
      async () => {
        const [sender, receiver] = await Promise.all([ProbeClient.open(server.port), ProbeClient.open(server.port)]);
        await receiver.subscribe("c");
        const start = performance.now();
        hub.publish(["c"], "message", "1", sender.socketId);
        await receiver.next("message");
        expect(performance.now() - start).toBeLessThan(100);
        sender.socket.close();
        receiver.socket.close();
      },
    );
    expect(growth / 5 / MEGABYTE).toBeLessThan(30);
    await server.stop();
  }, 120_000);
});
