import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { newId } from "@/lib/core/ids";
import { createVisitor, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { claimConversation, postReply, resolveConversation } from "./agent-service";
import { listMessages, listPublicMessages } from "./queries";
import { recallMessage } from "./recall-service";
import { searchMessages } from "./search-queries";
import { endByVisitor, ownConversation, postVisitorMessage, rateConversation } from "./visitor-service";

const text = (words: string) => [{ type: "text" as const, text: words }];
const say = (visitor: VisitorContext, words: string, conversationId?: string, clientId = newId("client")) =>
  postVisitorMessage(visitor, { clientId, conversationId, parts: text(words) });

describe("messages", () => {
  let fixture: DeskFixture;
  let shop: { merchantId: string; channelId: string };
  let agent: AgentContext;

  beforeAll(async () => {
    fixture = await createDeskFixture();
    shop = await fixture.merchant();
    agent = await fixture.agent(shop.merchantId);
  });
  afterAll(() => fixture.end());

  const visit = () => createVisitor(fixture, shop);

  it("numbers the messages of one conversation without hole or double under 40 writers at once", async () => {
    const visitor = await visit();
    const { conversation } = await say(visitor, "第一条");
    await Promise.all(Array.from({ length: 40 }, (_, index) => say(visitor, `第 ${index} 条`, conversation.id)));
    const { items } = await listMessages(agent, conversation.id, { limit: 100 });
    expect(items.map((message) => message.seq)).toEqual(Array.from({ length: 41 }, (_, index) => index + 1));
  });

  it("stores one message for the same clientId sent five times at once, and answers the same id (T21)", async () => {
    const visitor = await visit();
    const { conversation } = await say(visitor, "你好");
    const clientId = newId("client");
    const answers = await Promise.all(Array.from({ length: 5 }, () => say(visitor, "退款", conversation.id, clientId)));
    expect(new Set(answers.map((answer) => answer.message.id)).size).toBe(1);
    const { items } = await listMessages(agent, conversation.id, { limit: 100 });
    expect(items).toHaveLength(2);
  });

  it("opens one conversation for two first messages at once, for 100 visitors (T16)", async () => {
    const visitors = await Promise.all(Array.from({ length: 100 }, visit));
    const opened = await Promise.all(
      visitors.map(async (visitor) => {
        const both = await Promise.all([say(visitor, "在吗"), say(visitor, "有人吗")]);
        return new Set(both.map((answer) => answer.conversation.id)).size;
      }),
    );
    expect(opened.every((count) => count === 1)).toBe(true);
  });

  it("writes message, fact and job together, or none of them", async () => {
    const visitor = await visit();
    const { conversation, message } = await say(visitor, "怎么退款？");
    const [facts] = await rowsOf<{ count: number }>(
      fixture.db,
      sql`select count(*)::int as count from domain_events where type = 'message.received' and payload ->> 'messageId' = ${message.id}`,
    );
    const [jobs] = await rowsOf<{ count: number }>(
      fixture.db,
      sql`select count(*)::int as count from graphile_worker.jobs where key = ${`bot:${conversation.id}`}`,
    );
    expect({ facts: facts?.count, jobs: jobs?.count }).toEqual({ facts: 1, jobs: 1 });
  });

  it.each([
    ["an empty message", " \n\u0000 ", "message_empty"],
    ["one over 5,000 characters", "长".repeat(5_001), "message_too_long"],
  ])("refuses %s and stores nothing", async (_, words, reason) => {
    const visitor = await visit();
    await expect(say(visitor, words)).rejects.toMatchObject({ code: "invalid", reason });
  });

  it("stores what people type, faithfully: emoji, lone surrogates mended, direction marks, HTML as text (T58)", async () => {
    const visitor = await visit();
    const odd = '👩‍👩‍👧‍👦 \u202eabc <script>alert(1)</script> \ud800 {"__proto__": 1}';
    const { message } = await say(visitor, odd);
    expect(message.parts).toEqual([{ type: "text", text: odd.toWellFormed() }]);
  });

  it("refuses a post to an ended conversation and keeps it ended", async () => {
    const visitor = await visit();
    const { conversation } = await say(visitor, "你好");
    await resolveConversation(agent, conversation.id);
    await expect(say(visitor, "还在吗", conversation.id)).rejects.toMatchObject({
      code: "conflict",
      reason: "conversation_ended",
    });
    await expect(
      postReply(agent, conversation.id, { clientId: newId("client"), parts: text("在"), visibility: "public" }),
    ).rejects.toMatchObject({ reason: "conversation_ended" });
    const fresh = await say(visitor, "还有个问题");
    expect(fresh.conversation.id).not.toBe(conversation.id);
  });

  it("shows another visitor's conversation to nobody", async () => {
    const owner = await visit();
    const { conversation } = await say(owner, "我的订单");
    const stranger = await visit();
    await expect(say(stranger, "偷看", conversation.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(ownConversation(stranger, conversation.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(endByVisitor(stranger, conversation.id)).rejects.toMatchObject({ code: "not_found" });
    const foreign = await fixture.agent((await fixture.merchant()).merchantId);
    await expect(listMessages(foreign, conversation.id, { limit: 10 })).rejects.toMatchObject({ code: "not_found" });
    await expect(
      postReply(foreign, conversation.id, { clientId: newId("client"), parts: text("x"), visibility: "public" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("attaches only files that the sender uploaded", async () => {
    const visitor = await visit();
    const parts = [{ type: "file" as const, fileId: newId("file") }];
    await expect(postVisitorMessage(visitor, { clientId: newId("client"), parts })).rejects.toMatchObject({
      reason: "file_unknown",
    });
  });

  it("never lets an internal note reach the visitor", async () => {
    const visitor = await visit();
    const { conversation } = await say(visitor, "投诉");
    await postReply(agent, conversation.id, {
      clientId: newId("client"),
      parts: text("这位要小心"),
      visibility: "internal",
    });
    const { items } = await listPublicMessages(visitor, conversation.id, { limit: 50 });
    expect(JSON.stringify(items)).not.toContain("小心");
    expect((await listMessages(agent, conversation.id, { limit: 50 })).items.at(-1)?.visibility).toBe("internal");
  });

  it("fills a gap from a seq and pages back before one", async () => {
    const visitor = await visit();
    const { conversation } = await say(visitor, "1");
    for (const words of ["2", "3", "4", "5"]) {
      await say(visitor, words, conversation.id);
    }
    const gap = await listPublicMessages(visitor, conversation.id, { afterSeq: 3, limit: 50 });
    expect(gap.items.map((message) => message.seq)).toEqual([4, 5]);
    const older = await listPublicMessages(visitor, conversation.id, { beforeSeq: 4, limit: 2 });
    expect(older.items.map((message) => message.seq)).toEqual([2, 3]);
    expect(older.hasMore).toBe(true);
  });

  it("finds messages by Chinese and English words, of the own merchant only", async () => {
    const visitor = await visit();
    await say(visitor, "我的快递丢失了 order QH20261121");
    const found = await searchMessages(agent, { q: "快递丢失", limit: 10 });
    expect(found).toHaveLength(1);
    expect(await searchMessages(agent, { q: "qh20261121", limit: 10 })).toHaveLength(1);
    expect(await searchMessages(agent, { q: "不存在", limit: 10 })).toHaveLength(0);
    const foreign = await fixture.agent((await fixture.merchant()).merchantId);
    expect(await searchMessages(foreign, { q: "快递丢失", limit: 10 })).toHaveLength(0);
  });

  it("takes an own message back for both sides, and nobody else's", async () => {
    const visitor = await visit();
    const { conversation, message: question } = await say(visitor, "在吗");
    const reply = await postReply(agent, conversation.id, {
      clientId: newId("client"),
      parts: text("发错了"),
      visibility: "public",
    });
    const colleague = await fixture.agent(shop.merchantId, "agent", "小周");
    await expect(recallMessage(colleague, conversation.id, reply.id)).rejects.toMatchObject({
      reason: "not_own_message",
    });
    await expect(recallMessage(agent, conversation.id, question.id)).rejects.toMatchObject({ code: "forbidden" });
    await recallMessage(agent, conversation.id, reply.id);
    const { items } = await listPublicMessages(visitor, conversation.id, { limit: 50 });
    expect(items.find((message) => message.id === reply.id)).toMatchObject({
      parts: [],
      recalledAt: expect.any(String),
    });
    await expect(
      recallMessage({ ...agent, now: () => new Date(Date.now() + 121_000) }, conversation.id, reply.id),
    ).rejects.toMatchObject({ reason: "recall_too_late" });
  });

  it("keeps one rating a conversation, after its end only", async () => {
    const visitor = await visit();
    const { conversation } = await say(visitor, "谢谢");
    await expect(rateConversation(visitor, conversation.id, { stars: 5, tags: [] })).rejects.toMatchObject({
      reason: "not_ended",
    });
    await endByVisitor(visitor, conversation.id);
    await rateConversation(visitor, conversation.id, { stars: 2, tags: [] });
    await rateConversation(visitor, conversation.id, { stars: 5, tags: ["耐心"] });
    const [stored] = await rowsOf(
      fixture.db,
      sql`select stars from ratings where conversation_id = ${conversation.id}`,
    );
    expect(stored).toEqual({ stars: 5 });
  });

  it("lets one of two agents who claim at once win, and tells the other", async () => {
    const other = await fixture.agent(shop.merchantId, "agent", "小周");
    for (let round = 0; round < 20; round += 1) {
      const visitor = await visit();
      const { conversation } = await say(visitor, "转人工");
      const results = await Promise.allSettled([
        claimConversation(agent, conversation.id),
        claimConversation(other, conversation.id),
      ]);
      expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
      await resolveConversation(agent, conversation.id);
    }
  });

  it("lets a visitor take back an own message in time, and nobody else's (T39)", async () => {
    const visitor = await visit();
    const { conversation, message } = await say(visitor, "我的密码是 hunter2");
    await claimConversation(agent, conversation.id);
    const reply = await postReply(agent, conversation.id, {
      clientId: newId("client"),
      visibility: "public",
      parts: text("请撤回"),
    });
    await expect(recallMessage(visitor, conversation.id, reply.id)).rejects.toThrow("not_own_message");
    await expect(recallMessage(await visit(), conversation.id, message.id)).rejects.toThrow("message_not_found");
    const late = { ...visitor, now: () => new Date(Date.now() + 121_000) };
    await expect(recallMessage(late, conversation.id, message.id)).rejects.toThrow("recall_too_late");
    await recallMessage(visitor, conversation.id, message.id);
    const { items } = await listMessages(agent, conversation.id, { limit: 10 });
    expect(JSON.stringify(items)).not.toContain("hunter2");
    expect(await searchMessages(agent, { q: "hunter2", limit: 10 })).toEqual([]);
  });
});
