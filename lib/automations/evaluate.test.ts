import { describe, expect, it } from "vitest";
import { applies, holds, type Situation } from "./evaluate";
import { type RuleCondition, ruleInput } from "./schema";

const situation: Situation = {
  "message.text": "我要 ＲＥＦＵＮＤ，太慢了",
  "channel.type": "web",
  "conversation.language": "zh-CN",
  "conversation.priority": "2",
  "conversation.status": "queued",
  "conversation.page": "https://shop.example/cart",
  "conversation.topic": "退款",
  "customer.tags": ["VIP", "学生"],
  "rating.stars": null,
  "business.open": "no",
};
const when = (field: RuleCondition["field"], operator: RuleCondition["operator"], ...values: string[]) =>
  holds({ field, operator, values }, situation);

describe("conditions of a rule", () => {
  it("find words whatever their case and width", () => {
    expect(when("message.text", "contains_any", "退款", "refund")).toBe(true);
    expect(when("message.text", "contains_none", "退款")).toBe(true);
    expect(when("message.text", "contains_any", "投诉")).toBe(false);
  });

  it("compare tags, choices and numbers", () => {
    expect(when("customer.tags", "is_any", "vip")).toBe(true);
    expect(when("customer.tags", "is_none", "vip", "老师")).toBe(false);
    expect(when("conversation.priority", "at_least", "2")).toBe(true);
    expect(when("conversation.priority", "at_most", "1")).toBe(false);
    expect(when("business.open", "is_any", "no")).toBe(true);
  });

  it("take what is not known for nothing", () => {
    expect(when("rating.stars", "at_most", "2")).toBe(false);
    expect(when("rating.stars", "at_least", "1")).toBe(false);
  });

  it("hold all together or any of them; none at all always", () => {
    const conditions: RuleCondition[] = [
      { field: "channel.type", operator: "is_any", values: ["web"] },
      { field: "channel.type", operator: "is_any", values: ["wechat"] },
    ];
    expect(applies({ match: "all", conditions }, situation)).toBe(false);
    expect(applies({ match: "any", conditions }, situation)).toBe(true);
    expect(applies({ match: "all", conditions: [] }, situation)).toBe(true);
  });

  it("stay fast on a hostile text: words are words, never patterns (T59)", () => {
    const hostile: Situation = { ...situation, "message.text": "a".repeat(100_000) };
    const values = Array.from({ length: 30 }, (_, index) => `(a+)+$${index}`);
    const started = performance.now();
    for (let round = 0; round < 20; round += 1) {
      expect(holds({ field: "message.text", operator: "contains_any", values }, hostile)).toBe(false);
    }
    expect((performance.now() - started) / 20).toBeLessThan(2_000);
  });
});

describe("what a rule may be", () => {
  const good = {
    name: "退款优先",
    enabled: true,
    event: "message.received",
    match: "all",
    conditions: [{ field: "message.text", operator: "contains_any", values: ["退款"] }],
    actions: [{ type: "priority", priority: 3 }],
  };
  const wrong: [string, object][] = [
    ["no action", { actions: [] }],
    ["an operator that the field does not know", { conditions: [{ ...good.conditions[0], operator: "at_least" }] }],
    [
      "a value that is none of the options",
      { conditions: [{ field: "rating.stars", operator: "at_most", values: ["9"] }] },
    ],
    ["a field that the event does not have", { event: "conversation.started" }],
    ["an address that is no web address", { actions: [{ type: "webhook", url: "file:///etc/passwd" }] }],
    ["an event that does not exist", { event: "conversation.exploded" }],
    ["a hundred conditions", { conditions: Array.from({ length: 100 }, () => good.conditions[0]) }],
  ];

  it("is one with an event, conditions that fit it and actions", () => {
    expect(ruleInput.safeParse(good).success).toBe(true);
  });

  it.each(wrong)("is not one with %s", (_, change) => {
    expect(ruleInput.safeParse({ ...good, ...change }).success).toBe(false);
  });
});
