import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { botDrafts, botTurns } from "@/db/schema/bot";
import { conversations } from "@/db/schema/conversations";
import { memberships } from "@/db/schema/identity";
import { claimConversation } from "@/lib/conversations/agent-service";
import { listPublicMessages } from "@/lib/conversations/queries";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { importEntries } from "@/lib/knowledge/imports/entries-service";
import { entryInput } from "@/lib/knowledge/schema";
import { realtimeChannel } from "@/lib/platform/realtime/channels";
import { updateSettings } from "@/lib/settings/service";
import { createVisitor, systemContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { RecordingHub } from "@/lib/testing/recording-hub";
import { answerVisitor } from "./answer";
import { decideDraft, expireDraft, listDrafts } from "./draft-service";
import { botSettings } from "./settings-schema";

const ANSWER = "请先冻结银行卡，再在「我的订单」里申请退款，最高可退 800 元。";

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
  await importEntries(agent, [
    entryInput.parse({
      question: "银行卡被盗刷怎么退款？",
      variants: ["卡被盗刷了"],
      answer: ANSWER,
      status: "published",
    }),
    entryInput.parse({ question: "多久发货？", variants: ["什么时候发货"], answer: "当天发货。", status: "published" }),
  ]);
  await updateSettings(agent, shop.merchantId, botSettings, { patch: { reviewEnabled: true, reviewMinutes: 2 } });
});

async function ask(words: string) {
  const visitor = await createVisitor(desk, shop);
  const { conversation } = await postVisitorMessage(visitor, {
    clientId: newId("client"),
    parts: [{ type: "text", text: words }],
  });
  const answer = () =>
    answerVisitor(
      systemContext(desk, shop.merchantId),
      { conversationId: conversation.id, merchantId: shop.merchantId },
      { links: [] },
    );
  await answer();
  return {
    id: conversation.id,
    answer,
    texts: async () =>
      (await listPublicMessages(agent, conversation.id, { limit: 50 })).items
        .filter(({ author }) => author.kind === "bot")
        .map(({ parts }) => parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n")),
    status: async () =>
      (await desk.db.select().from(conversations).where(eq(conversations.id, conversation.id)))[0]?.status,
    draft: async () => {
      const [draft] = await listDrafts(agent);
      if (!draft) {
        throw new Error("no draft");
      }
      return draft;
    },
  };
}

const expiry = (id: string) => ({ draftId: id, merchantId: shop.merchantId });

describe("an answer that matters", () => {
  it("waits for an agent: the customer hears that someone checks, sees nothing of it, and the desk is told", async () => {
    const talk = await ask("银行卡被盗刷怎么退款？");
    expect(await talk.texts()).toEqual([expect.stringContaining("核对")]);
    expect(await talk.draft()).toMatchObject({
      answer: ANSWER,
      reason: "sensitive",
      sources: ["银行卡被盗刷怎么退款？"],
    });
    const shown = hub.payloadsOn(realtimeChannel.visitor(talk.id), "answer.delta").map((piece) => piece.text);
    expect(shown.join("")).not.toContain("800");
    expect(hub.payloadsOn(realtimeChannel.desk(shop.merchantId), "drafts.changed")).toHaveLength(1);
    await talk.answer();
    expect(await listDrafts(agent)).toHaveLength(1);
    expect(await desk.db.select().from(botTurns).where(eq(botTurns.conversationId, talk.id))).toHaveLength(1);
  });

  it("goes out as it is, once, whoever else agrees at the same time", async () => {
    const talk = await ask("银行卡被盗刷怎么退款？");
    const { id } = await talk.draft();
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => decideDraft(agent, id, { action: "approve" })));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await talk.texts()).toEqual([expect.stringContaining("核对"), ANSWER]);
    expect(await listDrafts(agent)).toEqual([]);
    expect(await talk.status()).toBe("bot");
  });

  it("goes out in an agent's words", async () => {
    const talk = await ask("银行卡被盗刷怎么退款？");
    await decideDraft(agent, (await talk.draft()).id, { action: "edit", text: "请先报警，再联系我们。" });
    expect((await talk.texts()).at(-1)).toBe("请先报警，再联系我们。");
    const [row] = await desk.db.select().from(botDrafts).where(eq(botDrafts.conversationId, talk.id));
    expect(row).toMatchObject({ status: "edited", sent: "请先报警，再联系我们。", decidedBy: agent.actor.agentId });
  });

  it("that is refused, or that nobody looks at in time, brings a person", async () => {
    const refused = await ask("银行卡被盗刷怎么退款？");
    await decideDraft(agent, (await refused.draft()).id, { action: "reject" });
    expect(await refused.status()).toBe("queued");
    const late = await ask("卡被盗刷了");
    const { id } = await late.draft();
    await expireDraft(systemContext(desk, shop.merchantId), expiry(id));
    await expireDraft(systemContext(desk, shop.merchantId), expiry(id));
    expect(await late.status()).toBe("queued");
    expect((await late.texts()).filter((text) => text.includes("转接"))).toHaveLength(1);
    await expect(decideDraft(agent, id, { action: "approve" })).rejects.toThrow("draft_decided");
    expect(JSON.stringify(await late.texts())).not.toContain("800");
  });

  it("is needed no longer when a person has taken the conversation", async () => {
    const talk = await ask("银行卡被盗刷怎么退款？");
    const { id } = await talk.draft();
    await claimConversation(agent, talk.id);
    expect(await listDrafts(agent)).toEqual([]);
    await expect(decideDraft(agent, id, { action: "approve" })).rejects.toThrow("draft_unneeded");
    expect(JSON.stringify(await talk.texts())).not.toContain("800");
  });

  it("waits because of its amount too; a plain one does not", async () => {
    await updateSettings(agent, shop.merchantId, botSettings, { patch: { reviewSensitive: false } });
    expect((await (await ask("银行卡被盗刷怎么退款？")).draft()).reason).toBe("amount");
    expect(await (await ask("多久发货？")).texts()).toEqual(["当天发货。"]);
  });

  it("does not wait while nobody is there to look at it", async () => {
    await desk.db.update(memberships).set({ presence: "offline" }).where(eq(memberships.id, agent.actor.agentId));
    const talk = await ask("银行卡被盗刷怎么退款？");
    expect(await listDrafts(agent)).toEqual([]);
    expect(await talk.status()).toBe("queued");
  });
});
