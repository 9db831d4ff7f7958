import { expect, it } from "vitest";
import { questionsIn } from "./several-questions";

it.each([
  ["退款多久到账，发票怎么开，自提点在哪", ["退款多久到账", "发票怎么开", "自提点在哪"]],
  ["1. 发票怎么开 2. 能开专票吗", ["发票怎么开", "能开专票吗"]],
  ["怎么退款？另外优惠券会退回来吗", ["怎么退款", "另外优惠券会退回来吗"]],
  ["How do I get a refund and how long does it take?", ["How do I get a refund", "how long does it take"]],
])("a message with several questions falls into them: %s", (message, questions) =>
  expect(questionsIn(message)).toEqual(questions),
);

it.each([
  "怎么退款？",
  "我的耳机坏了，上个月买的，保修期是多久",
  "I paid yesterday, how long does it take?",
  "谁".repeat(300),
])("one question stays one: %s", (message) => expect(questionsIn(message)).toEqual([]));
