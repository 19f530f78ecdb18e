import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toText } from "../../src/decimal.ts";
import type { Reading } from "../../src/model.ts";
import { readQuantity, type QuantityHint } from "../../src/normalize/quantity.ts";
import { words } from "./words.ts";

/** What was read, in one line: `≥90%`, `12000亩`, `90–95%`, or the kind. */
function read(cell: string, hint?: QuantityHint): string {
  return say(readQuantity(cell, words, hint).reading);
}

function say(reading: Reading): string {
  if (reading.kind === "quantity") return `${reading.comparison ?? ""}${toText(reading.value)}${reading.unit?.name ?? ""}`;
  if (reading.kind === "range") return `${toText(reading.low)}–${toText(reading.high)}${reading.unit?.name ?? ""}`;
  return reading.kind;
}

const codes = (cell: string, hint?: QuantityHint): string[] => readQuantity(cell, words, hint).notes.map(({ code }) => code);

describe("a number is read as printed", () => {
  test.each([
    ["90%", "90%"], ["１００%", "100%"], ["９６．４％", "96.4%"], ["3.2﹪", "3.2%"], ["1,234.50", "1234.5"], ["1，234.50", "1234.5"], ["12,345,678", "12345678"],
    ["-5", "-5"], ["－5%", "-5%"], ["−3.5", "-3.5"], ["+5%", "5%"], [" 95 % ", "95%"], ["0", "0"], ["0.00%", "0%"], ["007", "7"], ["90%。", "90%"],
    ["百分之九十", "90%"], ["百分之90", "90%"], ["百分之九十八点五", "98.5%"], ["百分之百", "100%"], ["百分百", "100%"], ["5‰", "0.5%"], ["千分之三", "0.3%"],
  ])("%s is %s", (cell, due) => { expect(read(cell)).toBe(due); });

  test.each([["82.00%", 2], ["82%", 0], ["1,234.50", 2], ["2.6亿元", 1], ["９６．４％", 1]])("%s is printed with %i decimals", (cell, decimals) => {
    expect(readQuantity(cell, words).reading).toMatchObject({ kind: "quantity", decimals });
  });

  test.each(["1,23", "0,123", "1,2345", ",123", "1e3", "0x10", "1.2.3", "5/6", "9O%", "12abc", "50 60", "50.", ".5", "--5", "5-", "50%%", "%50", "1万2千", "9".repeat(29), "1".repeat(400), "٣٥", "3①"])(
    "%s is not one number", (cell) => { expect(read(cell)).toBe("unreadable"); });
});

describe("a comparison stands before or after", () => {
  test.each(["≥", "≧", "⩾", ">=", "=>", "＞＝", "≥ ", "不低于", "不少于", "不小于", "大于等于", "大于或等于", "至少", "达到至少"])("%s90%% is at least", (sign) => { expect(read(`${sign}90%`)).toBe("≥90%"); });
  test.each(["以上", "及以上", "（含）以上", "≥", " 以 上"])("90%%%s is at least", (word) => { expect(read(`90%${word}`)).toBe("≥90%"); });
  test.each(["≤", "≦", "⩽", "<=", "=<", "＜＝", "不超过", "不高于", "不大于", "小于等于", "至多"])("%s5%% is at most", (sign) => { expect(read(`${sign}5%`)).toBe("≤5%"); });
  test.each(["5%以内", "5%以下", "控制在5%以内", "控制在5%内"])("%s is at most", (cell) => { expect(read(cell)).toBe("≤5%"); });
  test.each([[">", ">"], ["＞", ">"], ["大于", ">"], ["高于", ">"], ["超过", ">"], ["<", "<"], ["＜", "<"], ["低于", "<"], ["小于", "<"], ["不足", "<"], ["=", "="], ["＝", "="], ["═", "="], ["等于", "="]])(
    "%s90 is %s", (sign, comparison) => { expect(read(`${sign}90`)).toBe(`${comparison}90`); });

  test("two that say the same agree, two that contradict each other are unreadable", () => {
    expect(read("≥90%以上")).toBe("≥90%");
    expect(read("不超过50以上")).toBe("unreadable");
  });

  test.each([["3个工作日内", "≤3工作日"], ["24小时内", "≤24小时"], ["全年不少于12次", "≥12次"], ["达到90%以上", "≥90%"]])("%s is %s", (cell, due) => { expect(read(cell)).toBe(due); });
});

