import { describe, expect, it } from "vitest";
import { splitAddresses } from "./linked-text";

const addresses = (text: string) =>
  splitAddresses(text)
    .filter(({ address }) => address)
    .map((piece) => piece.text);

describe("web addresses in a message", () => {
  it("are found between Chinese and Latin words, without the punctuation after them", () => {
    expect(addresses("看这里https://shop.example/a?b=1，谢谢")).toEqual(["https://shop.example/a?b=1"]);
    expect(addresses("(see http://shop.example/faq).")).toEqual(["http://shop.example/faq"]);
  });

  it("are never scripts or data", () => {
    expect(addresses("javascript:alert(1) data:text/html,x vbscript:x")).toEqual([]);
  });

  it("lose no character of the text", () => {
    const text = "a https://x.example/. b\nhttps://y.example";
    expect(
      splitAddresses(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
  });
});
