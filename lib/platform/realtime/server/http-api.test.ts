import { createHash } from "node:crypto";
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signRequest } from "./auth-signature";
import { ProbeClient } from "./testing/probe-client";
import { APP, startServer, type TestServer } from "./testing/server-fixture";

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

interface Raw {
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly ageSeconds?: number;
  readonly secret?: string;
  readonly overrides?: Record<string, string>;
}

/** A correctly signed request, except for what the test changes. */
async function call(raw: Raw = {}): Promise<{ status: number; text: string }> {
  const { method = "POST", path = "/apps/3/events", ageSeconds = 0, secret = APP.secret } = raw;
  const body = raw.body ?? (method === "POST" ? '{"name":"a","channel":"c","data":"d"}' : "");
  const parameters = {
    auth_key: APP.key,
    auth_timestamp: String(Math.floor(Date.now() / 1_000) - ageSeconds),
    auth_version: "1.0",
    ...(body === "" ? {} : { body_md5: createHash("md5").update(body).digest("hex") }),
    ...raw.overrides,
  };
  const signature = signRequest(secret, method, path, Object.entries(parameters));
  const query = new URLSearchParams({ ...parameters, auth_signature: signature });
  const response = await fetch(`http://127.0.0.1:${server.port}${path}?${query}`, {
    method,
    ...(body === "" ? {} : { body }),
  });
  return { status: response.status, text: await response.text() };
}

const event = (fields: Record<string, unknown>): string =>
  JSON.stringify({ name: "a", channel: "c", data: "d", ...fields });

async function read(path: string, params: Record<string, string> = {}): Promise<unknown> {
  return await (await server.pusher.get({ path, params })).json();
}

describe("only genuine requests are heard (T40)", () => {
  it.each<[string, Raw]>([
    ["a wrong secret", { secret: "wrong" }],
    ["an unknown key", { overrides: { auth_key: "nope" } }],
    ["a request 601 seconds old", { ageSeconds: 601 }],
    ["a request from 700 seconds ahead", { ageSeconds: -700 }],
    ["a timestamp that is no number", { overrides: { auth_timestamp: "NaN" } }],
    ["a wrong body_md5, even when signed", { overrides: { body_md5: "0".repeat(32) } }],
    ["another version", { overrides: { auth_version: "2.0" } }],
  ])("%s is 401 with an explanation", async (_name, raw) => {
    const { status, text } = await call(raw);
    expect(status).toBe(401);
    expect(text).not.toBe("");
  });

  it("a body swapped after signing is 401", async () => {
    const path = "/apps/3/events";
    const md5 = createHash("md5").update(event({})).digest("hex");
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const parameters = { auth_key: APP.key, auth_timestamp: timestamp, auth_version: "1.0", body_md5: md5 };
    const signature = signRequest(APP.secret, "POST", path, Object.entries(parameters));
    const query = new URLSearchParams({ ...parameters, auth_signature: signature });
    const url = `http://127.0.0.1:${server.port}${path}?${query}`;
    expect((await fetch(url, { method: "POST", body: event({ data: "other" }) })).status).toBe(401);
    expect((await fetch(url, { method: "POST", body: event({}) })).status).toBe(200);
  });

  it("590 seconds of clock difference are allowed", async () => {
    expect(await call({ ageSeconds: 590 })).toEqual({ status: 200, text: "{}" });
  });
});

describe("limits and bad input", () => {
  it.each<[string, number, Raw]>([
    ["data of 10,240 bytes", 200, { body: event({ data: "x".repeat(10_240) }) }],
    ["data of 10,241 bytes", 413, { body: event({ data: "x".repeat(10_241) }) }],
    ["3,414 characters of three bytes each", 413, { body: event({ data: "文".repeat(3_414) }) }],
    ["a body of 2 MB", 413, { body: event({ data: "x".repeat(2_000_000) }) }],
    ["data that is no string", 400, { body: event({ data: {} }) }],
    ["no name", 400, { body: event({ name: "" }) }],
    ["a name of 201 characters", 400, { body: event({ name: "n".repeat(201) }) }],
    ["no channel", 400, { body: '{"name":"a","data":"d"}' }],
    ["a channel outside the grammar", 400, { body: event({ channel: "a:b" }) }],
    ["101 channels", 400, { body: event({ channels: Array.from({ length: 101 }, (_, index) => `c${index}`) }) }],
    ["a socket id outside the grammar", 400, { body: event({ socket_id: "1:1" }) }],
    ["broken JSON", 400, { body: "{oops" }],
    ["an empty body", 400, { body: "" }],
    ["an unknown app", 404, { path: "/apps/4/events" }],
    ["an unknown path", 404, { path: "/apps/3/nope" }],
    ["a path that cannot be decoded", 404, { path: "/apps/3/%E0%A4%A" }],
    ["another method", 404, { method: "DELETE" }],
    [
      "user_count of a public channel",
      400,
      { method: "GET", path: "/apps/3/channels/c", overrides: { info: "user_count" } },
    ],
    ["cache of a channel without", 400, { method: "GET", path: "/apps/3/channels/c", overrides: { info: "cache" } }],
  ])("%s is %i", async (_name, status, raw) => {
    expect((await call(raw)).status).toBe(status);
  });

  it("a publisher that hangs up in the middle of its body is no fault", async () => {
    const request = httpRequest({
      port: server.port,
      path: "/apps/3/events",
      method: "POST",
      headers: { "content-length": 100 },
    });
    const failed = new Promise((resolve) => request.on("error", resolve));
    request.write("{", () => request.destroy());
    await failed;
    expect((await call()).status).toBe(200);
    expect(server.faults).toEqual([]);
  });

  it("leaves every other path to the rest of the server", async () => {
    expect((await fetch(`http://127.0.0.1:${server.port}/api/health`)).status).toBe(418);
  });
});

