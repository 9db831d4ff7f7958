import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  endSecretOverlapOperation,
  getChannelOperation,
  rotateChannelSecretOperation,
} from "@/lib/channels/operations";
import { createChannel } from "@/lib/channels/service";
import { claimOperation, markReadOperation, resolveOperation, typingOperation } from "@/lib/conversations/operations";
import { systemContext } from "@/lib/testing/actors";
import { APP_URL } from "@/lib/testing/api-fixture";
import { AppFixture, inProcess } from "@/lib/testing/app-fixture";
import { PIXEL } from "@/lib/testing/pixel";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/stubs/webhook-receiver";
import { readWebhook, verifyWebhook, Yingda } from "@/public/sdk/yingda";

const EVENTS = ["conversation_created", "conversation_assigned", "conversation_resolved", "message_delivery", "typing"];

let app: AppFixture;
/** Where the app has its files. */
let shelf: WebhookReceiver;

beforeAll(async () => {
  shelf = await startWebhookReceiver();
  app = await AppFixture.create({ events: EVENTS }, [new URL(shelf.url).host]);
});

afterAll(async () => {
  await app.end();
  await shelf.stop();
});
beforeEach(async () => {
  await app.drain();
  app.receiver.received.length = 0;
});

describe("what an integrator asked to hear of", () => {
  it("is posted in the order in which it happened, signed, once, and is in the list", async () => {
    const { conversationId: id } = await app.sdk.send({ id: "own-1", userId: "小陈", text: "转人工" });
    await app.drain();
    await app.api.call(claimOperation, { as: app.agent, params: { id } });
    await app.api.call(markReadOperation, { as: app.agent, params: { id }, body: { seq: 1 } });
    await app.drain();
    await app.reply(id, "您好，我是小林。");
    await app.drain();
    await app.api.call(resolveOperation, { as: app.agent, params: { id } });
    await app.drain();
    const own = app.told().filter((body) => body["conversation_id"] === id);
    const kinds = own.map(({ type }) => type).filter((type) => type !== "message.created");
    expect(kinds).toEqual([
      "conversation.created",
      "conversation.assigned",
      "message.delivery",
      "conversation.resolved",
    ]);
    const order = own.map((body) => body["text"] ?? body["type"]);
    expect(order.indexOf("conversation.assigned")).toBeLessThan(order.indexOf("您好，我是小林。"));
    expect(order.indexOf("您好，我是小林。")).toBeLessThan(order.indexOf("conversation.resolved"));
    expect(own.find(({ type }) => type === "conversation.assigned")).toMatchObject({
      user_id: "小陈",
      agent: { name: expect.any(String) },
    });
    expect(own.find(({ type }) => type === "conversation.resolved")).toMatchObject({ by: "agent" });
    expect(own.find(({ type }) => type === "message.delivery")).toMatchObject({
      state: "read",
      client_message_id: "own-1",
    });
    expect(new Set(own.map(({ id: eventId }) => eventId)).size).toBe(own.length);
    for (const { headers, body } of app.receiver.received) {
      expect(await verifyWebhook(String(headers["x-yingda-signature"]), body, app.signingSecret)).toBe(true);
    }
    const listed = (await app.sdk.events(0)).items.map(({ data }) => data).filter((data) => data.user_id === "小陈");
    expect(listed).toEqual(own);
  });

  it("is nothing for a channel that asked for nothing, beside replies", async () => {
    const silent = await createChannel(systemContext(app.api.desk, app.merchantId), {
      type: "api",
      name: "silent",
      config: { webhookUrl: `${app.receiver.url}/silent` },
    });
    const { secret } = await app.api.key(app.merchantId, ["conversations.reply"]);
    const sdk = new Yingda({ baseUrl: APP_URL, channelId: silent.channel.id, apiKey: secret, fetch: inProcess });
    const { conversationId } = await sdk.send({ userId: "1", text: "在吗" });
    await app.drain();
    await app.reply(conversationId, "好的");
    await app.drain();
    const told = app.told().filter((body) => body["conversation_id"] === conversationId);
    expect(new Set(told.map(({ type }) => type))).toEqual(new Set(["message.created"]));
  });

  it("has typing for the moment: posted, and kept nowhere", async () => {
    const { conversationId: id } = await app.sdk.send({ userId: "types", text: "在吗" });
    await app.drain();
    await app.reply(id, "在");
    await app.drain();
    await app.api.call(typingOperation, { as: app.agent, params: { id }, body: { typing: true } });
    await expect.poll(() => app.told().filter(({ type }) => type === "typing").length).toBe(1);
    const post = app.receiver.received.find(({ body }) => body.includes('"type":"typing"'));
    const read = await readWebhook(String(post?.headers["x-yingda-signature"]), post?.body ?? "", app.signingSecret);
    expect(read).toMatchObject({ type: "typing", user_id: "types", on: true });
    expect((await app.sdk.events(0)).items.some(({ data }) => String(data.type) === "typing")).toBe(false);
  });

  it("has typing in the stream, begun and ended, without moving its position", async () => {
    const { conversationId: id } = await app.sdk.send({ userId: "streams", text: "在吗" });
    await app.drain();
    await app.reply(id, "在");
    await app.drain();
    const { next } = await app.sdk.events(0);
    const heard = new Set<string>();
    const line = (async () => {
      for await (const { type, position, data } of app.sdk.stream({ after: next })) {
        heard.add(`${type} ${data.user_id} ${type === "typing" ? data.on : ""} ${position - next}`);
        if (heard.size >= 2) {
          return;
        }
      }
    })();
    const type = (typing: boolean) =>
      app.api.call(typingOperation, { as: app.agent, params: { id }, body: { typing } });
    await vi.waitUntil(async () => {
      await type(true);
      await type(false);
      return heard.size >= 2;
    }, 20_000);
    await line;
    expect([...heard].sort()).toEqual(["typing streams false 0", "typing streams true 0"]);
  });

  it("tells those who read the list that a reply could not be posted", async () => {
    const { conversationId } = await app.sdk.send({ userId: "gone", text: "在吗" });
    await app.drain();
    app.receiver.answers.push({ status: 404 }, { status: 404 }, { status: 404 });
    const id = await app.reply(conversationId, "收不到");
    await app.drain();
    app.receiver.answers.length = 0;
    const failed = (await app.sdk.events(0)).items.find(({ data }) => data.id === `failed_${id}`);
    expect(failed?.data).toMatchObject({ type: "message.delivery", state: "failed", message_id: id, user_id: "gone" });
  });
});

