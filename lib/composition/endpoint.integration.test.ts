import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiKeys, users } from "@/db/schema/identity";
import { idempotencyKeys } from "@/db/schema/operations";
import { getChannelOperation, updateChannelOperation } from "@/lib/channels/operations";
import {
  getConversationOperation,
  listConversationsOperation,
  postVisitorMessageOperation,
  startSessionOperation,
  visitorTypingOperation,
} from "@/lib/conversations/operations";
import type { ActorOf } from "@/lib/core/actor";
import { LOCALE_COOKIE } from "@/lib/i18n/locales";
import { getMeOperation, listAgentsOperation, setPresenceOperation } from "@/lib/identity/operations";
import { createEntryOperation, listEntriesOperation } from "@/lib/knowledge/operations";
import { sha256Hex } from "@/lib/platform/crypto/sign";
import { type Problem, problem } from "@/lib/platform/http/problem";
import { forgetRights } from "@/lib/platform/revocable-cache";
import { APP_URL, type ApiFixture, type Credentials, createApiFixture, requestFor } from "@/lib/testing/api-fixture";
import { createEndpoint } from "./endpoint";

let api: ApiFixture;
let shop: { merchantId: string; channelId: string };
let admin: { as: Credentials; actor: ActorOf<"agent"> };
let agent: { as: Credentials; actor: ActorOf<"agent"> };
let visitor: { as: Credentials; actor: ActorOf<"visitor"> };

beforeAll(async () => {
  api = await createApiFixture();
  shop = await api.desk.merchant();
  admin = await api.signedIn(shop.merchantId, "admin");
  agent = await api.signedIn(shop.merchantId, "agent");
  visitor = await api.visitor(shop);
});

afterAll(() => api.end());

/** The problem of a refused request, held to the shape that clients are promised. */
async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const body = problem.parse(await response.json());
  expect(body.status).toBe(response.status);
  expect(body.requestId).toBe(response.headers.get("x-request-id"));
  return body;
}

const entry = (question: string) => ({ question, answer: "答案" });
const words = (text: string, clientId = `client-${text}`) => ({ clientId, parts: [{ type: "text", text }] });
const entriesNamed = async (question: string) => {
  const response = await api.call(listEntriesOperation, { as: admin.as, query: { search: question } });
  return ((await response.json()) as { total: number }).total;
};

