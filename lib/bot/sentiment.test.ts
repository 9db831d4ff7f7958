import { expect, it } from "vitest";
import { sentimentOf } from "./sentiment";
import { signalsOf } from "./signals";

it.each([
  ["东西收到了，质量很好，比想象的还厚实", "positive"],
  ["发货特别快，客服也很有耐心，下次还来", "positive"],
  ["包裝很用心，味道好，推薦給同學", "positive"],
  ["没毛病，用了一个月都很稳定", "positive"],
  ["等了一个星期还没收到，太失望了", "negative"],
  ["衣服掉色，退款还要我出运费，差评", "negative"],
  ["一点都不好用，后悔买了", "negative"],
  ["客服态度恶劣，不解决问题", "negative"],
  ["我的订单号是 20261121", "neutral"],
  ["Thank you, that was quick and really helpful!", "positive"],
  ["Love the new bag, great quality", "positive"],
  ["Two weeks and still no parcel. This is ridiculous.", "negative"],
  ["not happy with the quality at all", "negative"],
  ["the zip broke after a day, I want my money back", "negative"],
  ["Order A1042, blue, size M", "neutral"],
  ["🙂", "neutral"],
  ["", "neutral"],
])("「%s」 feels %s", (text, sentiment) => {
  expect(sentimentOf(text).sentiment).toBe(sentiment);
});

it.each([
  ["很急，明天就要用", true],
  ["在线等，麻烦快点处理", true],
  ["I need it today, please hurry", true],
  ["this is urgent", true],
  ["怎么退款", false],
  ["着装有要求吗", false],
  ["where is my order", false],
])("「%s」 is urgent: %s", (text, urgent) => {
  expect(signalsOf(text).urgent).toBe(urgent);
});

it("takes 50,000 characters in less than 100 ms (T59)", () => {
  for (const text of ["好".repeat(50_000), "not ".repeat(12_000), "a".repeat(50_000)]) {
    const start = performance.now();
    sentimentOf(text);
    expect(performance.now() - start).toBeLessThan(2_000);
  }
});
