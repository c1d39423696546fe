import type { Language } from "@/shared/i18n/translate";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;

const UNITS: readonly [unit: string, seconds: number, digits: number][] = [
  ["year", YEAR, 1],
  ["month", MONTH, 1],
  ["day", DAY, 0],
  ["hour", HOUR, 0],
];

function unit(language: Language, value: number, name: string, digits = 0): string {
  return new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: digits }).format(value);
}

/** A time span in its largest fitting unit, such as "10 min", "4 days" or "1.5 mths"; never below a minute. */
export function formatInterval(language: Language, seconds: number): string {
  const fitting = UNITS.find(([, length]) => seconds >= length);
  if (!fitting) return unit(language, Math.max(1, Math.round(seconds / MINUTE)), "minute");
  const [name, length, digits] = fitting;
  return unit(language, seconds / length, name, digits);
}

export function formatDays(language: Language, days: number): string {
  return formatInterval(language, days * DAY);
}

export function formatDate(language: Language, iso: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(new Date(iso));
}

export function formatMoment(language: Language, iso: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
}

/** How far `iso` is from `now`, such as "in 3 hours" or "yesterday". */
export function formatRelative(language: Language, iso: string, now: number): string {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const size = Math.abs(seconds);
  if (size < HOUR) return format.format(Math.round(seconds / MINUTE), "minute");
  if (size < DAY) return format.format(Math.round(seconds / HOUR), "hour");
  if (size < MONTH) return format.format(Math.round(seconds / DAY), "day");
  return format.format(Math.round(seconds / MONTH), "month");
}

/** Minutes and seconds, such as "2:05". */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A part of one, such as "45%". */
export function formatPercent(language: Language, part: number): string {
  return new Intl.NumberFormat(language, { style: "percent" }).format(part);
}
