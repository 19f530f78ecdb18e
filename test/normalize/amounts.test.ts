import { describe, expect, test } from "vitest";
import { toText } from "../../src/decimal.ts";
import type { MoneyUnit } from "../../src/model.ts";
import { readMoney, readPoints, readRate, type ReadNumber } from "../../src/normalize/amounts.ts";
import { words } from "./words.ts";

const say = (read: ReadNumber): string => (read.state === "known" ? `${toText(read.value)} (${read.decimals})` : read.state);
const money = (cell: string, unit: MoneyUnit = "万元"): string => say(readMoney(cell, unit, words));

describe("money, in the submission's unit", () => {
  test.each([
    ["57.26", "57.26 (2)"], ["1,234.50", "1234.5 (2)"], ["１，２３４．５０", "1234.5 (2)"], ["-3.2", "-3.2 (1)"], ["0", "0 (0)"], ["57.26万元", "57.26 (2)"], ["57.26 万元", "57.26 (2)"], ["57.26（万元）", "57.26 (2)"],
    ["2.6亿元", "26000 (0)"], ["2.65432亿元", "26543.2 (1)"], ["572600元", "57.26 (4)"], ["572,600.50元", "57.26005 (6)"], ["57.26万", "57.26 (2)"], ["0.00万元", "0 (2)"], ["￥57.26", "57.26 (2)"],
  ])("%s is %s", (cell, due) => { expect(money(cell)).toBe(due); });

  test("the same text is another number in another unit", () => {
    expect(money("2.6亿元", "元")).toBe("260000000 (0)");
    expect(money("2.6亿元", "亿元")).toBe("2.6 (1)");
    expect(money("5千元", "千元")).toBe("5 (0)");
    expect(money("57.26", "元")).toBe("57.26 (2)");
  });

  test.each(["", "/", "—", "无", "-"])("%j is blank, never zero", (cell) => { expect(money(cell)).toBe("blank"); });
  test.each(["≥5", "5%", "5个", "5-6", "约5", "详见附件", "1,23", "5万、6万", "12月", "1e3", "(5)", "300元/亩"])("%s is unreadable", (cell) => { expect(money(cell)).toBe("unreadable"); });
  test("an unreadable cell keeps its text", () => { expect(readMoney("约5", "万元", words)).toMatchObject({ state: "unreadable", text: "约5" }); });
});

describe("rates in percent", () => {
  test.each([["82.54%", "82.54 (2)", true], ["82.00％", "82 (2)", true], ["百分之八十", "80 (0)", true], ["0.8254", "0.8254 (4)", false], ["82.54", "82.54 (2)", false]] as const)("%s is %s, percent: %j", (cell, due, percent) => {
    const read = readRate(cell, words);
    expect(say(read)).toBe(due);
    expect(read).toMatchObject({ percent });
  });
  test.each([["", "blank"], ["—", "blank"], ["≥82%", "unreadable"], ["82个", "unreadable"], ["较高", "unreadable"]])("%j is %s", (cell, state) => { expect(readRate(cell, words).state).toBe(state); });
});

describe("points", () => {
  test.each([["10", "10 (0)"], ["9.60", "9.6 (2)"], ["10分", "10 (0)"], ["１０", "10 (0)"], ["", "blank"], ["10%", "unreadable"], ["十分", "unreadable"], ["优", "unreadable"], ["8-10", "unreadable"]])("%j is %s", (cell, due) => { expect(say(readPoints(cell, words))).toBe(due); });
});
