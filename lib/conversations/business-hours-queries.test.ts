import { describe, expect, it } from "vitest";
import { type BusinessHours, isOpen, nextOpening, openSeconds } from "./business-hours-queries";
import { businessHoursSettings } from "./settings-schema";

const hoursOf = (values: Record<string, unknown>): BusinessHours =>
  businessHoursSettings.schema.parse({ enabled: true, ...values });
const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"];
const office = hoursOf({ hours: [{ days: weekdays, from: "09:00", to: "18:00" }] });

describe("business hours", () => {
  it("are always open while they are switched off", () => {
    expect(isOpen(hoursOf({ enabled: false, hours: [] }), "Asia/Shanghai", new Date())).toBe(true);
  });

  it("follow the merchant's own clock: open from the first minute, closed from the last", () => {
    expect(isOpen(office, "Asia/Shanghai", new Date("2026-11-20T01:00:00Z"))).toBe(true);
    expect(isOpen(office, "Asia/Shanghai", new Date("2026-11-20T00:59:59Z"))).toBe(false);
    expect(isOpen(office, "Asia/Shanghai", new Date("2026-11-20T09:59:59Z"))).toBe(true);
    expect(isOpen(office, "Asia/Shanghai", new Date("2026-11-20T10:00:00Z"))).toBe(false);
    expect(isOpen(office, "America/New_York", new Date("2026-11-20T01:00:00Z"))).toBe(false);
  });

  it("know weekends, holidays and working weekends", () => {
    const china = hoursOf({
      hours: [{ days: weekdays, from: "09:00", to: "18:00" }],
      holidays: [{ from: "2026-10-01", to: "2026-10-07", name: "国庆" }],
      extraDays: [{ date: "2026-10-10", from: "10:00", to: "16:00" }],
    });
    expect(isOpen(china, "Asia/Shanghai", new Date("2026-10-02T04:00:00Z"))).toBe(false);
    expect(isOpen(china, "Asia/Shanghai", new Date("2026-10-08T04:00:00Z"))).toBe(true);
    expect(isOpen(china, "Asia/Shanghai", new Date("2026-10-10T04:00:00Z"))).toBe(true);
    expect(isOpen(china, "Asia/Shanghai", new Date("2026-10-10T09:00:00Z"))).toBe(false);
    expect(nextOpening(china, "Asia/Shanghai", new Date("2026-09-30T12:00:00Z"))?.toISOString()).toBe(
      "2026-10-08T01:00:00.000Z",
    );
  });

  it("run past midnight into the next day", () => {
    const night = hoursOf({ hours: [{ days: ["friday"], from: "20:00", to: "02:00" }] });
    expect(isOpen(night, "Asia/Shanghai", new Date("2026-11-20T17:30:00Z"))).toBe(true);
    expect(isOpen(night, "Asia/Shanghai", new Date("2026-11-20T18:00:00Z"))).toBe(false);
  });

  it("keep the wall clock's time when summer time begins and ends", () => {
    const daily = hoursOf({ hours: [{ days: [...weekdays, "saturday", "sunday"], from: "09:00", to: "17:00" }] });
    const zone = "Europe/Berlin";
    expect(isOpen(daily, zone, new Date("2026-03-28T08:00:00Z"))).toBe(true);
    expect(isOpen(daily, zone, new Date("2026-03-29T07:00:00Z"))).toBe(true);
    expect(isOpen(daily, zone, new Date("2026-03-28T07:59:00Z"))).toBe(false);
    expect(nextOpening(daily, zone, new Date("2026-03-28T16:30:00Z"))?.toISOString()).toBe("2026-03-29T07:00:00.000Z");
    expect(nextOpening(daily, zone, new Date("2026-10-24T16:30:00Z"))?.toISOString()).toBe("2026-10-25T08:00:00.000Z");
  });

  it("open an hour later at a time that summer time leaves out", () => {
    const early = hoursOf({ hours: [{ days: ["sunday"], from: "02:30", to: "04:00" }] });
    const opens = nextOpening(early, "Europe/Berlin", new Date("2026-03-28T12:00:00Z"));
    expect(opens?.toISOString()).toBe("2026-03-29T01:30:00.000Z");
    expect(opens && isOpen(early, "Europe/Berlin", opens)).toBe(true);
  });

  it("have no next opening when nothing is open for two months", () => {
    expect(nextOpening(hoursOf({ hours: [] }), "Asia/Shanghai", new Date())).toBeNull();
  });

  it("refuse a time or a date that is none", () => {
    const wrong = { enabled: true, hours: [{ days: ["monday"], from: "25:00", to: "18:00" }] };
    expect(businessHoursSettings.schema.safeParse(wrong).success).toBe(false);
    expect(
      businessHoursSettings.schema.safeParse({ holidays: [{ from: "2026-02-30", to: "2026-03-01" }] }).success,
    ).toBe(false);
  });
});

describe("time in business hours", () => {
  const between = (hours: BusinessHours, zone: string, from: string, to: string) =>
    openSeconds(hours, zone, Date.parse(from), Date.parse(to)) / 3_600;

  it("leaves out nights and weekends: Friday 17:00 to Monday 10:00 are two hours", () => {
    expect(between(office, "Asia/Shanghai", "2026-11-20T09:00:00Z", "2026-11-23T02:00:00Z")).toBe(2);
    expect(between(office, "Asia/Shanghai", "2026-11-21T02:00:00Z", "2026-11-22T02:00:00Z")).toBe(0);
    expect(between(office, "Asia/Shanghai", "2026-11-20T02:30:00Z", "2026-11-20T03:00:00Z")).toBe(0.5);
  });

  it("counts nights that reach into the next day, and what overlaps once", () => {
    const night = hoursOf({ hours: [{ days: ["friday"], from: "20:00", to: "02:00" }] });
    expect(between(night, "Asia/Shanghai", "2026-11-20T17:00:00Z", "2026-11-21T17:00:00Z")).toBe(1);
    const twice = hoursOf({
      hours: [
        { days: ["friday"], from: "09:00", to: "12:00" },
        { days: ["friday"], from: "11:00", to: "13:00" },
      ],
    });
    expect(between(twice, "Asia/Shanghai", "2026-11-19T16:00:00Z", "2026-11-20T16:00:00Z")).toBe(4);
  });

  it("is right on days of 23 and 25 hours, and is all the time where there are no business hours", () => {
    const all = hoursOf({ hours: [{ days: ["sunday"], from: "00:00", to: "00:00" }] });
    expect(between(all, "America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")).toBe(25);
    expect(between(all, "America/New_York", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z")).toBe(23);
    const off = hoursOf({ enabled: false });
    expect(between(off, "Asia/Shanghai", "2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z")).toBe(24);
  });
});
