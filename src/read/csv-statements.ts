// One row of statements.csv -> a sentence's figures, or one part of a composition, in the submission (contract §2.3).
import type { Statement } from "../model.ts";
import type { ReadingRow } from "./csv-tables.ts";
import type { Places } from "./format.ts";
import { clipped } from "./remark.ts";
import { put } from "./settle.ts";
import { meaning } from "./words.ts";

/**
 * 构成: a row a part (部分, 金额, 占比), and one with a blank 部分 or 合计 for the total · 对比: 金额 this year, 上年, 增减额, 方向 ·
 * 金额: 名称 the item, 口径 its column · 声明: 名称 the words, 口径 what they claim, 部分 of what · 说明: 名称 of what, 部分 or 原因说明 the reason.
 */
export function readStatement(row: ReadingRow, places: Places): void {
  const printed = row.cell("statement") || row.part.above.get("statement") || "";
  const kind = meaning("statement", printed);
  const statements = (row.part.submission.statements ??= []);
  row.part.above.set("statement", printed);
  if (kind === "composition") readComposition(row, statements, places);
  else if (kind === "comparison") statements.push(comparison(row, places));
  else if (kind === "amount") readAmount(row, statements, places);
  else if (kind === "claim") readClaim(row, statements, places);
  else if (kind === "explanation") statements.push(explanation(row, places));
  else leaveOut(row, "csv-statement-unknown", "statement", printed);
}

type Composition = Extract<Statement, { kind: "composition" }>;

function readComposition(row: ReadingRow, statements: Statement[], places: Places): void {
  const last = statements.at(-1);
  const label = row.cell("label") || (last?.kind === "composition" ? last.label : "") || "";
  const isTotal = (row.cell("part") ?? "") === "" || meaning("total", row.cell("part") ?? "") !== null;
  const open = statements.findLast((one): one is Composition => one.kind === "composition" && one.label === label && !(isTotal && one.total !== undefined));
  const composition = open ?? (made(row, { kind: "composition", label }, { label: "label" }, places) as Composition);
  if (open === undefined) statements.push(composition);
  const reason = row.cell("explanation") ?? "";
  if (reason !== "") put(composition, "explanation", reason, row.place("explanation"), row.settling);
  if (isTotal) {
    const total = row.cell("amount");
    if (total !== undefined) put(composition, "total", total, row.place("amount"), row.settling);
    return;
  }
  (composition.parts ??= []).push(made(row, {}, { label: "part", amount: "amount", share: "share" }, places));
}

function comparison(row: ReadingRow, places: Places): Statement {
  const fields = { label: "label", current: "amount", previous: "previous", change: "change", direction: "direction", explanation: "explanation" };
  const item = meaning("item", row.cell("column") ?? "");
  return made(row, { kind: "comparison", ...(item === null ? {} : { item }) }, fields, places) as Statement;
}

function readAmount(row: ReadingRow, statements: Statement[], places: Places): void {
  const [printed, caliber] = [row.cell("label") ?? "", row.cell("column") ?? ""];
  const { item, column } = itemAndColumn(printed, caliber);
  if (column === null) leaveOut(row, "csv-column-unknown", "column", caliber);
  else statements.push(made(row, { kind: "amount", item, ...(column === "" ? {} : { column }) }, { amount: "amount", explanation: "explanation" }, places) as Statement);
}

/** 基本支出 and 项目支出 with 年初 or 调整 are the report's budgets; `column` is "" where the item itself says it, null where unknown. */
function itemAndColumn(printed: string, caliber: string): { item: string; column: string | null } {
  const item = meaning("statementItem", printed) ?? meaning("item", printed) ?? printed;
  const stage = meaning("budgetStage", caliber);
  const budget = item === "basicExpenditure" ? "basicBudget" : item === "projectExpenditure" ? "projectBudget" : undefined;
  if (budget !== undefined && stage !== null) return { item: `${budget}${stage}`, column: "" };
  return { item, column: caliber === "" ? "" : meaning("column", caliber) };
}

function readClaim(row: ReadingRow, statements: Statement[], places: Places): void {
  const [claims, scope] = [meaning("claims", row.cell("column") ?? ""), row.cell("part") ?? ""];
  const known = scope === "" ? "all" : meaning("scope", scope);
  if (claims === null) leaveOut(row, "csv-claim-unknown", "column", row.cell("column") ?? "");
  else if (known === null) leaveOut(row, "csv-scope-unknown", "part", scope);
  else statements.push(made(row, { kind: "claim", claims, ...(scope === "" ? {} : { scope: known }) }, { text: "label", explanation: "explanation" }, places) as Statement);
}

function explanation(row: ReadingRow, places: Places): Statement {
  const text = row.cell("explanation") ? "explanation" : "part";
  return made(row, { kind: "explanation" }, { about: "label", text }, places) as Statement;
}

function leaveOut(row: ReadingRow, code: string, field: string, printed: string): void {
  row.say("problem", code, field, { text: clipped(printed) });
  row.part.submission.partial = true;
}

/** An object with these properties and, from the row, the cells that its file has columns for. */
function made(row: ReadingRow, fixed: object, fields: Record<string, string>, places: Places): object {
  const object: Record<string, unknown> = { ...fixed };
  for (const [property, field] of Object.entries(fields)) {
    const value = row.cell(field);
    const blank = value === "" && !ALWAYS.has(property);
    if (value !== undefined && !blank) object[property] ??= value;
  }
  places.set(object, (key) => row.place(key === null ? null : fields[key] ?? null));
  return object;
}

/** One file holds sentences of every kind: a blank cell there is a column of another kind's, but these the kind itself has. */
const ALWAYS: ReadonlySet<string> = new Set(["label", "amount", "current", "previous", "change", "direction", "text", "about"]);
