import { asc, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { rowsOf } from "@/db/client";
import { channels, webhookDeliveries } from "@/db/schema/channels";
import { conversations, messages } from "@/db/schema/conversations";
import { memberships } from "@/db/schema/identity";
import { signApiPayload } from "@/lib/channels/adapters/api/signature";
import { claimOperation, postReplyOperation } from "@/lib/conversations/operations";
import { newId } from "@/lib/core/ids";
import { seal } from "@/lib/platform/crypto/seal";
import { APP_URL, type ApiFixture, type Credentials, createApiFixture } from "@/lib/testing/api-fixture";
import { drainJobs, finishJobs } from "@/lib/testing/due-jobs";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/stubs/webhook-receiver";
import { webhookEndpoint } from "./webhook-endpoint";
import { runDueJobs } from "./worker";

const secret = "signing secret of tests";

let receiver: WebhookReceiver;
let api: ApiFixture;
let channelId: string;
let agent: Credentials;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", new URL(receiver.url).host);
  api = await createApiFixture();
  const { merchantId } = await api.desk.merchant();
  channelId = newId("channel");
  await api.desk.db.insert(channels).values({
    id: channelId,
    merchantId,
    type: "api",
    name: "App",
    config: { webhookUrl: `${receiver.url}/replies` },
    sealedSecrets: seal(JSON.stringify({ signingSecret: secret })),
  });
  agent = (await api.signedIn(merchantId, "agent")).as;
  await api.desk.db.update(memberships).set({ presence: "online" });
});

afterAll(async () => {
  await api.end();
  await receiver.stop();
});

