import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listPublicMessages } from "@/lib/conversations/queries";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { entryInput } from "@/lib/knowledge/schema";
import { createEntry } from "@/lib/knowledge/service";
import { createVisitor, systemContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { answerVisitor } from "./answer";
import { getQuality } from "./quality-queries";
import { listVotes } from "./vote-queries";
import { voteOnAnswer } from "./vote-service";

let desk: DeskFixture;
let shop: { merchantId: string; channelId: string };
let agent: AgentContext;
let entryId: string;

beforeAll(async () => {
  desk = await createDeskFixture();
  shop = await desk.merchant();
  agent = await desk.agent(shop.merchantId, "admin");
  const input = { question: "多久发货？", answer: "当天发货。", status: "published" };
  entryId = (await createEntry(agent, entryInput.parse(input))).id;
});
afterAll(() => desk.end());

async function answered() {
  const visitor = await createVisitor(desk, shop);
  const { conversation } = await postVisitorMessage(visitor, {
    clientId: newId("client"),
    parts: [{ type: "text", text: "多久发货？" }],
  });
  const at = { conversationId: conversation.id, merchantId: shop.merchantId };
  await answerVisitor(systemContext(desk, shop.merchantId), at, { links: [] });
  const { items } = await listPublicMessages(agent, conversation.id, { limit: 10 });
  const idOf = (kind: string) => items.find(({ author }) => author.kind === kind)?.id ?? "";
  return { visitor, conversationId: conversation.id, messageId: idOf("bot"), questionId: idOf("visitor") };
}

describe("votes on the bot's answers", () => {
  it("count once for each answer, the last one, with what was said beside it", async () => {
    const { visitor, ...at } = await answered();
    await voteOnAnswer(visitor, at, { helpful: true });
    await voteOnAnswer(visitor, at, { helpful: false, comment: "没说快递，打我 13800001111" });
    await voteOnAnswer(visitor, at, { helpful: false });
    expect(await listVotes(agent, { conversationId: at.conversationId, limit: 10 })).toEqual([
      expect.objectContaining({
        messageId: at.messageId,
        helpful: false,
        comment: "没说快递，打我 [PHONE]",
        question: "多久发货？",
        answer: "当天发货。",
        entryId,
      }),
    ]);
    expect((await getQuality(agent, { days: 7 })).votes).toEqual({ helpful: 0, unhelpful: 1 });
  });

  it("are taken back", async () => {
    const { visitor, ...at } = await answered();
    await voteOnAnswer(visitor, at, { helpful: true });
    await voteOnAnswer(visitor, at, { helpful: null });
    expect(await listVotes(agent, { conversationId: at.conversationId, limit: 10 })).toEqual([]);
  });

  it("are for answers of the bot in an own conversation alone", async () => {
    const { visitor, questionId, ...at } = await answered();
    const stranger = await createVisitor(desk, shop);
    const refused = { code: "not_found" };
    await expect(voteOnAnswer(stranger, at, { helpful: true })).rejects.toMatchObject(refused);
    await expect(voteOnAnswer(visitor, { ...at, messageId: questionId }, { helpful: true })).rejects.toMatchObject(
      refused,
    );
  });
});
