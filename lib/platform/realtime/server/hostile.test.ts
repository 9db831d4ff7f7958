import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { APP_PATH, ProbeClient } from "./testing/probe-client";
import { APP, startServer, type TestServer } from "./testing/server-fixture";

let server: TestServer;

beforeAll(async () => {
  server = await startServer({ allowOrigin: (origin) => origin === undefined || origin === "https://shop.example" });
});
afterAll(() => server.stop());

const open = (): Promise<ProbeClient> => ProbeClient.open(server.port);

async function refusalOf(client: ProbeClient, data: Record<string, unknown>): Promise<unknown> {
  client.send({ event: "pusher:subscribe", data });
  return (await client.next("pusher:subscription_error")).data;
}

/** The head of the server's answer to a raw request; "" when it hangs up without one. */
async function rawAnswer(port: number, lines: readonly string[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
  });
  socket.on("error", () => undefined);
  await once(socket, "close");
  return text.split("\r\n")[0] ?? "";
}

describe("a subscription needs a right to that channel (T40)", () => {
  it.each([
    ["without a signature", {}],
    ["with an empty one", { auth: "" }],
    ["with a wrong one", { auth: `${APP.key}:${"0".repeat(64)}` }],
    ["with a key only", { auth: APP.key }],
  ])("private %s is refused and the socket stays open", async (_name, extra) => {
    const client = await open();
    expect(await refusalOf(client, { channel: "private-x", ...extra })).toEqual({
      type: "AuthError",
      error: "The connection is unauthorized.",
      status: 401,
    });
    await client.settled();
  });

  it("a signature for another channel, another socket or another key opens nothing", async () => {
    const [client, other] = await Promise.all([open(), open()]);
    const elsewhere = server.pusher.authorizeChannel(client.socketId, "private-other");
    expect(await refusalOf(client, { channel: "private-x", ...elsewhere })).toMatchObject({ status: 401 });
    const stolen = server.pusher.authorizeChannel(other.socketId, "private-x");
    expect(await refusalOf(client, { channel: "private-x", ...stolen })).toMatchObject({ status: 401 });
    const [, signature] = server.pusher.authorizeChannel(client.socketId, "private-x").auth.split(":");
    expect(await refusalOf(client, { channel: "private-x", auth: `x:${signature}` })).toMatchObject({ status: 401 });
  });

  it("presence data changed after signing is refused: nobody can pose as another user", async () => {
    const client = await open();
    const { auth } = server.pusher.authorizeChannel(client.socketId, "presence-r", { user_id: "me" });
    const spoofed = { channel: "presence-r", auth, channel_data: '{"user_id":"you"}' };
    expect(await refusalOf(client, spoofed)).toMatchObject({ status: 401 });
    expect(await refusalOf(client, { channel: "presence-r", auth })).toMatchObject({ status: 401 });
  });

  it("a private signature over `channel:data` is not a presence signature of that data", async () => {
    const client = await open();
    const channel = 'presence-r:{"user_id":"you"}';
    expect(await refusalOf(client, { channel, auth: "x" })).toMatchObject({ type: "InvalidChannel", status: 400 });
  });
});

