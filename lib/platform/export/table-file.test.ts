import readExcelFile from "read-excel-file/node";
import { describe, expect, it } from "vitest";
import { csvOf, xlsxOf } from "./table-file";

const HOSTILE = [
  "=cmd|' /C calc'!A0",
  "+1",
  "-1",
  "@SUM(1)",
  "\t=1",
  "\r=1",
  "＝1",
  "＋1",
  "－1",
  "＠1",
  "  =1",
  "\uFEFF=1",
];

describe("exports (T57)", () => {
  it.each(HOSTILE)("csv: %j is shown and never run", (text) => {
    const line = csvOf([[text]])
      .bytes.toString("utf8")
      .slice(1);
    expect(line.replace(/^"/, "").startsWith("'")).toBe(true);
  });

  it("csv: quotes what needs it, keeps numbers as numbers, and begins with a byte order mark", () => {
    const { bytes } = csvOf([["名称", 'a "b"', "c,d", "e\nf", -5, null]]);
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(bytes.toString("utf8").slice(1)).toBe('名称,"a ""b""","c,d","e\nf",-5,\r\n');
  });

  it("xlsx: another reader finds the same texts and numbers, formulas as texts", async () => {
    const rows = [
      ["名称", "值"],
      ["=1+1", 12.5],
      ["<b>&\u0001\ud800", -3],
    ];
    const sheets = await readExcelFile(xlsxOf(rows).bytes);
    const first = sheets[0];
    const data = first && "data" in first ? first.data : sheets;
    expect(data).toEqual([
      ["名称", "值"],
      ["=1+1", 12.5],
      ["<b>&\ufffd", -3],
    ]);
  });
});