describe("what the official server library can do", () => {
  it("trigger to several channels, once each, without the excluded socket", async () => {
    const [one, two] = await Promise.all([ProbeClient.open(server.port), ProbeClient.open(server.port)]);
    for (const client of [one, two]) {
      await client.subscribe("t-1");
      await client.subscribe("t-2");
    }
    await server.pusher.trigger(["t-1", "t-2", "t-1"], "foo", { n: 1 }, { socket_id: one.socketId });
    await Promise.all([one.settled(), two.settled()]);
    expect(one.unread).toEqual([]);
    expect(two.unread.map((message) => message.channel)).toEqual(["t-1", "t-2"]);
  });

  it("trigger with info answers with counts", async () => {
    const client = await ProbeClient.open(server.port);
    await client.subscribe("counted");
    const response = await server.pusher.trigger("counted", "foo", {}, { info: "subscription_count" });
    expect(await response.json()).toEqual({ channels: { counted: { subscription_count: 1 } } });
  });

  it("a batch of ten, not of eleven", async () => {
    const client = await ProbeClient.open(server.port);
    await client.subscribe("batch");
    const batch = (size: number): { channel: string; name: string; data: unknown }[] =>
      Array.from({ length: size }, (_, index) => ({ channel: "batch", name: "b", data: { index } }));
    await server.pusher.triggerBatch(batch(10));
    await client.settled();
    expect(client.unread.map((message) => message.data)).toEqual(batch(10).map(({ data }) => JSON.stringify(data)));
    await expect(server.pusher.triggerBatch(batch(11))).rejects.toMatchObject({ status: 400 });
  });

  it("data over the limit is refused with 413", async () => {
    await expect(server.pusher.trigger("c", "big", "x".repeat(10_241))).rejects.toMatchObject({ status: 413 });
  });

  it("reads channels, one channel and its users", async () => {
    const client = await ProbeClient.open(server.port);
    const auth = server.pusher.authorizeChannel(client.socketId, "presence-api", { user_id: "u1" });
    await client.subscribe("presence-api", { ...auth });
    await client.subscribe("cache-api");
    await server.pusher.trigger("cache-api", "v", "1");
    expect(await read("/channels", { filter_by_prefix: "presence-", info: "user_count" })).toEqual({
      channels: { "presence-api": { user_count: 1 } },
    });
    expect(await read("/channels")).toMatchObject({ channels: { "presence-api": {}, "cache-api": {} } });
    expect(await read("/channels/presence-api", { info: "user_count,subscription_count" })).toEqual({
      occupied: true,
      user_count: 1,
    });
    expect(await read("/channels/cache-api", { info: "subscription_count,cache" })).toEqual({
      occupied: true,
      subscription_count: 1,
      cache: { data: "1", ttl: 1_800 },
    });
    expect(await read("/channels/presence-api/users")).toEqual({ users: [{ id: "u1" }] });
    expect(await read("/channels/nobody")).toEqual({ occupied: false });
    await expect(read("/channels", { info: "user_count" })).rejects.toMatchObject({ status: 400 });
    await expect(read("/channels/cache-api/users")).rejects.toMatchObject({ status: 400 });
  });

  it("terminates a user whose id has to be encoded", async () => {
    const client = await ProbeClient.open(server.port);
    client.send({ event: "pusher:signin", data: server.pusher.authenticateUser(client.socketId, { id: "李 雷" }) });
    await client.next("pusher:signin_success");
    await server.pusher.terminateUserConnections("李 雷");
    expect(await client.closed).toMatchObject({ code: 4009 });
  });
});
