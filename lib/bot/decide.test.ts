import { describe, expect, it } from "vitest";
import { type Decision, decide, type Turn } from "./decide";
import { type BotRules, botSettings } from "./settings-schema";
import { signalsOf } from "./signals";

const DEFAULTS = botSettings.schema.parse({});

function decided(text: string, turn: Partial<Turn> = {}, rules: Partial<BotRules> = {}): Decision {
  return decide(
    {
      text,
      signals: signalsOf(text),
      acceptsPerson: false,
      search: "handoff",
      confidence: 0,
      leaning: false,
      repeats: false,
      failures: 0,
      askedBack: 0,
      agentsOnline: true,
      intent: null,
      flooding: false,
      ...turn,
    },
    { ...DEFAULTS, ...rules },
  );
}

const SURE = { search: "answer", confidence: 0.95 } as const;

describe("what the bot does with a turn", () => {
  it.each<[string, Decision, string, Partial<Turn>?, Partial<BotRules>?]>([
    [
      "answers what is sure",
      { kind: "answer", caution: false, offerPerson: false, review: null, reason: "sure" },
      "怎么退款",
      SURE,
    ],
    [
      "answers what is likely with caution",
      { kind: "answer", caution: true, offerPerson: false, review: null, reason: "likely" },
      "怎么退款",
      { search: "answer", confidence: 0.76 },
    ],
    [
      "answers a follow-up found by rule with caution",
      { kind: "answer", caution: true, offerPerson: false, review: null, reason: "likely" },
      "那多久",
      { ...SURE, leaning: true },
    ],
    [
      "asks back when several are close",
      { kind: "choices", reason: "close" },
      "退货",
      { search: "choices", confidence: 0.5 },
    ],
    [
      "stops asking back after two times",
      { kind: "handoff_offer", reason: "asked_back_enough" },
      "退货",
      { search: "choices", confidence: 0.5, askedBack: 2 },
    ],
    ["says that it does not know", { kind: "handoff_offer", reason: "unknown" }, "量子纠缠"],
    [
      "fetches a person the second time",
      { kind: "handoff", handoff: "bot_failed", reason: "unknown" },
      "量子纠缠",
      { failures: 1 },
    ],
    [
      "waits as often as the merchant says",
      { kind: "handoff_offer", reason: "unknown" },
      "量子纠缠",
      { failures: 1 },
      { failuresMax: 3 },
    ],
    [
      "fetches a person who is asked for, whatever it found",
      { kind: "handoff", handoff: "requested", reason: "requested" },
      "转人工",
      SURE,
    ],
    [
      "takes a yes to its offer",
      { kind: "handoff", handoff: "requested", reason: "accepted" },
      "好的",
      { acceptsPerson: true },
    ],
    [
      "fetches a person for an angry customer without an answer",
      { kind: "handoff", handoff: "sentiment", reason: "negative" },
      "你们就是骗子",
    ],
    [
      "answers an angry customer whom it can answer, with the way to a person",
      { kind: "answer", caution: false, offerPerson: true, review: null, reason: "sure" },
      "太差了，怎么退款",
      SURE,
    ],
    [
      "fetches a person for any anger where the merchant wants it",
      { kind: "handoff", handoff: "sentiment", reason: "negative" },
      "太差了，怎么退款",
      SURE,
      { negative: "always" },
    ],
    [
      "never does so where the merchant does not",
      { kind: "handoff_offer", reason: "unknown" },
      "你们就是骗子",
      {},
      { negative: "never" },
    ],
    [
      "fetches a person for the merchant's own words",
      { kind: "handoff", handoff: "rule", reason: "handoff_word" },
      "我要开 VIP 卡",
      SURE,
      { handoffWords: ["vip"] },
    ],
    [
      "queues nobody by itself while nobody is there, if the merchant says so",
      { kind: "handoff_offer", reason: "unknown" },
      "量子纠缠",
      { failures: 4, agentsOnline: false },
      { queueWhenAlone: false },
    ],
    ["greets back", { kind: "small_talk", about: "greeting", reason: "small_talk" }, "你好"],
    ["begins again", { kind: "reset", reason: "reset" }, "重置", SURE],
    [
      "hands a flood to a person",
      { kind: "handoff", handoff: "rule", reason: "flooding" },
      "怎么退款",
      { ...SURE, flooding: true },
    ],
  ])("%s", (_, expected, text, turn, rules) => {
    expect(decided(text, turn, rules)).toEqual(expected);
  });

  it.each<[string, string, Partial<Turn>, Partial<BotRules>]>([
    ["sensitive", "我的卡被盗刷了怎么退款", SURE, {}],
    ["intent", "发票抬头怎么改", SURE, { reviewWords: ["发票"] }],
    ["low_confidence", "怎么退款", { search: "answer", confidence: 0.8 }, { reviewBelow: 90 }],
  ])("has an agent read an answer first: %s", (reason, text, turn, rules) => {
    expect(decided(text, turn, { ...rules, reviewEnabled: true })).toMatchObject({ kind: "answer", review: reason });
    expect(decided(text, turn, rules)).toMatchObject({ kind: "answer", review: null });
  });

  it("lets nobody wait for a check while nobody is there to check", () => {
    const decision = decided("我的卡被盗刷了怎么退款", { ...SURE, agentsOnline: false }, { reviewEnabled: true });
    expect(decision).toEqual({ kind: "handoff", handoff: "review", reason: "review_sensitive" });
  });
});
