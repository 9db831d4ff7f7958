import { count, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { channels, webhookDeliveries } from "@/db/schema/channels";
import { domainEvents, messages } from "@/db/schema/conversations";
import { customers } from "@/db/schema/customers";
import { forgetChannel } from "@/lib/channels/lookup-queries";
import { chatSettings } from "@/lib/conversations/chat-settings-schema";
import { env } from "@/lib/platform/env/env";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { updateSettings } from "@/lib/settings/service";
import { systemContext } from "@/lib/testing/actors";
import { APP_URL } from "@/lib/testing/api-fixture";
import { AppFixture, inProcess } from "@/lib/testing/app-fixture";
import { RecordingHub } from "@/lib/testing/recording-hub";
import { bundleHotServer, HotServerProcess } from "@/lib/testing/worker-process";
import { Yingda } from "@/public/sdk/yingda";

let app: AppFixture;
const hub = new RecordingHub();
const uninstall = hub.install();

beforeAll(async () => {
  app = await AppFixture.create({ events: ["typing"] });
});
afterAll(async () => {
  uninstall();
  await app.end();
});

const kept = async () => {
  const { db } = app.api.desk;
  return [
    await db.select({ n: count() }).from(messages),
    await db.select({ n: count() }).from(domainEvents),
    await db.select({ n: count() }).from(customers),
  ];
};

/** What agents were told of the user's typing. */
const typingOf = (conversationId: string) =>
  hub.payloadsOn(realtimeChannel.conversation(conversationId), "typing").filter(({ side }) => side === "visitor");

describe("a user of the app who is typing", () => {
  const typing = (user: Parameters<Yingda["typing"]>[0]) => app.sdk.typing(user);

  it("is shown at the desk, the words only where the merchant has it so, private data hidden, nothing kept", async () => {
    const { conversationId } = await app.sdk.send({ userId: "writes", text: "在吗" });
    await app.drain();
    const heard = () => typingOf(conversationId);
    const before = await kept();
    await typing({ userId: "writes", on: true, text: "我想问一下" });
    const merchant = systemContext(app.api.desk, app.merchantId);
    await updateSettings(merchant, app.merchantId, chatSettings, { patch: { typingPreview: true } });
    await typing({ userId: "writes", on: true, text: "我的手机 13812345678" });
    await typing({ userId: "writes", on: false });
    const told = { conversationId, side: "visitor" };
    expect(heard()).toEqual([
      { ...told, typing: true },
      { ...told, typing: true, text: "我的手机 [PHONE]" },
      { ...told, typing: false },
    ]);
    const theirs = hub.payloadsOn(realtimeChannel.visitor(conversationId), "typing");
    expect(theirs.filter(({ side }) => side === "visitor")).toEqual([]);
    expect(await kept()).toEqual(before);
  });

  it("and has not written, or is nobody, changes nothing; nor is anything told on a channel of others or one that is off", async () => {
    const before = await kept();
    await typing({ userId: "never wrote", on: true, text: "你好" });
    expect(await kept()).toEqual(before);
    const other = await app.api.desk.merchant();
    const { secret } = await app.api.key(other.merchantId, ["conversations.reply"]);
    const stranger = new Yingda({ baseUrl: APP_URL, channelId: app.channelId, apiKey: secret, fetch: inProcess });
    await expect(stranger.typing({ userId: "writes", on: true })).rejects.toMatchObject({ status: 404 });
    const mayRead = await app.api.key(app.merchantId, ["channels.read"]);
    const reader = new Yingda({ baseUrl: APP_URL, channelId: app.channelId, apiKey: mayRead.secret, fetch: inProcess });
    await expect(reader.typing({ userId: "writes", on: true })).rejects.toMatchObject({ status: 403 });
    const where = eq(channels.id, app.channelId);
    await app.api.desk.db.update(channels).set({ enabled: false }).where(where);
    forgetChannel(app.channelId);
    await expect(typing({ userId: "writes", on: true })).rejects.toMatchObject({ reason: "channel_disabled" });
    await app.api.desk.db.update(channels).set({ enabled: true }).where(where);
    forgetChannel(app.channelId);
  });

  it("is shown the same by the signed webhook, and not by an unsigned one", async () => {
    const { conversationId } = await app.sdk.send({ userId: "signs", text: "在吗" });
    await app.drain();
    const before = await kept();
    const body = { type: "typing", user_id: "signs", on: true, text: "还有一件事" };
    expect((await app.post(body, "guess")).status).toBe(401);
    expect((await app.post(body)).status).toBe(200);
    expect(typingOf(conversationId)).toEqual([{ conversationId, side: "visitor", typing: true, text: "还有一件事" }]);
    expect(await app.api.desk.db.select().from(webhookDeliveries)).toEqual([]);
    expect(await kept()).toEqual(before);
  });

  it("is told of no more often than a visitor of the chat page; others are not held up", async () => {
    const hammer = () =>
      Promise.allSettled(Array.from({ length: 20 }, () => typing({ userId: "hammers", on: true, text: "啊" })));
    let refused: PromiseSettledResult<void> | undefined;
    // Two a second are allowed: however slow the machine, it is faster than that.
    for (let round = 0; round < 100 && !refused; round += 1) {
      refused = (await hammer()).find(({ status }) => status === "rejected");
    }
    expect(refused).toMatchObject({ reason: { status: 429 } });
    await typing({ userId: "calm", on: true });
  });
});

describe("an agent who is typing", () => {
  it("is heard on the app's stream though the agent's request meets another process than the stream", async () => {
    const { conversationId } = await app.sdk.send({ userId: "streams", text: "在吗" });
    await app.drain();
    await app.reply(conversationId, "在");
    await app.drain();
    const settings = {
      AUTH_SECRET: env().AUTH_SECRET,
      ENCRYPTION_KEY: env().ENCRYPTION_KEY,
      YINGDA_URL: APP_URL,
    };
    const server = new HotServerProcess(await bundleHotServer(), app.api.desk.url, settings);
    try {
      const url = await server.url();
      const heard = new Set<string>();
      const line = (async () => {
        for await (const { data } of app.sdk.stream()) {
          if (data.type === "typing" && heard.add(`${data.user_id} ${data.on}`).size === 2) {
            return;
          }
        }
      })();
      const type = async (typing: boolean) => {
        const response = await fetch(`${url}/api/v1/conversations/${conversationId}/typing`, {
          method: "POST",
          headers: { "content-type": "application/json", ...app.agent },
          body: JSON.stringify({ typing }),
        });
        expect(response.status).toBe(200);
      };
      await vi.waitUntil(
        async () => {
          await type(true);
          await type(false);
          return heard.size === 2;
        },
        { timeout: 60_000, interval: 200 },
      );
      await line;
      expect([...heard].sort()).toEqual(["streams false", "streams true"]);
    } finally {
      await server.kill("SIGKILL");
    }
  }, 120_000);
});
