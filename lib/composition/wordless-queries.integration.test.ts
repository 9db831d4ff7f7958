import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tryBotOperation } from "@/lib/bot/playground-operations";
import { searchMessagesOperation, searchOwnMessagesOperation } from "@/lib/conversations/operations";
import {
  createEntryOperation,
  searchKnowledgeBaseOperation,
  searchKnowledgeOperation,
} from "@/lib/knowledge/operations";
import { type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import * as compatibility from "./compatibility/operations";

const WORDLESS = {
  emoji: "🤔🎉👨‍👩‍👧",
  "one emoji": "🚀",
  punctuation: "？？？！……。",
  "ascii signs": "?!.,;:-_*()[]{}\"'`~%&\\/",
  spaces: "   ",
  "wide spaces": "\u3000\u3000",
  "line breaks": " \n\t ",
  "invisible characters": "\u200b\u200d\ufeff",
};
/** Where something has to be said, this says nothing, and is refused in words. */
const BLANK = ["spaces", "wide spaces", "line breaks"];

let api: ApiFixture;
let admin: Credentials;
let key: Credentials;
let visitor: Credentials;

beforeAll(async () => {
  api = await createApiFixture();
  const shop = await api.desk.merchant();
  admin = (await api.signedIn(shop.merchantId, "admin")).as;
  key = (await api.key(shop.merchantId, ["*"])).as;
  visitor = (await api.visitor(shop)).as;
  for (const [question, answer] of [
    ["怎么退款？", "点「申请退款」。🎉"],
    ["How do I get a refund? (really)", "Open My orders…"],
  ]) {
    const body = { question, answer, status: "published" };
    expect((await api.call(createEntryOperation, { as: admin, body })).status).toBe(201);
  }
});
afterAll(() => api.end());

describe.each(Object.entries(WORDLESS))("a query without a word: %s", (name, q) => {
  it("finds nothing in the knowledge base, and that is no error", async () => {
    const found = await api.call(searchKnowledgeBaseOperation, { as: key, query: { q } });
    expect([found.status, await found.json()]).toMatchObject([200, { results: [] }]);
    const tried = await api.call(searchKnowledgeOperation, { as: admin, query: { q } });
    expect([tried.status, await tried.json()]).toMatchObject([200, { items: [], decision: "handoff" }]);
  });

  it("is answered by the bot without an entry, in words", async () => {
    const tried = await api.call(tryBotOperation, { as: admin, body: { says: [q] } });
    if (BLANK.includes(name)) {
      expect(tried.status).toBe(400);
      return;
    }
    expect(tried.status).toBe(200);
    const { replies } = (await tried.json()) as {
      replies: { kind: string; parts: { type: string; text?: string }[] }[];
    };
    expect(["small_talk", "handoff_offer"]).toContain(replies[0]?.kind);
    expect(replies[0]?.parts.map(({ type }) => type)).not.toContain("citation");
    expect(replies[0]?.parts.find(({ type }) => type === "text")?.text).toBeTruthy();
    const said = await api.call(compatibility.aiChatOperation, { as: key, body: { user_id: "u", msg: q } });
    expect(said.status).toBe(200);
    expect(((await said.json()) as { ai_reply: string }).ai_reply).toBeTruthy();
  });

  it("finds no message, at the desk and in the visitor's own chat", async () => {
    for (const [operation, as] of [
      [searchMessagesOperation, admin],
      [searchOwnMessagesOperation, visitor],
    ] as const) {
      const found = await api.call(operation, { as, query: { q } });
      expect([found.status, await found.json()]).toEqual([200, { items: [] }]);
    }
  });
});
