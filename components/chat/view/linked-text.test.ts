import { describe, expect, it } from "vitest";
import { withLinks } from "./linked-text";

const links = (line: string) => withLinks(line).flatMap((part) => (part.kind === "link" ? [part.href] : []));

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
