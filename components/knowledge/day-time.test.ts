import { expect, it } from "vitest";
import { localMoment, momentOf } from "./day-time";

it.each([
  ["2026-01-01T08:00", "Asia/Shanghai", "2026-01-01T00:00:00.000Z"],
  ["2026-07-01T08:00", "Europe/Berlin", "2026-07-01T06:00:00.000Z"],
  ["2026-03-29T03:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
  ["2026-12-31T23:59", "America/New_York", "2027-01-01T04:59:00.000Z"],
])("%s in %s is %s, there and back", (local, zone, moment) => {
  expect(momentOf(local, zone)).toBe(moment);
  expect(localMoment(moment, zone)).toBe(local);
});

it("nothing chosen is no moment", () => {
  expect([momentOf("", "Asia/Shanghai"), momentOf("2026-", "Asia/Shanghai")]).toEqual([null, null]);
  expect(localMoment(null, "Asia/Shanghai")).toBe("");
});
