const HOUR_MS = 3_600_000;
const MORNING = 9;
const MONDAY = 1;

export type SnoozeChoice = "inOneHour" | "inThreeHours" | "tomorrow" | "nextMonday";

function morning(now: Date, daysAhead: number): Date {
  const day = new Date(now);
  day.setDate(day.getDate() + daysAhead);
  day.setHours(MORNING, 0, 0, 0);
  return day;
}

/** The times that are offered for putting a conversation aside, in the agent's own time zone. */
export function snoozeTimes(now: Date): readonly { readonly choice: SnoozeChoice; readonly until: Date }[] {
  const untilMonday = (MONDAY - now.getDay() + 7) % 7 || 7;
  const tomorrow = { choice: "tomorrow", until: morning(now, 1) } as const;
  return [
    { choice: "inOneHour", until: new Date(now.getTime() + HOUR_MS) },
    { choice: "inThreeHours", until: new Date(now.getTime() + 3 * HOUR_MS) },
    tomorrow,
    // On a Sunday both are the same morning.
    ...(untilMonday === 1 ? [] : [{ choice: "nextMonday", until: morning(now, untilMonday) } as const]),
  ];
}
