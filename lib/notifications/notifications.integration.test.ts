import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rowsOf } from "@/db/client";
import { claimConversation, postReply } from "@/lib/conversations/agent-service";
import { addCollaborator, listCollaborators, removeCollaborator } from "@/lib/conversations/collaborator-service";
import { countConversations, listConversations } from "@/lib/conversations/queries";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { tellJob } from "./jobs";
import { listNotifications } from "./queries";
import { telling } from "./schema";
import { readNotifications } from "./service";

let desk: DeskFixture;
let lin: AgentContext;
let wang: AgentContext;
let id: string;

beforeAll(async () => {
  desk = await createDeskFixture();
});
afterAll(() => desk.end());
beforeEach(async () => {
  const shop = await desk.merchant();
  lin = await desk.agent(shop.merchantId, "agent", "小林");
  wang = await desk.agent(shop.merchantId, "agent", "小王");
  id = await desk.conversation({ ...shop, ...(await desk.customer(shop)) });
  await claimConversation(lin, id);
});

/** Runs what waits of `notifications.tell`; twice, as after a crash between its work and its end. */
async function tellAll(): Promise<void> {
  const jobs = await rowsOf<{ payload: unknown }>(
    desk.db,
    sql`select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
        where t.identifier = 'notifications.tell' order by j.id`,
  );
  for (const { payload } of [...jobs, ...jobs]) {
    await tellJob.handle(telling.parse(payload), { ...lin, actor: { kind: "system", merchantId: null } });
  }
}

const note = (text: string, ...agentIds: string[]) =>
  postReply(lin, id, {
    clientId: `note-${text}`,
    visibility: "internal",
    parts: [{ type: "text", text }, ...agentIds.map((agentId) => ({ type: "mention" as const, agentId }))],
  });

const listOf = async (agent: AgentContext) => (await listNotifications(agent, { limit: 20, unreadOnly: false })).items;

describe("calling a colleague in a note", () => {
  it("tells them once, with who, where and what, and makes them a collaborator who finds it in a tab of their own", async () => {
    const message = await note("@小王 这单能退吗", wang.actor.agentId);
    await tellAll();
    expect(await listOf(wang)).toMatchObject([
      {
        kind: "mention",
        conversationId: id,
        seq: message.seq,
        excerpt: "@小王 这单能退吗",
        actor: { name: "小林" },
        readAt: null,
      },
    ]);
    expect(await listOf(lin)).toEqual([]);
    expect((await listConversations(wang, { tab: "involved", limit: 10 })).items).toMatchObject([
      { id, collaborating: true },
    ]);
    expect(await countConversations(wang)).toMatchObject({ mine: 0, involved: 1 });
  });

  it("tells those who help of later notes, but nobody of their own", async () => {
    await addCollaborator(lin, id, wang.actor.agentId);
    await postReply(wang, id, {
      clientId: "answer-01",
      visibility: "internal",
      parts: [{ type: "text", text: "可以退" }],
    });
    await tellAll();
    expect((await listOf(lin)).map((item) => [item.kind, item.excerpt])).toEqual([["note", "可以退"]]);
    expect((await listOf(wang)).map((item) => item.kind)).toEqual(["collaborator"]);
  });

  it("is refused for somebody of another merchant, and says nothing of them", async () => {
    const stranger = await desk.agent((await desk.merchant()).merchantId);
    await expect(note("@陌生人", stranger.actor.agentId)).rejects.toMatchObject({ reason: "mention_unknown" });
    await expect(addCollaborator(lin, id, stranger.actor.agentId)).rejects.toMatchObject({ code: "not_found" });
    expect(await listCollaborators(lin, id)).toEqual([]);
  });

  it("counts for nothing in a reply to the customer", async () => {
    const message = await postReply(lin, id, {
      clientId: "public-01",
      visibility: "public",
      parts: [
        { type: "text", text: "您好" },
        { type: "mention", agentId: wang.actor.agentId },
      ],
    });
    await tellAll();
    expect(message.parts).toEqual([{ type: "text", text: "您好" }]);
    expect(await listOf(wang)).toEqual([]);
  });

  it("ends with the collaboration", async () => {
    await addCollaborator(lin, id, wang.actor.agentId);
    await removeCollaborator(lin, id, wang.actor.agentId);
    await note("只给自己");
    await tellAll();
    expect((await listOf(wang)).map((item) => item.kind)).toEqual(["collaborator"]);
    expect(await countConversations(wang)).toMatchObject({ involved: 0 });
  });
});

it("marks as read only the reader's own: some, of a conversation, all", async () => {
  await note("@小王 一", wang.actor.agentId);
  await note("@小王 二", wang.actor.agentId);
  await tellAll();
  const [first] = await listOf(wang);
  expect(await readNotifications(lin, { ids: [first?.id ?? ""] })).toBe(0);
  expect((await listNotifications(wang, { limit: 1, unreadOnly: true })).unread).toBe(2);
  expect(await readNotifications(wang, { ids: [first?.id ?? ""] })).toBe(1);
  expect(await readNotifications(wang, { conversationId: id })).toBe(0);
});
