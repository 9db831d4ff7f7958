import { describe, expect, it } from "vitest";
import { snoozeTimes } from "./snooze-times";

const choices = (now: Date) => snoozeTimes(now).map(({ choice }) => choice);

describe("times to put a conversation aside", () => {
  it("lie ahead, in order, at nine in the morning where they name a day", () => {
    const now = new Date(2026, 10, 18, 16, 30);
    const times = snoozeTimes(now);
    expect(times.map(({ until }) => until.getTime())).toEqual(
      times.map(({ until }) => until.getTime()).sort((a, b) => a - b),
    );
    expect(times.at(-1)?.until).toEqual(new Date(2026, 10, 23, 9));
    expect(times[2]?.until).toEqual(new Date(2026, 10, 19, 9));
  });

  it("offer Monday once: not beside tomorrow on a Sunday, and a week ahead on a Monday", () => {
    expect(choices(new Date(2026, 10, 22, 12))).toEqual(["inOneHour", "inThreeHours", "tomorrow"]);
    expect(snoozeTimes(new Date(2026, 10, 23, 8)).at(-1)?.until).toEqual(new Date(2026, 10, 30, 9));
  });
});
