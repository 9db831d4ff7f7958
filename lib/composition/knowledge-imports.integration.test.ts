import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { knowledgeEntries } from "@/db/schema/knowledge";
import {
  cancelImportOperation,
  chooseForItemOperation,
  confirmImportOperation,
  getImportOperation,
  listImportItemsOperation,
  listImportsOperation,
} from "@/lib/knowledge/imports/operations";
import { type ImportItemView, type KnowledgeImport, knowledgeImport } from "@/lib/knowledge/imports/schema";
import { findAnswers, listEntries } from "@/lib/knowledge/queries";
import { createEntry } from "@/lib/knowledge/service";
import { systemContext } from "@/lib/testing/actors";
import { APP_URL, type ApiFixture, createApiFixture } from "@/lib/testing/api-fixture";
import { docxOf, pdfOf } from "@/lib/testing/documents";
import { bundleImportReader } from "@/lib/testing/import-reader";
import { exportImportErrors, exportKnowledge } from "./exports";
import { uploadImport } from "./knowledge-import-endpoint";
import { runDueJobs } from "./worker";

let api: ApiFixture;

beforeAll(async () => {
  await bundleImportReader();
  api = await createApiFixture();
}, 60_000);
afterAll(() => api.end());

/** A shop of its own, with a supervisor who imports. */
async function shop() {
  const { merchantId } = await api.desk.merchant();
  const { as } = await api.signedIn(merchantId, "supervisor");
  const context = systemContext(api.desk, merchantId);
  const answer = async (response: Promise<Response>) => knowledgeImport.parse(await (await response).json());
  const post = (name: string, bytes: BlobPart, query = "") => {
    const form = new FormData();
    form.append("file", new Blob([bytes]), name);
    return uploadImport(
      new Request(`${APP_URL}/api/v1/knowledge/imports/file?${query}`, { method: "POST", headers: as, body: form }),
    );
  };
  const get = (id: string) => answer(api.call(getImportOperation, { as, params: { id } }));
  return {
    as,
    context,
    post,
    get,
    /** Uploads a file and has it read. */
    async read(name: string, bytes: BlobPart, query = ""): Promise<KnowledgeImport> {
      const response = await post(name, bytes, query);
      expect(response.status, await response.clone().text()).toBe(201);
      const { id } = knowledgeImport.parse(await response.json());
      await runDueJobs();
      return get(id);
    },
    async confirm(id: string, duplicates = "skip"): Promise<KnowledgeImport> {
      await answer(api.call(confirmImportOperation, { as, params: { id }, body: { duplicates } }));
      await runDueJobs();
      return get(id);
    },
    async items(id: string, plan?: string): Promise<ImportItemView[]> {
      const response = await api.call(listImportItemsOperation, {
        as,
        params: { id },
        query: plan ? { plan } : {},
      });
      return ((await response.json()) as { items: ImportItemView[] }).items;
    },
    cancel: (id: string) => api.call(cancelImportOperation, { as, params: { id } }),
    choose: (id: string, position: number, choice: string) =>
      api.call(chooseForItemOperation, { as, params: { id, position: String(position) }, body: { choice } }),
    entries: async () => [
      ...(await listEntries(context, { limit: 100 })).items,
      ...(await listEntries(context, { limit: 100, status: "archived" })).items,
    ],
    export: async (format: string) =>
      (
        await exportKnowledge(new Request(`${APP_URL}/api/v1/knowledge/export?format=${format}`, { headers: as }))
      ).arrayBuffer(),
  };
}

const CSV =
  "id,问题,答案,相似问,分类\n1,怎么退款？,点申请退款。,退钱,售后\n2,,没有问题,,\n3,发票怎么开？,订单里开。,,发票\n3,发票怎么开？,订单里申请。,,发票\n";