describe("a refused request is told as a problem in the caller's language", () => {
  const chinese = { "accept-language": "zh-CN,zh;q=0.9" };
  const english = { "accept-language": "en-GB" };
  const cases: [number, string, () => Promise<Request>][] = [];
  const refusal = (status: number, reason: string, request: () => Request) =>
    cases.push([status, reason, async () => request()]);
  const operations = new Map<Request, ReturnType<typeof createEndpoint>>();
  const made = (operation: Parameters<typeof requestFor>[0], call: Parameters<typeof requestFor>[1]) => {
    const request = requestFor(operation, call);
    operations.set(request, (each) => createEndpoint(operation)(each, call?.params ?? {}));
    return request;
  };
  refusal(401, "unauthenticated", () => made(getMeOperation, {}));
  refusal(403, "forbidden", () => made(getChannelOperation, { as: agent.as, params: { id: shop.channelId } }));
  refusal(404, "channel_not_found", () => made(getChannelOperation, { as: admin.as, params: { id: "chn_none" } }));
  refusal(409, "stale_version", () =>
    made(updateChannelOperation, { as: admin.as, params: { id: shop.channelId }, body: { name: "x", version: 99 } }),
  );
  refusal(413, "too_large", () =>
    made(createEntryOperation, { as: admin.as, body: { ...entry("q"), answer: "x".repeat(300_000) } }),
  );
  refusal(415, "unsupported_type", () =>
    made(createEntryOperation, { as: admin.as, body: "question=1", headers: { "content-type": "text/plain" } }),
  );
  refusal(400, "invalid_json", () => made(createEntryOperation, { as: admin.as, body: '{"question":' }));
  refusal(400, "invalid", () => made(createEntryOperation, { as: admin.as, body: { answer: "" } }));

  it.each(cases)("%i %s", async (_status, reason, request) => {
    const answers: Problem[] = [];
    for (const language of [chinese, english]) {
      const plain = await request();
      const spoken = new Request(plain, { headers: { ...Object.fromEntries(plain.headers), ...language } });
      const endpoint = operations.get(plain);
      answers.push(await problemOf((await endpoint?.(spoken, {})) ?? Response.error()));
    }
    expect(answers.map((answer) => [answer.status, answer.reason])).toEqual([
      [_status, reason],
      [_status, reason],
    ]);
    expect(answers[0]?.detail).toMatch(/\p{Script=Han}/u);
    expect(answers[1]?.detail).toMatch(/^[\p{ASCII}’]+$/u);
  });

  it("names each wrong field with its own sentence", async () => {
    const response = await api.call(createEntryOperation, { as: admin.as, body: { question: "", answer: 7 } });
    const { fields } = await problemOf(response);
    expect(fields?.map(({ path, reason }) => [path, reason])).toEqual([
      ["question", "too_short"],
      ["answer", "required"],
    ]);
    expect(fields?.every(({ detail }) => detail && detail.length > 1)).toBe(true);
    const list = await problemOf(await api.call(listEntriesOperation, { as: admin.as, query: { limit: "0" } }));
    expect(list.fields).toMatchObject([{ path: "query.limit", reason: "number_too_small" }]);
  });

  it("says when to come back after too many requests, and lets that caller alone wait (429)", async () => {
    const other = await api.visitor(shop);
    const typing = (as: Credentials) =>
      api.call(visitorTypingOperation, { as, params: { id: "cnv_none" }, body: { typing: true } });
    let response = await typing(visitor.as);
    for (let count = 0; count < 1_000 && response.status !== 429; count += 1) {
      response = await typing(visitor.as);
    }
    expect(response.status).toBe(429);
    const { retryAfterSeconds } = await problemOf(response);
    expect(Number(response.headers.get("retry-after"))).toBe(retryAfterSeconds);
    expect(retryAfterSeconds).toBeGreaterThan(0);
    expect((await typing(other.as)).status).toBe(404);
  });

  it("tells nothing of the cause when something breaks inside (500)", async () => {
    const broken = { contract: getMeOperation.contract, handler: () => Promise.reject(new Error("password=hunter2")) };
    const response = await api.call(broken, { as: agent.as });
    expect(response.status).toBe(500);
    expect(JSON.stringify(await problemOf(response))).not.toMatch(/hunter2|Error|at /);
  });
});

describe("hostile requests get a refusal, never a crash", () => {
  it.each([
    ["a cookie that is no percent-encoding", { cookie: `yingda.session=%E0%A4; ${LOCALE_COOKIE}=%` }],
    ["a session that is not ours", { cookie: "yingda.session=eyJhbGciOiJub25lIn0.e30." }],
    ["a bearer that is no token", { authorization: "Bearer ../../etc/passwd" }],
    ["an unknown key", { "x-api-key": `yd_${"x".repeat(5_000)}` }],
  ])("%s is answered 401", async (_, headers) => {
    expect((await problemOf(await api.call(listConversationsOperation, { headers }))).status).toBe(401);
  });

  it.each([
    ["null", "null"],
    ["an array", "[]"],
    ["a number past all bounds", "1e999"],
    ["deep nesting", `${"[".repeat(50_000)}${"]".repeat(50_000)}`],
    ["a prototype", '{"__proto__":{"question":"x","answer":"y"}}'],
    ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0xfe, 0x22])],
  ])("a body that is %s is answered 400", async (_, body) => {
    const response = await api.call(createEntryOperation, { as: admin.as, body });
    expect((await problemOf(response)).status).toBe(400);
  });

  it("a NUL character in a text is no server error", async () => {
    const response = await api.call(createEntryOperation, { as: admin.as, body: entry("有\u0000空字符") });
    expect(response.status).toBeLessThan(500);
    const sent = await api.call(postVisitorMessageOperation, { as: visitor.as, body: words("\u0000你好\ud800") });
    expect(sent.status).toBe(201);
    const found = await api.call(listEntriesOperation, { as: admin.as, query: { search: "\u0000" } });
    expect(found.status).toBe(200);
    const unknown = await api.call(getConversationOperation, { as: agent.as, params: { id: "\u0000" } });
    expect(unknown.status).toBe(404);
  });

  it("a query that is no number is answered 400 with its name", async () => {
    const response = await api.call(listConversationsOperation, { as: agent.as, query: { limit: "many" } });
    expect((await problemOf(response)).fields?.map(({ path }) => path)).toEqual(["query.limit"]);
  });
});

