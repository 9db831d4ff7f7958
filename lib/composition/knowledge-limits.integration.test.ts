import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { channels } from "@/db/schema/channels";
import { customerIdentities } from "@/db/schema/customers";
import { files } from "@/db/schema/operations";
import { answerVisitor } from "@/lib/bot/answer";
import { listPublicMessages } from "@/lib/conversations/queries";
import { postVisitorMessage } from "@/lib/conversations/visitor-service";
import { newId } from "@/lib/core/ids";
import { searchKnowledgeBaseOperation } from "@/lib/knowledge/operations";
import { findAnswers, getPublishedEntry } from "@/lib/knowledge/queries";
import { type EntryInput, entryInput } from "@/lib/knowledge/schema";
import { createEntry, updateEntry } from "@/lib/knowledge/service";
import { createVisitor, systemContext, type VisitorContext } from "@/lib/testing/actors";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { RecordingHub } from "@/lib/testing/recording-hub";

const QUESTION = "机房的门禁密码是什么";
const SECRET = "密码是 4711。";
const HOUR = 3_600_000;

let desk: DeskFixture;
let shop: { merchantId: string; channelId: string };
let agent: AgentContext;
let uninstall: () => void;

beforeAll(async () => {
  uninstall = new RecordingHub().install();
  desk = await createDeskFixture();
});
afterAll(async () => {
  uninstall();
  await desk.end();
});

async function openShop(limits: Partial<EntryInput>): Promise<string> {
  shop = await desk.merchant();
  agent = await desk.agent(shop.merchantId, "admin");
  const input = entryInput.parse({ question: QUESTION, answer: SECRET, status: "published", ...limits });
  return (await createEntry(agent, input)).id;
}

async function botSays(visitor: VisitorContext, at: Date): Promise<string> {
  const { conversation } = await postVisitorMessage(visitor, {
    clientId: newId("client"),
    conversationId: undefined,
    parts: [{ type: "text", text: QUESTION }],
  });
  const context = { ...systemContext(desk, shop.merchantId), now: () => at };
  await answerVisitor(context, { conversationId: conversation.id, merchantId: shop.merchantId }, { links: [] });
  return JSON.stringify(await listPublicMessages(visitor, conversation.id, { limit: 50 }));
}

async function keyFinds(at: Date): Promise<string> {
  const actor = { kind: "key", keyId: "key_1", merchantId: shop.merchantId, scopes: ["*"], name: "ERP" } as const;
  const query = { q: QUESTION, limit: 5 };
  const context = { ...agent, actor, now: () => at };
  return JSON.stringify(
    await searchKnowledgeBaseOperation.handler({ params: undefined, query, body: undefined }, context),
  );
}

/** Whether a stranger learns the answer: from the bot, over the API, by opening a citation. */
async function leaks(id: string, at = new Date(), visitor?: VisitorContext): Promise<Record<string, boolean>> {
  const asked = visitor ?? (await stranger());
  const cited = await getPublishedEntry({ ...asked, now: () => at }, id).then(
    () => true,
    () => false,
  );
  return {
    bot: (await botSays(asked, at)).includes(SECRET),
    api: (await keyFinds(at)).includes(SECRET),
    citation: cited,
  };
}

async function stranger(): Promise<VisitorContext> {
  const visitor = await createVisitor(desk, shop);
  await desk.db
    .update(customerIdentities)
    .set({ verified: false })
    .where(eq(customerIdentities.id, visitor.actor.identityId));
  return visitor;
}

const NOWHERE = { bot: false, api: false, citation: false };
const EVERYWHERE = { bot: true, api: true, citation: true };

it("pictures and files of an entry go out with the bot's answer and lie with its citation", async () => {
  const id = await openShop({});
  const fileId = newId("file");
  const file = { id: fileId, merchantId: shop.merchantId, uploaderKind: "agent", uploaderId: agent.actor.agentId };
  const bytes = { name: "门.png", mime: "image/png", size: 3, width: 2, height: 1, storageKey: "k", sha256: "s" };
  await desk.db.insert(files).values({ ...file, ...bytes });
  await updateEntry(agent, id, { answer: `${SECRET}\n\n![门](file:${fileId})`, fileIds: [fileId] });
  const visitor = await stranger();
  const said = await botSays(visitor, new Date());
  expect(said).toContain(`"url":"/api/files/${fileId}?token=`);
  expect(said).not.toContain("![");
  expect((await getPublishedEntry(visitor, id)).files).toMatchObject([{ id: fileId, name: "门.png" }]);
});

describe("what a customer is told", () => {
  it("an entry without limits everywhere", async () => {
    expect(await leaks(await openShop({}))).toEqual(EVERYWHERE);
  });

  it.each([{ status: "draft" }, { status: "review" }, { status: "archived" }, { audience: "agents" }] as const)(
    "an entry with %o nowhere",
    async (limits) => {
      expect(await leaks(await openShop(limits))).toEqual(NOWHERE);
    },
  );

  it("an internal entry is found by agents, and looks like nothing to them as a customer", async () => {
    await openShop({ audience: "agents" });
    expect((await findAnswers(agent, QUESTION)).items).toMatchObject([{ answer: SECRET, audience: "agents" }]);
    expect((await findAnswers(agent, QUESTION, { as: "everyone", channelId: shop.channelId })).items).toEqual([]);
    expect((await findAnswers(systemContext(desk, shop.merchantId), QUESTION, { as: "agents" })).items).toEqual([]);
  });

  it("an entry with a beginning and an end from the one to the other", async () => {
    const start = Date.now();
    const moment = (hours: number) => new Date(start + hours * HOUR);
    const id = await openShop({ validFrom: moment(1).toISOString(), validUntil: moment(2).toISOString() });
    expect(await leaks(id, moment(0))).toEqual(NOWHERE);
    expect(await leaks(id, moment(1))).toEqual(EVERYWHERE);
    expect(await leaks(id, new Date(moment(2).getTime() - 1))).toEqual(EVERYWHERE);
    expect(await leaks(id, moment(2))).toEqual(NOWHERE);
  });

  it("an entry of other channels not in this one, and in its own", async () => {
    await openShop({});
    const other = newId("channel");
    await desk.db.insert(channels).values({ id: other, merchantId: shop.merchantId, type: "web", name: "小程序" });
    const input = { question: "游泳馆开放吗", answer: "周末开放。", status: "published", channelIds: [other] };
    const { id } = await createEntry(agent, entryInput.parse(input));
    const here = await stranger();
    await expect(getPublishedEntry(here, id)).rejects.toMatchObject({ code: "not_found" });
    expect((await findAnswers(here, "游泳馆开放吗")).items.map(({ entryId }) => entryId)).not.toContain(id);
    const there = { ...here, actor: { ...here.actor, channelId: other } };
    expect(await getPublishedEntry(there, id)).toMatchObject({ answer: "周末开放。" });
    expect((await findAnswers(there, "游泳馆开放吗")).items[0]?.entryId).toBe(id);
  });

  it("an entry for customers who signed in: them, and no stranger", async () => {
    const id = await openShop({ audience: "customers" });
    expect(await leaks(id)).toEqual(NOWHERE);
    expect(await leaks(id, new Date(), await createVisitor(desk, shop))).toEqual({ ...EVERYWHERE, api: false });
  });
});
