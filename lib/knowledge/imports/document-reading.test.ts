import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { docxOf, pdfOf } from "@/lib/testing/documents";
import { readDocument } from "./document-reading";

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (kind: "html" | "markdown" | "text" | "docx" | "pdf", content: Uint8Array, name = `手册.${kind}`) =>
  readDocument({ kind, name, address: "https://shop.example/help/a" }, content);

/** Words as bytes of old encodings, and as numbers of Adobe's collection GB1; not made with what is tested. */
const GBK: Readonly<Record<string, string>> = { 退货: "cdcbbbf5", 七天内: "c6dfccecc4da", "8 A": "382041" };
const BIG5: Readonly<Record<string, string>> = { 退货: "b068b366", 七天内: "a443a4d1a4ba", "8 A": "382041" };
const GB1_NUMBERS: Readonly<Record<string, string>> = {
  退货: "0e7c080a",
  七天内: "0bfe0e3f0b3d",
  "8 A": "001900010022",
};

describe("reading a document", () => {
  it("takes Markdown by its headings, with tables and code whole", async () => {
    const text =
      "# 售后手册\n\n欢迎。\n\n## 退货\n\n七天内可退。\n\n| 地区 | 运费 |\n| --- | --- |\n| 上海 | 8 |\n\n## 接口\n\n```js\nconst a = 1;\n\nconst b = 2;\n```\n";
    const { title, language, chunks } = await read("markdown", bytes(text));
    expect({ title, language }).toEqual({ title: "售后手册", language: "zh-CN" });
    expect(chunks.map(({ path }) => path)).toEqual([["售后手册"], ["售后手册", "退货"], ["售后手册", "接口"]]);
    expect(chunks[1]?.text).toBe("七天内可退。\n\n| 地区 | 运费 |\n| --- | --- |\n| 上海 | 8 |");
    expect(chunks[2]?.text).toContain("const a = 1;\n\nconst b = 2;");
  });

  it("takes the text of a page, not what surrounds it, with questions that are folded", async () => {
    const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shipping - Shop</title>
      <link rel="canonical" href="/help/shipping"></head><body><nav><a href="/">Home</a></nav><script>alert(1)</script>
      <main><h1>Shipping</h1><p>We ship <em>worldwide</em>, see <a href="/rates">rates</a>.</p>
      <details><summary>How long does it take?</summary><p>Two days.</p></details>
      <table><tr><th>Zone</th><th>Price</th></tr><tr><td>EU</td><td>8|9</td></tr></table></main>
      <footer>Copyright</footer></body></html>`;
    const { title, language, chunks, links, canonical } = await read("html", bytes(page));
    expect({ title, language, canonical }).toEqual({
      title: "Shipping",
      language: "en",
      canonical: "https://shop.example/help/shipping",
    });
    expect(links).toEqual(["https://shop.example/", "https://shop.example/rates"]);
    expect(chunks).toEqual([
      { path: ["Shipping"], text: "We ship worldwide, see [rates](https://shop.example/rates).", page: undefined },
      {
        path: ["Shipping", "How long does it take?"],
        text: "Two days.\n\n| Zone | Price |\n| --- | --- |\n| EU | 8\\|9 |",
        page: undefined,
      },
    ]);
  });

  it("takes a page in GBK that only its head declares", async () => {
    // GBK of 退货 and 七天.
    const body = Buffer.concat([
      bytes('<html><head><meta http-equiv="content-type" content="text/html; charset=gb2312"></head><body><h1>'),
      Buffer.from([0xcd, 0xcb, 0xbb, 0xf5]),
      bytes("</h1><p>"),
      Buffer.from([0xc6, 0xdf, 0xcc, 0xec]),
      bytes("</p></body></html>"),
    ]);
    expect(await read("html", body)).toMatchObject({ title: "退货", chunks: [{ text: "七天" }] });
  });

  it("takes a Word file by its styles, with lists and tables", async () => {
    const file = docxOf([
      { style: "Title", text: "员工手册" },
      { style: "heading 1", text: "请假" },
      { text: "先告诉组长。" },
      { text: "病假", item: true },
      { text: "年假", item: true },
      { style: "heading 1", text: "天数" },
      {
        rows: [
          ["年限", "天数"],
          ["一年", "5"],
        ],
      },
    ]);
    const { title, chunks } = await read("docx", file);
    expect(title).toBe("员工手册");
    expect(chunks.map(({ path, text }) => [path.join("/"), text])).toEqual([
      ["员工手册/请假", "先告诉组长。\n\n- 病假\n- 年假"],
      ["员工手册/天数", "| 年限 | 天数 |\n| --- | --- |\n| 一年 | 5 |"],
    ]);
  });

  it("takes a PDF with its headings and pages, without what stands at the edge of every page", async () => {
    const edge = (page: number) => ({ text: `清禾商店 第${page}页`, size: 9 });
    const file = pdfOf([
      [edge(1), { text: "退货说明", size: 22 }, { text: "收到货七天内可以退，" }, { text: "运费由我们出。" }],
      [edge(2), { text: "换货", size: 16 }, { text: "换货也是七天。" }],
      [edge(3), { text: "发票", size: 16 }, { text: "订单里申请发票。" }],
    ]);
    const { title, chunks } = await read("pdf", file);
    expect(title).toBe("退货说明");
    expect(chunks).toEqual([
      { path: ["退货说明"], text: "收到货七天内可以退，运费由我们出。", page: 1 },
      { path: ["退货说明", "换货"], text: "换货也是七天。", page: 2 },
      { path: ["退货说明", "发票"], text: "订单里申请发票。", page: 3 },
    ]);
  });

  it.each([
    ["GBK-EUC-H", "GB1", (text: string) => GBK[text] ?? ""],
    ["GBKp-EUC-H", "GB1", (text: string) => GBK[text] ?? ""],
    ["ETen-B5-H", "CNS1", (text: string) => BIG5[text] ?? ""],
    ["UniGB-UCS2-H", "GB1", (text: string) => Buffer.from(text, "utf16le").swap16().toString("hex")],
    ["UniCNS-UTF16-H", "CNS1", (text: string) => Buffer.from(text, "utf16le").swap16().toString("hex")],
    ["Identity-H", "GB1", (text: string) => GB1_NUMBERS[text] ?? ""],
  ])("takes an old Chinese PDF in %s, which has no table of its characters", async (name, collection, hexOf) => {
    const file = pdfOf([[{ text: "退货", size: 22 }, { text: "七天内" }, { text: "8 A" }]], false, {
      name,
      collection,
      hexOf,
    });
    const { chunks } = await read("pdf", file);
    expect(
      chunks.map(({ path, text }) => `${path.join("/")}：${text}`.replaceAll("貨", "货").replaceAll("內", "内")),
    ).toEqual(["退货：七天内8 A"]);
  });

  it("says that a PDF or Word file is locked, broken, or has no text", async () => {
    await expect(read("pdf", pdfOf([[{ text: "secret" }]], true))).rejects.toMatchObject({
      reason: "import_encrypted",
    });
    await expect(read("pdf", bytes("%PDF-1.7\nnothing"))).rejects.toMatchObject({ reason: "import_broken" });
    await expect(read("pdf", pdfOf([[]]))).rejects.toMatchObject({ reason: "import_no_text" });
    const locked = Buffer.from("d0cf11e0a1b11ae1".padEnd(1024, "0"), "hex");
    await expect(read("docx", locked)).rejects.toMatchObject({ reason: "import_encrypted" });
    await expect(read("docx", docxOf([]).subarray(0, 200))).rejects.toMatchObject({ reason: "import_unreadable" });
    await expect(read("html", bytes("<html><body></body></html>"))).rejects.toMatchObject({ reason: "import_no_text" });
  });

  it("refuses a Word file that unpacks to more than it may", async () => {
    const packed = deflateRawSync(Buffer.alloc(120 * 1024 * 1024));
    const file = docxOf([{ text: "x" }]);
    // The last part's body is replaced by a bomb: its stated sizes stay small.
    const start = file.lastIndexOf(Buffer.from("PK\u0001\u0002"));
    expect(start).toBeGreaterThan(0);
    const entry = Buffer.from(file.subarray(start));
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    const name = file.subarray(start + 46, start + 46 + entry.readUInt16LE(28));
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const head = Buffer.concat([local, name, packed]);
    entry.writeUInt32LE(0, 42);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt32LE(head.length, 16);
    const bomb = Buffer.concat([head, entry.subarray(0, 46 + name.length), end]);
    await expect(read("docx", bomb)).rejects.toMatchObject({ reason: "import_too_large" });
  });
});
