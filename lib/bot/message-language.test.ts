import { expect, it } from "vitest";
import { languageOf, scriptOf } from "./message-language";

it.each([
  ["怎么退款", "zh-CN"],
  ["how do I pay", "en"],
  ["iPhone 15 有货吗", "zh-CN"],
  ["我的 order 在哪里 please", "zh-CN"],
  ["iPhone 15 in stock?", "en"],
  ["OK？", "zh-CN"],
  ["Don’t know — help", "en"],
  ["Please pay", "en"],
])("「%s」 is written in %s", (text, language) => {
  expect(languageOf(text)).toBe(language);
});

it.each(["12345 ?!", "🙂", "A1234567", "SF1402-88", "Apple Pay", "iPhone 15 Pro", "PayPal"])(
  "「%s」 tells no language: it stands so in either",
  (text) => {
    expect(languageOf(text)).toBeUndefined();
  },
);

it.each([
  ["退货要多久", "simplified"],
  ["退貨要多久", "traditional"],
  ["how long", undefined],
])("「%s」 is %s", (text, script) => {
  expect(scriptOf(text)).toBe(script);
});
