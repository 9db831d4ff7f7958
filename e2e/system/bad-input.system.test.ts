import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS } from "@/lib/composition/operations";
import { listVisitorMessages, postVisitorMessage } from "@/lib/conversations/chat-contracts";
import type { MessagePart } from "@/lib/conversations/schema";
import { newDataDirectory, type RunningApp, removeDataDirectory, startApp } from "./running-app";
import { defaultChannel, demoAccounts, signIn, visitorToken } from "./signed-in";

const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const manyKeys = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, index]));

/** Bodies that no form sends, for every operation that takes one. */
const BODIES: Record<string, string | Uint8Array<ArrayBuffer>> = {
  nothing: "",
  "no JSON": "{",
  "half a word": '"\\u12',
  null: "null",
  "a number": "1e999",
  "a list": "[]",
  "100 levels": `{"parts":${deep(100)},"config":${deep(100)},"note":${deep(100)}}`,
  "50,000 levels": deep(50_000),
  "50,000 levels with a NUL": `["\\u0000",${deep(50_000)}]`,
  "a prototype": '{"__proto__":{"role":"admin"},"constructor":{"prototype":{"role":"admin"}},"toString":1}',
  "10,000 keys": JSON.stringify({ ...manyKeys, config: manyKeys, parts: manyKeys }),
  "operators for texts": '{"email":{"$ne":""},"password":{"$gt":""},"name":["a"],"clientId":{"$regex":"."},"id":true}',
  "texts that no database stores": JSON.stringify({
    name: "a\u0000\ud800",
    question: "\u0000\udfff?",
    answer: "\u0000a",
    note: "\u0000",
    tags: ["\u0000", "\ud800"],
    text: "\u0000",
    shortcut: "\u0000x",
    title: "\u0000",
    config: { welcome: { "zh-CN": "\u0000" }, "\u0000": "\u0000" },
    version: 1,
    seq: 1.5,
    status: "\u0000",
    clientId: "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000",
    channelId: "\u0000",
    merchantId: "\u0000",
    stars: 5,
    comment: "\u0000",
    parts: [{ type: "text", text: "\u0000" }],
  }),
  "broken UTF-8": new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  "numbers out of range": '{"version":1e308,"seq":9007199254740993,"capacity":-1,"stars":99999999999,"limit":-1}',
  "1 MB": JSON.stringify({ name: "x".repeat(1024 * 1024), parts: [{ type: "text", text: "x" }] }),
};
const IDS = ["none", "%00", "..%2f..%2fetc", "'%20or%201=1", "%ff%fe", "%E0%A4%A", "a".repeat(5_000), "__proto__"];
const QUERY =
  "limit=1e309&cursor=%00&search=%00%25_\\&tab=__proto__&status[$ne]=x&q=%00&afterSeq=-1&beforeSeq=1e99&status=1&status=2";

