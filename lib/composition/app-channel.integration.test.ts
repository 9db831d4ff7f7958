import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { messages } from "@/db/schema/conversations";
import { knowledgeEntries } from "@/db/schema/knowledge";
import { postNextEvent } from "@/lib/channels/event-service";
import { listChannelEventsOperation, replayEventOperation, updateChannelOperation } from "@/lib/channels/operations";
import { createChannel } from "@/lib/channels/service";
import { postAppMessageOperation } from "@/lib/conversations/app-operations";
import { deliverJob } from "@/lib/conversations/deliver-job";
import { postReplyOperation } from "@/lib/conversations/operations";
import { newId } from "@/lib/core/ids";
import { systemContext } from "@/lib/testing/actors";
import { APP_URL, type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import { finishJobs } from "@/lib/testing/due-jobs";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/stubs/webhook-receiver";
import { defineRoute } from "@/lib/web/define-route";
import { type EventData, verifyWebhook, Yingda, type YingdaEvent } from "@/public/sdk/yingda";
import { channelStream } from "./channel-stream";
import { runDueJobs } from "./worker";

let api: ApiFixture;
let receiver: WebhookReceiver;
let merchantId: string;
let channelId: string;
let signingSecret: string;
let admin: Credentials;
let sdk: Yingda;

const wordsOf = (data: EventData): string => (data.type === "message.created" ? data.text : "");

/** The SDK's requests, answered by this process as a server would. */
const inProcess: typeof fetch = async (input, init) => {
  const request = new Request(String(input), init);
  const [, id = "", path = ""] = /\/channels\/([^/]+)\/(\w+)/.exec(new URL(request.url).pathname) ?? [];
  if (path === "stream") {
    return channelStream(request, { id });
  }
  const operation = path === "messages" ? postAppMessageOperation : listChannelEventsOperation;
  return defineRoute(operation)(request, { params: Promise.resolve({ id }) });
};

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", new URL(receiver.url).host);
  api = await createApiFixture();
  merchantId = (await api.desk.merchant()).merchantId;
  admin = (await api.signedIn(merchantId, "admin")).as;
  const made = await createChannel(systemContext(api.desk, merchantId), { type: "api", name: "App" });
  channelId = made.channel.id;
  signingSecret = made.issued["signingSecret"] ?? "";
  const { secret } = await api.key(merchantId, ["conversations.reply", "channels.read"]);
  sdk = new Yingda({ baseUrl: APP_URL, channelId, apiKey: secret, fetch: inProcess });
});

afterAll(async () => {
  await api.end();
  await receiver.stop();
});

