import { describe, expect, it } from "vitest";
import { blocksOf, withLinks } from "./rich-text";

const links = (line: string) => withLinks(line).flatMap((part) => (part.type === "link" ? [part.href] : []));

describe("withLinks", () => {
  it.each([
    ["看 https://shop.example/a?b=1。谢谢", "https://shop.example/a?b=1"],
    ["(https://shop.example/a).", "https://shop.example/a"],
    ["「https://shop.example/甲」", "https://shop.example/%E7%94%B2"],
  ])("links %s without the sign that ends the sentence", (line, href) => {
    expect(links(line)).toEqual([href]);
  });

  it.each([
    "javascript:alert(1)",
    "http://shop.example",
    "data:text/html,x",
    "https://",
    "https://user:password@shop.example/",
    "<a href=https:x>",
  ])("leaves %s as text", (line) => {
    expect(links(line)).toEqual([]);
  });

  it("loses no character", () => {
    const line = "a https://x.example/1, b **c** https://y.example。";
    expect(
      withLinks(line)
        .map(({ text }) => text)
        .join(""),
    ).toBe(line);
  });
});

describe("blocksOf", () => {
  it("reads paragraphs, numbered lists and bold", () => {
    expect(blocksOf("先说：\n1. 打开**订单**\n2. 点退款\n\n再说")).toEqual([
      { type: "paragraph", lines: [[{ type: "text", text: "先说：" }]] },
      {
        type: "list",
        ordered: true,
        start: 1,
        items: [
          [
            { type: "text", text: "打开" },
            { type: "bold", text: "订单" },
          ],
          [{ type: "text", text: "点退款" }],
        ],
      },
      { type: "paragraph", lines: [[{ type: "text", text: "再说" }]] },
    ]);
  });

  it("treats markup as the characters it is made of", () => {
    expect(blocksOf("<img src=x onerror=alert(1)>")).toEqual([
      { type: "paragraph", lines: [[{ type: "text", text: "<img src=x onerror=alert(1)>" }]] },
    ]);
  });

  it("keeps a half-written bold as it is, as it stands while an answer streams", () => {
    expect(blocksOf("提交后 **24 小")).toEqual([
      { type: "paragraph", lines: [[{ type: "text", text: "提交后 **24 小" }]] },
    ]);
  });
});
