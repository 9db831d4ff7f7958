import { describe, expect, it } from "vitest";
import { readCsv } from "./csv-reading";
import type { ImportRecord } from "./table-rows";

async function* of(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}
async function all(body: AsyncIterable<Uint8Array>): Promise<ImportRecord[]> {
  const records: ImportRecord[] = [];
  for await (const record of readCsv(body)) {
    records.push(record);
  }
  return records;
}
const text = (value: string) => new TextEncoder().encode(value);
const questions = (records: readonly ImportRecord[]) =>
  records.map(({ item, error }) => item?.question ?? error?.reason);

/** Bytes of GBK for 问题, 答案, 怎么退, 七天. */
const GBK = {
  question: [0xce, 0xca, 0xcc, 0xe2],
  answer: [0xb4, 0xf0, 0xb0, 0xb8],
  how: [0xd4, 0xf5, 0xc3, 0xb4, 0xcd, 0xcb],
  days: [0xc6, 0xdf, 0xcc, 0xec],
};

describe("reading csv", () => {
  it.each([
    [
      "UTF-16 with a mark",
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("问题\t答案\r\n怎么退\t七天\r\n", "utf16le")]),
    ],
    ["UTF-8 with a mark and semicolons", text("\ufeff问题;答案\r\n怎么退;七天\r\n")],
    ["GBK", Buffer.from([...GBK.question, 0x2c, ...GBK.answer, 0x0a, ...GBK.how, 0x2c, ...GBK.days, 0x0a])],
  ])("%s, in pieces that tear characters apart", async (_, bytes) => {
    const pieces = Array.from({ length: bytes.length }, (_each, index) => bytes.subarray(index, index + 1));
    expect(await all(of(...pieces))).toMatchObject([{ row: 2, item: { question: "怎么退", answer: "七天" } }]);
  });

  it("tells of each row that cannot be read, and reads the others", async () => {
    const bad = Buffer.concat([
      text(`问题,答案\n${"好的,行\n".repeat(40)}`),
      Buffer.from([...GBK.how, 0x2c, 0x61, 0x0a]),
      text(`${"长".repeat(50_000)},太长\n,没有问题\n="cmd"|x,公式\n最后,一行\n`),
    ]);
    const records = await all(of(bad));
    expect(questions(records.slice(40))).toEqual(["import_bad_characters", "too_long", "required", '="cmd"|x', "最后"]);
    expect(records[40]?.row).toBe(42);
  });

  it("a quote that is never closed costs its row, not the file's beginning or the process", async () => {
    const records = await all(of(text('question,answer\na,b\n"c,'), text("d\n".repeat(300_000))));
    expect(questions(records)).toContain("a");
    expect(records.filter(({ item }) => item)).toHaveLength(1);
    expect(questions(records)).toContain("import_bad_line");
  });

  it("says that the head names no columns", async () => {
    await expect(all(of(text("a,b\n1,2\n")))).rejects.toMatchObject({ reason: "import_no_columns" });
    await expect(all(of(text("")))).rejects.toMatchObject({ reason: "import_no_columns" });
  });

  it("100,000 rows take no more memory than a few (T57)", async () => {
    async function* rows(): AsyncGenerator<Uint8Array> {
      yield text("id,question,answer\n");
      for (let index = 0; index < 100_000; index += 100) {
        const lines = Array.from(
          { length: 100 },
          (_, at) => `q${index + at},第${index + at}个问题是什么？,${"答".repeat(300)}\n`,
        );
        yield text(lines.join(""));
      }
    }
    const before = process.memoryUsage().heapUsed;
    let [count, most] = [0, 0];
    for await (const { item } of readCsv(rows())) {
      count += item ? 1 : 0;
      most = count % 1_000 === 0 ? Math.max(most, process.memoryUsage().heapUsed) : most;
    }
    expect(count).toBe(100_000);
    // 90 MB went through.
    expect(most - before).toBeLessThan(80 * 1024 * 1024);
  }, 180_000);
});
