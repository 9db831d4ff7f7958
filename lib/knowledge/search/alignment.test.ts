import { describe, expect, it } from "vitest";
import { Alignment } from "./alignment";
import { PhraseWordsBuilder } from "./phrase-words";

function compared(question: readonly string[], wording: readonly string[], worth: (word: string) => number = () => 1) {
  const builder = new PhraseWordsBuilder();
  builder.add([]);
  builder.add(wording);
  return new Alignment(question, worth).with(builder.build(), 1);
}

describe("comparing a question with a wording word by word", () => {
  it("finds the same words whole, in whatever order", () => {
    expect(compared(["发票", "怎么", "开"], ["怎么", "开", "发票"])).toBe(1);
  });

  it("counts what the wording says beyond the question against it, as it counts what the question says", () => {
    const asked = ["退款", "多久", "到账"];
    expect(compared(asked, ["退款"])).toBeLessThan(0.6);
    expect(compared(["退款"], asked)).toBeCloseTo(compared(asked, ["退款"]), 6);
  });

  it("knows words that mean the same, and words that share characters", () => {
    expect(compared(["邮费"], ["运费"])).toBeCloseTo(0.85, 6);
    expect(compared(["专票"], ["车票"])).toBeCloseTo(0.4, 6);
    expect(compared(["邮费"], ["天气"])).toBe(0);
  });

  it("reads neighbours as one word where the other side does", () => {
    expect(compared(["花呗", "在", "哪"], ["花", "呗", "在", "哪"])).toBe(1);
    expect(compared(["花", "呗", "在", "哪"], ["花呗", "在", "哪"])).toBe(1);
  });

  it("weighs rare words more than those that every wording has", () => {
    const worth = (word: string) => (word === "怎么" ? 0.1 : 2);
    expect(compared(["怎么", "退款"], ["怎么", "换货"], worth)).toBeLessThan(0.1);
    expect(compared(["怎么", "退款"], ["退款", "流程"], worth)).toBeGreaterThan(0.6);
  });

  it("is nothing for a question or a wording without words", () => {
    expect(compared([], ["退款"])).toBe(0);
    expect(compared(["退款"], [])).toBe(0);
  });
});
