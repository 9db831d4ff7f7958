import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { createVisitor } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { RecordingHub } from "@/lib/testing/recording-hub";
import { claimConversation, postReply } from "./agent-service";
import { listPublicMessages } from "./queries";
import { recallMessage } from "./recall-service";
import { postVisitorMessage } from "./visitor-service";

describe("quotes", () => {
  let fixture: DeskFixture;
  let shop: { merchantId: string; channelId: string };
  let agent: AgentContext;
  const hub = new RecordingHub();
  const uninstall = hub.install();

  beforeAll(async () => {
    fixture = await createDeskFixture();
    shop = await fixture.merchant();
    agent = await fixture.agent(shop.merchantId);
  });
  afterAll(async () => {
    uninstall();
    await fixture.end();
  });

  async function begin(words: string) {
    const visitor = await createVisitor(fixture, shop);
    const clientId = newId("client");
    const { conversation, message } = await postVisitorMessage(visitor, {
      clientId,
      parts: [{ type: "text", text: words }],
    });
    await claimConversation(agent, conversation.id);
    return { visitor, id: conversation.id, question: message };
  }
  const reply = (id: string, quoted: string, visibility: "public" | "internal" = "public", text = "可以的") =>
    postReply(agent, id, {
      clientId: newId("client"),
      visibility,
      parts: [
        { type: "quote", messageId: quoted },
        { type: "text", text },
      ],
    });

  it("carry the words of the message itself, whatever the sender claims", async () => {
    const { id, question } = await begin("能开发票吗？");
    const message = await reply(id, question.id);
    expect(message.parts[0]).toEqual({
      type: "quote",
      messageId: question.id,
      authorKind: "visitor",
      name: null,
      text: "能开发票吗？",
    });
  });

  it("never show an internal note, another conversation or nothing at all to the customer", async () => {
    const { id, question } = await begin("第一个");
    const other = await begin("别人的");
    const note = await reply(id, question.id, "internal", "内部备注");
    await expect(reply(id, note.id)).rejects.toThrow("quote_unknown");
    await expect(reply(id, other.question.id)).rejects.toThrow("quote_unknown");
    await expect(
      postReply(agent, id, {
        clientId: newId("client"),
        visibility: "public",
        parts: [{ type: "quote", messageId: question.id }],
      }),
    ).rejects.toThrow("message_empty");
  });

  it("lose their words when the message is taken back", async () => {
    const { visitor, id, question } = await begin("在吗");
    const mistake = await reply(id, question.id, "public", "一个写错的价格");
    await reply(id, mistake.id);
    await recallMessage(agent, id, mistake.id);
    const { items } = await listPublicMessages(visitor, id, { limit: 50 });
    expect(JSON.stringify(items)).not.toContain("写错的价格");
    await expect(reply(id, mistake.id)).rejects.toThrow("quote_unknown");
  });

  it("of the customer stand at the desk and are emptied live on both sides", async () => {
    const { visitor, id } = await begin("在吗");
    const asked = await postReply(agent, id, {
      clientId: newId("client"),
      visibility: "public",
      parts: [{ type: "text", text: "红的还是蓝的？" }],
    });
    const { message } = await postVisitorMessage(visitor, {
      clientId: newId("client"),
      conversationId: id,
      parts: [
        { type: "quote", messageId: asked.id },
        { type: "text", text: "蓝的" },
      ],
    });
    expect(message.parts[0]).toMatchObject({ type: "quote", authorKind: "agent", text: "红的还是蓝的？" });
    await recallMessage(agent, id, asked.id);
    for (const channel of [realtimeChannel.conversation(id), realtimeChannel.visitor(id)]) {
      const told = hub.payloadsOn(channel, "message.updated");
      expect(JSON.stringify(told)).not.toContain("红的还是蓝的");
      expect(told).toMatchObject([{ message: { id: asked.id } }, { message: { id: message.id } }]);
    }
  });
});