describe("X-Request-Id", () => {
  it("is taken over when it is one, and made when it is not", async () => {
    const asked = async (id: string) => {
      const response = await api.call(getMeOperation, { as: agent.as, headers: { "x-request-id": id } });
      expect(response.status).toBe(200);
      return response.headers.get("x-request-id");
    };
    expect(await asked("trace-12345678")).toBe("trace-12345678");
    expect(await asked("<script>alert(1)</script>")).toMatch(/^req_[a-z0-9]+$/);
  });
});

describe("Idempotency-Key", () => {
  const key = (value: string) => ({ "idempotency-key": value });

  it("answers a repeated request with the first result and does it once", async () => {
    const call = () =>
      api.call(createEntryOperation, { as: admin.as, body: entry("只建一次"), headers: key("create-once-1") });
    const first = await call();
    const second = await call();
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await second.json()).toEqual(await first.json());
    expect(await entriesNamed("只建一次")).toBe(1);
  });

  it("does it once for ten copies at the same time", async () => {
    const statuses = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const response = await api.call(createEntryOperation, {
          as: admin.as,
          body: entry("十次并发"),
          headers: key("create-once-10"),
        });
        return response.status;
      }),
    );
    expect(statuses).toContain(201);
    expect(statuses.filter((status) => status !== 201 && status !== 409)).toEqual([]);
    expect(await entriesNamed("十次并发")).toBe(1);
  });

  it("refuses the key for another body, and a key of the wrong form", async () => {
    const send = (question: string, value: string) =>
      api.call(createEntryOperation, { as: admin.as, body: entry(question), headers: key(value) });
    expect((await send("第一", "create-other-1")).status).toBe(201);
    expect(await problemOf(await send("第二", "create-other-1"))).toMatchObject({
      status: 409,
      reason: "idempotency_key_reused",
    });
    expect(await problemOf(await send("第三", "short"))).toMatchObject({
      status: 400,
      reason: "idempotency_key_invalid",
    });
    expect(await entriesNamed("第二")).toBe(0);
  });

  it("belongs to its caller: another one with the same key is not answered from it", async () => {
    const other = await api.signedIn(shop.merchantId, "supervisor");
    const ids: string[] = [];
    for (const { as } of [admin, other]) {
      const response = await api.call(createEntryOperation, {
        as,
        body: entry("同钥匙"),
        headers: key("shared-key-1"),
      });
      ids.push(((await response.json()) as { id: string }).id);
    }
    expect(new Set(ids).size).toBe(2);
  });

  it("is free again after a request that failed", async () => {
    const call = (version: number) =>
      api.call(updateChannelOperation, {
        as: admin.as,
        params: { id: shop.channelId },
        body: { name: "新名", version },
      });
    expect((await call(7)).status).toBe(409);
    const failing = { contract: createEntryOperation.contract, handler: () => Promise.reject(new Error("once")) };
    const body = entry("再试一次");
    const headers = key("retry-after-failure");
    expect((await api.call(failing, { as: admin.as, body, headers })).status).toBe(500);
    expect(
      await api.desk.db.select().from(idempotencyKeys).where(eq(idempotencyKeys.key, "retry-after-failure")),
    ).toEqual([]);
    expect((await api.call(createEntryOperation, { as: admin.as, body, headers })).status).toBe(201);
  });
});

