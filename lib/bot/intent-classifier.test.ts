import { describe, expect, it } from "vitest";
import { termsOf } from "@/lib/knowledge/wording-queries";
import { IntentClassifier } from "./intent-classifier";

const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  发票: ["我要开发票", "发票抬头怎么改", "电子发票发到哪里", "can I get an invoice", "invoice title is wrong"],
  投诉: [
    "我要投诉你们的态度",
    "投诉电话是多少",
    "向谁投诉快递员",
    "I want to file a complaint",
    "complain about the courier",
  ],
  物流: ["快递到哪了", "怎么查物流", "几天能送到", "where is my parcel", "track my package"],
};

const learned = () =>
  new IntentClassifier(
    Object.entries(EXAMPLES).flatMap(([label, texts]) => texts.map((text) => ({ label, terms: termsOf(text) }))),
  );

describe("what a question is about", () => {
  it.each([
    ["麻烦帮我开一下發票", "发票"],
    ["How do I change the title of my invoice?", "发票"],
    ["投诉快递员在哪里投诉", "投诉"],
    ["包裹物流查不到了，怎么查", "物流"],
    ["tracking my package please", "物流"],
  ])("%s → %s", (question, label) => {
    const [guess] = learned().classify(termsOf(question));
    expect(guess).toEqual({ label, confidence: expect.any(Number) });
    expect(guess?.confidence).toBeGreaterThan(0.5);
  });

  it.each(["今天天气真好", "what is the capital of France", "😀😀", "？？？"])(
    "knows that it does not know: %s",
    (question) => {
      expect(learned().classify(termsOf(question))[0]?.confidence ?? 0).toBeLessThan(0.5);
    },
  );

  it("is sure of what it was taught word for word, and gives probabilities", () => {
    const guesses = learned().classify(termsOf("我要开发票"));
    expect(guesses[0]?.confidence).toBeGreaterThan(0.9);
    expect(guesses.every(({ confidence }) => confidence >= 0 && confidence <= 1)).toBe(true);
    expect(learned().classify([])).toEqual([]);
    expect(new IntentClassifier([]).classify(termsOf("你好"))).toEqual([]);
  });
});
