// The words of 附件1 → its sheet: staff, lines of expenditure, buildings; filled in from a submission where one is given.
import type { Submission } from "../../model.ts";
import { addressOf, put, rangeOf, type Sheet } from "./sheet.ts";
import { templateWords } from "./words.ts";

const LAST = 6;
/** First columns of the three amounts, each two columns wide. */
const THREE = [1, 3, 5] as const;
/** Lines whose amount is the sum of the lines named. */
const SUMS: Readonly<Record<string, readonly string[]>> = {
  sanGong: ["vehicles", "overseas", "reception"],
  vehicles: ["vehiclePurchase", "vehicleOperation"],
  projectExpenditure: ["businessWork", "operationMaintenance", "specialFunds"],
};

/** 部门整体支出绩效评价基础数据表. The cover lines (year, department, unit of money) stand above an empty one only. */
export function basicSheet(filled: Submission | null): Sheet {
  const words = templateWords().basic;
  const sheet: Sheet = { name: words.sheet, widths: [30, 12, 12, 12, 12, 12, 14], cells: [], entries: [] };
  put(sheet, "title", 0, 0, words.title, { columnSpan: LAST + 1 });
  const top = filled === null ? cover(sheet, 1) : 1;
  const lines = staff(sheet, top, filled);
  const buildings = amounts(sheet, lines, filled);
  const last = buildingRows(sheet, buildings, filled);
  put(sheet, "label", last, 0, words.austerityMeasures);
  put(sheet, "input", last, 1, filled?.basicData?.austerityMeasures ?? "", { columnSpan: LAST, hint: "hint.austerityMeasures" });
  return sheet;
}

function cover(sheet: Sheet, row: number): number {
  const { common } = templateWords();
  const pairs = [[common.year, "", "hint.year"], [common.department, "", "hint.department"], [common.moneyUnit, "万元", "hint.moneyUnit"]] as const;
  for (const [index, [label, value, hint]] of pairs.entries()) {
    put(sheet, "label", row + index, 0, label);
    put(sheet, "input", row + index, 1, value, { columnSpan: LAST, hint });
  }
  sheet.entries.push({ range: addressOf(row, 1), low: 2000, high: 2100, strict: true, hint: "hint.year" });
  sheet.entries.push({ range: addressOf(row + 2, 1), list: ["元", "千元", "万元", "亿元"], strict: true, hint: "hint.moneyUnit" });
  return row + pairs.length;
}

function staff(sheet: Sheet, row: number, filled: Submission | null): number {
  const { heading, columns } = templateWords().basic.staff;
  const year = filled?.year;
  put(sheet, "label", row, 0, heading, { rowSpan: 2 });
  for (const [index, [field, label]] of columns.entries()) {
    const column = THREE[index] ?? LAST;
    put(sheet, "label", row, column, field === "actual" && year !== undefined ? `${year}年${label}` : label, { columnSpan: 2 });
    const text = filled?.basicData?.staff?.[field as "actual"] ?? "";
    const [established, actual] = [addressOf(row + 1, THREE[0]), addressOf(row + 1, THREE[1])];
    const rate = field === "controlRate" && filled === null;
    put(sheet, rate ? "computed" : "input", row + 1, column, text, {
      columnSpan: 2, hint: `hint.staff.${field}`,
      ...(field === "controlRate" ? { percent: true } : {}), ...(rate ? { formula: `IF(N(${established})>0,IF(${actual}="","",ROUND(${actual}/${established},4)),"")` } : {}),
    });
  }
  sheet.entries.push({ range: rangeOf(row + 1, 1, row + 1, 4), low: 0, high: 1_000_000, strict: true, hint: "hint.count" });
  return row + 2;
}

function amounts(sheet: Sheet, row: number, filled: Submission | null): number {
  const { heading, columns, rows } = templateWords().basic.lines;
  put(sheet, "label", row, 0, heading);
  const years = filled?.year === undefined ? null : { prior: Number(filled.year) - 1, budget: Number(filled.year), actual: Number(filled.year) };
  for (const [index, [field, label]] of columns.entries()) {
    const year = years?.[field as "prior"];
    put(sheet, "label", row, THREE[index] ?? LAST, year === undefined ? label : label.replace(/^[上本]年/u, `${year}年`), { columnSpan: 2 });
  }
  const rowOf = new Map(rows.map(([item], index) => [item, row + 1 + index]));
  for (const [item, label] of rows) {
    const at = rowOf.get(item) ?? row;
    const line = filled?.basicData?.lines?.find((one) => one.item === item);
    put(sheet, "label", at, 0, label);
    for (const [index, [field]] of columns.entries()) {
      const column = THREE[index] ?? LAST;
      const parts = (SUMS[item] ?? []).map((part) => addressOf(rowOf.get(part) ?? at, column));
      const computed = filled === null && parts.length > 0;
      put(sheet, computed ? "computed" : "input", at, column, line?.[field as "prior"] ?? "", {
        columnSpan: 2, hint: computed ? "hint.sum" : `hint.line.${field}`,
        ...(computed ? { formula: `IF(COUNT(${parts.join(",")})=0,"",SUM(${parts.join(",")}))` } : {}),
      });
    }
  }
  sheet.entries.push({ range: rangeOf(row + 1, 1, row + rows.length, LAST), low: 0, high: 1_000_000_000_000, strict: true, hint: "hint.amount" });
  return row + 1 + rows.length;
}

function buildingRows(sheet: Sheet, row: number, filled: Submission | null): number {
  const { heading, columns } = templateWords().basic.buildings;
  const buildings = filled?.basicData?.buildings ?? [{}];
  put(sheet, "label", row, 0, heading, { rowSpan: buildings.length + 1 });
  for (const [index, [field, label]] of columns.entries()) {
    put(sheet, "label", row, 1 + index, label);
    for (const [at, building] of buildings.entries()) put(sheet, "input", row + 1 + at, 1 + index, building[field as "name"] ?? "", { ...(/Rate$/u.test(field) ? { percent: true } : {}), hint: `hint.building` });
  }
  return row + 1 + buildings.length;
}
