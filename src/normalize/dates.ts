// Text of a day, month, longer span or deadline -> a date; a date -> the days it covers.
import type { DateReading } from "../model.ts";
import { readChinese, readChineseDigits } from "./numerals.ts";

type Span = Omit<DateReading, "kind" | "text" | "by">;

/** `date`; `invalid` for what is written like a date and is none (`2月30日`); null for anything else. Takes half-width text without spaces. */
export function readDate(text: string): Omit<DateReading, "kind" | "text"> | "invalid" | null {
  if (text.length > 40 || !/[年月底末季旬]|\d[-/.]\d/u.test(text)) return null;
  const lead = /^(?:计划|预计)?(于|在|自|截至|截止到|截止至|截止|截至到|应于|最迟|最晚|不晚于|不迟于|不得晚于|不得迟于|早于|≤|<=|<|≦)?/u.exec(text);
  const told = lead?.[1] ?? "";
  const tail = /(?:全部|已|均|按时|按期)?(?:完成|完工|竣工|办结|交付|到位)?[。.]?$/u.exec(text);
  const whole = arabicNumerals(text.slice(lead?.[0].length ?? 0, tail?.index ?? text.length));
  const before = /(?:之前|以前|前)$/u.exec(whole);
  const within = /(?:以内|之内|内)$/u.exec(whole);
  const core = whole.slice(0, before?.index ?? within?.index ?? whole.length).replace(/(?<=日)(?:24时|24点|24:00)$/u, "");
  const found = spanOf(core);
  if (found === null || (core === "年" && within === null)) return null;
  // A bare year with a word after it tells of something done, not of a day: `2023年度完成`.
  if (found.whole === "year" && tail !== null && tail[0].length > 1 && before === null && within === null) return null;
  const { whole: kind, ...span } = found;
  if (!isValid(span)) return "invalid";
  if (before !== null || told === "早于") return kind === null ? { ...deadline(span), by: true } : beforeStart(span);
  const by = within !== null || /迟|晚|≤|<|≦/u.test(told);
  return by ? { ...deadline(span), by } : { ...span, by };
}

/** The first day and the last; for a deadline the last acceptable day, and no first. Days as `YYYY-MM-DD`; null where there is no such day. */
export function readDateRange(reading: DateReading, year: string | number | null): { first: string | null; last: string } | null {
  const own = reading.year ?? Number(year ?? Number.NaN);
  if (!Number.isInteger(own) || own < 1900 || own > 2199) return null;
  const day = reading.day ?? daysIn(own, reading.month);
  if (day > daysIn(own, reading.month)) return null;
  const last = iso(own, reading.month, day);
  if (reading.by) return { first: null, last };
  const from = reading.from ?? { year: own, month: reading.month, day: reading.day ?? 1 };
  const first = iso(from.year ?? own, from.month, from.day);
  return first > last ? null : { first, last };
}

const iso = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;

/** Days of a month; of any February where the year is not known. */
function daysIn(year: number | null, month: number): number {
  if (month === 2) return year === null || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isValid({ year, month, day, from }: Span): boolean {
  if (month < 1 || month > 12 || (day !== null && (day < 1 || day > daysIn(year, month)))) return false;
  if (from === undefined) return true;
  const fromYear = from.year ?? year;
  if (!isValid({ year: fromYear, month: from.month, day: from.day })) return false;
  return fromYear !== year || from.month < month || (from.month === month && from.day <= (day ?? 31));
}

function deadline({ year, month, day }: Span): Span {
  return { year, month, day };
}

/** `9月前`: the last acceptable day is the last of August. `12月31日前` is said of the 31st as well, and never comes here. */
function beforeStart({ year, month, from }: Span): (Span & { by: true }) | "invalid" {
  const first = from?.month ?? month;
  if (first > 1) return { by: true, year, month: first - 1, day: null };
  return year === null ? "invalid" : { by: true, year: year - 1, month: 12, day: null };
}

/** `whole`: what the words name as a whole, so that 前 means before it begins; null for a day or the end of something. */
type Found = Span & { whole: "year" | "part" | null };

function spanOf(text: string): Found | null {
  return dayOf(text) ?? monthOf(text) ?? partOf(text) ?? yearEndOf(text) ?? between(text);
}

const numberOf = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

function dayOf(text: string): Found | null {
  const said = /^(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]?$/u.exec(text);
  if (said !== null) return { year: numberOf(said[1]), month: Number(said[2]), day: Number(said[3]), whole: null };
  const signs = /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})$/.exec(text);
  return signs === null ? null : { year: Number(signs[1]), month: Number(signs[3]), day: Number(signs[4]), whole: null };
}