describe("units", () => {
  test.each([
    ["50个", "50个"], ["50 个", "50个"], ["50个村", "50村"], ["3个项目", "3个"], ["3类产品", "3类"], ["12期", "12期"], ["1000人次", "1000人次"], ["35.6公里", "35.6公里"], ["2688户", "2688户"],
    ["1.2万亩", "12000亩"], ["2.6亿元", "260000000元"], ["57.26万元", "572600元"], ["3千元", "3000元"], ["2.6万个", "26000个"], ["3万人次", "30000人次"], ["2.6万", "26000"], ["3千米", "3公里"], ["2公顷", "30亩"],
    ["每亩300元", "300元/亩"], ["300元/亩", "300元/亩"], ["300元每亩", "300元/亩"], ["不超过每亩300元", "≤300元/亩"], ["每亩不超过300元", "≤300元/亩"], ["440.15元/人", "440.15元/人"],
    ["570元/人*月", "570元/人*月"], ["570元/人·月", "570元/人*月"], ["570元/月/人", "570元/人*月"], ["每人每月570元", "570元/人*月"], ["100㎡", "100平方米"], ["100m²", "100平方米"], ["450（元/人）", "450元/人"], ["50（户）", "50户"], ["≥1000人（次）", "≥1000人次"], ["100%（含）", "100%"],
  ])("%s is %s", (cell, due) => { expect(read(cell)).toBe(due); });

  test("the column of units counts where the cell has none, the cell's own unit wins", () => {
    expect(read("12000", { unit: "亩" })).toBe("12000亩");
    expect(read("1.2", { unit: "万亩" })).toBe("12000亩");
    expect(read("2.6", { unit: "亿元" })).toBe("260000000元");
    expect(read("2.6万", { unit: "万元" })).toBe("26000元");
    expect(read("2.6万", { unit: "元" })).toBe("26000元");
    expect(read("98.5", { unit: "％" })).toBe("98.5%");
    expect(read("450", { unit: "元/人" })).toBe("450元/人");
    expect(read("5", { unit: "" })).toBe("5");
    expect(read("5", { unit: "/" })).toBe("5");
    expect(read("50户", { unit: "个" })).toBe("50户");
    expect(codes("50户", { unit: "个" })).toEqual(["unit-conflict"]);
    expect(codes("50个", { unit: "个" })).toEqual([]);
  });

  test("the column of operators counts where the cell has none, and a contradiction is noted", () => {
    expect(read("90", { operator: "≥", unit: "%" })).toBe("≥90%");
    expect(read("90", { operator: "＞＝" })).toBe("≥90");
    expect(read("90", { operator: "等于" })).toBe("=90");
    expect(read("90", { operator: "定性" })).toBe("90");
    expect(read("有效保障", { operator: "定性" })).toBe("words");
    expect(read("≥90%", { operator: "≤" })).toBe("≥90%");
    expect(codes("≥90%", { operator: "≤" })).toEqual(["operator-conflict"]);
    expect(codes("≧90%", { operator: ">=" })).toEqual([]);
  });
});

describe("ranges", () => {
  test.each([
    ["90%–95%", "90–95%"], ["90%-95%", "90–95%"], ["90-95%", "90–95%"], ["90%至95%", "90–95%"], ["90%～95%", "90–95%"], ["90%—95%之间", "90–95%"], ["3~5次", "3–5次"], ["3—5", "3–5"],
    ["1~2万亩", "10000–20000亩"], ["1万-2万亩", "10000–20000亩"], ["500万-1000万元", "5000000–10000000元"], ["-5%--3%", "-5–-3%"], ["±5%", "-5–5%"], ["控制在±5%以内", "-5–5%"],
  ])("%s is %s", (cell, due) => { expect(read(cell)).toBe(due); });
  test.each(["95%-90%", "≥90%-95%", "3个-5次", "3-"])("%s is no range", (cell) => { expect(read(cell)).toBe("unreadable"); });
});

describe("what is not a quantity", () => {
  test.each(["", " ", "　", "\n", "无", "/", "-", "—", "——", "－", "–", "／", "\\", "＼", "不适用", "N/A", "\u200b"])("%j says that nothing is there", (cell) => { expect(read(cell)).toBe("blank"); });
  test.each([
    "有效保障", "明显提高", "建立健全", "不超过预算", "达成预期指标", "县、乡、村三级\n管护制度已建立", "2023年度已完成", "一般", "一定", "十分满意", "三级", "一次性", "零事故", "达到国家标准", "优", "A级",
    "未完成50个", "下降5%", "提前5天", "第3名", "50%以上的村", "3项超期", "一年一次", "三公经费只减不增", "一事一议",
  ])("%s is words", (cell) => { expect(read(cell)).toBe("words"); });
  test.each(["12期、1000人次", "A类3个，B类5个", "培训12期1000人次", "三场、五次", "100%；95%", "100%（50/50）", "2次/2次", "合格率100%，及时率95%", "7×24小时", "1：1"])("%s is several", (cell) => { expect(read(cell)).toBe("several"); });
  test.each(["两次多", "约50", "约50个", "50左右", "近百", "若干", "几次", "100多", "100余人次", "数百人", "十几次", "一百二", "上千人次", "达到约50个", "90%（预计）"])(
    "%s cannot be pinned down", (cell) => { expect(read(cell)).toBe("unreadable"); });
  test.each([["两次", "2次"], ["三场", "3场"], ["十二", "12"], ["一百二十", "120"], ["零", "0"], ["五个月", "5月"], ["两个项目", "2个"], ["每年一次", "1次/年"], ["不少于三次", "≥3次"]])(
    "%s is %s", (cell, due) => { expect(read(cell)).toBe(due); });
  test.each([["已完成50个", "50个"], ["培训1000人次", "1000人次"], ["完成率95%", "95%"], ["合格率≥95%", "≥95%"], ["群众满意度：95%", "95%"], ["100%完成", "100%"], ["2023年培训12场", "12场"], ["50个（含线上）", "50个"]])(
    "in %s the number is %s", (cell, due) => { expect(read(cell)).toBe(due); });
});

