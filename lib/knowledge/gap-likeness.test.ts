import { describe, expect, it } from "vitest";
import { closest, likeness, senseOf } from "./gap-likeness";

describe("questions that ask the same in other words", () => {
  it.each([
    ["能用花呗付款吗", "支持花呗支付吗？"],
    ["可不可以用花呗付钱", "支持花呗支付吗？"],
    ["怎么注销账号", "我想注销账户"],
    ["註銷帳號", "怎么注销账号"],
    ["你们有没有线下门店", "线下门店在哪里"],
    ["可以开增值税专票吗", "你好，请问能开增值税专用发票吗"],
    ["Do you ship to Canada?", "can you deliver to canada"],
    ["Is there a student discount?", "Do students get a discount"],
    ["How do I delete my account", "deleting my account, how?"],
    ["怎么退款", "how do I get a refund"],
  ])("%s = %s", (one, other) => {
    expect(closest(one, [{ question: other }]), String(likeness(senseOf(one), senseOf(other)))).toBeDefined();
  });
});

describe("questions that look alike and ask for something else", () => {
  it.each([
    ["能用花呗付款吗", "能用信用卡付款吗"],
    ["Do you ship to Canada?", "Do you ship to Germany?"],
    ["怎么注销账号", "怎么注册会员"],
    ["文化衫能定制吗", "包装能定制吗"],
    ["退货运费谁出", "换货要多久"],
    ["你们几点上班", "今天天气怎么样"],
    ["可以开增值税专票吗", "可以送货上门吗"],
    ["How do I delete my account", "How do I change my email"],
  ])("%s ≠ %s", (one, other) => {
    expect(closest(one, [{ question: other }]), String(likeness(senseOf(one), senseOf(other)))).toBeUndefined();
  });

  it("takes the most alike of several, and nothing for what says nothing", () => {
    const known = [{ question: "能用信用卡付款吗" }, { question: "花呗可以付款吗" }];
    expect(closest("支持花呗付款吗", known)?.question).toBe("花呗可以付款吗");
    expect(closest("？？？", known)).toBeUndefined();
  });
});
