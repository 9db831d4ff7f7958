import PusherClient, { type Channel, type PresenceChannel } from "pusher-js";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { APP, startServer, type TestServer } from "./testing/server-fixture";

let server: TestServer;
const clients: PusherClient[] = [];

beforeAll(async () => {
  server = await startServer();
});
afterEach(() => {
  for (const client of clients.splice(0)) {
    client.disconnect();
  }
});
afterAll(() => server.stop());

/** An unmodified pusher-js whose authorisation is signed by the unmodified `pusher`. */
function connect(userId: string, target: TestServer = server): PusherClient {
  const client = new PusherClient(APP.key, {
    cluster: "",
    wsHost: "127.0.0.1",
    wsPort: target.port,
    forceTLS: false,
    enabledTransports: ["ws"],
    enableStats: false,
    channelAuthorization: {
      transport: "ajax",
      endpoint: "",
      customHandler: ({ socketId, channelName }, callback) => {
        const user = { user_id: userId, user_info: { name: userId } };
        const presence = channelName.startsWith("presence-") ? user : undefined;
        callback(null, target.pusher.authorizeChannel(socketId, channelName, presence));
      },
    },
    userAuthentication: {
      transport: "ajax",
      endpoint: "",
      customHandler: ({ socketId }, callback) =>
        callback(null, target.pusher.authenticateUser(socketId, { id: userId })),
    },
  });
  clients.push(client);
  return client;
}

interface Bindable {
  bind(event: string, callback: (payload: never) => void): unknown;
}

function once<Payload = unknown>(source: Bindable, event: string): Promise<Payload> {
  return new Promise((resolve) => source.bind(event, (payload: Payload) => resolve(payload)));
}

async function subscribed(client: PusherClient, name: string): Promise<Channel> {
  const channel = client.subscribe(name);
  await once(channel, "pusher:subscription_succeeded");
  return channel;
}

describe("the official pusher-js and pusher work unmodified", () => {
  it("public and private channels deliver Chinese text", async () => {
    const client = connect("a");
    for (const name of ["public-x", "private-x"]) {
      const channel = await subscribed(client, name);
      const got = once(channel, "said");
      await server.pusher.trigger(name, "said", { text: "怎么退款？" });
      expect(await got).toEqual({ text: "怎么退款？" });
    }
  });

  it("a refused subscription reaches the channel's listener", async () => {
    const client = new PusherClient(APP.key, {
      cluster: "",
      wsHost: "127.0.0.1",
      wsPort: server.port,
      forceTLS: false,
      enabledTransports: ["ws"],
      channelAuthorization: {
        transport: "ajax",
        endpoint: "",
        customHandler: (_request, callback) => callback(null, { auth: `${APP.key}:forged` }),
      },
    });
    clients.push(client);
    expect(await once(client.subscribe("private-x"), "pusher:subscription_error")).toMatchObject({
      type: "AuthError",
      status: 401,
    });
  });

  it("presence shows who is there, comes and goes", async () => {
    const [one, two] = [connect("u1"), connect("u2")];
    const mine = (await subscribed(one, "presence-room")) as PresenceChannel;
    const added = once(mine, "pusher:member_added");
    const theirs = (await subscribed(two, "presence-room")) as PresenceChannel;
    expect(await added).toEqual({ id: "u2", info: { name: "u2" } });
    expect(theirs.members.count).toBe(2);
    expect(theirs.members.me).toEqual({ id: "u2", info: { name: "u2" } });
    const removed = once(mine, "pusher:member_removed");
    two.disconnect();
    expect(await removed).toMatchObject({ id: "u2" });
  });

  it("client events pass between clients", async () => {
    const [one, two] = [connect("u1"), connect("u2")];
    const mine = await subscribed(one, "private-chat");
    const theirs = await subscribed(two, "private-chat");
    const got = once(theirs, "client-typing");
    mine.trigger("client-typing", { t: 1 });
    expect(await got).toEqual({ t: 1 });
  });

  it("signs in, receives sendToUser, and stays away after termination", async () => {
    const client = connect("js1");
    const user = once(client.user, "hello");
    client.signin();
    await once(client, "pusher:signin_success");
    await until(() => server.realtime.hub.channelInfo("#server-to-user-js1").occupied);
    await server.pusher.sendToUser("js1", "hello", { m: 1 });
    expect(await user).toEqual({ m: 1 });
    const gone = new Promise((resolve) => client.connection.bind("disconnected", () => resolve(true)));
    await server.pusher.terminateUserConnections("js1");
    expect(await gone).toBe(true);
  });

  it("cache channels replay, and announce a miss", async () => {
    const client = connect("a");
    const missed = once(client.subscribe("cache-c"), "pusher:cache_miss");
    await missed;
    await server.pusher.trigger("cache-c", "v", { v: 1 });
    const late = connect("b");
    expect(await once(late.subscribe("cache-c"), "v")).toEqual({ v: 1 });
  });

  it("encrypted channels travel sealed and open only at the client", async () => {
    const auth = server.pusher.authorizeChannel("1234.1234", "private-encrypted-x");
    expect(auth.shared_secret).toBe("yg0RrojlChIBGKYDax2K5oqaMIaBtMi7HK+TiLLndM0=");
    const client = connect("a");
    const channel = await subscribed(client, "private-encrypted-x");
    const got = once(channel, "secret");
    const seen: string[] = [];
    client.connection.bind("message", (message: { event: string; data: unknown }) => {
      if (message.event === "secret") {
        seen.push(JSON.stringify(message.data));
      }
    });
    await server.pusher.trigger("private-encrypted-x", "secret", { m: "hi" });
    expect(await got).toEqual({ m: "hi" });
    expect(seen).toEqual([expect.stringContaining("ciphertext")]);
  });

  it("after a restart with 4200 the client comes back by itself and is subscribed again", async () => {
    const first = await startServer();
    const client = connect("a", first);
    const channel = await subscribed(client, "room");
    const again = once(channel, "pusher:subscription_succeeded");
    const states: string[] = [];
    client.connection.bind("state_change", ({ current }: { current: string }) => states.push(current));
    // The same process goes on listening: cut this one socket the way a shutdown does.
    for (const connection of first.realtime.hub.connections()) {
      connection.close(4200, "Server restarting");
    }
    await again;
    expect(states).toEqual(["connecting", "connected"]);
    client.disconnect();
    await first.stop();
  });
});

/** Waits, a turn of the event loop at a time, for a condition that no event announces. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
