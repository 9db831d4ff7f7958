import { beforeAll, describe, expect, it } from "vitest";
import { confidenceOf } from "../confidence";
import { EntryIndex, EntryIndexBuilder } from "../entry-index";

const ENTRIES = [
  ["refund", "怎么退款？", "在「我的订单」里点「申请退款」。", ["退款多久到账"]],
  ["coupon", "优惠券怎么用", "结算时选一张优惠券。", ["优惠券在哪里"]],
  ["parcel", "怎么查快递到哪了？", "在订单里看物流。", ["快递到哪了"]],
  ["account", "账号被盗怎么办", "先改密码。", ["账号被别人登录了"]],
  ["invoice", "How do I get an invoice?", "Open the order and choose Invoice.", ["invoice for my order"]],
  ["address", "Can I change the delivery address?", "Until it is packed.", ["change my address"]],
  ["recipient", "Who pays the customs duties?", "The recipient.", ["international shipping duties"]],
] as const;

let index: EntryIndex;
const read = (question: string): string => index.search(question, 1).read;

beforeAll(async () => {
  const builder = new EntryIndexBuilder();
  await builder.add(
    ENTRIES.map(([id, question, answer, variants]) => ({
      id,
      question,
      answer,
      variants,
      language: /[a-z]/i.test(question) ? "en" : "zh-CN",
    })),
  );
  index = new EntryIndex(await builder.build(true));
});

describe("a typing mistake", () => {
  it.each([
    ["怎么退宽", "怎么退款"],
    ["优会券怎么用", "优惠券怎么用"],
    ["快第到哪了", "快递到哪了"],
    ["帐浩被盗怎么办", "账号被盗怎么办"],
  ])("that sounds like a word of the entries is read as that: %s", (typed, meant) => {
    expect(read(typed)).toBe(meant);
  });

  it.each([
    ["get an inovice", "get an invoice"],
    ["chnage my adress", "change my address"],
    ["intrenational shiping", "international shiping"],
  ])("in a Latin word is mended where the entries have what was meant: %s", (typed, meant) => {
    expect(read(typed)).toBe(meant);
  });

  it("leaves the confidence as it is without one", () => {
    const best = (question: string) => {
      const [found] = index.search(question, 5).found;
      return { id: found?.id, confidence: found ? confidenceOf(found.features) : 0 };
    };
    expect(best("怎么退宽")).toEqual(best("怎么退款"));
    expect(best("how do i get an inovice")).toEqual(best("how do i get an invoice"));
  });
});

describe("pinyin", () => {
  it.each([
    ["zenme tuikuan", "怎么退款"],
    ["tuikuan", "退款"],
    ["ZenMeTuiKuan", "怎么退款"],
  ])("is read as the words of the entries: %s", (typed, meant) => {
    expect(read(typed)).toBe(meant);
  });

  it.each(["women", "long sleeve", "how do i get an invoice", "zenme feixing"])(
    "is not read into what is none, or not all of it: %s",
    (typed) => {
      expect(read(typed)).toBe(typed);
    },
  );
});

describe("what stays as it was typed", () => {
  it.each([
    ["words of the language that no entry has", "什么时候发火"],
    ["words across a border of words that are right", "中国最发达是哪个城市"],
    ["English words that no entry has", "the greek planet is in danger"],
    ["short words", "adres"],
    ["numbers and codes", "订单 A10293 和 iphone15"],
    ["what is the entries' own", "the recipient of the parcel"],
    ["nothing", ""],
    ["marks alone", "？？？"],
  ])("%s", (_what, typed) => {
    expect(read(typed)).toBe(typed.toLowerCase().replaceAll("？", "?"));
  });

  it("everything in a base without entries", async () => {
    const empty = new EntryIndex(await new EntryIndexBuilder().build(true));
    expect(empty.search("怎么退宽 zenme tuikuan refnud", 5)).toEqual({
      found: [],
      read: "怎么退宽 zenme tuikuan refnud",
    });
  });
});

describe("an entry that came since the index was made", () => {
  it("teaches its words too", async () => {
    const grown = new EntryIndex(await new EntryIndexBuilder().build(true));
    const entry = { id: "new", question: "怎么退款", variants: [], answer: "点退款。", language: "zh-CN" };
    await grown.replaceChanged(new Set(["new"]), [entry]);
    expect(grown.search("怎么退宽", 1).read).toBe("怎么退款");
  });
});
