import { describe, expect, it } from "vitest";
import { acceptsPerson, chosen, leansOnHistory, ownWords } from "./follow-up";

describe("a follow-up", () => {
  it.each([
    "那运费呢？",
    "那多久到账",
    "运费呢",
    "要多久",
    "大概几天？",
    "收费吗",
    "how long?",
    "How much does it cost?",
    "and the shipping fee?",
    "what about returns",
    "can I cancel it?",
    "那如果已经拆封了呢",
  ])("leans on what was said: %s", (question) => expect(leansOnHistory(question)).toBe(true));

  it.each([
    "怎么申请退款？",
    "How do I get a refund for my order?",
    "你们几点上班",
    "andere Frage",
    "我想改一下收货地址可以吗",
  ])("stands alone: %s", (question) => expect(leansOnHistory(question)).toBe(false));

  it("has words of its own", () => {
    expect(ownWords("那运费呢？")).toBe("运费");
    expect(ownWords("what about the shipping fee?")).toBe("the shipping fee");
  });
});

describe("an answer to what the bot offered", () => {
  const offered = ["怎么退款？", "退款多久到账？"];

  it.each([
    ["第二个", 1],
    ["2", 1],
    ["1.", 0],
    ["the first one", 0],
  ] as const)("chooses: %s", (said, index) => expect(chosen(said, offered)).toBe(offered[index]));

  it("chooses nothing that was not offered", () => {
    expect(chosen("第三个", offered)).toBeUndefined();
    expect(chosen("两个都要", offered)).toBeUndefined();
  });

  it.each(["好的", "好", "要", "嗯嗯", "麻烦了", "yes", "ok", "Sure, thanks"])("accepts a person: %s", (said) =>
    expect(acceptsPerson({ texts: [said], offeredPerson: true })).toBe(true),
  );

  it("accepts nothing that was not offered, and takes no sentence for a yes", () => {
    expect(acceptsPerson({ texts: ["好的"], offeredPerson: false })).toBe(false);
    expect(acceptsPerson({ texts: ["好的那怎么退款"], offeredPerson: true })).toBe(false);
  });
});
