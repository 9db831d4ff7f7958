import { describe, expect, it } from "vitest";
import { type SaidMessage, saidAnswers } from "./said-answers";

function thread(...lines: readonly (readonly [SaidMessage["authorKind"], string])[]): SaidMessage[] {
  return lines.map(([authorKind, text], index) => ({ id: `m${index}`, authorKind, text }));
}

const ANSWER = "可以的，线下门店支持花呗付款，满 100 元能分三期。";

describe("what an agent answered that anybody could be told", () => {
  it("is the question with all that was said to it, without pleasantries", () => {
    const said = thread(
      ["visitor", "你好"],
      ["bot", "你好，我是智能助手。"],
      ["visitor", "门店能用花呗吗"],
      ["agent", "你好"],
      ["agent", ANSWER],
      ["agent", "分期没有手续费。"],
      ["visitor", "谢谢"],
      ["agent", "不客气，祝你生活愉快，有需要随时来找我们哦"],
    );
    expect(saidAnswers(said)).toEqual([
      { question: "门店能用花呗吗", answer: `${ANSWER}\n分期没有手续费。`, messageId: "m5" },
    ]);
  });

  it.each([
    ["张三同学你好，我是小林。", ANSWER],
    ["您好！", ANSWER],
    ["Hi there, I'm Lin. ", "Yes, the adapter in Electronics takes British plugs and fits Chinese sockets."],
  ])("has no greeting of one customer by one agent: %s", (greeting, answer) => {
    const said = thread(["visitor", "门店能用花呗吗, can I?"], ["agent", greeting + answer]);
    expect(saidAnswers(said).map((each) => each.answer)).toEqual([answer]);
  });

  it.each<[string, SaidMessage[]]>([
    ["a short word", thread(["visitor", "能用花呗吗"], ["agent", "可以"])],
    [
      "somebody's telephone",
      thread(["visitor", "怎么联系你们"], ["agent", "你打 13800001111 找王经理就好，他一直都在店里"]),
    ],
    [
      "one customer's order",
      thread(["visitor", "快递到哪了"], ["agent", "您的订单已经到上海了，今天下午派送，请留意电话"]),
    ],
    ["an order by its number", thread(["visitor", "订单 20261121001 怎么没发货"], ["agent", ANSWER])],
    ["what was not asked", thread(["visitor", "我买了一个杯子"], ["agent", ANSWER])],
    ["what nobody asked", thread(["agent", ANSWER])],
    ["a wish for a person", thread(["visitor", "可以转人工吗"], ["agent", ANSWER])],
    ["what the bot said", thread(["visitor", "能用花呗吗"], ["bot", ANSWER])],
  ])("is not %s", (_, messages) => {
    expect(saidAnswers(messages)).toEqual([]);
  });

  it("is found in English too", () => {
    const answer = "Yes, students get ten percent off with a valid student card in every store.";
    expect(saidAnswers(thread(["visitor", "Is there a student discount?"], ["agent", answer]))).toHaveLength(1);
  });
});
