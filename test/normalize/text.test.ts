import { describe, expect, test } from "vitest";
import { toText } from "../../src/decimal.ts";
import { readArabic, readChinese } from "../../src/normalize/numerals.ts";
import { halfWidth, normalizeName } from "../../src/normalize/text.ts";

describe("half width", () => {
  test.each([["１２．５％", "12.5%"], ["≥９０﹪", "≥90%"], ["（Ａ）", "(A)"], ["−5", "-5"], ["a\u200bb\ufeff", "ab"]])("%s is %s", (text, due) => { expect(halfWidth(text)).toBe(due); });
  test.each(["m²", "①", "½", "㎡", "Ⅲ", "…", "《办法》"])("%s stays as it is: no digits are invented", (text) => { expect(halfWidth(text)).toBe(text); });
});

test.each([["法律 援助", "法律援助"], ["“谁执法谁普法”普法\n责任制", "谁执法谁普法普法责任制"], ["ＡＢＣ类", "abc类"], ["群众　满意度（％）", "群众满意度(%)"]])("the name %j is compared as %s", (name, due) => { expect(normalizeName(name)).toBe(due); });

describe("Chinese numerals", () => {
  test.each([
    ["零", "0"], ["两", "2"], ["十", "10"], ["十二", "12"], ["二十", "20"], ["九十九", "99"], ["一百", "100"], ["一百零五", "105"], ["一百一十", "110"], ["两千三百", "2300"], ["一千零五十", "1050"], ["三千零二", "3002"], ["一万", "10000"], ["一万两千", "12000"],
    ["一万零五", "10005"], ["十二万三千四百五十六", "123456"], ["一亿二千万", "120000000"], ["三万亿", "3000000000000"], ["九十八点五", "98.5"], ["零点二五", "0.25"], ["贰拾伍", "25"],
  ])("%s is %s", (text, due) => {
    const read = readChinese(text);
    expect(read === null ? null : toText(read.number)).toBe(due);
  });
  test.each(["", "百", "万", "一百二", "一万二", "三五", "二三", "两十", "十十", "一百百", "零五", "一百零", "十点", "点五", "一百零五十", "一千五十", "二〇二三", "一百两", "万万", "一".repeat(20)])("%j is not one number", (text) => { expect(readChinese(text)).toBeNull(); });

  test("every number to 9999 that is spelt by the book reads back", () => {
    const digits = "零一二三四五六七八九";
    const spell = (n: number): string => {
      let text = "";
      for (const [at, digit] of Array.from(String(n), Number).entries()) {
        const place = String(n).length - at - 1;
        if (digit > 0) text += (digits[digit] ?? "") + ["", "十", "百", "千"][place]!;
        else if (!text.endsWith("零")) text += "零";
      }
      return text.replace(/零$/, "").replace(/^一十/, "十");
    };
    for (let n = 1; n <= 9999; n++) expect(toText(readChinese(spell(n))!.number)).toBe(String(n));
  });
});

test.each([["1,234", "1234"], ["12,345.60", "12345.6"], ["-1,000", "-1000"], ["1,23", null], ["1234,567", null], ["0,123", null], ["1,234,56", null]])("%s is %s", (text, due) => {
  const read = readArabic(text);
  expect(read === null ? null : toText(read.number)).toBe(due);
});
