import { describe, expect, it } from "vitest";
import { blocksOfMarkdown } from "./blocks";
import { CHUNK_OVERLAP, CHUNK_TARGET, CHUNK_WHOLE, chunkDocument, headingPath, sizeOf } from "./chunks";

const chunks = (markdown: string) => chunkDocument("手册", blocksOfMarkdown(markdown));
const many = (count: number, line: (index: number) => string, joint: string) =>
  Array.from({ length: count }, (_, index) => line(index)).join(joint);

describe("cutting a document", () => {
  it("cuts at headings and keeps the way to each", () => {
    expect(
      chunks("开头。\n\n# 一\n\n甲。\n\n## 二\n\n乙。\n\n# 三\n\n丙。").map(({ path, text }) => [
        path.join(" › "),
        text,
      ]),
    ).toEqual([
      ["手册", "开头。"],
      ["手册 › 一", "甲。"],
      ["手册 › 一 › 二", "乙。"],
      ["手册 › 三", "丙。"],
    ]);
  });

  it("puts paragraphs of a section together up to the size that is read at once, in their order", () => {
    const text = many(30, (index) => `第${index}段${"字".repeat(96)}。`, "\n\n");
    const parts = chunks(`# 章\n\n${text}`);
    expect(parts.length).toBe(6);
    expect(parts.every((part) => sizeOf(part.text) <= CHUNK_TARGET)).toBe(true);
    expect(parts.map((part) => part.text).join("\n\n")).toBe(text);
  });

  it("keeps a list, a table and code whole, with what introduces them", () => {
    const list = many(30, (index) => `- 第${index}条要求请看清楚`, "\n");
    const table = `| 省 | 价 |\n| --- | --- |\n${many(40, (index) => `| 省份${index} | ${index} 元 |`, "\n")}`;
    const code = `\`\`\`js\n${many(60, (index) => `const value${index} = ${index};`, "\n\n")}\n\`\`\``;
    for (const block of [list, table, code]) {
      expect(sizeOf(block)).toBeLessThanOrEqual(CHUNK_WHOLE);
      expect(chunks(`# 章\n\n如下：\n\n${block}`).map((part) => part.text)).toEqual([`如下：\n\n${block}`]);
    }
  });

  it("parts what is larger at rows with the head again, at items, at lines", () => {
    const row = (index: number) => `| 省份${index} | ${"价".repeat(40)} |`;
    const tables = chunks(`# 章\n\n| 省 | 价 |\n| --- | --- |\n${many(100, row, "\n")}`);
    expect(tables.length).toBeGreaterThan(2);
    expect(tables.every((part) => part.text.startsWith("| 省 | 价 |\n| --- | --- |\n| 省份"))).toBe(true);
    expect(tables.flatMap((part) => part.text.split("\n").slice(2))).toEqual(
      Array.from({ length: 100 }, (_, at) => row(at)),
    );
    const lists = chunks(`# 章\n\n${many(100, (index) => `- 第${index}条${"字".repeat(40)}`, "\n")}`);
    expect(lists.flatMap((part) => part.text.split("\n")).every((line) => line.startsWith("- 第"))).toBe(true);
    const codes = chunks(`# 章\n\n\`\`\`js\n${many(300, (index) => `const value${index} = ${index};`, "\n")}\n\`\`\``);
    expect(codes.length).toBeGreaterThan(1);
    expect(codes.every((part) => part.text.startsWith("```js\n") && part.text.endsWith("\n```"))).toBe(true);
  });

  it("parts long prose at sentences, and each part begins with the end of the one before", () => {
    const sentence = (index: number) => `第${index}句话讲的是怎么寄回商品给我们。`;
    const parts = chunks(`# 章\n\n${many(120, sentence, "")}`);
    expect(parts.length).toBeGreaterThan(2);
    for (const [index, part] of parts.entries()) {
      expect(part.text).toMatch(/^第\d+句/);
      expect(part.text.endsWith("。")).toBe(true);
      expect(sizeOf(part.text)).toBeLessThanOrEqual(CHUNK_TARGET);
      const before = parts[index - 1]?.text ?? "";
      const shared = /^(?:第\d+句话讲的是怎么寄回商品给我们。)+?(?=第)/.exec(part.text)?.[0] ?? "";
      expect(index === 0 || before.includes(shared)).toBe(true);
      expect(sizeOf(shared)).toBeLessThanOrEqual(CHUNK_OVERLAP);
    }
    for (let index = 0; index < 120; index += 1) {
      expect(parts.some((part) => part.text.includes(sentence(index)))).toBe(true);
    }
  });

  it("parts text without a single full stop, and never loses any of it", () => {
    const parts = chunks("词".repeat(5_000));
    expect(parts.every((part) => sizeOf(part.text) <= CHUNK_TARGET + CHUNK_OVERLAP)).toBe(true);
    expect(parts.reduce((sum, part) => sum + part.text.length, 0)).toBeGreaterThanOrEqual(5_000);
  });

  it("a long way is cut from its beginning", () => {
    expect(headingPath(["手册", "退货", "运费"])).toBe("手册 › 退货 › 运费");
    expect(headingPath(["很长".repeat(100), "退货", "运费"], 20)).toBe("退货 › 运费");
  });
});
