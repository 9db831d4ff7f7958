import Pusher from "pusher";
import { describe, expect, it } from "vitest";
import { hmacHex } from "@/lib/platform/crypto/sign";
import { isSignature, signRequest, signSubscription, signUser } from "./auth-signature";
import { APP } from "./testing/server-fixture";

const SOCKET = "1234.1234";

describe("signatures agree with the published vectors (protocols/07, 7.4, 7.8, 7.9, 7.10)", () => {
  it.each([
    ["private-foobar", undefined, "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"],
    [
      "presence-foobar",
      '{"user_id":10,"user_info":{"name":"Mr. Channels"}}',
      "31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80",
    ],
    ["private-encrypted-x", undefined, "573f86f8d5959ba8070392e04ba3e4f28491b5a7e2c4298ccbb2291d336d2903"],
  ])("subscription to %s", (channel, data, signature) => {
    expect(signSubscription(APP, SOCKET, channel, data)).toBe(`${APP.key}:${signature}`);
  });

  it("sign-in", () => {
    const signature = "4708d583dada6a56435fb8bc611c77c359a31eebde13337c16ab43aa6de336ba";
    expect(signUser(APP, SOCKET, '{"id":"12345"}')).toBe(`${APP.key}:${signature}`);
  });

  it.each([
    [
      "POST",
      "/apps/3/events",
      { body_md5: "ec365a775a4cd0599faeb73354201b6f" },
      "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c",
    ],
    [
      "GET",
      "/apps/3/channels",
      { filter_by_prefix: "presence-", info: "user_count" },
      "16819168891cb5dfd72b5c7a5d3d602605b26c6ba1930033b5e2eeeb65010291",
    ],
  ])("%s request", (method, path, extra, signature) => {
    const parameters = { auth_key: APP.key, auth_timestamp: "1353088179", auth_version: "1.0", ...extra };
    const shuffled = [...Object.entries(parameters), ["auth_signature", "ignored"] as const].reverse();
    expect(signRequest(APP.secret, method, path, shuffled)).toBe(signature);
  });

  it("webhook body, accepted by the official library", () => {
    const body = '{"time_ms":1327078148132,"events":[{"name":"channel_occupied","channel":"private-x"}]}';
    const signature = hmacHex(APP.secret, body);
    expect(signature).toBe("d92958ddd7ac466e9d006eaccc308abf30de04ded8b300e4aa5fd3dc97615ceb");
    const headers = {
      "x-pusher-key": APP.key,
      "x-pusher-signature": signature,
      "content-type": "application/json",
    };
    const webhook = new Pusher({ ...APP, host: "127.0.0.1" }).webhook({ headers, rawBody: body });
    expect(webhook.isValid()).toBe(true);
  });
});

describe("the signer is no oracle (T40)", () => {
  it.each([
    ["1.1:presence-admin", "private-x"],
    ["1.1\n", "private-x"],
    ["", "private-x"],
    ["1.1", "private-x:extra"],
    ["1.1", "private-x\n"],
    ["1.1", "private-对话"],
    ["1.1", ""],
    ["1.1", `private-${"x".repeat(160)}`],
    ["1.1", "#server-to-user-u1"],
  ])("signs nothing for socket %j on channel %j", (socketId, channel) => {
    expect(signSubscription(APP, socketId, channel, undefined)).toBeUndefined();
  });

  it("signs no user for a socket id outside the grammar", () => {
    expect(signUser(APP, "1.1::user::{}", "{}")).toBeUndefined();
  });

  it("takes neither a missing signature nor an unsignable subject as a match", () => {
    expect(isSignature(undefined, undefined)).toBe(false);
    expect(isSignature("x", undefined)).toBe(false);
    expect(isSignature(undefined, "x")).toBe(false);
    expect(isSignature("x", "x")).toBe(true);
  });
});
