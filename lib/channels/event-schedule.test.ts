import { expect, it } from "vitest";
import { nextAttempt } from "./event-schedule";

const START = new Date("2026-03-01T08:00:00Z");

function triesOf(random: number): number[] {
  const hours: number[] = [];
  let now = START;
  for (let attempts = 1; ; attempts += 1) {
    const next = nextAttempt({ attempts, createdAt: START }, now, random);
    if (!next) {
      return hours;
    }
    now = next;
    hours.push((now.getTime() - START.getTime()) / 3_600_000);
  }
}

it("an event is tried at least eight times, soon at first, and for most of 24 hours", () => {
  for (const random of [0, 0.5, 1]) {
    const tries = triesOf(random);
    expect(tries.length).toBeGreaterThanOrEqual(8);
    expect(tries[0]).toBeLessThan(10 / 3_600);
    expect(tries.at(-1)).toBeGreaterThan(19);
    expect(tries.at(-1)).toBeLessThanOrEqual(24);
  }
});

it("two events that failed together are not tried together", () => {
  const event = { attempts: 6, createdAt: START };
  const times = [0, 0.25, 0.5, 0.75, 1].map((random) => nextAttempt(event, START, random)?.getTime());
  expect(new Set(times).size).toBe(5);
  expect(Number(times[4]) / Number(times[0])).toBeGreaterThan(1);
});
