import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { channels, webhookDeliveries } from "@/db/schema/channels";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/platform/context";
import { systemContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { startWebhookReceiver, type WebhookReceiver } from "@/lib/testing/stubs/webhook-receiver";
import { getChannel, listChannels } from "./queries";
import { channelSecrets } from "./secret-queries";
import { createChannel, removeChannel, rotateSecret, updateChannel } from "./service";
import { testChannel } from "./test-service";
import { replayDelivery } from "./webhook-service";

let desk: DeskFixture;
let admin: AgentContext;
let stranger: AgentContext;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
  vi.stubEnv("OUTGOING_ALLOW_HOSTS", new URL(receiver.url).host);
  desk = await createDeskFixture();
  admin = await desk.agent((await desk.merchant()).merchantId, "admin");
  stranger = await desk.agent((await desk.merchant()).merchantId, "admin");
});

afterAll(async () => {
  await receiver.stop();
  await desk.end();
});

const added = (context: Context = admin, config: Record<string, unknown> = {}) =>
  createChannel(context as AgentContext, { type: "api", name: "App", config });

describe("adding a channel", () => {
  it("makes the secret that it signs with, tells it once, and keeps it sealed", async () => {
    const { channel, issued } = await added();
    expect(issued).toMatchObject({ signingSecret: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await channelSecrets(desk.db, channel.id)).toEqual(issued);
    expect(channel).toMatchObject({ type: "api", name: "App", enabled: true, secretsSet: ["signingSecret"] });
    expect(channel.webhookUrl).toMatch(new RegExp(`/api/webhooks/${channel.id}$`));
    expect(JSON.stringify(await getChannel(admin, channel.id))).not.toContain(issued["signingSecret"]);
  });

  it("takes a secret that is given, and refuses kinds, fields and secrets that there are not", async () => {
    const given = await createChannel(admin, { type: "api", name: "App", secrets: { signingSecret: "own secret" } });
    expect(given.issued).toEqual({});
    expect(await channelSecrets(desk.db, given.channel.id)).toMatchObject({ signingSecret: "own secret" });
    const before = (await listChannels(admin)).length;
    for (const [input, reason] of [
      [{ type: "pigeon", name: "?" }, "channel_type_unknown"],
      [{ type: "api", name: "?", config: { webhookUrl: "no address" } }, "invalid"],
      [{ type: "api", name: "?", secrets: { password: "x" } }, "invalid"],
    ] as const) {
      await expect(createChannel(admin, input)).rejects.toMatchObject({ code: "invalid", reason });
    }
    expect(await listChannels(admin)).toHaveLength(before);
  });
});

describe("an address in the platform's place (T56)", () => {
  const loopback = "http://127.0.0.1:9";
  const refused = { code: "invalid", options: { fields: [{ path: "config.apiBase", reason: "host_not_allowed" }] } };
  const wecom = (apiBase: string) => ({ type: "wecom", name: "企业微信", config: { apiBase } });

  it("is anything for the operator at the machine, and for an admin only what the environment lists", async () => {
    await expect(createChannel(admin, wecom(loopback))).rejects.toMatchObject(refused);
    const listed = await createChannel(admin, wecom(receiver.url));
    expect(listed.channel.config["apiBase"]).toBe(receiver.url);
    const operator = systemContext(desk, admin.actor.merchantId);
    const { channel } = await createChannel(operator, wecom(loopback));
    expect(channel.config["apiBase"]).toBe(loopback);
    // What the operator set stays while an admin changes other things; another address is not theirs to choose.
    const renamed = await updateChannel(admin, channel.id, {
      name: "新名字",
      config: { apiBase: loopback, corpId: "ww1" },
      version: 1,
    });
    expect(renamed).toMatchObject({ name: "新名字", config: { apiBase: loopback, corpId: "ww1" } });
    const elsewhere = { config: { apiBase: "http://169.254.169.254" }, version: 2 };
    await expect(updateChannel(admin, channel.id, elsewhere)).rejects.toMatchObject(refused);
    expect((await updateChannel(admin, channel.id, { config: { apiBase: "" }, version: 2 })).config["apiBase"]).toBe(
      "",
    );
  });
});

describe("a configuration from before a field was there", () => {
  it("is told with the defaults that count for it", async () => {
    const id = newId("channel");
    const { merchantId } = admin.actor;
    await desk.db
      .insert(channels)
      .values({ id, merchantId, type: "web", name: "旧", config: { welcome: { en: "Hi" } } });
    expect((await getChannel(admin, id)).config).toMatchObject({
      welcome: { en: "Hi" },
      position: "right",
      botEnabled: true,
      allowedDomains: [],
    });
  });
});

describe("a channel's secrets", () => {
  it("are replaced and cleared by name, and only those that are ours are made anew", async () => {
    const { channel } = await added();
    const changed = await updateChannel(admin, channel.id, { secrets: { signingSecret: "typed" }, version: 1 });
    expect([await channelSecrets(desk.db, channel.id), changed.secretsSet]).toEqual([
      { signingSecret: "typed" },
      ["signingSecret"],
    ]);
    const made = await rotateSecret(admin, channel.id, "signingSecret");
    expect(await channelSecrets(desk.db, channel.id)).toMatchObject({ signingSecret: made });
    const { version } = await getChannel(admin, channel.id);
    await updateChannel(admin, channel.id, { secrets: { signingSecret: null }, version });
    expect((await getChannel(admin, channel.id)).secretsSet).toEqual([]);
    await expect(rotateSecret(admin, channel.id, "appSecret")).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("testing a channel", () => {
  it("says what is wrong, and never throws for what is on the other side", async () => {
    const { channel } = await added(admin, { webhookUrl: `${receiver.url}/replies` });
    expect(await testChannel(admin, channel.id)).toMatchObject({ kind: "works" });
    expect(receiver.received.at(-1)).toMatchObject({ path: "/replies", body: expect.stringContaining('"ping"') });
    for (const [answer, finding, detail] of [
      [{ status: 401 }, "credentials_refused", "endpoint answered 401"],
      [{ status: 500, body: "<html>" }, "unreachable", "endpoint answered 500"],
      [{ status: 404 }, "platform_error", "endpoint answered 404"],
      ["cut", "unreachable", "endpoint not reached: ECONNRESET"],
    ] as const) {
      receiver.answers.push(answer);
      expect(await testChannel(admin, channel.id)).toMatchObject({ kind: "broken", finding, detail });
    }
  });

  it("names the secret that is missing, and does not reach into private networks (T56)", async () => {
    const { channel } = await added(admin, { webhookUrl: "http://169.254.169.254/latest" });
    expect(await testChannel(admin, channel.id)).toMatchObject({ kind: "broken", finding: "unreachable" });
    await updateChannel(admin, channel.id, { secrets: { signingSecret: null }, version: 1 });
    expect(await testChannel(admin, channel.id)).toMatchObject({
      kind: "broken",
      finding: "incomplete",
      detail: "signingSecret",
    });
    await expect(testChannel(stranger, channel.id)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("removing a channel", () => {
  it("takes it off the lists, makes it deaf, and erases its secrets", async () => {
    const { channel } = await added();
    await expect(removeChannel(stranger, channel.id)).rejects.toMatchObject({ code: "not_found" });
    await removeChannel(systemContext(desk, admin.actor.merchantId), channel.id);
    expect((await listChannels(admin)).map(({ id }) => id)).not.toContain(channel.id);
    expect(await channelSecrets(desk.db, channel.id)).toEqual({});
    await expect(getChannel(admin, channel.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(removeChannel(admin, channel.id)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("replaying a delivery", () => {
  it("is for an own channel that is on, and puts it back to where it came in", async () => {
    const { channel } = await added();
    await desk.db.insert(webhookDeliveries).values({
      id: "dlv_1",
      channelId: channel.id,
      replayKey: "1",
      headers: {},
      body: "",
      outcome: "failed",
      error: "broken",
      processedAt: new Date(),
    });
    const missing = { code: "not_found", reason: "delivery_not_found" };
    await expect(replayDelivery(stranger, channel.id, "dlv_1")).rejects.toMatchObject(missing);
    await expect(replayDelivery(admin, channel.id, "dlv_2")).rejects.toMatchObject(missing);
    await replayDelivery(admin, channel.id, "dlv_1");
    expect((await getChannel(admin, channel.id)).deliveries).toMatchObject([{ outcome: "received", error: null }]);
    await updateChannel(admin, channel.id, { enabled: false, version: 1 });
    await expect(replayDelivery(admin, channel.id, "dlv_1")).rejects.toMatchObject({ reason: "channel_disabled" });
  });
});
