// The basic data table -> subjects `basicLine`, `partsColumn`, `staff` and `building`.
import { HUNDRED, isZero, times } from "../decimal.ts";
import { derived, known, missing, numberOf } from "../fact.ts";
import type { BasicItem, Building, Fact, LineRow, MoneyUnit, Subject } from "../model.ts";
import { explanationsOf, subject, textFact, type SubjectContext } from "./context.ts";
import { inUnit } from "./money.ts";
import { addUp } from "./sums.ts";

export function basicSubjects(context: SubjectContext): Subject[] {
  const { basicData } = context.rows.submission;
  if (basicData === undefined) return [];
  return [
    ...staffSubject(context),
    ...context.rows.lines.map((row) => lineSubject(context, row)),
    ...WHOLES.flatMap((whole) => partsSubjects(context, whole)),
    ...(basicData.buildings ?? []).map((building, index) => buildingSubject(context, building, index)),
  ];
}

function lineSubject(context: SubjectContext, row: LineRow): Subject {
  const { line, pointer } = row;
  return subject({
    each: "basicLine", table: null, label: row.item, identity: ["basicData", row.item, ...(context.rows.lines.filter((other) => other.item === row.item).length > 1 ? [line.label ?? ""] : [])], pointer,
    explanations: () => explanationsOf(context, { cell: line.explanation, pointer: `${pointer}/explanation` }, null, [row.item, ...(line.label === undefined ? [] : [line.label])]),
    ownWords: [line.label ?? "", row.item],
    facts: {
      item: known(row.item),
      label: textFact(line.label, `${pointer}/label`),
      prior: row.prior,
      budget: row.budget,
      actual: row.actual,
      priorYearActual: () => priorActual(context, row),
      usage: () => derived({ actual: row.actual, budget: row.budget }, ([actual, budget]) => (actual === undefined || budget === undefined || isZero(budget) ? null : times(actual, HUNDRED).dividedBy(budget))),
      overrun: () => derived({ actual: row.actual, budget: row.budget }, ([actual, budget]) => (actual === undefined || budget === undefined ? null : actual.minus(budget))),
      rise: () => derived({ actual: row.actual, prior: row.prior }, ([actual, prior]) => (actual === undefined || prior === undefined ? null : actual.minus(prior))),
      changeSize: () => derived({ actual: row.actual, budget: row.budget }, ([actual, budget]) => (actual === undefined || budget === undefined || isZero(budget) ? null : times(actual.minus(budget).absoluteValue(), HUNDRED).dividedBy(budget))),
    },
  });
}

/** The same line in last year's submission: its actual column. */
function priorActual(context: SubjectContext, row: LineRow): Fact {
  const before = context.prior?.lines.find((line) => line.item === row.item && (line.line.label ?? "") === (row.line.label ?? "")) ?? context.prior?.lines.find((line) => line.item === row.item);
  if (before === undefined || context.prior === null || numberOf(before.actual) === null) return missing();
  const unit = ({ submission, moneyUnit }: SubjectContext["rows"]): MoneyUnit => submission.basicData?.moneyUnit ?? moneyUnit;
  return { ...inUnit(before.actual, unit(context.prior), unit(context.rows)), at: [] };
}

interface Whole { item: BasicItem; parts: readonly BasicItem[]; complete: boolean }

/** What adds up to what in 部门整体支出绩效评价基础数据表; `complete: false` for 其中 lines, which may only not exceed it. So may parts of which some are not listed. */
const WHOLES: readonly Whole[] = [
  { item: "sanGong", parts: ["overseas", "vehicles", "reception"], complete: true },
  { item: "vehicles", parts: ["vehiclePurchase", "vehicleOperation"], complete: true },
  { item: "projectExpenditure", parts: ["businessWork", "operationMaintenance", "specialFunds"], complete: true },
  { item: "operatingFunds", parts: ["office", "utilitiesTravel", "meetingsTraining"], complete: false },
];

