import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createVisitor, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { postReply } from "./agent-service";
import { searchOwnMessages } from "./visitor-search-queries";
import { endByVisitor, postVisitorMessage } from "./visitor-service";

let desk: DeskFixture;
let shop: { merchantId: string; channelId: string };
let visitor: VisitorContext;
let lin: AgentContext;
let count = 0;

beforeAll(async () => {
  desk = await createDeskFixture();
});
afterAll(() => desk.end());
beforeEach(async () => {
  shop = await desk.merchant();
  lin = await desk.agent(shop.merchantId, "supervisor");
  visitor = await createVisitor(desk, shop);
});

const clientId = () => `search-${++count}-0000`;
const say = (who: VisitorContext, text: string) =>
  postVisitorMessage(who, { clientId: clientId(), parts: [{ type: "text", text }] });
const find = async (who: VisitorContext, q: string) =>
  (await searchOwnMessages(who, { q, limit: 30 })).map(({ parts }) => ("text" in (parts[0] ?? {}) ? parts[0] : null));

describe("a visitor's own search", () => {
  it("finds what both sides said in this visit and in earlier ones, newest first", async () => {
    const { conversation } = await say(visitor, "我的快递到哪了");
    await postReply(lin, conversation.id, {
      clientId: clientId(),
      visibility: "public",
      parts: [{ type: "text", text: "快递今天到" }],
    });
    await endByVisitor(visitor, conversation.id);
    await say(visitor, "换一个快递可以吗");
    expect(await find(visitor, "快递")).toMatchObject([
      { text: "换一个快递可以吗" },
      { text: "快递今天到" },
      { text: "我的快递到哪了" },
    ]);
    expect(await find(visitor, "没有这个词")).toEqual([]);
    expect(await find(visitor, "。！")).toEqual([]);
  });

  it("shows neither notes, nor what was taken back, nor other people's words", async () => {
    const { conversation, message } = await say(visitor, "秘密暗号");
    await postReply(lin, conversation.id, {
      clientId: clientId(),
      visibility: "internal",
      parts: [{ type: "text", text: "客户说了秘密暗号" }],
    });
    await desk.db.execute(sql`update messages set recalled_at = now() where id = ${message.id}`);
    const stranger = await createVisitor(desk, shop);
    await say(stranger, "别人的秘密暗号");
    expect(await find(visitor, "秘密暗号")).toEqual([]);
  });
});