describe("a change made with a cookie comes from our own pages only (T45)", () => {
  const change = (headers: Record<string, string>) =>
    api.call(setPresenceOperation, { as: agent.as, body: { status: "away" }, headers });

  it.each([
    ["another site", { origin: "https://evil.example" }],
    ["a page without an origin", { origin: "null" }],
    ["our name on another port", { origin: "http://yingda.test:8080" }],
    ["our name with a tail", { origin: "http://yingda.test.evil.example" }],
    ["a form of another site", { "sec-fetch-site": "cross-site" }],
    ["a sibling subdomain", { "sec-fetch-site": "same-site" }],
    ["a forwarded host", { origin: "https://evil.example", "x-forwarded-host": "evil.example" }],
  ])("refuses one from %s", async (_, headers) => {
    expect(await problemOf(await change(headers))).toMatchObject({ status: 403, reason: "foreign_origin" });
  });

  it("lets our own pages, and programs that are no browser, through", async () => {
    const own: Record<string, string>[] = [{ origin: APP_URL }, { "sec-fetch-site": "same-origin" }, {}];
    for (const headers of own) {
      expect((await change(headers)).status).toBe(200);
    }
  });

  it("asks nothing of the kind where no cookie is used", async () => {
    const origin = { origin: "https://shop.example" };
    const session = await api.call(startSessionOperation, { body: { channelId: shop.channelId }, headers: origin });
    expect(session.status).toBe(200);
    const sent = await api.call(postVisitorMessageOperation, {
      as: visitor.as,
      body: words("你好呀"),
      headers: origin,
    });
    expect(sent.status).toBe(201);
  });
});

describe("API keys", () => {
  it("work as X-Api-Key and as Bearer, for what their scopes say", async () => {
    const { as, secret } = await api.key(shop.merchantId, ["knowledge.read"]);
    expect((await api.call(listEntriesOperation, { as })).status).toBe(200);
    expect((await api.call(listEntriesOperation, { as: { authorization: `Bearer ${secret}` } })).status).toBe(200);
    const refused = await problemOf(await api.call(createEntryOperation, { as, body: entry("无权") }));
    expect(refused).toMatchObject({ status: 403, reason: "forbidden" });
    expect((await api.call(getMeOperation, { as })).status).toBe(401);
  });

  it("see their own merchant only", async () => {
    const { as } = await api.key((await api.desk.merchant()).merchantId, ["*"]);
    expect((await api.call(getChannelOperation, { as, params: { id: shop.channelId } })).status).toBe(404);
    const list = (await (await api.call(listEntriesOperation, { as })).json()) as { total: number };
    expect(list.total).toBe(0);
  });

  it("end when they are revoked, and only their hash is stored", async () => {
    const { as, secret } = await api.key(shop.merchantId, ["*"]);
    const hash = sha256Hex(secret);
    await api.desk.db.update(apiKeys).set({ revokedAt: new Date() }).where(eq(apiKeys.hash, hash));
    expect((await api.call(listEntriesOperation, { as })).status).toBe(401);
    const rows = await api.desk.db.select({ row: sql<string>`to_jsonb(${apiKeys})::text` }).from(apiKeys);
    expect(rows.some(({ row }) => row.includes(secret))).toBe(false);
  });
});

describe("sessions", () => {
  it("end with a new session version and with the person's disabling (T38)", async () => {
    for (const change of [{ sessionVersion: 2 }, { disabled: true }]) {
      const { as, actor } = await api.signedIn(shop.merchantId, "agent");
      expect((await api.call(listAgentsOperation, { as })).status).toBe(200);
      await api.desk.db.update(users).set(change).where(eq(users.id, actor.userId));
      forgetRights();
      expect((await api.call(listAgentsOperation, { as })).status).toBe(401);
    }
  });

  it("choose among the person's own merchants, never another's by a cookie", async () => {
    const other = await api.desk.merchant();
    const as = { cookie: `${admin.as["cookie"]}; yingda.merchant=${other.merchantId}` };
    const me = (await (await api.call(getMeOperation, { as })).json()) as { merchant: { id: string } };
    expect(me.merchant.id).toBe(shop.merchantId);
  });

  it("see nothing of another merchant's conversation", async () => {
    const known = await api.desk.customer(shop);
    const id = await api.desk.conversation({ ...shop, ...known });
    const stranger = await api.signedIn((await api.desk.merchant()).merchantId, "admin");
    expect((await api.call(getConversationOperation, { as: agent.as, params: { id } })).status).toBe(200);
    expect((await api.call(getConversationOperation, { as: stranger.as, params: { id } })).status).toBe(404);
  });
});
