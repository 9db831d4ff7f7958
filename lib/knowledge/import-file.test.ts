import { describe, expect, it } from "vitest";
import { workbookOf, workbookWith } from "@/lib/testing/xlsx";
import { parseFaqFile } from "./import-file";
import { readTable } from "./imports/table-reading";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("reading a file of questions", () => {
  it("takes the json shape of the design, ids and tags included", async () => {
    const file = {
      faq: [{ id: "faq_001", question: "如何退款？", answer: "点申请退款。", category: "订单", tags: ["退款"] }],
    };
    const { items, errors } = await parseFaqFile("faq.json", bytes(JSON.stringify(file)));
    expect(errors).toEqual([]);
    expect(items).toMatchObject([{ externalId: "faq_001", question: "如何退款？", category: "订单", tags: ["退款"] }]);
  });

  it("takes csv with Chinese or English headers, several wordings in a cell, and a byte order mark", async () => {
    const csv = '\ufeff问题,答案,相似问,标签\n怎么开票,在订单里申请,"要发票|开发票",发票;报销\n';
    const { items } = await parseFaqFile("问答.csv", bytes(csv));
    expect(items).toMatchObject([{ question: "怎么开票", variants: ["要发票", "开发票"], tags: ["发票", "报销"] }]);
  });

  it("takes csv that a Chinese Excel saved in GBK", async () => {
    const gbk = Uint8Array.from([
      0xce, 0xca, 0xcc, 0xe2, 0x2c, 0xb4, 0xf0, 0xb0, 0xb8, 0x0a, 0xce, 0xca, 0x2c, 0xb4, 0xf0, 0x0a,
    ]);
    expect((await parseFaqFile("a.csv", gbk)).items).toMatchObject([{ question: "问", answer: "答" }]);
  });

  it("takes xlsx", async () => {
    const { items } = await parseFaqFile(
      "faq.xlsx",
      workbookOf([
        ["question", "answer"],
        ["How long?", "Two days."],
      ]),
    );
    expect(items).toMatchObject([{ question: "How long?", answer: "Two days." }]);
  });

  it("takes every sheet that has columns, below a title too, and says of which sheet a row is", async () => {
    const head = ["问题", "答案"];
    const book = workbookWith({
      说明: [["怎样填写"], ["每行一个问题"]],
      售前: [["常见问题汇总"], [], head, ["有货吗？", "有。"], ["", ""], ["", "没有问题"]],
      售后: [head, ["能退吗？", "能。"]],
    });
    expect(await readTable("xlsx", book)).toMatchObject([
      { row: 4, place: "售前", item: { question: "有货吗？" } },
      { row: 6, place: "售前", error: { field: "问题", reason: "required" } },
      { row: 2, place: "售后", item: { question: "能退吗？" } },
    ]);
    const csv = '常见问题汇总;\r\n"填写说明：一行, 一个"\r\n"问题";答案\r\n有货吗？;有，很多\r\n';
    expect((await parseFaqFile("a.csv", bytes(csv))).items).toMatchObject([
      { question: "有货吗？", answer: "有，很多" },
    ]);
  });

  it("reports each row it cannot take, by its number in the file, and takes the others", async () => {
    const csv = `question,answer\n,no question\nfine,yes\nno answer,\n${"长".repeat(501)},too long\n`;
    const { items, errors } = await parseFaqFile("a.csv", bytes(csv));
    expect(items).toHaveLength(1);
    expect(errors).toEqual([
      { row: 2, field: "question", reason: "required" },
      { row: 4, field: "answer", reason: "required" },
      { row: 5, field: "question", reason: "too_long" },
    ]);
  });

  it.each(["faq.pdf", "broken.json", "broken.xlsx"])("says that it cannot read %s", async (name) => {
    await expect(parseFaqFile(name, bytes("{not it"))).rejects.toMatchObject({ reason: "import_unreadable" });
  });
});