function monthOf(text: string): Found | null {
  const said = /^(?:(\d{4})年)?(\d{1,2})月份?(上旬|中旬|下旬|月?底|月?末)?$/u.exec(text);
  if (said === null) {
    const signs = /^((?:19|20)\d\d)[-/](\d\d)$/.exec(text);
    return signs === null ? null : { year: Number(signs[1]), month: Number(signs[2]), day: null, whole: "part" };
  }
  const [year, month, part] = [numberOf(said[1]), Number(said[2]), said[3] ?? ""];
  if (!part.endsWith("旬")) return { year, month, day: null, whole: part === "" ? "part" : null };
  const first = { 上: 1, 中: 11, 下: 21 }[part.charAt(0)] ?? 1;
  return { year, month, day: first === 21 ? null : first + 9, from: { year, month, day: first }, whole: null };
}

function partOf(text: string): Found | null {
  const quarter = /^(?:(\d{4})年度?)?第?([1-4])季度?(底|末)?$/u.exec(text);
  if (quarter !== null) return months(numberOf(quarter[1]), Number(quarter[2]) * 3 - 2, Number(quarter[2]) * 3, quarter[3]);
  const half = /^(?:(\d{4})年度?)?(上|下)半年(底|末)?$/u.exec(text);
  if (half !== null) return half[2] === "上" ? months(numberOf(half[1]), 1, 6, half[3]) : months(numberOf(half[1]), 7, 12, half[3]);
  const run = /^(?:(\d{4})年)?(\d{1,2})月?(?:[-–—~至到]|——)(\d{1,2})月(底|末)?$/u.exec(text);
  return run === null ? null : months(numberOf(run[1]), Number(run[2]), Number(run[3]), run[4]);
}

function months(year: number | null, first: number, last: number, end: string | undefined): Found {
  return { year, month: last, day: null, from: { year, month: first, day: 1 }, whole: end === undefined ? "part" : null };
}

function yearEndOf(text: string): Found | null {
  const named = /^(\d{4})年(度)?(年?底|年?末)?$/u.exec(text);
  if (named !== null) {
    const year = Number(named[1]);
    if (year < 1900 || year > 2199) return null;
    return named[3] === undefined ? { ...months(year, 1, 12, undefined), whole: "year" } : { year, month: 12, day: null, whole: null };
  }
  if (/^(?:[本当]年度?|年)$/u.test(text)) return { ...months(null, 1, 12, undefined), whole: "year" };
  return /^(?:本年度?|当年度?|全年)?年?(?:底|末)$/u.test(text) ? { year: null, month: 12, day: null, whole: null } : null;
}

/** `2023年3月1日至6月30日`: from the first day of the one to the last of the other. */
function between(text: string): Found | null {
  const years = /^(\d{4})年?(?:[-–—~至到]|——)(\d{4})年度?$/u.exec(text);
  if (years !== null) return { ...months(Number(years[2]), 1, 12, undefined), from: { year: Number(years[1]), month: 1, day: 1 } };
  const [left = "", right = "", ...more] = text.split(/[至到~—–]+|(?<=[年月日号])-/u);
  if (left === "" || right === "" || more.length > 0) return null;
  const first = dayOf(left) ?? monthOf(left) ?? yearEndOf(left);
  const last = dayOf(right) ?? monthOf(right) ?? yearEndOf(right);
  if (first === null || last === null) return null;
  const start = first.from ?? { year: first.year, month: first.month, day: first.day ?? 1 };
  const year = last.year ?? first.year;
  return { year, month: last.month, day: last.day, from: { ...start, year: start.year ?? year }, whole: "part" };
}

/** `十二月` -> `12月`, `二〇二三年` -> `2023年`. */
function arabicNumerals(text: string): string {
  return text.replace(/[〇零一二三四五六七八九十]{1,4}(?=[年月日号季])/gu, (numeral) => {
    const digits = numeral.length === 4 ? readChineseDigits(numeral) : null;
    return digits ?? readChinese(numeral)?.number.toFixed() ?? numeral;
  });
}