describe("the integrator's word on a reply", () => {
  it("marks the message, and only one of that user's", async () => {
    const { conversationId } = await app.sdk.send({ userId: "receipts", text: "在吗" });
    await app.drain();
    const id = await app.reply(conversationId, "在的");
    await app.drain();
    const told = { type: "message.delivery", message_id: id };
    const stateOf = async () => (await app.messages(conversationId)).find((message) => message.id === id);
    expect((await app.post({ ...told, user_id: "somebody else", state: "failed" })).status).toBe(200);
    await app.drain();
    expect(await stateOf()).toMatchObject({ delivery: "sent" });
    await app.post({ ...told, user_id: "receipts", state: "delivered" });
    await app.drain();
    expect(await stateOf()).toMatchObject({ delivery: "delivered" });
  });
});

describe("a secret that is replaced", () => {
  it("counts beside the new one for a day, both ways, until that is ended", async () => {
    const params = { id: app.channelId };
    const rotated = await app.api.call(rotateChannelSecretOperation, {
      as: app.admin,
      params,
      body: { name: "signingSecret" },
    });
    const { secret } = (await rotated.json()) as { secret: string };
    const detail = async () =>
      (await (await app.api.call(getChannelOperation, { as: app.admin, params })).json()) as {
        overlaps: { name: string }[];
        secretsSet: string[];
      };
    expect(await detail()).toMatchObject({ overlaps: [{ name: "signingSecret" }], secretsSet: ["signingSecret"] });
    const body = (id: string) => ({ id, user_id: "rotation", text: "换密钥" });
    expect((await app.post(body("by-old"))).status).toBe(200);
    expect((await app.post(body("by-new"), secret)).status).toBe(200);
    await app.drain();
    const [message] = (await app.messages()).filter(({ text }) => text === "换密钥");
    await app.reply(message?.conversationId ?? "", "两个都认");
    await app.drain();
    const post = app.receiver.received.find((received) => received.body.includes("两个都认"));
    const header = String(post?.headers["x-yingda-signature"]);
    expect(header.match(/v1=/g)).toHaveLength(2);
    for (const known of [app.signingSecret, secret]) {
      expect(await verifyWebhook(header, post?.body ?? "", known)).toBe(true);
    }
    expect(await verifyWebhook(header, post?.body ?? "", "guess")).toBe(false);
    await app.api.call(endSecretOverlapOperation, { as: app.admin, params: { ...params, name: "signingSecret" } });
    expect((await detail()).overlaps).toEqual([]);
    expect((await app.post(body("too-late"))).status).toBe(401);
    expect((await app.post(body("by-new-again"), secret)).status).toBe(200);
    app.signingSecret = secret;
  });
});

describe("files of the app", () => {
  it("come by address, by webhook and by upload, and only from public networks", async () => {
    const inside = await startWebhookReceiver();
    await expect(
      app.sdk.send({ userId: "files", text: "看", files: [{ url: `${inside.url}/a.txt` }] }),
    ).rejects.toMatchObject({ status: 400, reason: "file_unreachable" });
    expect(inside.received).toEqual([]);
    await inside.stop();
    shelf.answers.push({ status: 200, body: "合同正文" });
    const url = `${shelf.url}/%E5%90%88%E5%90%8C.txt`;
    const sent = await app.sdk.send({ id: "f-1", userId: "files", text: "合同在这里", files: [{ url }] });
    const again = await app.sdk.send({ id: "f-1", userId: "files", text: "合同在这里", files: [{ url }] });
    expect(again.id).toBe(sent.id);
    expect(shelf.received).toHaveLength(1);
    const picture = await app.sdk.upload(new Blob([PIXEL], { type: "image/png" }), "点.png");
    await app.sdk.send({ userId: "files", files: [{ id: picture.id }] });
    await expect(app.sdk.send({ userId: "files", files: [{ id: "fil_of_others" }] })).rejects.toMatchObject({
      reason: "file_unknown",
    });
    shelf.answers.push({ status: 200, body: "第二份" });
    await app.post({ id: "f-2", user_id: "files", files: [{ url: `${shelf.url}/b`, name: "b.txt" }] });
    await app.post({ id: "f-3", user_id: "files", files: [{ url: "http://127.0.0.1:9/secret", name: "内网.txt" }] });
    await app.drain();
    const parts = (await app.messages(sent.conversationId))
      .filter(({ authorKind }) => authorKind === "visitor")
      .flatMap((message) => message.parts);
    expect(parts).toMatchObject([
      { type: "text", text: "合同在这里" },
      { type: "file", name: "合同.txt" },
      { type: "image", name: "点.png" },
      { type: "file", name: "b.txt" },
      { type: "text", text: "[内网.txt]" },
    ]);
  });
});
