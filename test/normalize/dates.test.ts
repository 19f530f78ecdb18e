import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DateReading, Reading } from "../../src/model.ts";
import { readDateRange } from "../../src/normalize/dates.ts";
import { readQuantity } from "../../src/normalize/quantity.ts";
import { words } from "./words.ts";

const reading = (cell: string, operator?: string): Reading => readQuantity(cell, words, operator === undefined ? {} : { operator }).reading;

/** The days that a cell names in 2023: `first..last`, `..last` for a deadline, or the kind where it is no date. */
function days(cell: string, year: string | null = "2023"): string {
  const date = reading(cell);
  if (date.kind !== "date") return date.kind;
  const range = readDateRange(date, year);
  return range === null ? "no such day" : `${range.first ?? ""}..${range.last}`;
}

describe("a day, a month or a longer span", () => {
  test.each([
    ["2023年12月31日", "2023-12-31..2023-12-31"], ["２０２３年１２月３１日", "2023-12-31..2023-12-31"], ["2023-12-31", "2023-12-31..2023-12-31"], ["2023.12.31", "2023-12-31..2023-12-31"], ["2023/1/5", "2023-01-05..2023-01-05"],
    ["10月28日", "2023-10-28..2023-10-28"], ["10月28号", "2023-10-28..2023-10-28"], ["2022年10月28日", "2022-10-28..2022-10-28"], ["7月", "2023-07-01..2023-07-31"], ["2024年2月", "2024-02-01..2024-02-29"], ["2月", "2023-02-01..2023-02-28"],
    ["2023年7月份", "2023-07-01..2023-07-31"], ["6月底", "2023-06-01..2023-06-30"], ["6月上旬", "2023-06-01..2023-06-10"], ["6月中旬", "2023-06-11..2023-06-20"], ["2月下旬", "2023-02-21..2023-02-28"],
    ["第三季度", "2023-07-01..2023-09-30"], ["四季度", "2023-10-01..2023-12-31"], ["2022年第1季度", "2022-01-01..2022-03-31"], ["上半年", "2023-01-01..2023-06-30"], ["下半年", "2023-07-01..2023-12-31"],
    ["3月至6月", "2023-03-01..2023-06-30"], ["1-12月", "2023-01-01..2023-12-31"], ["2023年3月1日至6月30日", "2023-03-01..2023-06-30"], ["2022年3月至2023年6月", "2022-03-01..2023-06-30"], ["2023年1月1日-2023年12月31日", "2023-01-01..2023-12-31"], ["2023年1月-12月", "2023-01-01..2023-12-31"], ["2023-2025年", "2023-01-01..2025-12-31"],
    ["2023年", "2023-01-01..2023-12-31"], ["2023年度", "2023-01-01..2023-12-31"], ["十二月", "2023-12-01..2023-12-31"], ["二〇二三年五月", "2023-05-01..2023-05-31"], ["11月完成", "2023-11-01..2023-11-30"],
  ])("%s is %s", (cell, due) => { expect(days(cell)).toBe(due); });
});

describe("a deadline", () => {
  test.each([
    ["9月前", "..2023-08-31"], ["9月底前", "..2023-09-30"], ["3月前", "..2023-02-28"], ["6月底前", "..2023-06-30"], ["12月底前", "..2023-12-31"], ["12月末之前", "..2023-12-31"], ["2024年1月前", "..2023-12-31"], ["2月底前", "..2023-02-28"],
    ["2023年12月31日前", "..2023-12-31"], ["2023年12月31日24时前", "..2023-12-31"], ["12月31日前完成", "..2023-12-31"], ["于10月28日前", "..2023-10-28"], ["截至10月28日", "2023-10-28..2023-10-28"], ["不晚于6月30日", "..2023-06-30"], ["≤6月30日", "..2023-06-30"],
    ["2023年底前", "..2023-12-31"], ["年底前", "..2023-12-31"], ["年内完成", "..2023-12-31"], ["2023年内", "..2023-12-31"], ["2023年前", "..2022-12-31"], ["第三季度前", "..2023-06-30"], ["第三季度末前", "..2023-09-30"], ["6月下旬前", "..2023-06-30"], ["十二月底前", "..2023-12-31"],
  ])("%s is %s", (cell, due) => { expect(days(cell)).toBe(due); });

  test("a sign in the column of operators makes a date a deadline", () => {
    expect(reading("6月30日", "≤")).toMatchObject({ by: true, month: 6, day: 30 });
    expect(reading("6月30日", "=")).toMatchObject({ by: false });
    expect(reading("2023年", "<=")).toEqual({ kind: "date", text: "2023年", by: true, year: 2023, month: 12, day: null });
  });
});

describe("no date", () => {
  test.each([["2月30日", "unreadable"], ["2023年2月29日", "unreadable"], ["13月", "unreadable"], ["0月", "unreadable"], ["4月31日前", "unreadable"], ["2023-13-01", "unreadable"], ["1月前", "unreadable"], ["6月至3月", "unreadable"]])("%s is %s", (cell, kind) => { expect(days(cell)).toBe(kind); });
  test.each([["3个月", "quantity"], ["3年", "quantity"], ["12.31", "quantity"], ["2023.12", "quantity"], ["3日内", "quantity"], ["年度", "words"], ["年", "words"], ["2023年度已完成", "words"], ["月度", "words"], ["每月", "words"]])("%s is %s", (cell, kind) => { expect(days(cell)).toBe(kind); });
  test("29 February is a day of leap years only", () => {
    expect(days("2月29日", "2024")).toBe("2024-02-29..2024-02-29");
    expect(days("2月29日", "2023")).toBe("no such day");
  });
  test("without a year there are no days", () => { expect(days("6月底前", null)).toBe("no such day"); });
});

test("every day of the calendar, however written, is that day", () => {
  const forms = [(y: number, m: number, d: number) => `${y}年${m}月${d}日`, (y: number, m: number, d: number) => `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`, (y: number, m: number, d: number) => `${y}.${m}.${d}`, (y: number, m: number, d: number) => ` ${y} 年 ${m} 月 ${d} 日前`];
  fc.assert(fc.property(fc.integer({ min: 1990, max: 2099 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }), fc.constantFrom(...forms), (y, m, d, form) => {
    const exists = new Date(Date.UTC(y, m - 1, d)).getUTCMonth() === m - 1;
    const iso = `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
    const date = reading(form(y, m, d));
    expect(date.kind).toBe(exists ? "date" : "unreadable");
    if (exists) expect(readDateRange(date as DateReading, null)?.last).toBe(iso);
  }));
});
