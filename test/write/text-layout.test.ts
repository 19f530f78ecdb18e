// Lines as Chinese is set.
import fc from "fast-check";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { layoutTable } from "../../src/write/table-layout.ts";
import { PLAIN, measureFor, padEnd, padStart, plain, spread, wrap } from "../../src/write/text-layout.ts";

const measure = measureFor(false);
const asIs = { left: (text: string) => text, right: (text: string) => text };

describe("wrapping", () => {
  test("counts a Chinese character as two columns", () => {
    expect(wrap("全年执行数除以全年预算数", 10, measure)).toEqual(["全年执行数", "除以全年预", "算数"]);
  });

  test("opens no line with a closing mark and ends none with an opening one", () => {
    expect(wrap("填报数有误，应改", 10, measure)).toEqual(["填报数有", "误，应改"]);
    expect(wrap("一二三四「五六」", 10, measure)).toEqual(["一二三四", "「五六」"]);
  });

  test("breaks no number and no word", () => {
    expect(wrap("应为 1,234.56 万元 rate", 12, measure)).toEqual(["应为", "1,234.56 万", "元 rate"]);
    expect(wrap("甲甲甲甲1,234.56", 12, measure)).toEqual(["甲甲甲甲", "1,234.56"]);
    expect(wrap("甲甲甲甲82.54%，乙", 12, measure)).toEqual(["甲甲甲甲", "82.54%，乙"]);
  });

  test("cuts what is wider than a line, and loses nothing", () => {
    expect(wrap("abcdefghij", 4, measure)).toEqual(["abcd", "efgh", "ij"]);
  });

  test("keeps every sign and every line within the width, whatever the text", () => {
    const sign = fc.constantFrom("甲", "，", "「", "」", "a", "8", ".", "%", " ", "é", "👩‍👧", "（", "）", "—");
    fc.assert(fc.property(fc.array(sign, { maxLength: 60 }), fc.integer({ min: 4, max: 30 }), (signs, width) => {
      const text = signs.join("");
      const lines = wrap(text, width, measure);
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
    }));
  });
});

test("padding fills columns, not characters", () => {
  expect(padEnd("年度", 6, measure)).toBe("年度  ");
  expect(padStart("9.60", 6, measure)).toBe("  9.60");
});

test("ambiguous characters are two columns wide where the terminal draws them so", () => {
  expect(measureFor(true)("①")).toBe(2);
  expect(measure("①")).toBe(1);
});

test("left and right stand on one line where they fit, on two where they do not", () => {
  expect(spread("结论", "rule", 12, measure, asIs)).toEqual(["结论    rule"]);
  expect(spread("结论结论", "rule", 12, measure, asIs)).toEqual(["结论结论", "        rule"]);
});

test("control and direction characters of others do not reach the screen", () => {
  expect(plain("甲\u001B[31m乙\u202E丙\n丁")).toBe("甲\uFFFD[31m乙\uFFFD丙 丁");
});

test("a table's columns stand under each other and grow no wider than the screen", () => {
  expect(layoutTable([["表", "分"], ["法律援助", "9.60"]], [{ align: "left", grow: true }, { align: "right" }], 40, measure)).toEqual(["表          分", "法律援助  9.60"]);
  const narrow = layoutTable([["名称特别特别长的一个项目", "100.00"]], [{ align: "left", grow: true }, { align: "right" }], 20, measure);
  expect(narrow).toEqual(["名称特别特别  100.00", "长的一个项目"]);
});

test("a text of plain signs is as wide as the tables of Unicode say, whichever way ambiguous signs are drawn", () => {
  const signs = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter((sign) => PLAIN.test(sign));
  expect(signs.length).toBeGreaterThan(20_000);
  for (const wide of [false, true]) {
    const width = measureFor(wide);
    const differing = signs.filter((sign) => width(sign) !== stringWidth(sign, { ambiguousIsNarrow: !wide }));
    expect(differing).toEqual([]);
    fc.assert(fc.property(fc.array(fc.constantFrom(...signs), { maxLength: 8 }), (several) => {
      expect(width(several.join(""))).toBe(stringWidth(several.join(""), { ambiguousIsNarrow: !wide }));
    }));
  }
});
