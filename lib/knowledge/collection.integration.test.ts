import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { merchants } from "@/db/schema/merchants";
import { type AgentContext, createDeskFixture, type DeskFixture } from "@/lib/testing/desk-fixture";
import { everyCollection } from "./collection-queries";
import {
  createCollection,
  removeCollection,
  restoreCollection,
  switchSharedCollection,
  updateCollection,
} from "./collection-service";
import { importEntries } from "./imports/entries-service";
import { findAnswers, listEntries } from "./queries";
import { publishEntry, saveDraft } from "./review-service";
import { entryInput } from "./schema";
import { createEntry, updateEntry } from "./service";

let desk: DeskFixture;
let shop: AgentContext;
let platform: AgentContext;
let platformSupervisor: AgentContext;

beforeAll(async () => {
  desk = await createDeskFixture();
  shop = await desk.agent((await desk.merchant()).merchantId, "supervisor");
  const { merchantId } = await desk.merchant();
  await desk.db.update(merchants).set({ kind: "platform" }).where(eq(merchants.id, merchantId));
  platform = await desk.agent(merchantId, "admin");
  platformSupervisor = await desk.agent(merchantId, "supervisor");
});
afterAll(() => desk.end());

const entry = (question: string, answer: string, collection: string) =>
  entryInput.parse({ question, answer, collection, status: "published" });
const told = async (context: AgentContext, question: string, collection?: string) =>
  (await findAnswers(context, question, { collection })).items.map(({ answer, shared }) => [answer, shared]);
const idOf = async (context: AgentContext, name: string) =>
  (await everyCollection(context)).items.find((each) => each.name === name)?.id ?? "";

describe("a collection", () => {
  it("is renamed with what waits in it, and no two in use have one name", async () => {
    const { id } = await createCollection(shop, "手册");
    await expect(createCollection(shop, "手册")).rejects.toMatchObject({ reason: "collection_name_taken" });
    const { id: entryId } = await createEntry(shop, entry("打印机在哪？", "一楼。", "手册"));
    await saveDraft(shop, entryId, { answer: "二楼。", review: false });
    await updateCollection(shop, id, { name: "新生手册" });
    expect(await publishEntry(shop, entryId)).toMatchObject({ collection: "新生手册", answer: "二楼。" });
    expect((await everyCollection(shop)).items.map(({ name }) => name)).toEqual(["新生手册"]);
  });

  it("put away takes its entries along, unseen by every search, and brings them back", async () => {
    const id = await idOf(shop, "新生手册");
    await removeCollection(shop, id, "archive");
    expect(await told(shop, "打印机在哪")).toEqual([]);
    expect((await listEntries(shop, { limit: 5 })).total).toBe(0);
    expect((await everyCollection(shop)).archived).toMatchObject([{ id, name: "新生手册", entries: 1 }]);
    const { id: namesake } = await createCollection(shop, "新生手册");
    await expect(restoreCollection(shop, id)).rejects.toMatchObject({ reason: "collection_name_taken" });
    await removeCollection(shop, namesake, "delete");
    await restoreCollection(shop, id);
    expect(await told(shop, "打印机在哪")).toEqual([["二楼。", false]]);
  });

  it("deleted leaves its entries without one, or takes them along, as was asked", async () => {
    const same = { ...entry("雨衣多少钱？", "十元。", ""), externalId: "raincoat" };
    await importEntries(shop, [same]);
    await importEntries(shop, [{ ...same, answer: "九元。" }], { collection: "新生手册" });
    await removeCollection(shop, await idOf(shop, "新生手册"), "keep");
    expect(await told(shop, "打印机在哪")).toEqual([["二楼。", false]]);
    expect((await listEntries(shop, { limit: 9, collection: "" })).total).toBe(3);
    await createEntry(shop, entry("临时通知是什么？", "没有。", "临时"));
    await removeCollection(shop, await idOf(shop, "临时"), "delete");
    expect(await told(shop, "临时通知是什么")).toEqual([]);
    expect((await everyCollection(shop)).items).toEqual([]);
  });

  it("does not take in an entry whose import id it has already", async () => {
    await importEntries(shop, [{ ...entry("雨衣多少钱？", "八元。", ""), externalId: "raincoat" }], {
      collection: "雨具",
    });
    const [twin] = (await listEntries(shop, { limit: 9, collection: "", search: "雨衣多少钱" })).items.filter(
      ({ answer }) => answer === "十元。",
    );
    await expect(updateEntry(shop, twin?.id ?? "", { collection: "雨具" })).rejects.toMatchObject({
      reason: "external_id_taken",
    });
  });
});

describe("a collection of the platform", () => {
  it("is searched for every merchant that has not switched it off, and changed by the platform's administrators only", async () => {
    await createEntry(platform, entry("发票怎么开？", "在订单里申请电子发票。", "平台规则"));
    const id = await idOf(platform, "平台规则");
    expect(await told(shop, "发票怎么开")).toEqual([]);
    await expect(updateCollection(platformSupervisor, id, { shared: true })).rejects.toMatchObject({
      reason: "shared_collection_admins_only",
    });
    await updateCollection(platform, id, { shared: true });
    expect(await told(shop, "发票怎么开")).toEqual([["在订单里申请电子发票。", true]]);
    expect(await told(shop, "发票怎么开", "平台规则")).toEqual([["在订单里申请电子发票。", true]]);
    expect(await told(platform, "发票怎么开")).toEqual([["在订单里申请电子发票。", false]]);

    await expect(createEntry(platformSupervisor, entry("x", "y", "平台规则"))).rejects.toMatchObject({
      reason: "shared_collection_admins_only",
    });
    const [made] = (await listEntries(platform, { limit: 1 })).items;
    await expect(updateEntry(platformSupervisor, made?.id ?? "", { answer: "改" })).rejects.toMatchObject({
      reason: "shared_collection_admins_only",
    });
    await updateEntry(platform, made?.id ?? "", { answer: "找客服。" });
    expect(await told(shop, "发票怎么开")).toEqual([["找客服。", true]]);

    await switchSharedCollection(shop, id, false);
    expect(await told(shop, "发票怎么开")).toEqual([]);
    expect((await everyCollection(shop)).platform).toMatchObject([{ name: "平台规则", enabled: false, published: 1 }]);
    await switchSharedCollection(shop, id, true);
    await removeCollection(platform, id, "archive");
    expect(await told(shop, "发票怎么开")).toEqual([]);
  });

  it("cannot be made by a merchant, nor its own switched", async () => {
    const owner = await desk.agent(shop.actor.merchantId, "admin");
    const { id } = await createCollection(owner, "店内");
    await expect(updateCollection(owner, id, { shared: true })).rejects.toMatchObject({ code: "forbidden" });
    await expect(switchSharedCollection(owner, id, false)).rejects.toMatchObject({ code: "not_found" });
  });
});
