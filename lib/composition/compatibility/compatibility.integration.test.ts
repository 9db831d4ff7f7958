import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { channels } from "@/db/schema/channels";
import { memberships } from "@/db/schema/identity";
import { merchants } from "@/db/schema/merchants";
import { createChannel } from "@/lib/channels/service";
import { routingSettings } from "@/lib/conversations/settings-schema";
import { newId } from "@/lib/core/ids";
import { createEntryOperation, searchKnowledgeBaseOperation } from "@/lib/knowledge/operations";
import type { AnyOperation } from "@/lib/platform/http/handler";
import { updateSettings } from "@/lib/settings/service";
import { systemContext } from "@/lib/testing/actors";
import { type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import { startPlatformStub } from "@/lib/testing/stubs/wechat/platform-stub";
import { runDueJobs } from "../worker";
import * as paths from "./operations";
import { webhookOfKind } from "./webhook-endpoint";

let api: ApiFixture;
let key: Credentials;
let merchantId: string;

beforeAll(async () => {
  api = await createApiFixture();
  merchantId = (await api.desk.merchant()).merchantId;
  await api.desk.db.update(merchants).set({ timezone: "Asia/Shanghai" });
  key = (await api.key(merchantId, ["*"])).as;
  const admin = await api.signedIn(merchantId, "admin");
  const entry = {
    question: "商品多少钱？",
    answer: "我们的商品价格从99元到299元不等，具体看款式哦～",
    status: "published",
  };
  expect((await api.call(createEntryOperation, { as: admin.as, body: entry })).status).toBe(201);
});

afterAll(() => api.end());

async function ask<Answer = Record<string, unknown>>(operation: AnyOperation, body?: unknown, query = {}) {
  const response = await api.call(operation, { as: key, query, ...(body !== undefined && { body }) });
  return { status: response.status, ...((await response.json()) as Answer) };
}

const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

describe("POST /api/ai_chat", () => {
  it("answers within the request, with the fields of seed 000", async () => {
    const answer = await ask<{ chat_records: { time: string }[] }>(paths.aiChatOperation, {
      user_id: "stu-1",
      msg: "商品多少钱？",
    });
    expect(answer).toMatchObject({
      status: 200,
      code: 200,
      ai_reply: expect.stringContaining("99元到299元"),
      need_transfer: false,
      chat_records: [
        { role: "user", content: "商品多少钱？", time: expect.stringMatching(TIME) },
        { role: "ai", content: expect.stringContaining("99元"), time: expect.stringMatching(TIME) },
      ],
    });
    const shanghai = new Date(`${answer.chat_records[0]?.time.replace(" ", "T")}+08:00`);
    expect(Math.abs(Date.now() - shanghai.getTime())).toBeLessThan(60_000);
  });

  it("answers once, although the bot's job runs too, and keeps the conversation over requests", async () => {
    await runDueJobs();
    const answer = await ask<{ chat_records: { role: string }[] }>(paths.aiChatOperation, {
      user_id: "stu-1",
      msg: "商品多少钱？",
    });
    await runDueJobs();
    expect(answer.chat_records.map(({ role }) => role)).toEqual(["user", "ai", "user", "ai"]);
  });

  it("says that a person is needed when there is no answer, and when one was asked for", async () => {
    const lost = await ask(paths.aiChatOperation, { user_id: 42, msg: "量子纠缠的教授贵姓？" });
    expect(lost).toMatchObject({ status: 200, need_transfer: true });
    expect(lost["ai_reply"]).not.toBe("");
    const person = await ask(paths.aiChatOperation, { user_id: 42, msg: "转人工" });
    expect(person).toMatchObject({ need_transfer: true });
    const later = await ask(paths.aiChatOperation, { user_id: 42, msg: "在吗" });
    expect(later).toMatchObject({ need_transfer: true, ai_reply: "已转给人工客服，请稍候。" });
  });

  it("needs a key (401), well-formed JSON (400) and its fields (422)", async () => {
    expect((await api.call(paths.aiChatOperation, { body: { user_id: "u", msg: "x" } })).status).toBe(401);
    expect((await api.call(paths.aiChatOperation, { as: key, body: "{" })).status).toBe(400);
    for (const body of [{}, { user_id: "u" }, { msg: "x" }, { user_id: "", msg: "x" }, { user_id: {}, msg: "x" }, []]) {
      const response = await api.call(paths.aiChatOperation, { as: key, body });
      expect([response.status, response.headers.get("content-type")]).toEqual([
        422,
        "application/problem+json; charset=utf-8",
      ]);
    }
    const long = await api.call(paths.aiChatOperation, { as: key, body: { user_id: "u", msg: "长".repeat(5_001) } });
    expect(long.status).toBe(422);
  });
});

describe("POST /api/transfer_service and /api/service_reply", () => {
  it("put a user into the line and tell their place, with the fields of seed 000", async () => {
    const first = await ask(paths.transferServiceOperation, { user_id: "queue-1" });
    expect(first).toMatchObject({ status: 200, code: 200, queue_num: 2, service_status: "offline" });
    expect(first["msg"]).toBe("已转接人工客服，你当前排队序号：2");
    const again = await ask(paths.transferServiceOperation, { user_id: "queue-1" });
    expect(again["queue_num"]).toBe(2);
    await api.desk.db.update(memberships).set({ presence: "online", capacity: 0 });
    expect(await ask(paths.transferServiceOperation, { user_id: "queue-2" })).toMatchObject({
      queue_num: 3,
      service_status: "online",
    });
  });

  it("refuse when the line is full, in words", async () => {
    await updateSettings(systemContext(api.desk, merchantId), merchantId, routingSettings, {
      patch: { maximumQueue: 3 },
    });
    const refused = await ask(paths.transferServiceOperation, { user_id: "queue-3" });
    expect(refused).toMatchObject({ status: 409, reason: "queue_full", detail: "排队的人太多了，请稍后再试。" });
  });

  it("answer a user in the name of the service; the bot is silent from then on", async () => {
    const service_msg = "您好，我是人工客服，请问有什么可以帮助您的吗？";
    const answer = await ask<{ chat_records: unknown[] }>(paths.serviceReplyOperation, {
      user_id: "queue-1",
      service_msg,
    });
    expect(answer).toMatchObject({ status: 200, code: 200, service_msg });
    expect(answer.chat_records.at(-1)).toMatchObject({ role: "service", content: service_msg });
    expect(await ask(paths.transferServiceOperation, { user_id: "queue-1" })).toMatchObject({ queue_num: 0 });
    const silent = await ask(paths.aiChatOperation, { user_id: "queue-1", msg: "商品多少钱？" });
    expect(silent).toMatchObject({ need_transfer: true, ai_reply: "已转给人工客服，请稍候。" });
    const unknown = await ask(paths.serviceReplyOperation, { user_id: "nobody", service_msg });
    expect(unknown).toMatchObject({ status: 404, reason: "conversation_not_found" });
  });
});

describe("the paths of seed 001", () => {
  it("tell a user's conversation, and begin a new one after a reset", async () => {
    const user_id = "stu-1";
    const before = await ask(paths.getConversationOfUserOperation, undefined, { user_id });
    expect(before).toMatchObject({ user_id, conversation_id: expect.stringMatching(/^cnv_/) });
    expect(await ask(paths.resetConversationOperation, { user_id })).toMatchObject({ user_id, reset: true });
    expect(await ask(paths.getConversationOfUserOperation, undefined, { user_id })).toMatchObject({
      conversation_id: null,
    });
    const fresh = await ask<{ chat_records: unknown[] }>(paths.aiChatOperation, { user_id, msg: "商品多少钱？" });
    expect(fresh.chat_records).toHaveLength(2);
    expect(await ask(paths.resetConversationOperation, { user_id: "queue-1" })).toMatchObject({ reset: false });
    expect((await ask(paths.getConversationOfUserOperation)).status).toBe(422);
  });

  it("tell the state, and clear the contexts of everybody who is with the bot", async () => {
    const { status: _, ...state } = await ask(paths.getServiceStatusOperation);
    expect(state).toMatchObject({ service: "yingda", agents_online: 1, waiting: 2 });
    expect(await ask(paths.clearConversationsOperation)).toMatchObject({ cleared: expect.any(Number) });
    expect(await ask(paths.getConversationOfUserOperation, undefined, { user_id: "stu-1" })).toMatchObject({
      conversation_id: null,
    });
    expect((await ask(paths.getServiceStatusOperation))["waiting"]).toBe(2);
  });
});

describe("POST /api/message", () => {
  it("takes a customer's message on a channel by kind or id, once per id of the caller", async () => {
    const body = { channel: "api", customer_id: "user_123", message: "我想退款", message_id: "their-1" };
    const first = await ask(paths.sendMessageOperation, body);
    expect(first).toMatchObject({ code: 200, conversation_id: expect.stringMatching(/^cnv_/) });
    expect(await ask(paths.sendMessageOperation, body)).toEqual(first);
    for (const channel of ["wechat", "chn_other"]) {
      expect(await ask(paths.sendMessageOperation, { ...body, channel })).toMatchObject({ status: 404 });
    }
  });
});

describe("GET /api/wechat/messages", () => {
  it("tells the messages of WeChat channels, by user and page, newest first", async () => {
    const channelId = newId("channel");
    await api.desk.db.insert(channels).values({ id: channelId, merchantId, type: "wechat", name: "公众号" });
    const messages = await ask<{ messages: { msg_id: string; content: string }[] }>(paths.listWechatMessagesOperation);
    expect(messages).toMatchObject({ status: 200, total: 0, page: 1, limit: 10, messages: [] });
    for (const [customer_id, message] of [
      ["open-1", "一"],
      ["open-2", "二"],
      ["open-1", "三"],
    ]) {
      await ask(paths.sendMessageOperation, { channel: channelId, customer_id, message });
    }
    const mine = await ask<{ messages: unknown[] }>(paths.listWechatMessagesOperation, undefined, {
      user_id: "open-1",
      limit: "1",
    });
    expect(mine).toMatchObject({ total: 2, limit: 1, messages: [{ user_id: "open-1", role: "user", content: "三" }] });
    expect(mine.messages[0]).toMatchObject({ msg_type: "text", time: expect.stringMatching(TIME) });
    expect((await ask(paths.listWechatMessagesOperation, undefined, { page: "0" })).status).toBe(422);
  });
});

describe("GET /api/wechat/jsapi", () => {
  it("signs a page with the ticket of the channel, as the SDK of WeChat expects it", async () => {
    const account = { appId: "wx1234567890abcdef", appSecret: "a secret of tests" };
    const stub = await startPlatformStub(account);
    const { channel } = await createChannel(systemContext(api.desk, merchantId), {
      type: "wechat",
      name: "公众号",
      config: { appId: account.appId, apiBase: stub.url },
      secrets: { appSecret: account.appSecret },
    });
    const query = { url: "https://shop.example/page?a=1#top", channel: channel.id };
    expect(await ask(paths.signWechatPageOperation, undefined, query)).toMatchObject({
      status: 200,
      appId: account.appId,
      timestamp: expect.stringMatching(/^\d{10}$/),
      signature: expect.stringMatching(/^[0-9a-f]{40}$/),
      url: "https://shop.example/page?a=1",
    });
    await stub.stop();
    expect((await ask(paths.signWechatPageOperation)).status).toBe(422);
    const unknown = { ...query, channel: "chn_unknown" };
    expect((await ask(paths.signWechatPageOperation, undefined, unknown)).status).toBe(404);
  });
});

describe("GET /api/stats", () => {
  it("tells the numbers of a period, in the merchant's days", async () => {
    const week = await ask<{ from: string; to: string; response_time: object; trend: { conversations: number }[] }>(
      paths.getStatsOperation,
      undefined,
      { period: "7d" },
    );
    expect(week).toMatchObject({
      status: 200,
      code: 200,
      period: "7d",
      time_zone: "Asia/Shanghai",
      satisfaction: null,
      channels: expect.arrayContaining([expect.objectContaining({ name: expect.any(String) })]),
    });
    expect(Date.parse(week.to) - Date.parse(week.from)).toBe(6 * 86_400_000);
    expect(week.trend).toHaveLength(7);
    expect(Object.keys(week.response_time)).toEqual(["count", "average", "median", "p95"]);
    const sum = week.trend.reduce((total, { conversations }) => total + conversations, 0);
    expect(week).toMatchObject({ conversations: sum });
    const day = await ask<{ from: string; to: string }>(paths.getStatsOperation, undefined, { period: "today" });
    expect(day.from).toBe(day.to);
    expect(await ask(paths.getStatsOperation)).toMatchObject({ period: "7d" });
    for (const period of ["", "0d", "7", "week", "9999d", "999d"]) {
      const refused = await ask(paths.getStatsOperation, undefined, { period });
      expect([period, refused.status]).toEqual([period, 422]);
    }
    expect((await api.call(paths.getStatsOperation, {})).status).toBe(401);
  });
});

describe("GET /api/kb/search", () => {
  it("finds what is published, needs its question (422) and a key (401)", async () => {
    const found = await ask<{ items: { question: string }[] }>(searchKnowledgeBaseOperation, undefined, {
      q: "商品多少钱",
    });
    expect(JSON.stringify(found)).toContain("99元到299元");
    expect((await ask(searchKnowledgeBaseOperation)).status).toBe(422);
    expect((await api.call(searchKnowledgeBaseOperation, { query: { q: "退款" } })).status).toBe(401);
  });
});

describe("every path of the earlier systems", () => {
  const BODY = { user_id: "fields", msg: "你好", service_msg: "好的", customer_id: "fields", message: "你好" };

  it.each([
    paths.aiChatOperation,
    paths.transferServiceOperation,
    paths.serviceReplyOperation,
    paths.sendMessageOperation,
    paths.resetConversationOperation,
  ])(
    "$contract.path refuses bad JSON (400), each missing field (422), and nobody's key (401), as problems",
    async (operation) => {
      const answerTo = async (body: unknown, as: Credentials = key) => {
        const response = await api.call(operation, { as, body });
        expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
        return response.status;
      };
      expect(await answerTo("{")).toBe(400);
      expect(await answerTo(null)).toBe(422);
      const names = Object.keys((operation.contract.body as z.ZodObject).shape);
      for (const name of names.filter((each) => each in BODY)) {
        const { [name as keyof typeof BODY]: _, ...rest } = BODY;
        expect([name, await answerTo(rest)]).toEqual([name, 422]);
      }
      const response = await api.call(operation, { body: BODY });
      expect(response.status).toBe(401);
    },
  );
});

describe("GET and POST /api/wechat and /webhook", () => {
  it("answer 404 while there is no channel of the kind", async () => {
    const response = await webhookOfKind(["pigeon"])(new Request("http://yingda.test/webhook"));
    expect(response.status).toBe(404);
  });
});