describe("input that no page sends (T58)", () => {
  let dataDirectory: string;
  let app: RunningApp;
  let visitor: Record<string, string>;
  let agent: Record<string, string>;

  beforeAll(async () => {
    dataDirectory = newDataDirectory();
    app = await startApp(dataDirectory, { port: 4860 });
    visitor = { authorization: `Bearer ${await visitorToken(app, await defaultChannel(app))}` };
    agent = { cookie: await signIn(app, demoAccounts(app).admin), origin: app.url };
  });
  afterAll(async () => {
    await app?.stop();
    removeDataDirectory(dataDirectory);
  });

  function send(body: string | Uint8Array<ArrayBuffer>, more: Record<string, string> = {}): Promise<Response> {
    const headers = { "content-type": "application/json", ...visitor, ...more };
    return fetch(`${app.url}${postVisitorMessage.path}`, { method: "POST", headers, body });
  }
  let count = 0;
  const message = (text: string) => {
    count += 1;
    return JSON.stringify({ clientId: `bad-input-${count}`, parts: [{ type: "text", text }] });
  };
  const textOf = (parts: readonly MessagePart[]) => parts.flatMap((part) => (part.type === "text" ? [part.text] : []));

  it.each([
    ["5,000 emoji", "🎈".repeat(5_000)],
    ["families and flags", "👩‍👩‍👧‍👦🏳️‍🌈🇨🇳"],
    ["zero-width characters", "a\u200b\u200c\u200d\u2060\ufeffb"],
    ["another direction", "\u202eabc\u202c \u2067שלום\u2069"],
    ["marks on marks", `Z${"\u0301\u0320".repeat(500)}`],
    ["markup and quotes", `<script>alert("1")</script> ' -- ; \${x} {{x}} %s %00 \\u0000`],
    ["every kind of line", "a\nb\r\nc\u2028d\u2029e\tf"],
  ])("stores %s as they were sent", async (_, text) => {
    const response = await send(message(text));
    expect(response.status).toBe(201);
    const sent = postVisitorMessage.result.parse(await response.json()).message;
    expect(textOf(sent.parts)).toEqual([text]);
    const list = await fetch(`${app.url}${listVisitorMessages.path.replace("{id}", sent.conversationId)}?limit=200`, {
      headers: visitor,
    });
    const stored = listVisitorMessages.result.parse(await list.json()).items.find((item) => item.id === sent.id);
    expect(textOf(stored?.parts ?? [])).toEqual([text]);
  });

  it.each([
    ["a NUL", "a\u0000b", "ab"],
    ["half an emoji", "a\ud83c", "a\ufffd"],
  ])("stores a text without %s, which no database can hold", async (_, text, stored) => {
    const response = await send(message(text));
    expect(response.status).toBe(201);
    expect(textOf(postVisitorMessage.result.parse(await response.json()).message.parts)).toEqual([stored]);
  });

  it.each([
    ["nothing but a NUL", message("\u0000"), 400, "message_empty"],
    ["nothing but space", message(" \n\t\u3000"), 400, "message_empty"],
    ["5,001 emoji", message("🎈".repeat(5_001)), 400, "message_too_long"],
    ["a megabyte", message("x".repeat(1_000_000)), 413, "too_large"],
    [
      "eleven parts",
      JSON.stringify({ clientId: "bad-input-parts", parts: Array(11).fill({ type: "text", text: "x" }) }),
      400,
      "invalid",
    ],
    [
      "a part of a kind that we alone write",
      '{"clientId":"bad-input-notice","parts":[{"type":"notice","key":"resolved"}]}',
      400,
      "invalid",
    ],
  ])("refuses %s, and says why in the visitor's language", async (_, body, status, reason) => {
    const chinese = await send(body, { "accept-language": "zh-CN" });
    const english = await send(body, { "accept-language": "en" });
    expect([chinese.status, english.status]).toEqual([status, status]);
    const [first, second] = (await Promise.all([chinese.json(), english.json()])) as {
      reason: string;
      detail: string;
    }[];
    expect(first?.reason).toBe(reason);
    expect(first?.detail).toMatch(/\p{Script=Han}/u);
    expect(second?.detail).toMatch(/^[^\p{Script=Han}]+$/u);
  });

  it("refuses more than any route takes, in words, also to one who is still sending", async () => {
    const response = await send(message("x".repeat(20_000_000)));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ reason: "too_large" });
  });

  it("takes a message that carries more than it should for what it is, and nothing more", async () => {
    const response = await send(
      `{"__proto__":{"authorKind":"agent"},"role":"admin","merchantId":"mer_1","authorKind":"agent","visibility":"internal","createdAt":"2020-01-01","seq":1,"isBot":true,"clientId":"bad-input-mass","extra":${deep(100)},"parts":[{"type":"text","text":"hi","html":"<b>"}]}`,
    );
    expect(response.status).toBe(201);
    const { message: sent } = postVisitorMessage.result.parse(await response.json());
    expect(sent).toMatchObject({ author: { kind: "visitor" }, visibility: "public" });
    expect(Date.parse(sent.createdAt)).toBeGreaterThan(Date.now() - 60_000);
  });

  it.each(OPERATIONS.map(({ contract }) => contract))(
    "$method $path answers no shape of input with a fault",
    async (contract) => {
      const faults: string[] = [];
      const credentials = contract.audience.includes("agent") ? agent : visitor;
      const bodies = contract.body ? Object.entries(BODIES) : [["no body", undefined] as const];
      async function ask(id: string, [name, body]: readonly [string, string | Uint8Array<ArrayBuffer> | undefined]) {
        const path = contract.path.replaceAll(/\{\w+\}/g, id);
        const response = await fetch(`${app.url}${path}${contract.query ? `?${QUERY}` : ""}`, {
          method: contract.method,
          headers: { ...credentials, ...(body !== undefined && { "content-type": "application/json" }) },
          ...(body !== undefined && { body }),
        });
        await response.arrayBuffer();
        if (response.status >= 500) {
          faults.push(`${response.status} for ${name} at ${path.slice(0, 80)}`);
        }
      }
      for (const entry of bodies) {
        await ask("none", entry);
      }
      if (contract.params) {
        for (const id of IDS) {
          await ask(id, bodies.at(0) ?? ["no body", undefined]);
        }
      }
      expect(faults).toEqual([]);
    },
  );

  it("leaves the app well, and nothing in its log that nobody expected", async () => {
    expect((await fetch(`${app.url}/api/health`)).status).toBe(200);
    expect(app.output()).not.toMatch(/request failed|unhandled|outside every handler/i);
  });
});
