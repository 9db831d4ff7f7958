import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { channels } from "@/db/schema/channels";
import { customers } from "@/db/schema/customers";
import { forgetChannel } from "@/lib/channels/lookup-queries";
import { createEndpoint } from "@/lib/composition/endpoint";
import { newId } from "@/lib/core/ids";
import { seal } from "@/lib/platform/crypto/seal";
import { hmacHex, signToken } from "@/lib/platform/crypto/sign";
import { fileAddress } from "@/lib/platform/storage/file-address";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { serveFrom } from "@/lib/testing/environment";
import { postVisitorMessageOperation, startSessionOperation } from "./operations";
import type { Session, SessionRequest } from "./sessions";

const SECRET = "identity secret of this channel";
const start = createEndpoint(startSessionOperation);
const post = createEndpoint(postVisitorMessageOperation);

function request(path: string, body: unknown, headers: Record<string, string> = {}): Request {
  return new Request(`http://localhost:3000${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a visitor's session (T41)", () => {
  let fixture: DeskFixture;
  let shop: { merchantId: string; channelId: string };
  let elsewhere: { merchantId: string; channelId: string };

  beforeAll(async () => {
    fixture = await createDeskFixture();
    serveFrom(fixture.db);
    shop = await fixture.merchant();
    elsewhere = await fixture.merchant();
    await fixture.db
      .update(channels)
      .set({ sealedSecrets: seal(JSON.stringify({ identitySecret: SECRET })) })
      .where(eq(channels.id, shop.channelId));
  });
  afterAll(() => fixture.end());

  async function open(body: Partial<SessionRequest>): Promise<{ status: number; reason?: string } & Session> {
    const response = await start(request("/api/v1/chat/sessions", { channelId: shop.channelId, ...body }), {});
    return { ...((await response.json()) as Session), status: response.status };
  }
  async function say(token: string, words: string): Promise<{ status: number; reason?: string }> {
    const body = { clientId: newId("client"), parts: [{ type: "text", text: words }] };
    const response = await post(request("/api/v1/chat/messages", body, { authorization: `Bearer ${token}` }), {});
    return { ...((await response.json()) as { reason?: string }), status: response.status };
  }
  const identity = (userId: string, secret = SECRET) => ({ userId, signature: hmacHex(secret, userId) });

  it("goes on with its own token, and finds its conversation again", async () => {
    const first = await open({});
    await say(first.token, "我的快递到哪了");
    const again = await open({ token: first.token });
    expect(again.visitor.customerId).toBe(first.visitor.customerId);
    expect(again.messages.map((message) => message.parts[0])).toEqual([{ type: "text", text: "我的快递到哪了" }]);
  });

  it("is refused with every token that we did not sign for just this", async () => {
    const { token } = await open({});
    const [body = "", signature = ""] = token.split(".");
    const data = (JSON.parse(Buffer.from(body, "base64url").toString()) as { d: Record<string, string> }).d;
    const foreign = createHmac("sha256", "another secret").update(body).digest("base64url");
    const another = base64url({ p: "visitor", e: 9_999_999_999, d: { ...data, cu: newId("customer") } });
    const header = base64url({ alg: "none", typ: "JWT" });
    const fileToken =
      new URL(fileAddress(newId("file"), new Date()), "http://localhost").searchParams.get("token") ?? "";
    const forged: Record<string, string> = {
      "signed with another secret": `${body}.${foreign}`,
      "changed after signing": `${another}.${signature}`,
      "one letter changed": `${body}.${signature.slice(0, -1)}${signature.endsWith("A") ? "B" : "A"}`,
      "without a signature": `${body}.`,
      "without anything": ".",
      "a JWT with alg none": `${header}.${base64url(data)}.`,
      "a JWT with alg none and our signature": `${header}.${base64url(data)}.${signature}`,
      expired: signToken("visitor", data, -1),
      "a file's token": fileToken,
      "made for another purpose": signToken("file", data, 3_600),
      "of another shape": signToken("visitor", { ch: data["ch"], m: 1 }, 3_600),
      "an object's word": "__proto__",
    };
    for (const [name, wrong] of Object.entries(forged)) {
      expect(await open({ token: wrong }), name).toMatchObject({ status: 401, reason: "visitor_token_invalid" });
      expect(await say(wrong, "hello"), name).toMatchObject({ status: 401, reason: "unauthenticated" });
    }
  });

  it("does not carry over to another channel", async () => {
    const { token } = await open({});
    expect(await open({ channelId: elsewhere.channelId, token })).toMatchObject({
      status: 401,
      reason: "visitor_token_invalid",
    });
  });

  it("knows a person by their signed identity, over every browser", async () => {
    const user = newId("client");
    const first = await open({ identity: { ...identity(user), name: "陈同学" } });
    await say(first.token, "会员怎么退款");
    const elsewhereAgain = await open({ identity: identity(user) });
    expect(elsewhereAgain.visitor).toEqual({ customerId: first.visitor.customerId, name: "陈同学" });
    expect(elsewhereAgain.messages).toHaveLength(1);
  });

  it("believes no identity without the right signature", async () => {
    const user = newId("client");
    const { token } = await open({ identity: identity(user) });
    await say(token, "secret of mine");
    for (const signature of [
      "",
      "0".repeat(64),
      hmacHex("wrong secret", user),
      hmacHex(SECRET, "somebody else"),
      hmacHex("", user),
      hmacHex(SECRET, user).slice(0, -1),
      `${hmacHex(SECRET, user)} `,
    ]) {
      const refused = await open({ identity: { userId: user, signature } });
      expect(refused, signature).toMatchObject({ status: 401, reason: "identity_invalid" });
      expect(refused.token).toBeUndefined();
      // A good token beside it does not help.
      expect(await open({ token, identity: { userId: user, signature } })).toMatchObject({ status: 401 });
    }
  });

  it("believes no identity on a channel that has no secret, not even one signed with nothing", async () => {
    const user = newId("client");
    for (const secret of ["", "undefined", SECRET]) {
      const body = { channelId: elsewhere.channelId, identity: { userId: user, signature: hmacHex(secret, user) } };
      expect(await open(body)).toMatchObject({ status: 401, reason: "identity_invalid" });
    }
  });

  it("never merges what was said without a name into a named person, nor the other way round", async () => {
    const anonymous = await open({});
    await say(anonymous.token, "said by a stranger");
    const named = await open({ token: anonymous.token, identity: identity(newId("client")) });
    expect(named.status).toBe(200);
    expect(named.visitor.customerId).not.toBe(anonymous.visitor.customerId);
    expect(named.conversation).toBeNull();
    expect(named.messages).toEqual([]);
    const still = await open({ token: anonymous.token });
    expect(still.visitor.customerId).toBe(anonymous.visitor.customerId);
    expect(still.messages).toHaveLength(1);
  });

  it("makes one customer for a new person who arrives twenty times at once", async () => {
    const user = newId("client");
    const sessions = await Promise.all(Array.from({ length: 20 }, () => open({ identity: identity(user) })));
    expect(new Set(sessions.map((session) => session.visitor.customerId)).size).toBe(1);
    const before = await fixture.db.$count(customers);
    await open({ identity: identity(user) });
    expect(await fixture.db.$count(customers)).toBe(before);
  });

  it("opens on no channel that is unknown or switched off", async () => {
    expect(await open({ channelId: newId("channel") })).toMatchObject({ status: 404, reason: "channel_not_found" });
    const closed = await fixture.merchant();
    const { token } = await open({ channelId: closed.channelId });
    await fixture.db.update(channels).set({ enabled: false }).where(eq(channels.id, closed.channelId));
    forgetChannel(closed.channelId);
    expect(await open({ channelId: closed.channelId })).toMatchObject({ status: 403, reason: "channel_disabled" });
    expect(await open({ channelId: closed.channelId, token })).toMatchObject({ status: 403 });
    expect(await say(token, "hello")).toMatchObject({ status: 403, reason: "channel_disabled" });
  });

  it("survives cookies and headers that are no text", async () => {
    const odd: Record<string, string>[] = [
      { cookie: "yingda.locale=%E0%A4%A; yingda.session=%" },
      { cookie: "=;;=; yingda.locale" },
      { authorization: "Bearer " },
      { authorization: "Bearer %00" },
      { "accept-language": ";;q=,*" },
    ];
    for (const headers of odd) {
      const response = await start(request("/api/v1/chat/sessions", { channelId: shop.channelId }, headers), {});
      expect(response.status, JSON.stringify(headers)).toBe(200);
    }
  });
});
