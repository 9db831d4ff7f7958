import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditLog } from "@/db/schema/operations";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { changeMany } from "./bulk-service";
import { importEntries } from "./imports/entries-service";
import { findAnswers, getEntry, listEntries } from "./queries";
import { discardDraft, publishEntry, restoreVersion, saveDraft } from "./review-service";
import { entryInput } from "./schema";
import { createEntry, deleteEntry, updateEntry } from "./service";
import { listVersions } from "./version-queries";

let desk: DeskFixture;
let supervisor: AgentContext;
let writer: AgentContext;

beforeAll(async () => {
  desk = await createDeskFixture();
  const { merchantId } = await desk.merchant();
  supervisor = await desk.agent(merchantId, "supervisor", "周主管");
  writer = await desk.agent(merchantId, "agent", "小林");
});
afterAll(() => desk.end());

const input = (question: string, answer: string) => entryInput.parse({ question, answer });
const told = async (question: string) => (await findAnswers(supervisor, question)).items[0]?.answer;

describe("from draft to published", () => {
  it("who may not publish writes and hands in; who may, publishes, and the audit log says who did what", async () => {
    await expect(createEntry(writer, { ...input("雨伞能借吗？", "能。"), status: "published" })).rejects.toMatchObject({
      code: "forbidden",
      reason: "publish_not_allowed",
    });
    const draft = await createEntry(writer, input("雨伞能借吗？", "能。"));
    const handedIn = await saveDraft(writer, draft.id, { answer: "能，押金 20 元。", review: true });
    expect(handedIn).toMatchObject({ status: "review", answer: "能，押金 20 元。" });
    expect(await told("雨伞能借吗")).toBeUndefined();
    expect((await listEntries(supervisor, { limit: 5, status: "review" })).items.map(({ id }) => id)).toEqual([
      draft.id,
    ]);

    await expect(publishEntry(supervisor, draft.id, { version: draft.version })).rejects.toMatchObject({
      reason: "stale_version",
    });
    await publishEntry(supervisor, draft.id, { version: handedIn.version });
    expect(await told("雨伞能借吗")).toBe("能，押金 20 元。");
    const rows = await desk.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.targetId, draft.id))
      .orderBy(auditLog.createdAt);
    expect(rows.map(({ action, actorName }) => [action, actorName])).toEqual([
      ["entry.created", "小林"],
      ["entry.submitted", "小林"],
      ["entry.published", "周主管"],
    ]);
    await deleteEntry(supervisor, draft.id);
  });
});

describe("changes to a published entry", () => {
  it("wait beside its text until they are published, and can be thrown away", async () => {
    const { id } = await createEntry(supervisor, { ...input("校车几点发车？", "七点。"), status: "published" });
    expect((await saveDraft(writer, id, { answer: "七点。", review: true })).pending).toBeNull();
    const waiting = await saveDraft(writer, id, { answer: "七点半。", review: true });
    expect(waiting).toMatchObject({ status: "published", answer: "七点。", pending: { status: "review" } });
    expect(waiting.pending?.content.answer).toBe("七点半。");
    expect(await told("校车几点发车")).toBe("七点。");
    expect((await listEntries(supervisor, { limit: 5, attention: "changed" })).total).toBe(1);
    expect((await listEntries(supervisor, { limit: 5, status: "review" })).total).toBe(1);

    expect((await discardDraft(supervisor, id)).pending).toBeNull();
    await saveDraft(writer, id, { answer: "八点。", review: false });
    const published = await publishEntry(supervisor, id);
    expect(published).toMatchObject({ answer: "八点。", pending: null });
    expect(await told("校车几点发车")).toBe("八点。");
    await deleteEntry(supervisor, id);
  });

  it("go on as the draft when the entry is taken back", async () => {
    const { id } = await createEntry(supervisor, { ...input("操场几点关门？", "十点。"), status: "published" });
    await saveDraft(writer, id, { answer: "十一点。", review: false });
    expect(await updateEntry(supervisor, id, { status: "draft" })).toMatchObject({
      status: "draft",
      answer: "十一点。",
      pending: null,
    });
    await deleteEntry(supervisor, id);
  });
});

