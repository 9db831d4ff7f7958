import { expect, it } from "vitest";
import { type Decision, decide, type Turn } from "./decide";
import { signalsOf } from "./signals";

const turn = (text: string, search: Turn["search"], failures = 0) =>
  decide({ signals: signalsOf(text), search, failures });

it.each<[string, string, Turn["search"], number, Decision]>([
  ["answers what it is sure of", "怎么退款", "answer", 0, { kind: "answer", offerPerson: false }],
  [
    "fetches a person who is asked for, also with an answer at hand",
    "怎么退款，转人工",
    "answer",
    0,
    { kind: "handoff", reason: "requested" },
  ],
  ["offers what it is unsure of", "退款", "choices", 1, { kind: "choices" }],
  ["says that it does not know, once", "量子纠缠", "handoff", 0, { kind: "handoff_offer" }],
  ["fetches a person the second time", "量子纠缠", "handoff", 1, { kind: "handoff", reason: "bot_failed" }],
  [
    "does not leave an angry customer with choices",
    "骗子，退款",
    "choices",
    0,
    { kind: "handoff", reason: "sentiment" },
  ],
  [
    "answers an angry customer and offers a person",
    "垃圾，怎么退款",
    "answer",
    0,
    { kind: "answer", offerPerson: true },
  ],
  ["fetches a person for a stolen account", "账号被盗", "handoff", 0, { kind: "handoff", reason: "sentiment" }],
  ["greets back", "你好", "handoff", 1, { kind: "small_talk", about: "greeting" }],
  ["begins again when told to", "重新开始", "handoff", 1, { kind: "reset" }],
])("%s", (_, text, search, failures, decision) => {
  expect(turn(text, search, failures)).toEqual(decision);
});
