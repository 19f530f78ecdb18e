// Figures that stand in two places -> subjects `agreement` (basic data beside the department table) and `amount` (prose beside the tables).
import { plus } from "../decimal.ts";
import { derived, known, missing, numberOf, underivable } from "../fact.ts";
import type { Fact, MoneyUnit, Statement, Subject, TableRows } from "../model.ts";
import { explanationsOf, subject, type SubjectContext } from "./context.ts";
import { inUnit } from "./money.ts";
import { sameAmount, toleranceOf } from "./sums.ts";

export function agreementSubjects(context: SubjectContext): Subject[] {
  const department = context.rows.tables.find((table) => table.table.kind === "department");
  return [
    ...(department === undefined ? [] : betweenTables(context, department)),
    ...proseAmounts(context, department ?? null),
  ];
}

function betweenTables(context: SubjectContext, department: TableRows): Subject[] {
  const pairs = [["projectExpenditure", "project"], ["basicExpenditure", "basic"]] as const;
  return pairs.flatMap(([item, cell]) => {
    const line = context.rows.lines.find((row) => row.item === item);
    if (line === undefined) return [];
    return [pairSubject({ each: "agreement", label: item, identity: ["agreement", item], table: department.name, left: context.rows.natureAmount(department, "expenditure", cell), right: inUnit(line.actual, basicUnit(context), department.moneyUnit), leftName: "departmentTable", rightName: "basicData", explanations: [], pointer: line.pointer })];
  });
}

/** The unit of money of the basic data table. */
const basicUnit = ({ rows }: SubjectContext): MoneyUnit => rows.submission.basicData?.moneyUnit ?? rows.moneyUnit;

interface Pair {
  each: string; label: string; identity: string[]; table: string | null; left: Fact; right: Fact; leftName: string; rightName: string;
  explanations: ReturnType<Subject["explanations"]> | Subject["explanations"]; pointer: string; column?: string;
}

function pairSubject(pair: Pair): Subject {
  const { left, right } = pair;
  const same = sameAmount(left, right);
  const at = [...left.at, ...right.at];
  const agrees = same === null ? openPair(left, right) : known(same, at);
  return subject({
    each: pair.each, table: pair.table, label: pair.label, identity: pair.identity, pointer: pair.pointer, explanations: pair.explanations,
    facts: {
      left, right, agrees,
      leftName: known(pair.leftName), rightName: known(pair.rightName), item: known(pair.label), column: known(pair.column ?? "actual"),
      gap: derived({ left, right }, ([a, b]) => (a === undefined || b === undefined ? null : a.minus(b))),
    },
  });
}

function openPair(left: Fact, right: Fact): Fact {
  const open = [left, right].filter((fact) => fact.state !== "known");
  const at = open.flatMap((fact) => fact.at);
  return open.some((fact) => fact.state !== "missing") ? underivable(["amount"], at) : missing(at, at.length > 0);
}

type Amount = Extract<Statement, { kind: "amount" }>;
interface Stated { item: string; column: string; amount: Fact; pointer: string; statement: Amount | null }

/** Every amount of the prose, those of its comparisons included, beside the cell that holds it. */
function proseAmounts(context: SubjectContext, department: TableRows | null): Subject[] {
  const stated = (context.rows.submission.statements ?? []).flatMap((statement, index) => statedAmounts(context, statement, `/statements/${index}`));
  const sums = (["Initial", "Adjusted"] as const).flatMap((column) => budgetSum(context, stated, column, department));
  return [...stated.flatMap((entry) => amountSubject(context, entry, department)), ...sums];
}

