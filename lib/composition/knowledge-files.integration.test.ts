import { afterAll, beforeAll, expect, it } from "vitest";
import { importReport } from "@/lib/knowledge/import-schema";
import { listCollections, listEntries } from "@/lib/knowledge/queries";
import { entryInput } from "@/lib/knowledge/schema";
import { createEntry, deleteEntry } from "@/lib/knowledge/service";
import { systemContext } from "@/lib/testing/actors";
import { APP_URL, type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";
import { exportKnowledge } from "./exports";
import { importKnowledge } from "./knowledge-import-endpoint";

let api: ApiFixture;
let merchantId: string;
let supervisor: Record<string, string>;

beforeAll(async () => {
  api = await createApiFixture();
  ({ merchantId } = await api.desk.merchant());
  supervisor = (await api.signedIn(merchantId, "supervisor")).as;
});
afterAll(() => api.end());

function send(name: string, bytes: BlobPart, query = "", headers: Record<string, string> = supervisor) {
  const form = new FormData();
  form.append("file", new Blob([bytes]), name);
  return importKnowledge(
    new Request(`${APP_URL}/api/v1/knowledge/import?${query}`, { method: "POST", headers, body: form }),
  );
}
const reportOf = async (response: Response) => importReport.parse(await response.json());
const context = () => systemContext(api.desk, merchantId);

const CSV =
  "id,问题,答案,相似问\n1,怎么退款？,点申请退款。,退钱\n2,,没有问题,\n3,=1+1 是什么？,'=cmd|x,\n3,=1+1 是什么？,是公式,\n";

it("a preview writes nothing and tells what is new, repeated and refused, in the reader's language", async () => {
  const report = await reportOf(await send("faq.csv", CSV, "preview=true&collection=售后"));
  expect(report).toMatchObject({ created: 2, updated: 0, unchanged: 0, repeated: 1, refused: 1 });
  expect(report.errors).toEqual([{ row: 3, field: "问题", reason: "required", detail: expect.any(String) }]);
  expect(report.sample[0]).toBe("怎么退款？");
  expect((await listEntries(context(), { limit: 1 })).total).toBe(0);
});

it("an import keeps what it can take, and a second run changes nothing", async () => {
  expect(await reportOf(await send("faq.csv", CSV, "collection=售后"))).toMatchObject({ created: 2, refused: 1 });
  expect(await reportOf(await send("faq.csv", CSV, "collection=售后"))).toMatchObject({ created: 0, unchanged: 2 });
  expect(await listCollections(context())).toMatchObject([{ name: "售后", entries: 2 }]);
});

it("what is exported carries no formula and is taken back without a change, csv and xlsx (T57)", async () => {
  for (const format of ["csv", "xlsx"]) {
    const file = await exportKnowledge(
      new Request(`${APP_URL}/api/v1/knowledge/export?format=${format}&collection=售后`, { headers: supervisor }),
    );
    expect(file.status).toBe(200);
    const bytes = await file.arrayBuffer();
    if (format === "csv") {
      expect(new TextDecoder().decode(bytes)).not.toMatch(/(^|,)=/m);
    }
    expect(await reportOf(await send(`back.${format}`, bytes, "preview=true"))).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
      refused: 0,
    });
  }
});

it("type, limits, owner and day of review survive an export, csv and xlsx", async () => {
  const { merchantId: shop, channelId } = await api.desk.merchant();
  const { as, actor } = await api.signedIn(shop, "admin");
  const own = systemContext(api.desk, shop);
  const content = entryInput.parse({
    question: "会员日有什么优惠？",
    answer: "全场九折。",
    kind: "tutorial",
    audience: "customers",
    channelIds: [channelId],
    validFrom: "2026-01-01T00:00:00.000Z",
    validUntil: "2027-01-01T00:00:00.000Z",
    ownerId: actor.agentId,
    reviewOn: "2026-12-01",
    status: "review",
  });
  for (const format of ["csv", "xlsx"]) {
    const { id } = await createEntry(own, content);
    const file = await exportKnowledge(
      new Request(`${APP_URL}/api/v1/knowledge/export?format=${format}`, { headers: as }),
    );
    const bytes = await file.arrayBuffer();
    await deleteEntry(own, id);
    expect(await reportOf(await send(`back.${format}`, bytes, "", as))).toMatchObject({ created: 1, refused: 0 });
    const [back] = (await listEntries(own, { limit: 5 })).items;
    expect(back).toMatchObject(content);
    await deleteEntry(own, back?.id ?? "");
  }
});

it("refuses files that it cannot read, that are too large, and people who may not write", async () => {
  const { as: agent } = await api.signedIn(merchantId, "agent");
  expect((await send("faq.csv", CSV, "", agent)).status).toBe(403);
  expect((await send("faq.csv", CSV, "", {})).status).toBe(401);
  const reasonOf = async (response: Response) => ((await response.json()) as { reason: string }).reason;
  expect(await reasonOf(await send("faq.exe", "MZ"))).toBe("import_unreadable");
  expect(await reasonOf(await send("faq.json", "{"))).toBe("import_unreadable");
  expect(await reasonOf(await send("faq.csv", new Uint8Array(21 * 1024 * 1024)))).toBe("file_too_large");
  const rows = `question,answer\n${"q,a\n".repeat(20_001)}`;
  expect(await reasonOf(await send("faq.csv", rows))).toBe("import_too_many_rows");
});

it("takes 10,000 rows in under a minute", async () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => `q${index},第 ${index} 个问题是什么？,答案 ${index}`);
  const start = performance.now();
  const report = await reportOf(await send("many.csv", `id,question,answer\n${rows.join("\n")}`, "collection=大"));
  expect(report).toMatchObject({ created: 10_000, refused: 0 });
  expect(performance.now() - start).toBeLessThan(60_000);
}, 180_000);
