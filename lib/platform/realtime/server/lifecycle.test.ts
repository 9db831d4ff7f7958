import { setTimeout as delay, setImmediate as turn } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import type { RealtimeHub } from "./hub";
import { getRealtimeHub, installRealtimeHub } from "./hub-singleton";
import { ProbeClient } from "./testing/probe-client";
import { startServer } from "./testing/server-fixture";

/** Resolves with the next `count` events of a kind. */
function told(
  hub: RealtimeHub,
  event: "channel_occupied" | "channel_vacated" | "member_added" | "member_removed",
): Promise<unknown> {
  return new Promise((resolve) => {
    const stop = hub.on(event, (payload) => {
      stop();
      resolve(payload);
    });
  });
}

/** Waits, a turn of the event loop at a time, for a condition that no event announces. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await turn();
  }
}

describe("keep-alive", () => {
  it("closes a half-open socket with 4201 and tells its channels", async () => {
    const server = await startServer({ limits: { activityTimeoutSeconds: 0.1, pongTimeoutSeconds: 0.2 } });
    const dead = await ProbeClient.open(server.port, { autoPong: false });
    await dead.subscribe("c");
    expect(await dead.closed).toMatchObject({ code: 4201 });
    expect(server.realtime.hub.stats()).toMatchObject({ connections: 0, channels: 0 });
    await server.stop();
  });

  it("keeps an idle socket that answers pings", async () => {
    // Time enough for an answer, on a machine that is busy with something else, too.
    const server = await startServer({ limits: { activityTimeoutSeconds: 0.1, pongTimeoutSeconds: 60 } });
    const client = await ProbeClient.open(server.port);
    for (let pings = 0; pings < 4; pings += 1) {
      await new Promise((resolve) => client.socket.once("ping", resolve));
    }
    await client.settled();
    await server.stop();
  });
});

describe("capacity", () => {
  it("sends away with 4100 what is over the limit per address, and forgets those who left", async () => {
    const server = await startServer({ limits: { connectionsPerAddress: 2, graceMilliseconds: 10 } });
    const [one] = await Promise.all([ProbeClient.open(server.port), ProbeClient.open(server.port)]);
    expect(await ProbeClient.dial(server.port).closed).toMatchObject({ code: 4100 });
    const left = told(server.realtime.hub, "channel_vacated");
    await one.subscribe("c");
    one.socket.close();
    await left;
    await (await ProbeClient.open(server.port)).settled();
    await server.stop();
  });

  it("sends away with 4100 what is over the limit of the process", async () => {
    const server = await startServer({ limits: { connections: 1 } });
    await ProbeClient.open(server.port);
    expect(await ProbeClient.dial(server.port).closed).toMatchObject({ code: 4100 });
    await server.stop();
  });

  it("a full presence channel refuses the next person, not the next socket of a member", async () => {
    const server = await startServer({ limits: { presenceMembers: 1 } });
    const clients = await Promise.all([1, 2, 3].map(() => ProbeClient.open(server.port)));
    const ask = (client: ProbeClient, id: string): void =>
      client.send({
        event: "pusher:subscribe",
        data: {
          channel: "presence-r",
          ...server.pusher.authorizeChannel(client.socketId, "presence-r", { user_id: id }),
        },
      });
    const [first, second, third] = clients;
    if (!first || !second || !third) {
      throw new Error("three clients were opened");
    }
    ask(first, "a");
    await first.next("pusher_internal:subscription_succeeded");
    ask(second, "a");
    await second.next("pusher_internal:subscription_succeeded");
    ask(third, "b");
    expect((await third.next("pusher:subscription_error")).data).toMatchObject({ status: 4004 });
    await server.stop();
  });
});

describe("hooks instead of webhooks (protocols/07, 7.9)", () => {
  it("tell of arrivals at once and of departures after the grace", async () => {
    const server = await startServer({ limits: { graceMilliseconds: 20 } });
    const { hub } = server.realtime;
    const arrivals = Promise.all([told(hub, "channel_occupied"), told(hub, "member_added")]);
    const departures = Promise.all([told(hub, "channel_vacated"), told(hub, "member_removed")]);
    const client = await ProbeClient.open(server.port);
    const auth = server.pusher.authorizeChannel(client.socketId, "presence-r", { user_id: "u1" });
    await client.subscribe("presence-r", { ...auth });
    expect(await arrivals).toEqual([{ channel: "presence-r" }, { channel: "presence-r", userId: "u1" }]);
    client.socket.close();
    expect(await departures).toEqual([{ channel: "presence-r" }, { channel: "presence-r", userId: "u1" }]);
    await server.stop();
  });

  it("a reload within the grace is no departure", async () => {
    const server = await startServer({ limits: { graceMilliseconds: 100 } });
    const { hub } = server.realtime;
    // The grace is over when the test says so: a reload may take long on a busy machine.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    const happenings: string[] = [];
    for (const event of ["channel_occupied", "channel_vacated", "member_added", "member_removed"] as const) {
      hub.on(event, ({ channel }) => happenings.push(`${event} ${channel}`));
    }
    const enter = async (channel: string): Promise<ProbeClient> => {
      const client = await ProbeClient.open(server.port);
      const auth = server.pusher.authorizeChannel(client.socketId, channel, { user_id: "u1" });
      await client.subscribe(channel, { ...auth });
      return client;
    };
    const before = await enter("presence-r");
    before.socket.close();
    await until(() => hub.stats().connections === 0);
    await enter("presence-r");
    vi.advanceTimersByTime(1_000);
    // A second channel that is left for good marks the time: once it is reported, the first would have been too.
    const marked = told(hub, "channel_vacated");
    const other = await enter("presence-mark");
    other.socket.close();
    await until(() => hub.stats().connections === 1);
    vi.advanceTimersByTime(1_000);
    expect(await marked).toEqual({ channel: "presence-mark" });
    expect(happenings.filter((line) => line.endsWith("presence-r"))).toEqual([
      "channel_occupied presence-r",
      "member_added presence-r",
    ]);
    vi.useRealTimers();
    await server.stop();
  });

  it("a listener that throws is reported and stops nobody", async () => {
    const server = await startServer();
    const fault = new Error("listener");
    server.realtime.hub.on("channel_occupied", () => {
      throw fault;
    });
    const second = told(server.realtime.hub, "channel_occupied");
    await (await ProbeClient.open(server.port)).subscribe("c");
    expect(await second).toEqual({ channel: "c" });
    expect(server.faults).toEqual([fault]);
    await server.stop();
  });

  it("client events and cache misses are told too", async () => {
    const server = await startServer();
    const happenings: unknown[] = [];
    server.realtime.hub.on("client_event", (payload) => happenings.push(payload));
    server.realtime.hub.on("cache_miss", (payload) => happenings.push(payload));
    const client = await ProbeClient.open(server.port);
    const channel = "private-cache-x";
    await client.subscribe(channel, { ...server.pusher.authorizeChannel(client.socketId, channel) });
    client.send({ event: "client-t", channel, data: { n: 1 } });
    await client.settled();
    expect(happenings).toEqual([
      { channel },
      { channel, event: "client-t", data: '{"n":1}', socketId: client.socketId, userId: undefined },
    ]);
    await server.stop();
  });
});

describe("closing", () => {
  it("sends everybody away with 4200 and takes nobody new", async () => {
    const server = await startServer();
    const clients = await Promise.all(Array.from({ length: 20 }, () => ProbeClient.open(server.port)));
    const closed = server.realtime.close();
    const late = ProbeClient.dial(server.port);
    await closed;
    expect(new Set((await Promise.all(clients.map((client) => client.closed))).map(({ code }) => code))).toEqual(
      new Set([4200]),
    );
    expect(await late.closed).toMatchObject({ code: 1006 });
    expect(server.realtime.hub.stats()).toMatchObject({ connections: 0, channels: 0 });
    await server.stop();
  });

  it("can spread the farewell with 4100, so that clients do not come back in one moment", async () => {
    const server = await startServer();
    const clients = await Promise.all(Array.from({ length: 40 }, () => ProbeClient.open(server.port)));
    const times: number[] = [];
    const leaving = clients.map(async (client) => {
      const { code } = await client.closed;
      times.push(performance.now());
      return code;
    });
    await server.realtime.close({ code: 4100, spreadMilliseconds: 200 });
    expect(new Set(await Promise.all(leaving))).toEqual(new Set([4100]));
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(100);
    await server.stop();
  });

  it("is not held up by a client that never answers", async () => {
    const server = await startServer();
    const client = await ProbeClient.open(server.port);
    client.socket.pause();
    const outcome = await Promise.race([
      server.realtime.close({ patienceMilliseconds: 100 }).then(() => "closed"),
      delay(5_000, "hung", { ref: false }),
    ]);
    expect(outcome).toBe("closed");
    client.socket.terminate();
    await server.stop();
  });
});

describe("the hub of the process", () => {
  it("is the same for every module graph, and gone after shutdown", async () => {
    const server = await startServer();
    installRealtimeHub(server.realtime.hub);
    const shared = Reflect.get(globalThis, Symbol.for("yingda.realtime.hub"));
    expect(shared).toBe(server.realtime.hub);
    expect(getRealtimeHub()).toBe(shared);
    installRealtimeHub(undefined);
    expect(getRealtimeHub()).toBeUndefined();
    await server.stop();
  });

  it("hands upgrades of other paths to the development server", async () => {
    const seen: string[] = [];
    const server = await startServer({
      otherUpgrade: (request, socket) => {
        seen.push(request.url ?? "");
        socket.destroy();
      },
    });
    await ProbeClient.dial(server.port, "/_next/hmr").closed;
    expect(seen).toEqual(["/_next/hmr"]);
    await server.stop();
  });
});
