import { describe, expect, it } from "vitest";
import { pleasantryOf, saysNotHelpful } from "./pleasantries";

describe("a message that asks nothing", () => {
  it.each([
    ["亲，在不", "greeting"],
    ["在吗在吗在吗", "greeting"],
    ["老板在吗", "greeting"],
    ["hello there", "greeting"],
    ["多谢啦老板", "thanks"],
    ["谢谢你帮了大忙", "thanks"],
    ["thank you so much for your help!", "thanks"],
    ["没事了", "goodbye"],
    ["nvm", "goodbye"],
    ["好的好的", "noted"],
    ["👍", "noted"],
    ["哈哈哈", "noted"],
    ["no", "noted"],
    ["你真棒", "praise"],
    ["你是机器人还是真人", "about_bot"],
    ["what can you do?", "about_bot"],
    ["can you speak english please", "about_bot"],
    ["？？？", "unclear"],
    ["😭😭", "unclear"],
    ["我有个问题", "unclear"],
    ["quick question", "unclear"],
  ] as const)("「%s」 is %s", (text, kind) => expect(pleasantryOf(text)).toBe(kind));

  it.each([
    "",
    "好的那怎么退款",
    "谢谢，运费谁出",
    "没有收到货",
    "不用了的商品能退吗",
    "算了一下运费不对",
    "你们可以开发票吗",
    "help me cancel my order",
    "no refund yet",
    "who are you shipping with",
    "是人工审核吗",
    "可以吗，用花呗",
  ])("「%s」 may ask something", (text) => expect(pleasantryOf(text)).toBeNull());

  it("takes 50,000 characters in no time (T59)", () => {
    for (const text of ["好的".repeat(25_000), "在吗，".repeat(16_000), "ok ".repeat(16_000)]) {
      expect(pleasantryOf(text)).toBeNull();
      expect(saysNotHelpful(text)).toBe(false);
    }
  });

  // A pattern with two ways to read a text would not come to its end here.
  it.each([
    "哈",
    "好",
    "拜",
    "嗯",
    "在不",
    "在吗",
    "亲",
    "老板你好",
    "ok ",
    "谢谢",
    "啊",
    "有问题",
    "想问",
    "不",
    "，",
    "haha",
    "bye ",
    "hi",
    "好的了",
  ])("comes to its end with a long row of 「%s」", (word) => {
    const text = `${word.repeat(60).slice(0, 58)}x`;
    expect([pleasantryOf(text), saysNotHelpful(text)]).toEqual([null, false]);
  });
});

describe("the last answer was none", () => {
  it.each(["不是这个", "不对不对", "你没听懂", "没有解决我的问题", "还是不行", "not what I asked", "that didn't help"])(
    "「%s」",
    (text) => expect(saysNotHelpful(text)).toBe(true),
  );

  it.each(["不是这个，我问的是换货", "不对劲的商品能退吗", "收到的不是这个颜色", "that's not my address"])(
    "is not all of 「%s」",
    (text) => expect(saysNotHelpful(text)).toBe(false),
  );
});
