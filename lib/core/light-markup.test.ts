import { expect, it } from "vitest";
import { parseInline, parseMarkup, plainText, typedText, withoutPictures } from "./light-markup";

it("splits paragraphs at empty lines and keeps single line breaks", () => {
  expect(parseMarkup("一行\n二行\n\n另一段")).toEqual([
    { kind: "paragraph", lines: [[{ kind: "text", text: "一行" }], [{ kind: "text", text: "二行" }]] },
    { kind: "paragraph", lines: [[{ kind: "text", text: "另一段" }]] },
  ]);
});

it("gathers items into lists, bulleted and numbered apart", () => {
  const blocks = parseMarkup("步骤：\n1. 打开订单\n2、点退款\n- 拍照\n- 提交");
  expect(blocks.map((block) => (block.kind === "list" ? [block.ordered, block.items.length] : block.kind))).toEqual([
    "paragraph",
    [true, 2],
    [false, 2],
  ]);
});

it("reads bold, code, named links and bare addresses without the sentence's own marks", () => {
  expect(parseInline("**先**看 `A1`，再去 [帮助](https://a.example/b) 或 https://c.example/d?e=1。")).toEqual([
    { kind: "bold", text: "先" },
    { kind: "text", text: "看 " },
    { kind: "code", text: "A1" },
    { kind: "text", text: "，再去 " },
    { kind: "link", text: "帮助", href: "https://a.example/b" },
    { kind: "text", text: " 或 " },
    { kind: "link", text: "https://c.example/d?e=1", href: "https://c.example/d?e=1" },
    { kind: "text", text: "。" },
  ]);
});

it.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "//evil.example",
  "/\\evil.example",
  "vbscript:x",
  "https://shop.example@evil.example/",
])("leaves a link to %s as text", (target) => {
  expect(parseInline(`[x](${target})`).filter((piece) => piece.kind === "link")).toEqual([]);
});

it("does not take bold text, a price or a temperature at the start of a line for a list", () => {
  expect(parseMarkup("**先**看\n1.5 元起\n-5℃").map(({ kind }) => kind)).toEqual(["paragraph"]);
});

it("keeps a multiplication and a lone asterisk as they were typed", () => {
  expect(parseInline("2 ** 3 * 4")).toEqual([{ kind: "text", text: "2 ** 3 * 4" }]);
});

it("gives the words alone on one line", () => {
  expect(plainText("**先**看订单\n\n- 点 [退款](https://a.example)\n- 等 `1` 天")).toBe("先看订单 点 退款 等 1 天");
});

it("reads headings, and pictures of the answer's own files only", () => {
  expect(parseMarkup("## 步骤\n![截图](file:fil_1)").map(({ kind }) => kind)).toEqual(["heading", "paragraph"]);
  expect(parseInline("看 ![截图](file:fil_1)。")).toEqual([
    { kind: "text", text: "看 " },
    { kind: "image", text: "截图", fileId: "fil_1" },
    { kind: "text", text: "。" },
  ]);
  for (const elsewhere of ["![x](https://evil.example/a.png)", "![x](file:../etc)", "![x](javascript:alert(1))"]) {
    expect(parseInline(elsewhere).filter((piece) => piece.kind === "image")).toEqual([]);
  }
  expect(plainText("# 标题\n正文 ![图](file:fil_1)")).toBe("标题 正文 图");
});

it("leaves a text without its pictures as it is, and takes the others out whole", () => {
  expect(withoutPictures("a\n\n\n\nb")).toBe("a\n\n\n\nb");
  expect(withoutPictures("第一步\n\n![截图](file:fil_1)\n\n第二步 ![图](file:fil_2)")).toBe("第一步\n\n第二步");
});

it("reads a table with its bars and inline forms, and fills rows that are too short", () => {
  expect(parseMarkup("运费：\n| 地区 | 运费 |\n| --- | :---: |\n| **上海** | 8\\|9 |\n| 海外\n\n以上")).toEqual([
    { kind: "paragraph", lines: [[{ kind: "text", text: "运费：" }]] },
    {
      kind: "table",
      head: [[{ kind: "text", text: "地区" }], [{ kind: "text", text: "运费" }]],
      rows: [
        [[{ kind: "bold", text: "上海" }], [{ kind: "text", text: "8|9" }]],
        [[{ kind: "text", text: "海外" }], []],
      ],
    },
    { kind: "paragraph", lines: [[{ kind: "text", text: "以上" }]] },
  ]);
});

it.each(["a | b", "| a | b |", "| a | b |\n| - |", "| a |\nb"])("leaves 「%s」, no table yet, as words", (text) => {
  expect(parseMarkup(text).map(({ kind }) => kind)).toEqual(["paragraph"]);
});

it("keeps numbers of a list that is interrupted, and one list over empty lines", () => {
  const blocks = parseMarkup("1. 甲\n\n2. 乙\n- 丙\n3. 丁");
  expect(blocks.map((block) => block.kind === "list" && [block.ordered, block.start, block.items.length])).toEqual([
    [true, 1, 2],
    [false, 1, 1],
    [true, 3, 1],
  ]);
});

it("keeps code as it was typed, even when its end has not come yet", () => {
  expect(parseMarkup("```js\n# a\n| b |\n```\n# c").map(({ kind }) => kind)).toEqual(["code", "heading"]);
  expect(parseMarkup("```\n**a**")).toEqual([{ kind: "code", text: "**a**" }]);
});

it("shows escaped signs as the signs, and half-written forms as they stand", () => {
  expect(parseInline("5 \\* 3 = 15，\\# 号键")).toEqual([{ kind: "text", text: "5 * 3 = 15，# 号键" }]);
  expect(parseMarkup("提交后 **24 小")).toEqual([
    { kind: "paragraph", lines: [[{ kind: "text", text: "提交后 **24 小" }]] },
  ]);
  expect(parseMarkup("拨 ##002# 取消").map(({ kind }) => kind)).toEqual(["paragraph"]);
});

it("loses none of a hostile person's words and makes no element of them", () => {
  for (const words of [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "{{constructor.constructor('alert(1)')()}}",
  ]) {
    const pieces = parseInline(words);
    expect(pieces.map(({ text }) => text).join("")).toBe(words);
    expect(pieces.filter(({ kind }) => kind !== "text" && kind !== "link")).toEqual([]);
    // A picture from elsewhere would tell its host who reads: it is a link, which somebody taps or not.
    expect(parseInline("![x](https://evil.example/a.png)")).toMatchObject([{ kind: "link", text: "x" }]);
    expect(pieces.flatMap((piece) => (piece.kind === "link" ? [piece.href] : [])).join("")).not.toContain("javascript");
  }
});

it("types an answer without its marks, with the addresses behind words", () => {
  const text =
    "## 退货\n**七天**内，见 [说明](https://a.example/b)\n\n2. 打开\n3. 提交\n\n| 地区 | 运费 |\n| --- | --- |\n| 上海 | 8 |";
  expect(typedText(text)).toBe(
    "退货\n\n七天内，见 说明 https://a.example/b\n\n2. 打开\n3. 提交\n\n地区 · 运费\n上海 · 8",
  );
  expect(typedText("好的\n稍等")).toBe("好的\n稍等");
});
