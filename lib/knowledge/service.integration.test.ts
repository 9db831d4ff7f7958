import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { domainEvents } from "@/db/schema/conversations";
import { auditLog } from "@/db/schema/operations";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { updateEntry as updateContract } from "./contracts";
import { importEntries } from "./imports/entries-service";
import { findAnswers, getEntry, getPublishedEntry, listCollections, listEntries } from "./queries";
import { entryInput } from "./schema";
import { createEntry, deleteEntry, updateEntry } from "./service";

let desk: DeskFixture;
let admin: AgentContext;
let stranger: AgentContext;

beforeAll(async () => {
  desk = await createDeskFixture();
  const { merchantId } = await desk.merchant();
  admin = await desk.agent(merchantId, "admin");
  stranger = await desk.agent((await desk.merchant()).merchantId, "admin");
});

afterAll(() => desk.end());

const refund = entryInput.parse({
  question: "怎么申请退款？",
  variants: ["我要退款", "退钱怎么弄", "我要退款"],
  answer: "在「我的订单」里点「申请退款」，1–3 个工作日原路退回。",
  category: "退款",
});

const actionsOf = async (id: string) =>
  (await desk.db.select().from(auditLog).where(eq(auditLog.targetId, id)).orderBy(auditLog.createdAt)).map(
    (row) => row.action,
  );

describe("an entry's life", () => {
  it("is found by customers only while it is published, and every step is in the audit log", async () => {
    const draft = await createEntry(admin, refund);
    expect(draft.variants).toEqual(["我要退款", "退钱怎么弄"]);
    expect((await findAnswers(admin, "怎么退款？")).decision).toBe("handoff");
    await expect(getPublishedEntry(admin, draft.id)).rejects.toMatchObject({ code: "not_found" });

    const published = await updateEntry(admin, draft.id, { status: "published", version: draft.version });
    expect(published.publishedAt).not.toBeNull();
    const search = await findAnswers(admin, "怎么退款？");
    expect(search).toMatchObject({ decision: "answer", items: [{ entryId: draft.id }] });

    await updateEntry(admin, draft.id, { status: "draft" });
    expect((await findAnswers(admin, "怎么退款？")).items).toEqual([]);
    await deleteEntry(admin, draft.id);
    await expect(getEntry(admin, draft.id)).rejects.toMatchObject({ reason: "entry_not_found" });
    expect(await actionsOf(draft.id)).toEqual([
      "entry.created",
      "entry.published",
      "entry.unpublished",
      "entry.deleted",
    ]);
    const facts = await desk.db.select().from(domainEvents).where(eq(domainEvents.merchantId, admin.actor.merchantId));
    expect(facts.map((fact) => [fact.type, fact.payload])).toEqual([["knowledge.published", { entryId: draft.id }]]);
  });

  it("refuses a change that was made on an older version, and keeps fields that a change leaves out", async () => {
    const made = await createEntry(admin, refund);
    const change = updateContract.body.parse({ answer: "客服会在当天处理。", version: made.version });
    const changed = await updateEntry(admin, made.id, change);
    expect(changed).toMatchObject({ variants: made.variants, category: "退款", answer: "客服会在当天处理。" });
    await expect(updateEntry(admin, made.id, change)).rejects.toMatchObject({
      code: "conflict",
      reason: "stale_version",
    });
    await deleteEntry(admin, made.id);
  });

  it("is invisible to another merchant", async () => {
    const made = await createEntry(admin, { ...refund, status: "published" });
    expect((await findAnswers(stranger, "怎么退款？")).items).toEqual([]);
    await expect(getEntry(stranger, made.id)).rejects.toMatchObject({ code: "not_found" });
    await expect(updateEntry(stranger, made.id, { answer: "x" })).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteEntry(stranger, made.id)).rejects.toMatchObject({ code: "not_found" });
    await deleteEntry(admin, made.id);
  });

  it("stores what Postgres refuses as text that it takes", async () => {
    const made = await createEntry(admin, {
      ...refund,
      question: "a\u0000b'\\ | & : * 退",
      answer: "\ud800x",
      status: "published",
    });
    expect(made).toMatchObject({ question: "ab'\\ | & : * 退", answer: "\ufffdx" });
    expect((await findAnswers(admin, "ab'\\ | & : * 退")).items[0]?.entryId).toBe(made.id);
    await deleteEntry(admin, made.id);
  });
});

