import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { importQuickReplies } from "./quick-reply-import-service";
import { listQuickReplies } from "./quick-reply-service";

let desk: DeskFixture;
let agent: AgentContext;
let boss: AgentContext;

beforeAll(async () => {
  desk = await createDeskFixture();
});
afterAll(() => desk.end());
beforeEach(async () => {
  const { merchantId } = await desk.merchant();
  agent = await desk.agent(merchantId);
  boss = await desk.agent(merchantId, "supervisor");
});

describe("quick replies from a table", () => {
  it("go in by their columns, in Chinese or English, with commas and line breaks in quotes", async () => {
    const csv = '\uFEFF标题,内容,简码,文件夹\n问候,"您好，\n请讲",hi,常用\n道歉,"\'=对不起",,';
    expect(await importQuickReplies(boss, csv, false)).toEqual({ created: 2, updated: 0, refused: [] });
    expect(await listQuickReplies(agent)).toMatchObject([
      { title: "道歉", text: "=对不起", language: "zh-CN", personal: false },
      { title: "问候", text: "您好，\n请讲", shortcut: "hi", folder: "常用" },
    ]);
  });

  it("change what is there under the same title, and leave out rows that do not fit, telling which", async () => {
    await importQuickReplies(boss, "title,text\nHello,Hi", false);
    const again = await importQuickReplies(
      boss,
      `title,text\nHello,Hi there\n,no title\nLong,${"x".repeat(5_001)}`,
      false,
    );
    expect(again).toEqual({
      created: 0,
      updated: 1,
      refused: [
        { row: 3, field: "title" },
        { row: 4, field: "text" },
      ],
    });
    expect(await listQuickReplies(agent)).toMatchObject([{ title: "Hello", text: "Hi there" }]);
  });

  it("are one's own unless a supervisor shares them", async () => {
    await expect(importQuickReplies(agent, "title,text\nA,B", false)).rejects.toMatchObject({
      reason: "quick_reply_shared",
    });
    await importQuickReplies(agent, "title,text\nA,B", true);
    expect(await listQuickReplies(boss)).toEqual([]);
    expect(await listQuickReplies(agent)).toMatchObject([{ title: "A", personal: true }]);
  });

  it("are refused without the two columns", async () => {
    await expect(importQuickReplies(boss, "name;words\na;b", false)).rejects.toMatchObject({
      reason: "quick_replies_no_columns",
    });
  });
});
