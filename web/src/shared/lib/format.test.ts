import { expect, test } from "vitest";
import { formatDuration, formatInterval, formatPercent, formatRelative } from "./format";

const DAY = 86_400;

test.each([
  [20, "1 min", "1 мин"],
  [600, "10 min", "10 мин"],
  [5 * 3600, "5 hr", "5 ч"],
  [DAY, "1 day", "1 дн."],
  [4 * DAY, "4 days", "4 дн."],
  [45 * DAY, "1.5 mths", "1,5 мес."],
  [730 * DAY, "2 yrs", "2 г."],
])("%d seconds", (seconds, english, russian) => {
  expect(formatInterval("en", seconds)).toBe(english);
  expect(formatInterval("ru", seconds).replaceAll("\u00a0", " ")).toBe(russian);
});

test("a moment is told by its distance from now", () => {
  const now = Date.parse("2026-11-23T12:00:00Z");
  expect(formatRelative("en", "2026-11-23T12:10:00Z", now)).toBe("in 10 minutes");
  expect(formatRelative("en", "2026-11-22T12:00:00Z", now)).toBe("yesterday");
  expect(formatRelative("ru", "2026-11-23T15:00:00Z", now)).toBe("через 3 часа");
});

test("a duration is shown in minutes and seconds", () => {
  expect(formatDuration(125_400)).toBe("2:05");
});

test("a part is shown in percent", () => {
  expect(formatPercent("en", 0.456)).toBe("46%");
});