function statedAmounts(context: SubjectContext, statement: Statement, pointer: string): Stated[] {
  const { rows } = context;
  if (statement.kind === "amount" && statement.item !== undefined) {
    return [{ item: statement.item, column: statement.column ?? "actual", amount: rows.amount(statement.amount, `${pointer}/amount`), pointer, statement }];
  }
  if (statement.kind !== "comparison" || statement.item === undefined) return [];
  return [
    { item: statement.item, column: "actual", amount: rows.amount(statement.current, `${pointer}/current`), pointer, statement: null },
    { item: statement.item, column: "prior", amount: rows.amount(statement.previous, `${pointer}/previous`), pointer, statement: null },
  ];
}

function amountSubject(context: SubjectContext, entry: Stated, department: TableRows | null): Subject[] {
  if (SUMMED.has(entry.item) || entry.item === "income" || entry.item === "carryoverYearEnd") return [];
  const other = counterpart(context, entry, department);
  return [pairSubject({
    each: "amount", label: entry.item, identity: ["statement", "amount", entry.item, entry.column], table: null, left: entry.amount, right: other.fact,
    leftName: "prose", rightName: other.name, column: entry.column, pointer: entry.pointer,
    explanations: () => explanationsOf(context, entry.statement === null ? null : { cell: entry.statement.explanation, pointer: `${entry.pointer}/explanation` }, null, [entry.item]),
  })];
}

const SUMMED: ReadonlySet<string> = new Set(["basicBudgetInitial", "projectBudgetInitial", "basicBudgetAdjusted", "projectBudgetAdjusted"]);

/** The cell that an item of the prose is compared with (contract §2.3), in the prose's unit of money. */
function counterpart(context: SubjectContext, entry: Stated, department: TableRows | null): { fact: Fact; name: string } {
  const { rows } = context;
  const staff = rows.submission.basicData?.staff;
  if (entry.item === "expenditure") return { fact: totalOf(context, department, "executed"), name: "departmentTable" };
  if (entry.item === "staffEstablished") return { fact: rows.count(staff?.established, "/basicData/staff/established"), name: "basicData" };
  if (entry.item === "staffActual") return { fact: rows.count(staff?.actual, "/basicData/staff/actual"), name: "basicData" };
  const line = rows.lines.find((row) => row.item === entry.item);
  const column = entry.column === "prior" || entry.column === "budget" ? entry.column : "actual";
  return { fact: inUnit(line?.[column] ?? missing(), basicUnit(context), rows.moneyUnit), name: "basicData" };
}

function totalOf({ rows }: SubjectContext, department: TableRows | null, column: "initialBudget" | "adjustedBudget" | "executed"): Fact {
  return department?.totalFund == null ? missing() : inUnit(department.totalFund[column], department.moneyUnit, rows.moneyUnit);
}

/** Basic and project budgets of the prose, together, beside the total of the department table. */
function budgetSum(context: SubjectContext, stated: readonly Stated[], column: "Initial" | "Adjusted", department: TableRows | null): Subject[] {
  const basic = stated.find((entry) => entry.item === `basicBudget${column}`);
  const project = stated.find((entry) => entry.item === `projectBudget${column}`);
  if (basic === undefined || project === undefined) return [];
  const sum = derived({ basic: basic.amount, project: project.amount }, ([a, b]) => (a === undefined || b === undefined ? null : plus(a, b)));
  const total = totalOf(context, department, column === "Initial" ? "initialBudget" : "adjustedBudget");
  const pair = pairSubject({
    each: "amount", label: basic.item, identity: ["statement", "amount", `budget${column}`], table: null, left: sum, right: total, leftName: "prose", rightName: "departmentTable",
    column: column === "Initial" ? "initialBudget" : "adjustedBudget", pointer: basic.pointer,
    explanations: () => explanationsOf(context, null, null, [basic.item, project.item]),
  });
  const gap = numberOf(pair.facts["gap"] as Fact);
  const within = gap !== null && gap.absoluteValue().lessThanOrEqualTo(toleranceOf([basic.amount, project.amount], total));
  return [within ? { ...pair, facts: { ...pair.facts, agrees: known(true, [...sum.at, ...total.at]) } } : pair];
}