function deliver(body: string, signature = signApiPayload(secret, body, new Date())): Promise<Response> {
  const request = new Request(`${APP_URL}/api/webhooks/${channelId}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-yingda-signature": signature },
    body,
  });
  return webhookEndpoint(request, { channelId });
}

const said = (id: string, text: string, user = "u-1") => JSON.stringify({ id, user_id: user, text });
const fromVisitor = async () => {
  const rows = await api.desk.db.select().from(messages).orderBy(asc(messages.seq));
  return rows.filter((row) => row.authorKind === "visitor").map((row) => row.text);
};
/** What reached the other side that an agent wrote. */
const replies = (text: string) => receiver.received.filter(({ body }) => body.includes(text));
/** Lets jobs and events that wait for their next try run now. */
const hurry = async () => {
  await rowsOf(api.desk.db, sql`update channel_events set next_attempt_at = null where outcome = 'waiting'`);
  await rowsOf(
    api.desk.db,
    sql`select graphile_worker.reschedule_jobs(coalesce(array_agg(id), '{}'), run_at => now()) from graphile_worker.jobs`,
  );
};
const waiting = async (task: string) => {
  const rows = await rowsOf<{ attempts: number }>(
    api.desk.db,
    sql`select attempts from graphile_worker.jobs where task_identifier = ${task}`,
  );
  return rows.map(({ attempts }) => attempts);
};

async function conversationId(): Promise<string> {
  const [row] = await api.desk.db.select({ id: conversations.id }).from(conversations);
  return row?.id ?? "";
}

async function reply(text: string): Promise<string> {
  const response = await api.call(postReplyOperation, {
    as: agent,
    params: { id: await conversationId() },
    body: { clientId: newId("client"), parts: [{ type: "text", text }] },
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

async function deliveryOf(messageId: string): Promise<string | undefined> {
  const rows = await api.desk.db.select().from(messages);
  return rows.find(({ id }) => id === messageId)?.delivery;
}

describe("a message of an own app, in and out", () => {
  it("arrives once when ten copies come at the same time, and each copy is acknowledged (T22)", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(said("m-1", "怎么退款？"))));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    await runDueJobs();
    expect(await fromVisitor()).toEqual(["怎么退款？"]);
    expect(await api.desk.db.select().from(conversations)).toHaveLength(1);
    const deliveries = await api.desk.db.select().from(webhookDeliveries);
    expect(deliveries.map(({ outcome }) => outcome)).toEqual(["processed"]);
    expect(new Set(receiver.received.map((post) => post.headers["idempotency-key"])).size).toBe(
      receiver.received.length,
    );
  });

  it("comes into the conversation that the customer has, in order, under their own name", async () => {
    for (const [index, text] of ["第二句", "第三句", "第四句"].entries()) {
      expect((await deliver(said(`m-1${index}`, text))).status).toBe(200);
    }
    await runDueJobs();
    expect(await fromVisitor()).toEqual(["怎么退款？", "第二句", "第三句", "第四句"]);
    expect(await api.desk.db.select().from(conversations)).toHaveLength(1);
  });

  it("is refused and not stored when its signature is wrong or old", async () => {
    const body = said("m-2", "伪造");
    const old = signApiPayload(secret, body, new Date(Date.now() - 301_000));
    for (const signature of [signApiPayload("guess", body, new Date()), old, ""]) {
      const response = await deliver(body, signature);
      expect([response.status, response.headers.get("content-type")]).toEqual([
        401,
        "application/problem+json; charset=utf-8",
      ]);
    }
    expect((await api.desk.db.select().from(webhookDeliveries)).some((row) => row.replayKey === "m-2")).toBe(false);
  });

  it("is refused with 401 when one byte, the algorithm, or the header is another (T53)", async () => {
    const body = said("m-53", "退款🙂é");
    const good = signApiPayload(secret, body, new Date());
    const stored = async () => (await api.desk.db.select().from(webhookDeliveries)).length;
    const before = await stored();
    const altered = said("m-53", "退款🙂e");
    const statuses = [
      await deliver(altered, good),
      await deliver(` ${body}`, good),
      await deliver(body.normalize("NFD"), good),
      await deliver(body, good.replace("v1=", "v0=")),
      await deliver(body, `${good.slice(0, -1)}${good.endsWith("0") ? "1" : "0"}`),
      await deliver(body, good.replace(/v1=.*/, `v1=${"0".repeat(64)}`)),
    ].map(({ status }) => status);
    expect(statuses).toEqual(statuses.map(() => 401));
    expect(await stored()).toBe(before);
    expect((await deliver(body, good)).status).toBe(200);
    await runDueJobs();
    expect((await fromVisitor()).filter((text) => text === "退款🙂é")).toHaveLength(1);
  });

  it("with a NUL in it does not stop those behind it", async () => {
    await deliver('{"id":"m-3","user_id":"u-1","text":"空\\u0000字符"}');
    await deliver(said("m-4", "后面的"));
    await drainJobs(api.desk.db);
    expect((await fromVisitor()).slice(-2)).toEqual(["空字符", "后面的"]);
  });

  it("that is no message is kept as ignored", async () => {
    expect((await deliver('{"event":"ping"}')).status).toBe(200);
    await runDueJobs();
    const rows = await api.desk.db.select().from(webhookDeliveries);
    expect(rows.filter(({ outcome }) => outcome === "ignored")).toHaveLength(1);
    expect(await waiting("channel.ingest")).toEqual([]);
  });

  it("of a burst is stored in the order of its arrival, none missing (T24)", async () => {
    const texts = Array.from({ length: 20 }, (_, index) => `连发 ${index + 1}`);
    for (const [index, text] of texts.entries()) {
      expect((await deliver(said(`burst-${index}`, text))).status).toBe(200);
    }
    const burst = async () => (await fromVisitor()).filter((text) => text.startsWith("连发"));
    // Four workers at once, as a server has: the lane of one user keeps what is theirs in order.
    await Promise.all([runDueJobs(), runDueJobs(), runDueJobs(), runDueJobs()]);
    await finishJobs(api.desk.db);
    expect(await burst()).toEqual(texts);
  });
});

describe("an agent's reply", () => {
  beforeAll(async () => {
    const id = await conversationId();
    await rowsOf(api.desk.db, sql`update conversations set status = 'queued', queued_at = now() where id = ${id}`);
    expect((await api.call(claimOperation, { as: agent, params: { id } })).status).toBe(200);
    await runDueJobs();
  });

  it("is posted once, signed, and then counts as sent", async () => {
    const id = await reply("已经为您退款。");
    await runDueJobs();
    await runDueJobs();
    const posts = replies("已经为您退款。");
    expect(posts).toHaveLength(1);
    const [post] = posts;
    expect(post).toMatchObject({ method: "POST", path: "/replies", headers: { "idempotency-key": id } });
    const seconds = /^t=(\d+),/.exec(String(post?.headers["x-yingda-signature"]))?.[1];
    expect(post?.headers["x-yingda-signature"]).toBe(
      signApiPayload(secret, post?.body ?? "", new Date(Number(seconds) * 1_000)),
    );
    expect(JSON.parse(post?.body ?? "{}")).toMatchObject({ id, user_id: "u-1", text: "已经为您退款。" });
    expect(await deliveryOf(id)).toBe("sent");
  });

  it("is tried again after a 500 and a cut connection, under the same key, and arrives", async () => {
    receiver.answers.push({ status: 500 }, "cut");
    const id = await reply("稍后再试");
    for (const [tries, state] of [
      [1, "queued"],
      [2, "queued"],
      [3, "sent"],
    ] as const) {
      await hurry();
      await runDueJobs();
      expect(replies("稍后再试")).toHaveLength(tries);
      expect(await deliveryOf(id)).toBe(state);
    }
    expect(new Set(replies("稍后再试").map((post) => post.headers["idempotency-key"]))).toEqual(new Set([id]));
    expect(await waiting("channel.post")).toEqual([]);
  });

  it("is marked as failed when the other side will never take it, and is not tried again", async () => {
    receiver.answers.push({ status: 400, body: "no such user" });
    const id = await reply("收不到的");
    await runDueJobs();
    await hurry();
    await runDueJobs();
    expect(replies("收不到的")).toHaveLength(1);
    expect(await deliveryOf(id)).toBe("failed");
  });

  it("that is an internal note goes nowhere", async () => {
    const response = await api.call(postReplyOperation, {
      as: agent,
      params: { id: await conversationId() },
      body: { clientId: newId("client"), parts: [{ type: "text", text: "内部备注" }], visibility: "internal" },
    });
    expect(response.status).toBe(201);
    await runDueJobs();
    expect(replies("内部备注")).toEqual([]);
  });
});
