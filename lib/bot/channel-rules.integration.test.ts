import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { botTurns } from "@/db/schema/bot";
import { conversations } from "@/db/schema/conversations";
import { listPublicMessages } from "@/lib/conversations/queries";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { entryInput } from "@/lib/knowledge/schema";
import { createEntry } from "@/lib/knowledge/service";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor, systemContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { RecordingHub } from "@/lib/testing/recording-hub";
import { answerVisitor } from "./answer";
import { changeBotChannel, listBotChannels } from "./channel-rules-service";
import { botSettings } from "./settings-schema";

let desk: DeskFixture;
let shop: { merchantId: string; channelId: string };
let agent: AgentContext;
let hub: RecordingHub;
let uninstall: () => void;

beforeAll(async () => {
  hub = new RecordingHub();
  uninstall = hub.install();
  desk = await createDeskFixture();
});
afterAll(async () => {
  uninstall();
  await desk.end();
});
beforeEach(async () => {
  ({ shop, agent } = await desk.staffedMerchant());
  const entries = [
    { question: "多久发货？", answer: "当天发货。" },
    { question: "怎么退货？", answer: "在订单页申请退货，寄回即可。" },
    { question: "怎么换货？", answer: "在订单页申请换货，寄回即可。" },
  ];
  for (const entry of entries) {
    await createEntry(agent, entryInput.parse({ ...entry, status: "published" }));
  }
});

async function ask(words: string) {
  const visitor = await createVisitor(desk, shop);
  const { conversation } = await postVisitorMessage(visitor, {
    clientId: newId("client"),
    parts: [{ type: "text", text: words }],
  });
  const { id } = conversation;
  await answerVisitor(
    systemContext(desk, shop.merchantId),
    { conversationId: id, merchantId: shop.merchantId },
    { links: [] },
  );
  const [turn] = await desk.db.select().from(botTurns).where(eq(botTurns.conversationId, id));
  const [row] = await desk.db.select().from(conversations).where(eq(conversations.id, id));
  const { items } = await listPublicMessages(agent, id, { limit: 10 });
  const parts = items.findLast(({ author }) => author.kind === "bot")?.parts ?? [];
  const deltas = hub.payloadsOn(realtimeChannel.visitor(id), "answer.delta").length;
  return { turn, row, deltas, kinds: parts.map(({ type }) => type), text: JSON.stringify(parts) };
}

const on = (change: Parameters<typeof changeBotChannel>[2]) => changeBotChannel(agent, shop.channelId, change);

describe("how the bot does on one channel", () => {
  it("is as the merchant's settings say until the channel has its own, and again when it has not", async () => {
    expect(await listBotChannels(agent)).toMatchObject([{ own: { choices: null }, effective: { choices: true } }]);
    await on({ choices: false, answerFrom: 90 });
    await on({ answerFrom: null });
    expect(await listBotChannels(agent)).toMatchObject([
      { own: { choices: false, answerFrom: null }, effective: { choices: false, answerFrom: 0 } },
    ]);
    await updateSettings(agent, shop.merchantId, botSettings, { patch: { answerFrom: 85 } });
    expect(await listBotChannels(agent)).toMatchObject([{ effective: { answerFrom: 85 } }]);
  });

  it("answers only from the confidence that is set", async () => {
    expect((await ask("发货要多久")).turn?.decision).toBe("answer");
    await on({ answerFrom: 100 });
    const { turn } = await ask("发货要多久");
    expect(turn).toMatchObject({ decision: "choices", reason: "below_bound" });
  });

  it("sends sentences alone where nothing can be tapped, and says how to reach a person", async () => {
    await on({ choices: false });
    const { kinds, text, turn } = await ask("你们老板喜欢什么颜色的车");
    expect([turn?.decision, kinds]).toEqual(["handoff_offer", ["text", "text"]]);
    expect(text).toContain("转人工");
    expect((await ask("退换货")).kinds).not.toContain("choices");
  });

  it("shows nothing while it writes where that is off", async () => {
    expect((await ask("多久发货？")).deltas).toBeGreaterThan(0);
    await on({ streaming: false });
    expect((await ask("多久发货？")).deltas).toBe(0);
  });

  it("has answers read first on this channel alone, and hands over sooner", async () => {
    await on({ reviewEnabled: true, failuresMax: 1 });
    await updateSettings(agent, shop.merchantId, botSettings, { patch: { reviewBelow: 100 } });
    expect((await ask("多久发货？")).turn?.trace["review"]).toBe("low_confidence");
    expect((await ask("你们老板喜欢什么颜色的车")).row?.status).toBe("queued");
  });

  it("greets back once when the customer greets and asks in one", async () => {
    expect((await ask("你好，多久发货？")).text).toContain("你好！\\n\\n当天发货。");
    expect((await ask("多久发货？")).text).not.toContain("你好！");
  });
});