describe("an import in the background", () => {
  it("shows what it would do, writes nothing before it is confirmed, then says what it did", async () => {
    const own = await shop();
    const ready = await own.read("faq.csv", CSV, "collection=售后");
    expect(ready).toMatchObject({
      status: "ready",
      name: "faq.csv",
      collection: "售后",
      plans: { create: 2, repeated: 1, refused: 1, update: 0, duplicate: 0 },
    });
    expect(await own.entries()).toEqual([]);
    const done = await own.confirm(ready.id);
    expect(done).toMatchObject({ status: "done", outcomes: { created: 2, skipped: 1, refused: 1 } });
    expect((await own.entries()).map(({ answer, category }) => [answer, category])).toEqual(
      expect.arrayContaining([
        ["点申请退款。", "售后"],
        ["订单里申请。", "发票"],
      ]),
    );
    const again = await own.read("faq.csv", CSV, "collection=售后");
    expect(again.plans).toMatchObject({ create: 0, update: 0, unchanged: 2, repeated: 1, refused: 1 });
    const listed = await api.call(listImportsOperation, { as: own.as });
    expect(((await listed.json()) as { items: KnowledgeImport[] }).items.map(({ id }) => id)).toEqual([
      again.id,
      ready.id,
    ]);
  });

  it("reports the rows it refused as a file that can be mended", async () => {
    const own = await shop();
    const { id } = await own.read("faq.csv", `question,answer\n=1+1,\n${"长".repeat(50_000)},太长\n好,好的\n`);
    const report = await exportImportErrors(
      new Request(`${APP_URL}/api/v1/knowledge/imports/report?id=${id}`, {
        headers: { ...own.as, "accept-language": "zh-CN" },
      }),
    );
    const text = await report.text();
    expect(report.headers.get("content-type")).toContain("text/csv");
    expect(text).toContain(",2,answer,'=1+1,");
    expect(text).toMatch(/,3,question,长{300},/);
    expect((await own.get(id)).plans).toMatchObject({ create: 1, refused: 2 });
  });

  it("what a file does not say stays as it is", async () => {
    const own = await shop();
    await own.confirm((await own.read("faq.csv", CSV)).id);
    const { id, plans } = await own.read("faq.csv", "id,question,answer\n1,怎么退款？,在订单页申请。\n");
    expect(plans).toMatchObject({ update: 1 });
    await own.confirm(id);
    const entry = (await own.entries()).find(({ question }) => question === "怎么退款？");
    expect(entry).toMatchObject({ answer: "在订单页申请。", variants: ["退钱"], category: "售后" });
  });

  it("several of one merchant are done one after the other, and nobody else waits for them", async () => {
    const [own, other] = [await shop(), await shop()];
    const ids = await Promise.all(
      ["a", "b", "c"].map(async (name) =>
        (await own.post(`${name}.csv`, `question,answer\n${name}?,${name}\n`)).json(),
      ),
    );
    const others = await other.read("d.csv", "question,answer\nd,d\n");
    expect(others.status).toBe("ready");
    for (const { id } of ids as KnowledgeImport[]) {
      expect((await own.get(id)).status).toBe("ready");
    }
  });

  it("cancelled, it writes nothing more, and says what it had done", async () => {
    const own = await shop();
    const response = await own.post("faq.csv", CSV);
    const { id } = (await response.json()) as KnowledgeImport;
    expect((await own.cancel(id)).status).toBe(200);
    await runDueJobs();
    expect(await own.get(id)).toMatchObject({ status: "cancelled", outcomes: { created: 0 } });
    expect(await own.entries()).toEqual([]);
    expect((await own.cancel(id)).status).toBe(409);
  });

  it("is for those who may write knowledge, and only of their merchant", async () => {
    const [own, other] = [await shop(), await shop()];
    const { id } = await own.read("faq.csv", CSV);
    expect((await other.cancel(id)).status).toBe(404);
    const { as } = await api.signedIn(own.context.actor.merchantId ?? "", "agent");
    expect((await api.call(getImportOperation, { as, params: { id } })).status).toBe(403);
  });
});

describe("rows that ask what is asked already", () => {
  it("are shown with what they repeat, and skipped, merged or taken in as chosen", async () => {
    const own = await shop();
    for (const [question, variants] of [
      ["怎么申请退货？", ["我要退货"]],
      ["运费是多少？", []],
    ] as const) {
      const entry = { question, variants: [...variants], answer: "老答案", collection: "", category: "", tags: [] };
      await createEntry(own.context, { ...entry, language: "zh-CN", status: "published" });
    }
    const rows =
      "question,answer\n怎么申请退货,新一\n我要退货！,新二\n运费是多少,新三\n会员有什么好处,新四\n会员有什么好处？,新五\n";
    const { id, plans } = await own.read("faq.csv", rows);
    expect(plans).toMatchObject({ create: 1, duplicate: 3, repeated: 1 });
    const duplicates = await own.items(id, "duplicate");
    expect(duplicates.map(({ matchedQuestion }) => matchedQuestion)).toEqual([
      "怎么申请退货？",
      "怎么申请退货？",
      "运费是多少？",
    ]);
    expect((await own.choose(id, duplicates[1]?.position ?? 0, "merge")).status).toBe(200);
    expect((await own.choose(id, duplicates[2]?.position ?? 0, "import")).status).toBe(200);
    const done = await own.confirm(id, "skip");
    expect(done.outcomes).toMatchObject({ created: 2, merged: 1, skipped: 2 });
    const entries = await own.entries();
    expect(entries.find(({ question }) => question === "怎么申请退货？")).toMatchObject({
      answer: "老答案",
      variants: ["我要退货", "我要退货！"],
    });
    expect(entries.filter(({ question }) => question.startsWith("运费是多少"))).toHaveLength(2);
  });

  it("are found by their meaning too", async () => {
    const own = await shop();
    const entry = { variants: [], answer: "答", collection: "", category: "", tags: [], language: "zh-CN" };
    for (const question of ["商品的保修期是多久", "怎么修改收货地址", "会员积分怎么用", "门店几点开门"]) {
      await createEntry(own.context, { ...entry, question, status: "published" });
    }
    const { id } = await own.read("faq.csv", "question,answer\n请问商品的保修期多久呀,一年\n宠物可以进店吗,可以\n");
    expect(await own.items(id)).toMatchObject([
      { plan: "duplicate", matchedQuestion: "商品的保修期是多久" },
      { plan: "create" },
    ]);
  });
});