describe("versions", () => {
  it("keep every state with its author; an old one comes back as a draft", async () => {
    const { id } = await createEntry(writer, input("图书馆几点开门？", "八点。"));
    await publishEntry(supervisor, id);
    await saveDraft(writer, id, { answer: "九点。", review: false });
    await publishEntry(supervisor, id);
    const restored = await restoreVersion(writer, id, 1);
    expect(restored).toMatchObject({ answer: "九点。", pending: { status: "draft" } });
    expect(restored.pending?.content.answer).toBe("八点。");
    expect(await told("图书馆几点开门")).toBe("九点。");

    const { items } = await listVersions(supervisor, id, { limit: 10 });
    expect(
      items.map(({ version, status, pending, authorName, content }) => [
        version,
        status,
        pending,
        authorName,
        content.answer,
      ]),
    ).toEqual([
      [5, "published", "draft", "小林", "八点。"],
      [4, "published", null, "周主管", "九点。"],
      [3, "published", "draft", "小林", "九点。"],
      [2, "published", null, "周主管", "八点。"],
      [1, "draft", null, "小林", "八点。"],
    ]);
    expect(items[0]?.restoredFrom).toBe(1);
    const first = await listVersions(supervisor, id, { limit: 2 });
    expect(first.nextBefore).toBe(4);
    const rest = await listVersions(supervisor, id, { limit: 10, before: first.nextBefore ?? 0 });
    expect(rest.items.map(({ version }) => version)).toEqual([3, 2, 1]);
    await expect(restoreVersion(supervisor, id, 99)).rejects.toMatchObject({ reason: "version_not_found" });
    await deleteEntry(supervisor, id);
  });
});

describe("what else an entry has", () => {
  it("is kept, checked and filtered by: kind, owner, day of review, limits", async () => {
    const { id } = await createEntry(supervisor, {
      ...input("怎么绑定校园卡？", "打开小程序。"),
      kind: "tutorial",
      ownerId: writer.actor.agentId,
      reviewOn: "2020-01-01",
      audience: "agents",
      validFrom: "2020-01-01T08:00:00+08:00",
    });
    expect(await getEntry(supervisor, id)).toMatchObject({ kind: "tutorial", validFrom: "2020-01-01T00:00:00.000Z" });
    for (const filter of [
      { kind: "tutorial" },
      { owner: writer.actor.agentId },
      { attention: "due" },
      { audience: "agents" },
    ] as const) {
      expect((await listEntries(supervisor, { limit: 5, ...filter })).items.map((entry) => entry.id)).toEqual([id]);
    }
    await expect(updateEntry(supervisor, id, { validUntil: "2019-01-01T00:00:00Z" })).rejects.toMatchObject({
      reason: "validity_backwards",
    });
    const stranger = await desk.agent((await desk.merchant()).merchantId, "admin");
    await expect(updateEntry(supervisor, id, { ownerId: stranger.actor.agentId })).rejects.toMatchObject({
      reason: "agent_not_found",
    });
    await expect(updateEntry(supervisor, id, { channelIds: ["chn_unknown"] })).rejects.toMatchObject({
      reason: "channel_not_found",
    });
    await expect(updateEntry(supervisor, id, { fileIds: ["fil_unknown"] })).rejects.toMatchObject({
      reason: "file_unknown",
    });
    await deleteEntry(supervisor, id);
  });

  it("stays as it is when an import says nothing of it", async () => {
    const item = { question: "宿舍能养猫吗？", answer: "不能。", externalId: "cat" };
    const limits = { audience: "agents", reviewOn: "2030-01-01", ownerId: "agt_gone" } as const;
    await importEntries(supervisor, [{ ...item, ...limits }]);
    await importEntries(supervisor, [{ ...item, answer: "不可以。" }]);
    const [entry] = (await listEntries(supervisor, { limit: 1, search: "宿舍" })).items;
    expect(entry).toMatchObject({ ...limits, answer: "不可以。", ownerId: null });
    expect((await listVersions(supervisor, entry?.id ?? "", { limit: 5 })).items).toHaveLength(2);
  });
});

it("many are changed at once, each for itself", async () => {
  const ids = await Promise.all(
    ["一号柜", "二号柜"].map(async (name) => (await createEntry(writer, input(`${name}在哪里？`, "东门。"))).id),
  );
  const change = (action: "publish" | "archive" | "move" | "delete", collection = "") =>
    changeMany(supervisor, { ids: [...ids, "kbe_unknown"], action, collection });
  expect(await change("publish")).toEqual({ done: ids, failed: [{ id: "kbe_unknown", reason: "entry_not_found" }] });
  expect(await told("一号柜在哪里")).toBe("东门。");
  await change("move", "柜子");
  expect((await listEntries(supervisor, { limit: 5, collection: "柜子" })).total).toBe(2);
  await change("archive");
  expect(await told("一号柜在哪里")).toBeUndefined();
  expect((await listEntries(supervisor, { limit: 5, collection: "柜子" })).total).toBe(0);
  expect((await listEntries(supervisor, { limit: 5, status: "archived" })).total).toBe(2);
  expect((await change("delete")).done).toEqual(ids);
});
