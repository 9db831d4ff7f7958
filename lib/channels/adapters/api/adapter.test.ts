import { describe, expect, it } from "vitest";
import { describeChannel, NOW } from "@/lib/testing/channel-conformance";
import { memoryTokens } from "@/lib/testing/memory-tokens";
import { startWebhookReceiver } from "@/lib/testing/stubs/webhook-receiver";
import { withSuccessor } from "../../secret-overlap";
import { apiAdapter } from "./adapter";
import { signApiPayload, signingSecrets } from "./signature";

const secret = "signing secret of tests";
const tokens = memoryTokens();

const sign = (body: string, at: Date) => ({
  method: "POST",
  headers: { "content-type": "application/json", "x-yingda-signature": signApiPayload(secret, body, at) },
  query: {},
  body: Buffer.from(body),
});

describeChannel({
  adapter: apiAdapter,
  config: {},
  secrets: { signingSecret: secret },
  webhook: {
    sign,
    windowSeconds: 300,
    samples: [
      {
        name: "a message",
        body: JSON.stringify({ id: "m-1", user_id: "u-7", text: "怎么退款？🙂", user_name: "陈同学" }),
        inbound: [
          { kind: "message", externalId: "m-1", externalUserId: "u-7", text: "怎么退款？🙂", userName: "陈同学" },
        ],
      },
      {
        name: "a message with a replacement character",
        body: JSON.stringify({ id: "m-2", user_id: "u-7", text: "\ufffd" }),
        inbound: [{ kind: "message", externalId: "m-2", text: "\ufffd" }],
      },
      {
        name: "a message of files alone",
        body: JSON.stringify({
          id: "m-4",
          user_id: "u-7",
          files: [{ url: "https://app.example/f/%E5%8F%91%E7%A5%A8.pdf" }],
        }),
        inbound: [
          {
            kind: "message",
            text: "",
            media: [{ kind: "file", reference: "https://app.example/f/%E5%8F%91%E7%A5%A8.pdf", name: "发票.pdf" }],
          },
        ],
      },
      {
        name: "what became of a reply",
        body: JSON.stringify({ type: "message.delivery", user_id: "u-7", message_id: "msg_1", state: "failed" }),
        inbound: [{ kind: "receipt", externalUserId: "u-7", externalId: "msg_1", state: "failed", reason: "rejected" }],
      },
      { name: "an event it does not know", body: '{"event":"ping"}', inbound: [{ kind: "ignored" }] },
    ],
  },
  sending: {
    configFor: (webhookUrl) => ({ webhookUrl }),
    failures: [
      { answer: { status: 401 }, kind: "auth" },
      { answer: { status: 403 }, kind: "auth" },
      { answer: { status: 400, body: "no such user" }, kind: "rejected" },
      { answer: { status: 404 }, kind: "rejected" },
      { answer: { status: 429 }, kind: "transient" },
      { answer: { status: 500 }, kind: "transient" },
      { answer: { status: 503 }, kind: "transient" },
    ],
  },
});

describe("signatures of the api channel", () => {
  it("are HMAC-SHA256 over time and body, as docs/channels.md shows", () => {
    expect(signApiPayload("whsec_example", '{"id":"1","user_id":"u1","text":"hi"}', new Date(1_767_225_600_000))).toBe(
      "t=1767225600,v1=8219c7c8a9e17f89179a56db57cd9db1112e1f8674b4633a3cdb739ae3209e08",
    );
  });

  it("refuse a broken byte in place of the character that it would be read as", async () => {
    const request = sign('{"id":"m-3","user_id":"u","text":"\ufffd"}', NOW);
    const body = Buffer.from(request.body.toString("latin1").replace("\u00ef\u00bf\u00bd", "\u00ff"), "latin1");
    const context = {
      config: { webhookUrl: "", events: [] },
      secrets: { signingSecret: secret },
      fetch,
      tokens,
      now: () => NOW,
    };
    const signal = AbortSignal.timeout(30_000);
    expect(await apiAdapter.verify({ ...request, body }, { ...context, signal })).toMatchObject({ kind: "refused" });
  });

  it("go out with every reply, and the receiver can check them the same way", async () => {
    const receiver = await startWebhookReceiver();
    const context = {
      config: { webhookUrl: `${receiver.url}/replies`, events: [] },
      secrets: { signingSecret: secret },
      fetch,
      tokens,
      now: () => NOW,
      signal: AbortSignal.timeout(30_000),
    };
    const message = { externalUserId: "u", messageId: "msg_9", text: "好的", files: [], idempotencyKey: "msg_9" };
    await apiAdapter.send(message, context);
    await receiver.stop();
    const [post] = receiver.received;
    expect(post).toMatchObject({ method: "POST", path: "/replies", headers: { "idempotency-key": "msg_9" } });
    expect(post?.headers["x-yingda-signature"]).toBe(signApiPayload(secret, post?.body ?? "", NOW));
    expect(JSON.parse(post?.body ?? "")).toMatchObject({ id: "msg_9", user_id: "u", text: "好的", files: [] });
  });

  it("are not needed where no address for replies is set: the integrator reads them from the API", async () => {
    const offline = () => Promise.reject(new Error("network used"));
    const message = { externalUserId: "u", messageId: "m", text: "x", files: [], idempotencyKey: "m" };
    const context = { config: { webhookUrl: "", events: [] }, secrets: {}, fetch: offline, tokens, now: () => NOW };
    const sent = await apiAdapter.send(message, { ...context, signal: AbortSignal.timeout(30_000) });
    expect(sent).toEqual({ externalId: null });
  });

  it("count by the old secret, too, for a day after it was replaced, and go out by both", async () => {
    const { now: _, ...given } = {
      config: { webhookUrl: "", events: [] },
      fetch,
      tokens,
      now: NOW,
      signal: AbortSignal.timeout(30_000),
    };
    const secrets = withSuccessor({ signingSecret: "old" }, "signingSecret", "new", NOW);
    const at = (hours: number) => {
      const now = new Date(NOW.getTime() + hours * 3_600_000);
      return { ...given, secrets, now: () => now };
    };
    const signedBy = (by: string | readonly string[], now: Date) => ({
      ...sign('{"id":"1","user_id":"u","text":"x"}', now),
      headers: { "x-yingda-signature": signApiPayload(by, '{"id":"1","user_id":"u","text":"x"}', now) },
    });
    const verdict = async (by: string | readonly string[], hours: number) =>
      (await apiAdapter.verify(signedBy(by, at(hours).now()), at(hours))).kind;
    expect([await verdict("old", 23), await verdict("new", 23), await verdict(["other", "new"], 23)]).toEqual([
      "accepted",
      "accepted",
      "accepted",
    ]);
    expect([await verdict("old", 25), await verdict("new", 25), await verdict("other", 1)]).toEqual([
      "refused",
      "accepted",
      "refused",
    ]);
    expect(signingSecrets(at(1))).toEqual(["new", "old"]);
    expect(signingSecrets(at(25))).toEqual(["new"]);
  });

  it("are never made with an empty secret", async () => {
    const message = { externalUserId: "u", messageId: "m", text: "x", files: [], idempotencyKey: "m" };
    const context = {
      config: { webhookUrl: "http://127.0.0.1:9", events: [] },
      secrets: {},
      fetch,
      tokens,
      now: () => NOW,
    };
    const sent = apiAdapter.send(message, { ...context, signal: AbortSignal.timeout(30_000) });
    await expect(sent).rejects.toMatchObject({ kind: "auth" });
  });
});
