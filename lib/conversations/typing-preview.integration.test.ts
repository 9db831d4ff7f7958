import { count } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { domainEvents, messages } from "@/db/schema/conversations";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor, systemContext, type VisitorContext } from "@/lib/testing/actors";
import { createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { RecordingHub } from "@/lib/testing/recording-hub";
import { chatSettings } from "./chat-settings-schema";
import { postVisitorMessage, visitorIsTyping } from "./visitor-service";

let desk: DeskFixture;
let visitor: VisitorContext;
let id: string;
const hub = new RecordingHub();
const uninstall = hub.install();

beforeAll(async () => {
  desk = await createDeskFixture();
  visitor = await createVisitor(desk, await desk.merchant());
  const parts = [{ type: "text" as const, text: "你好" }];
  id = (await postVisitorMessage(visitor, { clientId: "preview-1", parts })).conversation.id;
});
afterAll(async () => {
  uninstall();
  await desk.end();
});

const heard = () => hub.payloadsOn(realtimeChannel.conversation(id), "typing");
const kept = async () => [
  await desk.db.select({ n: count() }).from(messages),
  await desk.db.select({ n: count() }).from(domainEvents),
];

it("tells that the visitor types, and no words, unless the merchant wants them", async () => {
  await visitorIsTyping(visitor, id, { typing: true, text: "我想问一下" });
  expect(heard()).toEqual([{ conversationId: id, side: "visitor", typing: true }]);
});

it("shows agents, and nobody else, what is being written; private data is hidden and nothing is kept", async () => {
  const merchant = systemContext(desk, visitor.actor.merchantId);
  await updateSettings(merchant, visitor.actor.merchantId, chatSettings, { patch: { typingPreview: true } });
  const before = await kept();
  await visitorIsTyping(visitor, id, { typing: true, text: "我的卡 4111 1111 1111 1111，手机 13812345678" });
  await visitorIsTyping(visitor, id, { typing: false, text: "" });
  expect(heard().slice(1)).toEqual([
    { conversationId: id, side: "visitor", typing: true, text: "我的卡 [BANK_CARD]，手机 [PHONE]" },
    { conversationId: id, side: "visitor", typing: false },
  ]);
  expect(hub.payloadsOn(realtimeChannel.visitor(id), "typing")).toEqual([]);
  expect(await kept()).toEqual(before);
});

it("hears of nobody else's conversation", async () => {
  const stranger = await createVisitor(desk, visitor.actor);
  await expect(visitorIsTyping(stranger, id, { typing: true, text: "x" })).rejects.toMatchObject({
    reason: "conversation_not_found",
  });
});