describe("an import", () => {
  const items = [
    { ...refund, externalId: "faq-1" },
    { ...refund, question: "多久发货？", variants: [], category: "物流", status: "published" as const },
  ];

  it("run again changes nothing, and changes what differs", async () => {
    expect(await importEntries(admin, items)).toEqual({ created: 2, updated: 0, unchanged: 0 });
    expect(await importEntries(admin, items)).toEqual({ created: 0, updated: 0, unchanged: 2 });
    const again = [{ ...refund, externalId: "faq-1", answer: "找客服。" }, ...items.slice(1)];
    expect(await importEntries(admin, again)).toEqual({ created: 0, updated: 1, unchanged: 1 });
  });

  it("is listed page by page, filtered and counted", async () => {
    const first = await listEntries(admin, { limit: 1 });
    expect(first).toMatchObject({ total: 2, categories: ["物流", "退款"] });
    const second = await listEntries(admin, { limit: 1, cursor: first.nextCursor ?? "" });
    expect([first.items[0]?.question, second.items[0]?.question].sort()).toEqual(["多久发货？", "怎么申请退款？"]);
    expect(second.nextCursor).toBeNull();
    expect((await listEntries(admin, { limit: 10, status: "published" })).items.map((item) => item.category)).toEqual([
      "物流",
    ]);
    expect((await listEntries(admin, { limit: 10, search: "退钱" })).total).toBe(1);
    expect((await listEntries(admin, { limit: 10, search: "100%" })).total).toBe(0);
    expect((await listEntries(admin, { limit: 10, cursor: "forged" })).items).toHaveLength(2);
  });
});

describe("a collection", () => {
  const rows = (answer: string) => [
    entryInput.extend({ externalId: z.string() }).parse({
      externalId: "1",
      question: "保修期多久？",
      answer,
      status: "published",
    }),
  ];

  it("is made by an import that names it, holds its own ids, and is searched alone or with all others", async () => {
    expect(await importEntries(admin, rows("手机保修一年。"), { collection: "手机" })).toMatchObject({ created: 1 });
    expect(await importEntries(admin, rows("电视保修三年。"), { collection: "电视" })).toMatchObject({ created: 1 });
    expect(await importEntries(admin, rows("手机保修两年。"), { collection: "手机" })).toMatchObject({ updated: 1 });
    expect(await listCollections(admin)).toMatchObject([
      { name: "手机", entries: 1, published: 1 },
      { name: "电视", entries: 1, published: 1 },
    ]);
    const answers = async (collection?: string) =>
      (await findAnswers(admin, "保修期多久", { collection })).items.map((hit) => hit.answer).sort();
    expect(await answers("手机")).toEqual(["手机保修两年。"]);
    expect(await answers()).toEqual(expect.arrayContaining(["手机保修两年。", "电视保修三年。"]));
    expect(await answers("没有这个分区")).toEqual([]);
    expect((await findAnswers(stranger, "保修期多久", { collection: "手机" })).items).toEqual([]);
    expect((await listEntries(admin, { limit: 10, collection: "手机" })).total).toBe(1);
  });

  it("is left and entered by a change of the entry, seen by the next search", async () => {
    const [entry] = (await listEntries(admin, { limit: 1, collection: "手机" })).items;
    await updateEntry(admin, entry?.id ?? "", { collection: "平板" });
    expect((await findAnswers(admin, "保修期多久", { collection: "手机" })).items).toEqual([]);
    expect((await findAnswers(admin, "保修期多久", { collection: "平板" })).items).toMatchObject([
      { externalId: "1", answer: "手机保修两年。" },
    ]);
    const back = await updateEntry(admin, entry?.id ?? "", { collection: "" });
    expect(back.collection).toBe("");
  });
});
