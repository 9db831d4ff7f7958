import { describe, expect, it } from "vitest";
import { decodeText, encodingOf } from "./text-encoding";

const text = "问题,答案\n怎么退货,七天内可以退\n";
const utf16 = (value: string) => Buffer.from(value, "utf16le");
/** 问题 in GBK, a comma, 答案. */
const gbk = Buffer.from([0xce, 0xca, 0xcc, 0xe2, 0x2c, 0xb4, 0xf0, 0xb0, 0xb8, 0x0a]);

describe("telling the encoding of a text", () => {
  it.each([
    ["UTF-8", Buffer.from(text), "utf-8"],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`), "utf-8"],
    ["UTF-16 with a mark", Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(text)]), "utf-16le"],
    [
      "UTF-16, big end first, with a mark",
      Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(text).swap16()]),
      "utf-16be",
    ],
    ["UTF-16 without a mark", utf16(text.repeat(5)), "utf-16le"],
  ])("%s", (_, bytes, encoding) => {
    expect(encodingOf(bytes)).toBe(encoding);
    expect(decodeText(bytes).startsWith("问题,答案\n怎么退货")).toBe(true);
  });

  it("GBK, whatever the sender declares, and Big5 where it is declared", () => {
    expect(decodeText(gbk)).toBe("问题,答案\n");
    expect(decodeText(gbk, "utf-8")).toBe("问题,答案\n");
    // 問題 in Big5.
    expect(decodeText(Buffer.from([0xb0, 0xdd, 0xc3, 0x44]), "big5")).toBe("問題");
  });

  it("UTF-8 with a slip stays UTF-8: one bad row spoils no other", () => {
    const bytes = Buffer.concat([Buffer.from(text.repeat(50)), Buffer.from([0xce, 0xca, 0x2c, 0x0a])]);
    expect(encodingOf(bytes)).toBe("utf-8");
  });
});
