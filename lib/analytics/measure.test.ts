import { describe, expect, it } from "vitest";
import { type MetricKind, measure, type Story } from "./measure";

const start = Date.parse("2026-11-02T01:00:00Z");
const at = (seconds: number): number => start + seconds * 1_000;

const quiet: Story = {
  startedAt: start,
  resolvedAt: null,
  assigneeId: null,
  messages: [],
  queuedAt: [],
  assigned: [],
  rating: null,
};
const says = (
  author: "visitor" | "agent" | "bot",
  seconds: number,
  agentId: string | null = author === "agent" ? "a" : null,
) => ({
  author,
  agentId,
  at: at(seconds),
});
const valuesOf = (story: Story, kind: MetricKind) =>
  measure(story)
    .filter((fact) => fact.kind === kind)
    .map((fact) => fact.value);

describe("waits and responses", () => {
  const handedOver: Story = {
    ...quiet,
    queuedAt: [at(20)],
    assigned: [{ agentId: "a", at: at(50) }],
    messages: [
      says("visitor", 0),
      says("bot", 2),
      says("visitor", 20),
      says("agent", 80),
      says("visitor", 100),
      says("visitor", 110),
      says("agent", 130),
    ],
  };

  it("measures the wait from asking for a person to being taken", () => {
    expect(valuesOf(handedOver, "wait")).toEqual([30]);
  });

  it("counts the first response from the moment a person was asked for", () => {
    expect(valuesOf(handedOver, "first_response")).toEqual([60]);
  });

  it("counts each response from the oldest unanswered word", () => {
    expect(valuesOf(handedOver, "response")).toEqual([60, 30]);
  });

  it("credits the agent who answered", () => {
    expect(measure(handedOver).find((fact) => fact.kind === "first_response")).toMatchObject({
      agentId: "a",
      at: at(80),
    });
  });

  it("pairs each time in the queue with its own assignment", () => {
    const twice: Story = {
      ...quiet,
      queuedAt: [at(0), at(100), at(200)],
      assigned: [
        { agentId: "a", at: at(10) },
        { agentId: "b", at: at(140) },
      ],
    };
    expect(valuesOf(twice, "wait")).toEqual([10, 40]);
  });

  it("does not take an agent's second message for a response", () => {
    const chatty = { ...handedOver, messages: [says("visitor", 20), says("agent", 80), says("agent", 90)] };
    expect(valuesOf(chatty, "response")).toEqual([60]);
  });
});

describe("endings", () => {
  it("calls a conversation contained only when no person was asked for or spoke", () => {
    const byBot = { ...quiet, resolvedAt: at(60), messages: [says("visitor", 0), says("bot", 1)] };
    expect(valuesOf(byBot, "bot_contained")).toEqual([1]);
    expect(valuesOf({ ...byBot, queuedAt: [at(5)] }, "bot_contained")).toEqual([]);
    expect(valuesOf({ ...byBot, messages: [...byBot.messages, says("agent", 9)] }, "bot_contained")).toEqual([]);
  });

  it("measures resolution from the beginning, for who had it last", () => {
    expect(measure({ ...quiet, resolvedAt: at(90), assigneeId: "a" })).toContainEqual({
      kind: "resolution",
      agentId: "a",
      value: 90,
      at: at(90),
      since: quiet.startedAt,
    });
  });

  it("says nothing of an end that has not come", () => {
    expect(measure(quiet)).toEqual([]);
  });
});

it("counts messages by quarter hour, so that they add up to the days of every time zone", () => {
  const facts = measure({ ...quiet, messages: [says("visitor", 0), says("bot", 10), says("visitor", 16 * 60)] });
  expect(
    facts
      .filter((fact) => fact.kind === "messages")
      .map(({ value, at: when }) => [value, new Date(when).toISOString()]),
  ).toEqual([
    [2, "2026-11-02T01:00:00.000Z"],
    [1, "2026-11-02T01:15:00.000Z"],
  ]);
});
