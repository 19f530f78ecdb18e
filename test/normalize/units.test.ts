import { describe, expect, test } from "vitest";
import { toText } from "../../src/decimal.ts";
import { readUnit, sameUnit } from "../../src/normalize/units.ts";
import { words } from "./words.ts";

describe("a column of units", () => {
  test.each([
    ["亩", "亩", "1"], ["万亩", "亩", "10000"], ["万元", "元", "10000"], ["亿元", "元", "100000000"], ["（万元）", "元", "10000"], ["单位：万元", "元", "10000"], ["％", "%", "1"], ["千米", "公里", "1"], ["名", "人", "1"], ["元/人·月", "元/人*月", "1"],
    ["万元/公里", "元/公里", "10000"], ["个（套）村级站点设备", "个(套)村级站点设备", "1"], ["标段", "标段", "1"],
  ])("%s is %s × %s", (cell, name, scale) => {
    const unit = readUnit(cell, words);
    expect([unit?.name, unit === null ? null : toText(unit.scale)]).toEqual([name, scale]);
  });
  test.each(["", " ", "/", "—", "无"])("%j is none", (cell) => { expect(readUnit(cell, words)).toBeNull(); });
});

describe("the same dimension", () => {
  const same = (a: string, b: string): boolean => sameUnit(readUnit(a, words), readUnit(b, words), words);
  test.each([["元", "万元"], ["人", "名"], ["人", "位"], ["场", "场次"], ["公里", "千米"], ["公里", "米"], ["亩", "万亩"], ["亩", "公顷"], ["个", "家"], ["个", "标段"], ["户", ""], ["元/人*月", "元/月/人"], ["%", "‰"], ["场", "次"], ["台", "套"], ["件", "起"], ["次/年", "次"], ["元/人*年", "元/人/年"]])("%s and %s are", (a, b) => {
    expect(same(a, b)).toBe(true);
    expect(same(b, a)).toBe(true);
  });
  test.each([["人", "人次"], ["元", "%"], ["个", "%"], ["个", "元"], ["个", "公里"], ["元", "元/亩"], ["期", "人次"], ["亩", "平方米"], ["天", "工作日"], ["%", "百分点"], ["户", "人"], ["件", "人"], ["台", "次"], ["次/周", "次"], ["元/年", "元/人"]])("%s and %s are not", (a, b) => {
    expect(same(a, b)).toBe(false);
    expect(same(b, a)).toBe(false);
  });
});
