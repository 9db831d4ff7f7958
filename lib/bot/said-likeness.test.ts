import { describe, expect, it } from "vitest";
import { likenessOf } from "@/lib/knowledge/wording-queries";
import { saysSame } from "./said-likeness";

const said = (question: string, answer: string) => ({ question, answer });

describe("what agents said to the same question", () => {
  it.each([
    [
      said("门店能用花呗吗", "可以的，线下门店支持花呗付款，满 100 元能分三期。"),
      said("线下可以用花呗支付吗？", "门店可以用花呗支付的哦，满100元可以分3期~"),
    ],
    [
      said("帆布包能机洗吗", "不建议机洗，手洗晾干就好，水温 30 度以下。"),
      said("帆布包可以用洗衣机洗吗", "帆布包不要机洗呢，用 30 度以下的水手洗。"),
    ],
    [
      said("Do you ship to Canada?", "Yes, we ship to Canada, it takes 10 to 14 days."),
      said("can you deliver to canada", "We do deliver to Canada! Please allow 10–14 days for it."),
    ],
  ])("is one answer in other words: %j = %j", (one, other) => {
    expect(saysSame(one, other), String(likenessOf(one.answer, other.answer))).toBe(true);
    expect(saysSame(other, one)).toBe(true);
  });

  it.each([
    ["another number", "满 100 元能分三期。", "满 200 元能分三期。"],
    ["a no", "门店支持花呗付款。", "门店暂时不支持花呗付款。"],
    ["another matter", "门店支持花呗付款。", "好的，稍等，我把订单改一下地址再发货。"],
  ])("is another answer with %s", (_what, one, other) => {
    expect(saysSame(said("门店能用花呗吗", one), said("线下可以用花呗支付吗？", other))).toBe(false);
  });

  it("is another answer to another question", () => {
    const answer = "可以的，满 100 元能分三期。";
    expect(saysSame(said("能用花呗付款吗", answer), said("能用信用卡付款吗", answer))).toBe(false);
  });
});
