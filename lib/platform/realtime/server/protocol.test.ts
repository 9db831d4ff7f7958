import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ProbeClient } from "./testing/probe-client";
import { APP, startServer, type TestServer } from "./testing/server-fixture";

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const open = (): Promise<ProbeClient> => ProbeClient.open(server.port);

function joinPresence(client: ProbeClient, channel: string, id: string | number): Promise<unknown> {
  const data = { user_id: id as string, user_info: { name: `N${id}` } };
  return client.subscribe(channel, { ...server.pusher.authorizeChannel(client.socketId, channel, data) });
}

describe("connecting", () => {
  it("greets with a socket id of the grammar and an activity timeout", async () => {
    const client = ProbeClient.dial(server.port);
    const { data } = await client.next("pusher:connection_established");
    expect(JSON.parse(String(data))).toEqual({
      socket_id: expect.stringMatching(/^\d+\.\d+$/),
      activity_timeout: 120,
    });
  });

  it.each([
    ["an unknown key", "/app/nope?protocol=7", 4001],
    ["no protocol", `/app/${APP.key}`, 4008],
    ["protocol 4", `/app/${APP.key}?protocol=4`, 4007],
    ["protocol 8", `/app/${APP.key}?protocol=8`, 4007],
    ["a protocol that is no number", `/app/${APP.key}?protocol=x`, 4006],
  ])("sends away %s with an error event and the same code", async (_name, path, code) => {
    const client = ProbeClient.dial(server.port, path);
    const { data } = await client.next("pusher:error");
    expect(data).toMatchObject({ code });
    expect(await client.closed).toMatchObject({ code });
  });

  it("answers pusher:ping and WebSocket pings", async () => {
    const client = await open();
    client.send({ event: "pusher:ping", data: {} });
    expect(await client.next("pusher:pong")).toEqual({ event: "pusher:pong", data: {} });
    const pong = new Promise((resolve) => client.socket.once("pong", resolve));
    client.socket.ping();
    await pong;
  });
});

describe("subscribing", () => {
  it("is idempotent: a second request succeeds and does not double delivery", async () => {
    const client = await open();
    expect(await client.subscribe("project-3")).toEqual({
      event: "pusher_internal:subscription_succeeded",
      channel: "project-3",
      data: "{}",
    });
    await client.subscribe("project-3");
    server.realtime.hub.publish(["project-3"], "foo", '{"n":1}');
    expect(await client.next("foo")).toEqual({ event: "foo", channel: "project-3", data: '{"n":1}' });
    await client.settled();
    expect(client.unread).toEqual([]);
  });

  it("reads data that is wrapped in a JSON string", async () => {
    const client = await open();
    client.send({ event: "pusher:subscribe", data: JSON.stringify({ channel: "wrapped" }) });
    expect(await client.next("pusher_internal:subscription_succeeded")).toMatchObject({ channel: "wrapped" });
  });

  it("stops delivery after unsubscribing", async () => {
    const client = await open();
    await client.subscribe("left-soon");
    client.send({ event: "pusher:unsubscribe", data: { channel: "left-soon" } });
    await client.settled();
    server.realtime.hub.publish(["left-soon"], "foo", "1");
    await client.settled();
    expect(client.unread).toEqual([]);
    expect(server.realtime.hub.channelInfo("left-soon").occupied).toBe(false);
  });

  it("forwards data byte for byte and spares the socket that caused it", async () => {
    const [one, two] = await Promise.all([open(), open()]);
    await Promise.all([one.subscribe("bytes"), two.subscribe("bytes")]);
    const data = '{"text": "中文 \\u0000 \\" \u2028", "n":1.0}';
    server.realtime.hub.publish(["bytes"], "said", data, one.socketId);
    expect((await two.next("said")).data).toBe(data);
    await one.settled();
    expect(one.unread).toEqual([]);
  });
});

describe("presence", () => {
  it("shows one member per person, tells the others once, and takes a numeric id for its digits", async () => {
    const channel = "presence-room";
    const [one, two, again] = await Promise.all([open(), open(), open()]);
    await joinPresence(one, channel, 1);
    await joinPresence(two, channel, "u2");
    expect((await one.next("pusher_internal:member_added")).data).toBe('{"user_id":"u2","user_info":{"name":"Nu2"}}');
    const { data } = (await joinPresence(again, channel, 1)) as { data: string };
    expect(JSON.parse(data)).toEqual({
      presence: { ids: ["1", "u2"], hash: { "1": { name: "N1" }, u2: { name: "Nu2" } }, count: 2 },
    });
    again.socket.close();
    await again.closed;
    two.send({ event: "pusher:unsubscribe", data: { channel } });
    expect((await one.next("pusher_internal:member_removed")).data).toBe('{"user_id":"u2"}');
    await one.settled();
    expect(one.unread).toEqual([]);
    expect(server.realtime.hub.presenceUsers(channel)).toEqual(["1"]);
  });

  it("keeps a user called __proto__ as an ordinary member", async () => {
    const client = await open();
    const { data } = (await joinPresence(client, "presence-proto", "__proto__")) as { data: string };
    expect(data).toBe('{"presence":{"ids":["__proto__"],"hash":{"__proto__":{"name":"N__proto__"}},"count":1}}');
  });

  it("takes the signed-in user when there is no channel_data", async () => {
    const client = await open();
    client.send({ event: "pusher:signin", data: server.pusher.authenticateUser(client.socketId, { id: "s1" }) });
    await client.next("pusher:signin_success");
    const auth = server.pusher.authorizeChannel(client.socketId, "presence-signed");
    await client.subscribe("presence-signed", { ...auth });
    expect(server.realtime.hub.presenceUsers("presence-signed")).toEqual(["s1"]);
  });
});

