import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { merchants } from "@/db/schema/merchants";
import { createCollection, updateCollection } from "@/lib/knowledge/collection-service";
import { searchKnowledgeBaseOperation } from "@/lib/knowledge/operations";
import { listEntries } from "@/lib/knowledge/queries";
import { createEntry } from "@/lib/knowledge/service";
import { systemContext } from "@/lib/testing/actors";
import { type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";
import { bundleImportReader } from "@/lib/testing/import-reader";
import { importShop, shopOf } from "@/lib/testing/import-shop";

let api: ApiFixture;

beforeAll(async () => {
  await bundleImportReader();
  api = await createApiFixture();
}, 180_000);
afterAll(() => api.end());

it("a validity that ends before it begins costs its row, told under the file's own name, and not the import", async () => {
  const own = await importShop(api);
  await createEntry(own.context, {
    ...{ question: "老活动几点开始？", answer: "八点。", validUntil: "2026-01-01T00:00:00Z", status: "published" },
  });
  const rows =
    "问题,答案,生效时间,失效时间\n雨伞能借吗？,能。,,\n新活动有赠品吗？,有。,2026-02-01,2026-01-01\n老活动几点开始？,九点。,2026-03-01,\n";
  const read = await own.read("a.csv", rows, "collection=活动");
  expect(read.plans).toMatchObject({ create: 1, duplicate: 1, refused: 1 });
  expect(await own.items(read.id, "refused")).toMatchObject([
    { row: 3, field: "失效时间", problem: "失效时间要晚于生效时间。" },
  ]);
  expect(await own.confirm(read.id)).toMatchObject({
    status: "done",
    outcomes: { created: 1, skipped: 1, refused: 1 },
  });
});

it("a row that no longer fits its entry when it is written is refused with its reason, the others are kept", async () => {
  const own = await importShop(api);
  const first = await own.read("a.csv", "id,question,answer\n1,校车几点？,七点。\n2,食堂几点？,六点。\n");
  await own.confirm(first.id);
  const change = await own.read(
    "b.csv",
    "id,question,answer,valid_from\n1,校车几点？,八点。,2026-05-01\n2,食堂几点？,五点。,\n",
  );
  expect(change.plans).toMatchObject({ update: 2 });
  // Meanwhile somebody ends what the file begins.
  const ending = await own.read("c.csv", "id,question,answer,valid_until\n1,校车几点？,七点。,2026-04-01\n");
  await own.confirm(ending.id);
  expect(await own.confirm(change.id)).toMatchObject({ status: "done", outcomes: { updated: 1, refused: 1 } });
  expect(await own.items(change.id, "refused")).toMatchObject([{ problem: "失效时间要晚于生效时间。" }]);
  expect(
    (await own.read("d.csv", "id,question,answer,valid_from\n1,校车几点？,九点。,2026-05-01\n")).plans,
  ).toMatchObject({ refused: 1 });
});

it("channels are taken by id or name; with one that nobody has the row is refused, owners and files are left out", async () => {
  const { merchantId, channelId } = await api.desk.merchant();
  const own = shopOf(api, merchantId, (await api.signedIn(merchantId, "supervisor")).as);
  const rows = [
    ["能上门吗？", channelId, "", ""],
    ["有电梯吗？", "抖音", "", ""],
    ["能分期吗？", "", "mem_of_another_shop", "fil_of_another_shop"],
  ].map((cells, index) => `${cells[0]},好。,${cells.slice(1).join(",")},${index}`);
  const read = await own.read("a.csv", `question,answer,可用渠道,owner,files,id\n${rows.join("\n")}\n`);
  expect(await own.items(read.id, "refused")).toMatchObject([
    { row: 3, field: "可用渠道", problem: "找不到这个渠道。" },
  ]);
  await own.confirm(read.id);
  const made = new Map((await own.entries()).map((entry) => [entry.question, entry]));
  expect(made.get("能上门吗？")?.channelIds).toEqual([channelId]);
  expect(made.get("能分期吗？")).toMatchObject({ ownerId: null, fileIds: [] });
});

it("a state or a shape that is none of ours is refused by its row, never published or stored as it came", async () => {
  const own = await importShop(api);
  const table = await own.read("a.csv", "问题,答案,状态\n甲,a,下线\n乙,b,已发布\n丙,c,草稿\n\n , ,\n丁,,\n");
  expect(table.plans).toMatchObject({ create: 2, refused: 2 });
  expect((await own.items(table.id, "refused")).map(({ row, field }) => [row, field])).toEqual([
    [2, "状态"],
    [7, "答案"],
  ]);
  const list = [{ question: "戊", answer: "e", variants: { a: 1 } }, { question: "己", answer: "f", tags: [{}] }, 7];
  expect((await own.read("b.json", JSON.stringify(list))).plans).toMatchObject({ create: 0, refused: 3 });
  await own.confirm(table.id);
  expect((await own.entries()).map(({ question, status }) => [question, status]).sort()).toEqual([
    ["丙", "draft"],
    ["乙", "published"],
  ]);
});

it("what the platform shares is not written by an import of who may not write it", async () => {
  const { merchantId } = await api.desk.merchant();
  await api.desk.db.update(merchants).set({ kind: "platform" }).where(eq(merchants.id, merchantId));
  const boss = await api.desk.agent(merchantId, "admin");
  const { id } = await createCollection(boss, "共享");
  await createEntry(boss, { question: "客服几点上班？", answer: "九点。", collection: "共享", status: "published" });
  await updateCollection(boss, id, { shared: true });
  const own = shopOf(api, merchantId, (await api.signedIn(merchantId, "supervisor")).as);
  expect((await own.post("a.csv", "question,answer\n甲,a\n", "collection=共享")).status).toBe(403);
  const read = await own.read("a.csv", "question,answer,collection\n乙,b,共享\n客服几点上班,十点。,\n");
  expect(read.plans).toMatchObject({ refused: 1, duplicate: 1 });
  expect(await own.confirm(read.id, "merge")).toMatchObject({ outcomes: { merged: 0, skipped: 1, refused: 1 } });
  const shared = await listEntries(systemContext(api.desk, merchantId), { limit: 9, collection: "共享" });
  expect(shared.items).toMatchObject([{ question: "客服几点上班？", variants: [] }]);
});

it("an entry whose language a file does not say has the one it is written in, and is found by any tag of it", async () => {
  const { merchantId } = await api.desk.merchant();
  const own = shopOf(api, merchantId, (await api.signedIn(merchantId, "supervisor")).as);
  const rows =
    "question,answer,language\n怎么开 VIP 发票？,在订单里开。,\nWhere is my invoice?,On the order page.,\nDónde está?,Aquí.,es-MX\n";
  await own.confirm((await own.read("a.csv", rows)).id);
  expect((await own.entries()).map(({ language }) => language).sort()).toEqual(["en", "es", "zh-CN"]);
  const { as } = await api.key(merchantId, ["knowledge.read"]);
  const found = async (q: string, lang: string) => {
    const response = await api.call(searchKnowledgeBaseOperation, { as, query: { q, lang } });
    return ((await response.json()) as { results: { question: string }[] }).results.map(({ question }) => question);
  };
  for (const lang of ["en", "EN", "en-US", "en_GB"]) {
    expect(await found("invoice", lang)).toEqual(["Where is my invoice?"]);
  }
  for (const lang of ["zh", "zh-CN", "zh-Hans"]) {
    expect(await found("发票", lang)).toEqual(["怎么开 VIP 发票？"]);
  }
  expect(await found("invoice", "fr")).toEqual([]);
});
