import { describe, expect, it } from "vitest";
import { bareQuestion, searchable } from "./search-words";

describe("what is searched for", () => {
  it.each([
    "我的手机号是 13812345678",
    "手机号：13812345678",
    "订单号 202611180011223344",
    "订单号是 QH20261118023",
    "My order number is 20261118001122",
    "住址是北京市海淀区中关村大街27号",
    "？？？",
  ])("is nothing in details alone: %s", (text) => expect(searchable([text])).toBe(""));

  it("is found in 50,000 characters of anything without going astray (T59)", () => {
    for (const piece of [
      " ",
      "是",
      "我的手机号",
      "一",
      "[",
      "订单 ",
      "1",
      "a1-",
      "好的，",
      "呀",
      "请问",
      "[ADDRESS",
      "。",
    ]) {
      const text = piece.repeat(Math.ceil(50_000 / piece.length));
      expect(() => [searchable([text]), bareQuestion(text), bareQuestion(text.slice(0, 240))]).not.toThrow();
    }
  });

  it("is the question beside them", () => {
    expect(searchable(["我的电话 13812345678，帮我改一下地址"])).toContain("帮我改一下地址");
    expect(searchable(["你好", "怎么退款"])).toBe("怎么退款");
    expect(searchable(["买了 3 件，满 58 元包邮吗"])).toBe("买了 3 件，满 58 元包邮吗");
  });

  it.each([
    ["老板 我想退货", "退货"],
    ["先问下怎么退款", "怎么退款"],
    ["对了你们几点下班", "几点下班"],
    ["亲，请问一下，包邮吗，谢谢", "包邮吗"],
    ["我问的是换货", "换货"],
    ["耳机11月1号买的今天坏了", "耳机买的坏了"],
    ["I'd like to know how much is shipping", "how much is shipping"],
    ["怎么退款", "怎么退款"],
    ["亲戚的包裹", "亲戚的包裹"],
  ])("goes without courtesies and dates: %s", (question, bare) => expect(bareQuestion(question)).toBe(bare));
});