describe("what was not the plain reading is noted", () => {
  test.each([
    ["90%", []], ["≥90%", []], ["50个", []], [">=90%", []], ["有效保障", []], ["", []],
    ["１００%", ["full-width"]], ["1，234.50", ["full-width", "thousands"]], ["百分之90", ["percent-words"]], ["两次", ["chinese-numeral"]], ["不低于90%", ["comparison-word"]], ["90%以上", ["comparison-word"]],
    ["1.2万亩", ["unit-scale"]], ["每亩300元", ["unit-rewritten"]], ["已完成50个", ["lead-words"]], ["6月底前", ["date-by"]], ["50个（含线上）", ["bracket"]], ["未完成50个", ["number-in-words"]], ["±5%", ["plus-minus"]],
  ] as const)("%s: %j", (cell, due) => { expect(codes(cell)).toEqual(due); });

  test("a note holds the cell and what it was read as", () => {
    expect(readQuantity("不低于1.2万亩", words).notes[0]).toEqual({ code: "comparison-word", values: { text: "不低于1.2万亩", read: "≥12000亩" } });
    expect(readQuantity("9月前", words).notes[0]?.values["read"]).toBe("≤8月");
    expect(readQuantity("2023年6月30日前", words).notes[0]?.values["read"]).toBe("≤2023年6月30日");
  });
});

describe("whatever stands in a cell", () => {
  const plain = fc.record({ whole: fc.bigInt({ min: 0n, max: 10n ** 12n }), decimals: fc.stringMatching(/^\d{0,4}$/) });
  const full = (text: string): string => text.replace(/[0-9.,%]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
  const group = (digits: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, ",");
  const decorations: [(text: string) => string, string, string][] = [
    [(t) => t, "", ""], [full, "", ""], [(t) => ` ${t}\u3000`, "", ""], [(t) => `≥${t}%`, "≥", "%"], [(t) => `${t}％以上`, "≥", "%"], [(t) => `不超过${t}个`, "≤", "个"], [(t) => `百分之${t}`, "", "%"],
    [(t) => `${full(t)} 人次`, "", "人次"], [(t) => `每亩${t}元`, "", "元/亩"], [(t) => `已完成${t}场`, "", "场"], [(t) => `控制在 ${t} 天以内`, "≤", "天"], [(t) => `＜${t}元/人·月`, "<", "元/人*月"], [(t) => `${t}（户）`, "", "户"],
  ];

  test("a printed number reads to the same value in every decoration", () => {
    fc.assert(fc.property(plain, fc.boolean(), fc.constantFrom(...decorations), ({ whole, decimals }, grouped, [decorate, comparison, unit]) => {
      const digits = String(whole);
      const fraction = decimals === "" ? "" : `.${decimals}`;
      const shortest = `${digits}${fraction}`.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
      expect(read(decorate((grouped ? group(digits) : digits) + fraction))).toBe(`${comparison}${shortest}${unit}`);
    }), { numRuns: 500 });
  });

  test("nothing throws, and the text is kept", () => {
    const alphabet = fc.constantFrom(...Array.from("0123456789.,%-~≥<>=()/每万亿元个人次月日年前底内第季度百分之一二两几约多以上不超过、；： \n\u0000①²٣😀"));
    const cells = fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.array(alphabet, { maxLength: 30 }).map((characters) => characters.join("")));
    fc.assert(fc.property(cells, fc.option(cells, { nil: undefined }), (cell, other) => {
      const hint = other === undefined ? {} : { unit: other, operator: other };
      expect(readQuantity(cell, words, hint).reading.text).toBe(cell);
    }), { numRuns: 3000 });
  });

  test.each([["digits", "1"], ["signs", "≥"], ["words", "有效"], ["groups", "1,"], ["brackets", "("], ["spaces", " "], ["numerals", "一"]])("10 MB of %s are answered at once", (_, piece) => {
    const cell = piece.repeat(10_000_000 / piece.length);
    const start = performance.now();
    expect(["blank", "words", "unreadable", "several"]).toContain(read(cell));
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test.each(["1 ", "1,", "(1", "≥1%、", "一", "每", "元/", "百分之", "1-", "1月"])("the longest cell of %j takes no time", (piece) => {
    const start = performance.now();
    for (let times = 0; times < 20; times++) read(piece.repeat(Math.floor(400 / piece.length)));
    expect(performance.now() - start).toBeLessThan(400);
  });
});
