// Days as the service writes them (YYYY-MM-DD) -> how far off they are; moments -> the day and time here.
import { lang, say } from "../words.ts";

/** Today where the person is. */
export function today(now = new Date()): string {
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Days from one day to another; negative where it lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

export function daysLater(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The day of a moment. */
export const dayOf = (moment: string): string => today(new Date(moment));

/** `2024-03-05 14:07`. */
export function timeOf(moment: string): string {
  const at = new Date(moment);
  return `${today(at)} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** `2024 年 3 月 5 日`, `5 Mar 2024`. */
export function dayText(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined) return day;
  if (lang.value === "zh") return `${year} 年 ${month} 月 ${date} 日`;
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

/** `2024 年 3 月 5 日前，还有 3 天`: how far off a day is by which something is due. */
export function dueIn(due: string): string {
  const left = daysBetween(today(), due);
  return say(left < 0 ? "mine.overdue" : left === 0 ? "mine.today" : "mine.due", { day: dayText(due), days: Math.abs(left) });
}

const two = (number: number): string => String(number).padStart(2, "0");
