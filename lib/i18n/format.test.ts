import { expect, it } from "vitest";
import { formatBytes, formatClock, formatDate, formatDuration, formatPercent, formatRelative } from "./format";

const moment = "2026-03-05T06:05:00Z";
const now = Date.parse("2026-03-05T08:05:30Z");

it("writes dates in the person's zone, not the server's", () => {
  expect(formatDate(moment, "time", "zh-CN", "Asia/Shanghai")).toBe("14:05");
  expect(formatDate(moment, "time", "en", "Europe/Paris")).toBe("07:05");
  expect(formatDate(moment, "date", "zh-CN", "Asia/Shanghai")).toBe("2026年3月5日");
});

it("says how long ago in whole units", () => {
  expect(formatRelative(moment, now, "en")).toBe("2 hours ago");
  expect(formatRelative(now - 20_000, now, "en")).toBe("now");
  expect(formatRelative(now - 50_000, now, "en")).toBe("1 minute ago");
  expect(formatRelative(now - 90_000, now, "zh-CN")).toBe("1分钟前");
  expect(formatRelative(now + 86_400_000, now, "en")).toBe("tomorrow");
});

it("keeps the two largest units of a span", () => {
  expect(formatDuration(3_905, "en")).toBe("1 hr 5 min");
  expect(formatDuration(0, "zh-CN")).toBe("0秒");
  expect(formatDuration(90_061, "zh-CN")).toBe("1天1小时");
});

it("writes clocks, sizes and shares", () => {
  expect(formatClock(65)).toBe("1:05");
  expect(formatClock(3_661)).toBe("1:01:01");
  expect(formatBytes(0, "en")).toBe("0 byte");
  expect(formatBytes(1_468_006, "en")).toBe("1.4 MB");
  expect(formatPercent(0.1234, "en")).toBe("12.3%");
});
