// A stored day number and a date format → the date that the sheet displays.
import { compare, decimal, isNegative, minus, round, times, toText, truncate } from "../decimal.ts";
import type { Decimal } from "../decimal.ts";

/** Whether a section of a number format shows dates or times. */
export function isDatePattern(pattern: string): boolean {
  if (/\[(?:h+|m+|s+)\]/iu.test(pattern)) return true;
  const bare = pattern.replace(/"[^"]*"?|\[[^\]]*\]?|[\\!_*].?|General|E[+-]/giu, "");
  return /[ymdhs]|aaa/iu.test(bare);
}

interface Moment { year: number; month: number; day: number; hour: number; minute: number; second: number; days: number; weekday: number }

/** Null where the number is no date (negative, beyond the year 9999). */
export function displayedDate(serial: Decimal, pattern: string, from1904: boolean): string | null {
  if (isNegative(serial) || compare(serial, decimal(2_958_466)) >= 0) return null;
  const moment = momentOf(serial, from1904);
  const pieces = pattern.match(/\[(?:h+|m+|s+)\]|"[^"]*"?|\[[^\]]*\]?|[\\!].?|_.?|\*.?|AM\/PM|A\/P|上午\/下午|y+|m+|d+|h+|s+|e+|a{3,4}|./gisu) ?? [];
  const halfDay = pieces.some((piece) => /^(?:AM\/PM|A\/P|上午\/下午)$/iu.test(piece));
  return pieces.map((piece, index) => shown(piece, moment, halfDay, isMinute(pieces, index))).join("").trim();
}

function momentOf(serial: Decimal, from1904: boolean): Moment {
  const whole = truncate(serial, 0);
  const seconds = Number(toText(round(times(minus(serial, whole), decimal(86_400)), 0)));
  const days = Number(toText(whole)) + (seconds >= 86_400 ? 1 : 0);
  const rest = seconds % 86_400;
  // 1900 had no 29 February, but spreadsheets count one.
  const epoch = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const date = new Date(epoch + days * 86_400_000);
  return {
    year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay(),
    hour: Math.floor(rest / 3600), minute: Math.floor(rest / 60) % 60, second: rest % 60, days,
  };
}

/** `m` means minutes after hours and before seconds. */
function isMinute(pieces: readonly string[], index: number): boolean {
  const before = pieces.slice(0, index).findLast((piece) => /^\[?[ymdhs]/iu.test(piece));
  const after = pieces.slice(index + 1).find((piece) => /^\[?[ymdhs]/iu.test(piece));
  return (before !== undefined && /^\[?h/iu.test(before)) || (after !== undefined && /^\[?s/iu.test(after));
}

const WEEKDAYS = "日一二三四五六";

function shown(piece: string, moment: Moment, halfDay: boolean, minute: boolean): string {
  const two = (value: number): string => (piece.length > 1 ? String(value).padStart(2, "0") : String(value));
  const lower = piece.toLowerCase();
  if (/^\[h+\]$/u.test(lower)) return String(moment.days * 24 + moment.hour);
  if (/^y+$/u.test(lower)) return lower.length > 2 ? String(moment.year) : String(moment.year).slice(-2);
  if (/^e+$/u.test(lower)) return String(moment.year);
  if (/^m+$/u.test(lower)) return two(minute ? moment.minute : moment.month);
  if (/^d+$/u.test(lower)) return lower.length > 2 ? `周${WEEKDAYS.charAt(moment.weekday)}` : two(moment.day);
  if (/^h+$/u.test(lower)) return two(halfDay ? moment.hour % 12 || 12 : moment.hour);
  if (/^s+$/u.test(lower)) return two(moment.second);
  if (/^a{3,4}$/u.test(lower)) return `${lower.length > 3 ? "星期" : ""}${WEEKDAYS.charAt(moment.weekday)}`;
  if (/^(?:am\/pm|a\/p|上午\/下午)$/u.test(lower)) return moment.hour < 12 ? "上午" : "下午";
  if (/^[[_*]/u.test(piece)) return "";
  return piece.replace(/^[\\!]/u, "").replaceAll('"', "");
}