describe("hostile sockets are turned away with the right code and harm nobody (T42)", () => {
  it("another origin gets 4009, the shop's own gets in", async () => {
    const foreign = ProbeClient.dial(server.port, APP_PATH, { origin: "https://evil.example" });
    expect(await foreign.closed).toEqual({ code: 4009, reason: "Origin not allowed" });
    const own = await ProbeClient.open(server.port, { origin: "https://shop.example" });
    await own.settled();
  });

  it("client events on public channels, foreign channels and encrypted ones are dropped", async () => {
    const client = await open();
    await client.subscribe("public-x");
    const encrypted = "private-encrypted-x";
    await client.subscribe(encrypted, { ...server.pusher.authorizeChannel(client.socketId, encrypted) });
    for (const channel of ["public-x", "private-elsewhere", encrypted, undefined]) {
      client.send({ event: "client-t", channel, data: {} });
      expect((await client.next("pusher:error")).data).toMatchObject({ code: null });
    }
    client.send({ event: "typing", channel: "public-x", data: {} });
    expect((await client.next("pusher:error")).data).toMatchObject({ message: "Unknown event" });
  });

  it("a frame of 1 MB closes with 1009, one of 16 KB does not", async () => {
    const client = await open();
    client.send({ event: "pusher:ping", data: "x".repeat(16_000) });
    await client.next("pusher:pong");
    client.socket.send("x".repeat(1_024 * 1_024));
    expect(await client.closed).toMatchObject({ code: 1009 });
  });

  it("invalid UTF-8 closes with 1007, binary with 1003", async () => {
    const [broken, binary] = await Promise.all([open(), open()]);
    broken.socket.send(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), { binary: false });
    expect(await broken.closed).toMatchObject({ code: 1007 });
    binary.socket.send(Buffer.from("{}"), { binary: true });
    expect(await binary.closed).toMatchObject({ code: 1003 });
  });

  it.each([
    ["broken JSON", "{oops"],
    ["an empty frame", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["no event", "{}"],
    ["an event that is no text", '{"event":{}}'],
    ["deep JSON", "[".repeat(16_000)],
    ["deep JSON that is closed", "[".repeat(8_000) + "]".repeat(8_000)],
    [
      "a deep client event",
      `{"event":"client-x","channel":"private-x","data":${"[".repeat(5_000)}${"]".repeat(5_000)}}`,
    ],
    ["a subscription without channel", '{"event":"pusher:subscribe","data":{}}'],
    ["a subscription that is no object", '{"event":"pusher:subscribe","data":"{oops"}'],
    ["a signin without data", '{"event":"pusher:signin"}'],
    ["a prototype", '{"event":"pusher:signin","data":{"__proto__":{"auth":"x"}}}'],
  ])("%s is answered with an error event and the socket lives on", async (_name, text) => {
    const client = await open();
    await client.subscribe("private-x", { ...server.pusher.authorizeChannel(client.socketId, "private-x") });
    client.socket.send(text);
    await client.settled();
    expect(client.unread.every((message) => message.event === "pusher:error")).toBe(true);
    expect(server.faults).toEqual([]);
  });

  it("of 1,000 subscriptions the first 500 hold and the rest are refused", async () => {
    const client = await open();
    for (let index = 0; index < 1_000; index += 1) {
      client.send({ event: "pusher:subscribe", data: { channel: `many-${index}` } });
    }
    await client.settled();
    const events = client.unread.map((message) => message.event);
    expect(events.filter((event) => event === "pusher_internal:subscription_succeeded")).toHaveLength(500);
    expect(events.filter((event) => event === "pusher:subscription_error")).toHaveLength(500);
    expect(server.realtime.hub.channelNames("many-")).toHaveLength(500);
  });

  it("a socket that floods is closed with 1008 and nothing of it remains", async () => {
    const strict = await startServer({ limits: { inboundBurst: 50, inboundPerSecond: 1 } });
    const client = await ProbeClient.open(strict.port);
    for (let index = 0; index < 80; index += 1) {
      client.send({ event: "pusher:subscribe", data: { channel: `flood-${index}` } });
    }
    expect(await client.closed).toMatchObject({ code: 1008 });
    expect(strict.realtime.hub.stats()).toMatchObject({ connections: 0, channels: 0 });
    await strict.stop();
  });

  it("what a socket sends after it was told to close is not acted upon", async () => {
    const client = await open();
    client.socket.send(Buffer.from("x"), { binary: true });
    client.send({ event: "pusher:subscribe", data: { channel: "too-late" } });
    await client.closed;
    expect(server.realtime.hub.channelInfo("too-late").occupied).toBe(false);
  });
});

describe("upgrades to anything but the realtime path end here (T47)", () => {
  const websocket = [
    "Host: 127.0.0.1",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ];

  it.each([
    ["an absolute-form target", `GET http://127.0.0.1:1${APP_PATH} HTTP/1.1`, ""],
    ["a protocol-relative target", `GET //evil.example${APP_PATH} HTTP/1.1`, ""],
    ["a back-slash target", `GET /\\evil.example${APP_PATH} HTTP/1.1`, ""],
    ["another path", "GET /foo HTTP/1.1", "HTTP/1.1 404 Not Found"],
    ["a longer path", `GET /app/${APP.key}/x HTTP/1.1`, "HTTP/1.1 404 Not Found"],
    ["a path with an encoded slash", "GET /app%2f278d HTTP/1.1", "HTTP/1.1 404 Not Found"],
  ])("%s", async (_name, line, answer) => {
    expect(await rawAnswer(server.port, [line, ...websocket])).toBe(answer);
  });

  it("a peer that resets the connection in the middle of the handshake ends nothing", async () => {
    const socket = connect(server.port, "127.0.0.1");
    await once(socket, "connect");
    socket.write(`GET ${APP_PATH} HTTP/1.1\r\n${websocket.join("\r\n")}\r\n\r\n`, () => socket.resetAndDestroy());
    await once(socket, "close");
    await (await open()).settled();
  });
});
