import { describe, expect, it } from "vitest";
import { passageIn } from "./passage";

const SHIPPING =
  "满 **59 元包邮**，不满收 6 元。新疆、西藏、青海、内蒙古运费 12 元，满 99 元免。\n\n校园自提不限金额，一律免运费。包邮按用券之后的实付金额算。";
const REFUND =
  "审核通过后按原路返回：\n\n- 支付宝、微信：1–3 个工作日\n- 银行卡、云闪付：3–5 个工作日\n- 校园一卡通：次日 10:00 前";
const REVIEW =
  "单笔超过 1000 元的订单会由人工核对，通常 **2 小时内**处理完。\n\n审核不通过会全额退回，并短信告诉你原因。";
const ENGLISH =
  "Shipping is free from **59 yuan** and 6 yuan below that. To Xinjiang it is 12 yuan. Campus pick-up is always free.";

describe("what an answer says to a follow-up", () => {
  it.each([
    [SHIPPING, "发新疆", "新疆、西藏、青海、内蒙古运费 12 元，满 99 元免。", "words"],
    [SHIPPING, "發新疆", "新疆、西藏、青海、内蒙古运费 12 元，满 99 元免。", "words"],
    [SHIPPING, "自提", "校园自提不限金额，一律免运费。", "words"],
    [REFUND, "银行卡", "银行卡、云闪付：3–5 个工作日", "words"],
    [REFUND, "银行卡要多久", "银行卡、云闪付：3–5 个工作日", "both"],
    [REVIEW, "要审多久", "单笔超过 1000 元的订单会由人工核对，通常 **2 小时内**处理完。", "kind"],
    [REVIEW, "不通过", "审核不通过会全额退回，并短信告诉你原因。", "words"],
    [ENGLISH, "xinjiang", "To Xinjiang it is 12 yuan.", "words"],
  ] as const)("%# – %s: %s", (answer, own, text, by) => expect(passageIn(answer, own)).toMatchObject({ text, by }));

  it("is nothing when none of its statements tells it", () => {
    expect(passageIn(SHIPPING, "量子纠缠")).toBeUndefined();
    expect(passageIn(SHIPPING, "要几天到")).toBeUndefined();
    expect(passageIn(SHIPPING, "")).toBeUndefined();
  });

  it("ends where it was cut, and says whether it tells all that was asked", () => {
    expect(passageIn("没付款的立即取消；已付款的 2 小时内通过。", "没付款")).toEqual({
      ...{ text: "没付款的立即取消。", by: "words", whole: true },
    });
    expect(passageIn(SHIPPING, "发新疆")).toMatchObject({ whole: false });
    expect(passageIn(ENGLISH, "are they open in Xinjiang")).toBeUndefined();
  });

  it("is nothing when nothing would be left out", () => {
    expect(passageIn("新疆运费 12 元。", "新疆")).toBeUndefined();
  });
});