describe("a document", () => {
  const manual = (days: number, extra = "") =>
    `# 售后手册\n\n欢迎。\n\n## 退货\n\n${days} 天内可退。\n\n## 换货\n\n随时可换。\n${extra}`;

  it("becomes entries by its headings; imported again, ids stay and what is gone is put away", async () => {
    const own = await shop();
    const first = await own.read("手册.md", manual(7));
    expect(first.plans).toMatchObject({ create: 3 });
    await own.confirm(first.id);
    const before = await own.entries();
    expect(before).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: "document",
          question: "售后手册 › 退货",
          variants: ["退货"],
          status: "published",
        }),
      ]),
    );
    const second = await own.read(
      "手册.md",
      manual(15, "\n## 发票\n\n订单里开。\n").replace(/## 换货[\s\S]*?\n\n.*\n/, ""),
    );
    expect(second.plans).toMatchObject({ create: 1, update: 1, unchanged: 1, archive: 1 });
    const done = await own.confirm(second.id);
    expect(done.outcomes).toMatchObject({ created: 1, updated: 1, archived: 1 });
    const after = await own.entries();
    const idOf = (entries: typeof after, question: string) => entries.find((entry) => entry.question === question)?.id;
    expect(idOf(after, "售后手册 › 退货")).toBe(idOf(before, "售后手册 › 退货"));
    expect(after.find(({ question }) => question === "售后手册 › 换货")?.status).toBe("archived");
    expect((await findAnswers(own.context, "可以换货吗")).items[0]?.question).not.toBe("售后手册 › 换货");
    const third = await own.read("手册.md", manual(15, "\n## 发票\n\n订单里开。\n"));
    await own.confirm(third.id);
    const back = (await own.entries()).find(({ question }) => question === "售后手册 › 换货");
    expect([back?.id, back?.status]).toEqual([idOf(before, "售后手册 › 换货"), "published"]);
  });

  it("in Word or PDF keeps its order, its pages and its name", async () => {
    const own = await shop();
    const word = docxOf([{ style: "Title", text: "请假" }, { style: "heading 1", text: "病假" }, { text: "带证明。" }]);
    const pdf = pdfOf([
      [{ text: "保修", size: 20 }, { text: "一年。" }],
      [{ text: "维修", size: 20 }, { text: "送店。" }],
    ]);
    await own.confirm((await own.read("请假.docx", new Uint8Array(word))).id);
    await own.confirm((await own.read("保修.pdf", new Uint8Array(pdf), "status=draft")).id);
    const rows = await api.desk.db.select().from(knowledgeEntries);
    const mine = rows.filter((row) => row.merchantId === own.context.actor.merchantId);
    expect(
      mine.map(({ question, document, source, status }) => [
        question,
        document,
        source?.page,
        source?.position,
        status,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ["请假 › 病假", "请假.docx", undefined, 0, "published"],
        ["保修", "保修.pdf", 1, 0, "draft"],
        ["保修 › 维修", "保修.pdf", 2, 1, "draft"],
      ]),
    );
  });
});

it.each(["json", "csv", "xlsx"])("what is exported as %s is taken back without a change", async (format) => {
  const own = await shop();
  await own.confirm((await own.read("faq.csv", `${CSV}4,=1+1 是什么？,+是公式,"-减号|=cmd",\n`, "collection=售后")).id);
  const written = { variants: ["手写的", "也是"], category: "杂", tags: ["甲", "乙"], collection: "", language: "en" };
  await createEntry(own.context, { ...written, question: "手写？", answer: "多行\n- 一\n- 二", status: "draft" });
  const { plans } = await own.read(`back.${format}`, await own.export(format));
  expect(plans).toMatchObject({ create: 0, update: 0, duplicate: 0, unchanged: 4, refused: 0, repeated: 0 });
});