async function reply(conversationId: string, text: string): Promise<string> {
  const key = (await api.key(merchantId, ["*"])).as;
  await rowsOf(
    api.desk.db,
    sql`update conversations set status = 'assigned', assignee_id = null where id = ${conversationId}`,
  );
  const body = { clientId: newId("client"), parts: [{ type: "text", text }] };
  const response = await api.call(postReplyOperation, { as: key, params: { id: conversationId }, body });
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

const deliveryOf = async (id: string) =>
  (await api.desk.db.select().from(messages)).find((message) => message.id === id)?.delivery;

/** As if the time of the next try had come. */
async function untilNextTry(): Promise<void> {
  await rowsOf(api.desk.db, sql`update channel_events set next_attempt_at = null where outcome = 'waiting'`);
  await rowsOf(
    api.desk.db,
    sql`select graphile_worker.reschedule_jobs(coalesce(array_agg(id), '{}'), run_at => now()) from graphile_worker.jobs`,
  );
  await runDueJobs();
}

/** How long after its last try a conversation's event is tried next, in seconds. */
async function waitOf(conversationId: string): Promise<number> {
  const [row] = await rowsOf<{ seconds: number }>(
    api.desk.db,
    sql`select extract(epoch from run_at - updated_at)::float as seconds from graphile_worker.jobs
        where key = ${`post:${conversationId}`}`,
  );
  return Number(row?.seconds);
}

describe("the SDK", () => {
  it("sends a user's words once per id, and reads the answers by list and stream, none missing", async () => {
    const first = await sdk.send({ id: "app-1", userId: "42", userName: "小陈", text: "我的订单呢？" });
    expect(await sdk.send({ id: "app-1", userId: "42", text: "我的订单呢？" })).toMatchObject({ id: first.id, seq: 1 });
    const line = sdk.stream({ after: 0 });
    const texts = ["在路上了。", "明天到。"];
    for (const text of texts) {
      await reply(first.conversationId, text);
    }
    await finishJobs(api.desk.db);
    const seen: YingdaEvent[] = [];
    for await (const event of line) {
      if (event.type !== "typing") {
        seen.push(event);
      }
      if (texts.every((text) => seen.some(({ data }) => wordsOf(data) === text))) {
        break;
      }
    }
    const listed = await sdk.events(0);
    expect(listed.items.map(({ data }) => data)).toEqual(seen.map(({ data }) => data));
    expect(seen.at(-1)?.data).toMatchObject({
      type: "message.created",
      user_id: "42",
      conversation_id: first.conversationId,
      author: { kind: "agent" },
    });
    expect((await sdk.events(listed.next)).items).toEqual([]);
    const again = sdk.stream({ after: seen.at(-2)?.position ?? 0 });
    expect((await again.next()).value?.data).toMatchObject({ text: "明天到。" });
    await again.return(undefined);
  });

  it("tells a refusal with its reason", async () => {
    const stranger = new Yingda({ baseUrl: APP_URL, channelId, apiKey: "yd_unknown", fetch: inProcess });
    await expect(stranger.send({ userId: "1", text: "x" })).rejects.toMatchObject({ status: 401 });
    await expect(stranger.stream().next()).rejects.toMatchObject({ status: 401, reason: "unauthenticated" });
    const elsewhere = new Yingda({
      baseUrl: APP_URL,
      channelId: "chn_other",
      apiKey: (await api.key(merchantId, ["*"])).secret,
      fetch: inProcess,
    });
    await expect(elsewhere.stream().next()).rejects.toMatchObject({ status: 404 });
    await expect(elsewhere.send({ userId: "1", text: "x" })).rejects.toMatchObject({ reason: "channel_not_found" });
  });
});

describe("an event for a webhook (T25)", () => {
  let conversationId: string;
  beforeAll(async () => {
    const config = { webhookUrl: `${receiver.url}/hook` };
    const response = await api.call(updateChannelOperation, {
      as: admin,
      params: { id: channelId },
      body: { config, version: 1 },
    });
    expect(response.status).toBe(200);
    conversationId = (await sdk.send({ userId: "43", text: "你好" })).conversationId;
    await api.desk.db.delete(knowledgeEntries);
    await runDueJobs();
    receiver.received.length = 0;
  });

  it("is tried after 500, 500, 500 and silence ever later, and delivered once, signed, under one id", async () => {
    receiver.answers.push({ status: 500 }, { status: 503 }, { status: 500, body: "<html>" }, "cut");
    const id = await reply(conversationId, "退款已办好。");
    const waits: number[] = [];
    await runDueJobs();
    for (let tries = 1; tries <= 4; tries += 1) {
      waits.push(await waitOf(conversationId));
      expect(await deliveryOf(id)).toBe("queued");
      // What is left of this process's memory plays no part: every step reads the database, as after a restart.
      await untilNextTry();
    }
    expect(await deliveryOf(id)).toBe("sent");
    const posts = receiver.received.filter(({ body }) => body.includes("退款已办好。"));
    expect(posts).toHaveLength(5);
    expect(new Set(posts.map(({ headers }) => headers["idempotency-key"]))).toEqual(new Set([id]));
    expect(new Set(posts.map(({ body }) => body)).size).toBe(1);
    for (const { headers, body } of posts) {
      expect(await verifyWebhook(String(headers["x-yingda-signature"]), body, signingSecret)).toBe(true);
      expect(await verifyWebhook(String(headers["x-yingda-signature"]), `${body} `, signingSecret)).toBe(false);
    }
    for (const [index, ideal] of [5, 15, 45, 135].entries()) {
      expect(waits[index]).toBeGreaterThan(ideal * 0.8 - 0.5);
      expect(waits[index]).toBeLessThan(ideal * 1.2 + 0.5);
    }
    await untilNextTry();
    expect(receiver.received.filter(({ body }) => body.includes("退款已办好。"))).toHaveLength(5);
  });

  it("waits for the one before it: order within a conversation is kept through failures (T24)", async () => {
    receiver.answers.push({ status: 500 });
    await reply(conversationId, "第一");
    await runDueJobs();
    await reply(conversationId, "第二");
    await runDueJobs();
    expect(receiver.received.some(({ body }) => body.includes("第二"))).toBe(false);
    await untilNextTry();
    const order = receiver.received.map(({ body }) => (JSON.parse(body) as { text: string }).text);
    expect(order.slice(-3)).toEqual(["第一", "第一", "第二"]);
  });

  it("goes out again under the same id when the process dies between post and commit, and is one event still", async () => {
    const id = await reply(conversationId, "断电之前");
    await rowsOf(
      api.desk.db,
      sql`select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs where task_identifier = 'channel.deliver'`,
    );
    const context = systemContext(api.desk, merchantId);
    // The job that keeps the event ran, died before it was marked as done, and runs again: twice.
    await deliverJob.handle({ messageId: id }, context);
    await deliverJob.handle({ messageId: id }, context);
    const posts = () => receiver.received.filter(({ body }) => body.includes("断电之前"));
    const dying = postNextEvent(context, conversationId, () => Promise.reject(new Error("power cut")));
    await expect(dying).rejects.toThrow("power cut");
    expect([posts().length, await deliveryOf(id)]).toEqual([1, "queued"]);
    await untilNextTry();
    expect([posts().length, await deliveryOf(id)]).toEqual([2, "sent"]);
    expect(new Set(posts().map(({ headers }) => headers["idempotency-key"]))).toEqual(new Set([id]));
    const events = await rowsOf(api.desk.db, sql`select 1 from channel_events where id = ${id}`);
    expect(events).toHaveLength(1);
  });

  it("ends as failed after 24 hours, visible to the agent, and goes out by a replay", async () => {
    receiver.answers.push({ status: 500 });
    const id = await reply(conversationId, "太晚了");
    await rowsOf(api.desk.db, sql`update graphile_worker._private_jobs set run_at = now()`);
    await runDueJobs();
    receiver.answers.push({ status: 500 });
    await rowsOf(api.desk.db, sql`update channel_events set created_at = now() - interval '25 hours' where id = ${id}`);
    await untilNextTry();
    expect(await deliveryOf(id)).toBe("failed");
    const replayed = await api.call(replayEventOperation, { as: admin, params: { id: channelId, eventId: id } });
    expect(replayed.status).toBe(200);
    await untilNextTry();
    expect(await deliveryOf(id)).toBe("sent");
    const last = receiver.received.at(-1);
    expect(last?.headers["idempotency-key"]).toBe(id);
    expect(await verifyWebhook(String(last?.headers["x-yingda-signature"]), last?.body ?? "", signingSecret)).toBe(
      true,
    );
  });

  it("is not posted into private networks, whatever address was typed (T56)", async () => {
    const inside = await createChannel(systemContext(api.desk, merchantId), {
      type: "api",
      name: "innen",
      config: { webhookUrl: "http://127.0.0.1:9/" },
    });
    const to = new Yingda({
      baseUrl: APP_URL,
      channelId: inside.channel.id,
      apiKey: (await api.key(merchantId, ["*"])).secret,
      fetch: inProcess,
    });
    const { conversationId: other } = await to.send({ userId: "44", text: "你好" });
    const id = await reply(other, "到不了");
    await runDueJobs();
    const [event] = await rowsOf<{ error: string }>(
      api.desk.db,
      sql`select error from channel_events where id = ${id}`,
    );
    expect(event?.error).toBe("endpoint not reached: EACCES");
  });
});