function partsSubjects(context: SubjectContext, whole: Whole): Subject[] {
  const { lines } = context.rows;
  const total = lines.find((row) => row.item === whole.item);
  const parts = partsOf(whole, lines);
  const listed = lines.filter((row) => (parts as readonly string[]).includes(row.item));
  if (total === undefined || listed.length === 0) return [];
  const allListed = parts.every((part) => listed.some((row) => row.item === part));
  const candidates = whole.item === "projectExpenditure" ? [listed, [...listed, ...ownLines(lines)]] : [listed];
  return (["prior", "budget", "actual"] as const).map((column) => {
    const sums = candidates.map((rows) => addUp(total[column], rows.map((row) => row[column])));
    const sum = sums.find((candidate) => candidate.agrees === true) ?? sums[0] ?? addUp(total[column], []);
    return subject({
      each: "partsColumn", table: null, label: whole.item, identity: ["basicData", "parts", whole.item, column], pointer: total.pointer,
      explanations: () => explanationsOf(context, { cell: total.line.explanation, pointer: `${total.pointer}/explanation` }, null, [whole.item]),
      facts: {
        item: known(whole.item), column: known(`line.${column}`), complete: known(whole.complete && allListed), allListed: known(allListed),
        partial: known(context.rows.partial || context.rows.submission.basicData?.partial === true), ...sum.facts,
      },
    });
  });
}

/** Where the form has no line for all vehicles, purchase and operation stand for it. */
function partsOf({ item, parts }: Whole, lines: readonly LineRow[]): readonly BasicItem[] {
  if (item !== "sanGong" || lines.some((row) => row.item === "vehicles")) return parts;
  return ["overseas", "vehiclePurchase", "vehicleOperation", "reception"];
}

/** Lines of the department's own between 专项资金 and the next official line: one a special fund. */
function ownLines(lines: readonly LineRow[]): LineRow[] {
  const from = lines.findIndex((row) => row.item === "specialFunds");
  if (from < 0) return [];
  const rest = lines.slice(from + 1);
  const end = rest.findIndex((row) => OFFICIAL.has(row.item));
  return rest.slice(0, end < 0 ? rest.length : end);
}

const OFFICIAL: ReadonlySet<string> = new Set<BasicItem>([
  "sanGong", "vehicles", "vehiclePurchase", "vehicleOperation", "overseas", "reception", "projectExpenditure", "businessWork", "operationMaintenance",
  "specialFunds", "operatingFunds", "office", "utilitiesTravel", "meetingsTraining", "procurement", "basicExpenditure",
]);

function staffSubject(context: SubjectContext): Subject[] {
  const { rows } = context;
  const staff = rows.submission.basicData?.staff;
  if (staff === undefined) return [];
  const pointer = "/basicData/staff";
  const established = rows.count(staff.established, `${pointer}/established`);
  const actual = rows.count(staff.actual, `${pointer}/actual`);
  return [subject({
    each: "staff", table: null, label: "staff", identity: ["basicData", "staff"], pointer,
    explanations: () => explanationsOf(context, { cell: staff.explanation, pointer: `${pointer}/explanation` }, null, ["staff", "staffActual", "staffEstablished"]),
    facts: {
      established, actual,
      controlRate: rows.rate(staff.controlRate, `${pointer}/controlRate`),
      trueControlRate: () => derived({ actual, established }, ([now, posts]) => (now === undefined || posts === undefined || isZero(posts) ? null : times(now, HUNDRED).dividedBy(posts))),
    },
  })];
}

function buildingSubject(context: SubjectContext, building: Building, index: number): Subject {
  const { rows } = context;
  const pointer = `/basicData/buildings/${index}`;
  const count = (cell: "approvedArea" | "actualArea"): Fact => rows.count(building[cell], `${pointer}/${cell}`);
  const money = (cell: "budgetInvestment" | "actualInvestment"): Fact => rows.amount(building[cell], `${pointer}/${cell}`);
  const percent = (part: Fact, whole: Fact): Fact => derived({ part, whole }, ([a, b]) => (a === undefined || b === undefined || isZero(b) ? null : times(a, HUNDRED).dividedBy(b)));
  const approvedArea = count("approvedArea");
  const actualArea = count("actualArea");
  const budgetInvestment = money("budgetInvestment");
  const actualInvestment = money("actualInvestment");
  return subject({
    each: "building", table: null, label: building.name ?? "building", identity: ["basicData", "building", building.name ?? String(index)], pointer,
    explanations: () => explanationsOf(context, { cell: building.explanation, pointer: `${pointer}/explanation` }, null, ["building", ...(building.name === undefined ? [] : [building.name])]),
    facts: {
      approvedArea, actualArea, budgetInvestment, actualInvestment,
      areaControlRate: rows.rate(building.areaControlRate, `${pointer}/areaControlRate`),
      investmentControlRate: rows.rate(building.investmentControlRate, `${pointer}/investmentControlRate`),
      trueAreaRate: () => percent(actualArea, approvedArea),
      trueInvestmentRate: () => percent(actualInvestment, budgetInvestment),
    },
  });
}
