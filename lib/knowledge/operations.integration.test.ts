import { afterAll, beforeAll, expect, it } from "vitest";
import { createVisitor } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { getCitation, listEntries, searchKnowledge, searchKnowledgeBase } from "./contracts";
import {
  getCitationOperation,
  listEntriesOperation,
  searchKnowledgeBaseOperation,
  searchKnowledgeOperation,
} from "./operations";
import { entryInput } from "./schema";
import { createEntry } from "./service";

let desk: DeskFixture;
let shop: { merchantId: string; channelId: string };
let admin: AgentContext;
let published: string;
let draft: string;

beforeAll(async () => {
  desk = await createDeskFixture();
  shop = await desk.merchant();
  admin = await desk.agent(shop.merchantId, "admin");
  const content = { question: "怎么申请退款？", answer: "在「我的订单」里点「申请退款」。", category: "退款" };
  published = (await createEntry(admin, entryInput.parse({ ...content, status: "published" }))).id;
  draft = (await createEntry(admin, entryInput.parse({ ...content, question: "草稿" }))).id;
});
afterAll(() => desk.end());

const nothing = { params: undefined, query: undefined, body: undefined } as const;

it("gives integrations and the test box the same entry with the same confidence", async () => {
  const key = {
    ...admin,
    actor: { kind: "key", keyId: "key_1", merchantId: shop.merchantId, scopes: ["*"], name: "ERP" },
  } as const;
  const old = await searchKnowledgeBaseOperation.handler(
    { ...nothing, query: searchKnowledgeBase.query.parse({ q: "怎么退款" }) },
    key,
  );
  const today = await searchKnowledgeOperation.handler(
    { ...nothing, query: searchKnowledge.query.parse({ q: "怎么退款" }) },
    admin,
  );
  expect(searchKnowledgeBase.result.parse(old)).toMatchObject({
    results: [{ id: published, external_id: null, matched: { words: ["退款"] } }],
  });
  expect(searchKnowledge.result.parse(today)).toMatchObject({ decision: "answer", items: [{ entryId: published }] });
  expect(old.results[0]?.confidence).toBe(today.items[0]?.confidence);
});

it("shows a visitor the source of a citation while it is published, of their own merchant only", async () => {
  const visitor = await createVisitor(desk, shop);
  const found = await getCitationOperation.handler({ ...nothing, params: { id: published } }, visitor);
  expect(getCitation.result.parse(found)).toMatchObject({ question: "怎么申请退款？", category: "退款" });
  const stranger = await createVisitor(desk, await desk.merchant());
  for (const [context, id] of [
    [visitor, draft],
    [visitor, "kbe_unknown"],
    [stranger, published],
  ] as const) {
    await expect(getCitationOperation.handler({ ...nothing, params: { id } }, context)).rejects.toMatchObject({
      reason: "entry_not_found",
    });
  }
});

it("lists entries in the contract's shape", async () => {
  const page = await listEntriesOperation.handler(
    { ...nothing, query: listEntries.query.parse({ limit: "1" }) },
    admin,
  );
  expect(listEntries.result.parse(page)).toMatchObject({ total: 2, categories: ["退款"] });
});
