import { describe, expect, it } from "vitest";
import { highlight } from "./highlight";

const marked = (text: string, query: string) =>
  highlight(text, query)
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join("");

describe("highlighting what was searched for", () => {
  it("marks Chinese and Latin words, whatever their case", () => {
    expect(marked("我想申请退款，怎么退款", "退款")).toBe("我想申请[退款]，怎么[退款]");
    expect(marked("Where is my Refund?", "refund")).toBe("Where is my [Refund]?");
  });

  it("marks each word of a search for several", () => {
    expect(marked("the coupon for my order", "order coupon")).toBe("the [coupon] for my [order]");
  });

  it("marks pairs when the words stand apart", () => {
    expect(marked("退货之后多久退款", "退货退款")).toBe("[退货]之后多久[退款]");
  });

  it("leaves out what stands far before the first hit, and nothing else", () => {
    const shown = marked(`${"很长的开头".repeat(20)}退款到哪里了`, "退款");
    expect(shown.startsWith("…")).toBe(true);
    expect(shown.endsWith("[退款]到哪里了")).toBe(true);
    expect(marked("没有", "退款")).toBe("没有");
  });
});