describe("client events", () => {
  it("reach the others of a private channel, unchanged, and not the sender", async () => {
    const [one, two] = await Promise.all([open(), open()]);
    for (const client of [one, two]) {
      await client.subscribe("private-x", { ...server.pusher.authorizeChannel(client.socketId, "private-x") });
    }
    one.send({ event: "client-typing", channel: "private-x", data: { t: 1 } });
    expect(await two.next("client-typing")).toEqual({ event: "client-typing", channel: "private-x", data: { t: 1 } });
    await one.settled();
    expect(one.unread).toEqual([]);
  });

  it("carry the sender's user id on presence channels", async () => {
    const [one, two] = await Promise.all([open(), open()]);
    await joinPresence(one, "presence-events", "u1");
    await joinPresence(two, "presence-events", "u2");
    one.send({ event: "client-typing", channel: "presence-events", data: "x" });
    expect(await two.next("client-typing")).toMatchObject({ data: "x", user_id: "u1" });
  });

  it("more than ten in a second are dropped with 4301, the socket stays open", async () => {
    const [one, two] = await Promise.all([open(), open()]);
    for (const client of [one, two]) {
      await client.subscribe("private-rate", { ...server.pusher.authorizeChannel(client.socketId, "private-rate") });
    }
    for (let index = 0; index < 15; index += 1) {
      one.send({ event: "client-t", channel: "private-rate", data: { index } });
    }
    await one.settled();
    await two.settled();
    expect(one.unread.map((message) => message.data)).toEqual(
      Array.from({ length: 5 }, () => ({ code: 4301, message: "Client event rejected due to rate limit" })),
    );
    expect(two.unread).toHaveLength(10);
  });

  it("are refused altogether when switched off", async () => {
    const silent = await startServer({ clientEvents: { enabled: false } });
    const client = await ProbeClient.open(silent.port);
    await client.subscribe("private-x", { ...silent.pusher.authorizeChannel(client.socketId, "private-x") });
    client.send({ event: "client-t", channel: "private-x", data: {} });
    expect((await client.next("pusher:error")).data).toMatchObject({ code: 4301 });
    await silent.stop();
  });
});

describe("sign-in", () => {
  it("opens the user's own channel and nobody else's", async () => {
    const client = await open();
    client.send({ event: "pusher:signin", data: server.pusher.authenticateUser(client.socketId, { id: "u9" }) });
    expect(await client.next("pusher:signin_success")).toMatchObject({ data: { user_data: '{"id":"u9"}' } });
    client.send({ event: "pusher:subscribe", data: { auth: "", channel: "#server-to-user-u8" } });
    expect((await client.next("pusher:subscription_error")).data).toMatchObject({ status: 401 });
    await client.subscribe("#server-to-user-u9");
    await server.pusher.sendToUser("u9", "hello", { m: 1 });
    expect(await client.next("hello")).toMatchObject({ data: '{"m":1}' });
  });

  it("cannot be changed to another user, nor be forged", async () => {
    const client = await open();
    const other = await open();
    client.send({ event: "pusher:signin", data: server.pusher.authenticateUser(client.socketId, { id: "a" }) });
    await client.next("pusher:signin_success");
    client.send({ event: "pusher:signin", data: server.pusher.authenticateUser(client.socketId, { id: "b" }) });
    expect((await client.next("pusher:error")).data).toMatchObject({ code: 4009 });
    client.send({ event: "pusher:signin", data: server.pusher.authenticateUser(other.socketId, { id: "a" }) });
    expect((await client.next("pusher:error")).data).toMatchObject({ code: 4009 });
  });

  it("termination closes every socket of the user with 4009 and no other", async () => {
    const [one, two, other] = await Promise.all([open(), open(), open()]);
    for (const [client, id] of [
      [one, "gone"],
      [two, "gone"],
      [other, "stays"],
    ] as const) {
      client.send({ event: "pusher:signin", data: server.pusher.authenticateUser(client.socketId, { id }) });
      await client.next("pusher:signin_success");
    }
    await server.pusher.terminateUserConnections("gone");
    expect(await one.closed).toEqual({ code: 4009, reason: "You got disconnected by the app." });
    expect(await two.closed).toMatchObject({ code: 4009 });
    await other.settled();
  });
});

describe("cache channels", () => {
  it("announce a miss, then replay the last event to late comers, never a client event", async () => {
    const channel = "private-cache-c";
    const [first, late] = await Promise.all([open(), open()]);
    await first.subscribe(channel, { ...server.pusher.authorizeChannel(first.socketId, channel) });
    expect(await first.next("pusher:cache_miss")).toEqual({ event: "pusher:cache_miss", channel });
    await server.pusher.trigger(channel, "value", { v: 1 });
    first.send({ event: "client-value", channel, data: { v: 2 } });
    await first.settled();
    await late.subscribe(channel, { ...server.pusher.authorizeChannel(late.socketId, channel) });
    expect(await late.next("value")).toEqual({ event: "value", channel, data: '{"v":1}' });
  });
});
