// Figures that the prose states -> subjects `composition`, `share`, `comparison` and `claim`. (Amounts: agreements.ts.)
import { absolute, compare, decimal, HUNDRED, isNegative, isZero, minus, negated, times, toText } from "../decimal.ts";
import { derived, known, missing, numberOf } from "../fact.ts";
import type { Fact, LineRow, Statement, Subject } from "../model.ts";
import { explanationsOf, subject, textFact, type SubjectContext } from "./context.ts";
import { addUp, toleranceOf } from "./sums.ts";

type Of<K extends Statement["kind"]> = Extract<Statement, { kind: K }>;

export function statementSubjects(context: SubjectContext): Subject[] {
  return (context.rows.submission.statements ?? []).flatMap((statement, index) => {
    const pointer = `/statements/${index}`;
    if (statement.kind === "composition") return compositionSubjects(context, statement, pointer);
    if (statement.kind === "comparison") return [comparisonSubject(context, statement, pointer)];
    return statement.kind === "claim" ? [claimSubject(context, statement, pointer)] : [];
  });
}

function compositionSubjects(context: SubjectContext, statement: Of<"composition">, pointer: string): Subject[] {
  const { rows } = context;
  const total = rows.amount(statement.total, `${pointer}/total`);
  const parts = (statement.parts ?? []).map((part, index) => ({ part, amount: rows.amount(part.amount, `${pointer}/parts/${index}/amount`), pointer: `${pointer}/parts/${index}` }));
  const label = statement.label ?? "";
  const explanations = explanationsOf(context, { cell: statement.explanation, pointer: `${pointer}/explanation` }, null, [label]);
  const whole = subject({
    each: "composition", table: null, label, identity: ["statement", "composition", label], pointer, explanations,
    facts: { label: textFact(statement.label, `${pointer}/label`), ...addUp(total, parts.map((entry) => entry.amount)).facts },
  });
  const shares = parts.filter((entry) => entry.part.share !== undefined).map((entry) => subject({
    each: "share", table: null, label: entry.part.label ?? "", identity: ["statement", "share", label, entry.part.label ?? ""], pointer: entry.pointer, explanations,
    facts: {
      label: textFact(entry.part.label, `${entry.pointer}/label`),
      whole: textFact(statement.label, `${pointer}/label`),
      amount: entry.amount,
      total,
      share: rows.rate(entry.part.share, `${entry.pointer}/share`),
      trueShare: derived({ amount: entry.amount, total }, ([amount, all]) => (amount === undefined || all === undefined || isZero(all) ? null : times(amount, HUNDRED).dividedBy(all))),
    },
  }));
  return [whole, ...shares];
}

function comparisonSubject(context: SubjectContext, statement: Of<"comparison">, pointer: string): Subject {
  const { rows } = context;
  const current = rows.amount(statement.current, `${pointer}/current`);
  const previous = rows.amount(statement.previous, `${pointer}/previous`);
  const change = rows.amount(statement.change, `${pointer}/change`);
  const label = statement.label ?? statement.item ?? "";
  const said = directionSaid(context, statement.direction, `${pointer}/direction`);
  const trueChange = derived({ current, previous }, ([now, before]) => (now === undefined || before === undefined ? null : minus(now, before)));
  return subject({
    each: "comparison", table: null, label: statement.item ?? label, identity: ["statement", "comparison", statement.item ?? label], pointer,
    explanations: () => explanationsOf(context, { cell: statement.explanation, pointer: `${pointer}/explanation` }, null, [label, statement.item ?? label]),
    facts: {
      label: textFact(statement.label ?? statement.item, `${pointer}/label`),
      current, previous, change,
      direction: said,
      trueChange,
      trueMagnitude: derived({ trueChange }, ([value]) => (value === undefined ? null : absolute(value))),
      trueDirection: directionOf(trueChange),
      signedChange: signed(change, said),
      changeAgrees: changeAgrees(current, previous, change),
    },
  });
}

/** 增加, 减少 or 持平, by the set's synonyms (`directionSynonyms`: `上升=增加`). */
function directionSaid(context: SubjectContext, cell: string | undefined, pointer: string): Fact {
  const printed = textFact(cell, pointer);
  if (printed.state !== "known" || cell === undefined) return printed;
  const plain = cell.trim();
  const word = context.words("directionSynonyms").map((entry) => entry.split("=")).find(([said]) => said === plain)?.[1];
  return word === undefined ? { state: "unreadable", text: cell, at: [pointer] } : known(word, [pointer], { text: cell });
}

function directionOf(change: Fact): Fact {
  const value = numberOf(change);
  if (value === null) return change;
  return known(isZero(value) ? "持平" : isNegative(value) ? "减少" : "增加", change.at);
}

function signed(change: Fact, direction: Fact): Fact {
  const value = numberOf(change);
  if (value === null || direction.state !== "known") return value === null ? change : direction;
  return known(direction.value === "减少" ? negated(absolute(value)) : absolute(value), [...change.at, ...direction.at]);
}

/** current − previous = change in magnitude, within the rounding of the two; a change left out (持平) is one of nothing. */
function changeAgrees(current: Fact, previous: Fact, change: Fact): Fact {
  const [now, before, stated] = [numberOf(current), numberOf(previous), numberOf(change)];
  const at = [...current.at, ...previous.at, ...change.at];
  if (now === null || before === null || stated === null) return derived({ current, previous, change }, () => null);
  const gap = absolute(minus(absolute(minus(now, before)), absolute(stated)));
  return known(compare(gap, toleranceOf([current, previous], change)) <= 0, at);
}

function claimSubject(context: SubjectContext, statement: Of<"claim">, pointer: string): Subject {
  const found = contradictions(context, statement);
  return subject({
    each: "claim", table: null, label: statement.text ?? statement.claims ?? "", identity: ["statement", "claim", statement.claims ?? "", statement.scope ?? "all"], pointer,
    explanations: () => explanationsOf(context, { cell: statement.explanation, pointer: `${pointer}/explanation` }, null, [statement.text ?? "", statement.claims ?? ""].filter((name) => name !== "")),
    facts: {
      text: textFact(statement.text, `${pointer}/text`),
      claims: textFact(statement.claims, `${pointer}/claims`),
      scope: known(statement.scope ?? "all"),
      contradictions: known(found.map((entry) => entry.label), [`${pointer}/text`, ...found.flatMap(({ spent, budget }) => [...spent.at, ...budget.at])]),
      figures: known(found.map(({ spent, budget }) => `${printed(spent)} / ${printed(budget)}`)),
      contradictionCount: found.length === 0 && !checkable(context, statement) ? missing() : known(decimal(found.length), [`${pointer}/text`]),
    },
  });
}

const printed = (fact: Fact): string => (fact.state === "known" ? (fact.text ?? toText(numberOf(fact) ?? decimal(0))) : "");

/** A line or table that contradicts a claim: spent against budget. */
interface Contradiction { label: string; spent: Fact; budget: Fact }

const SANGONG: ReadonlySet<string> = new Set(["sanGong", "vehicles", "vehiclePurchase", "vehicleOperation", "overseas", "reception"]);
const PROJECT: ReadonlySet<string> = new Set(["projectExpenditure", "businessWork", "operationMaintenance", "specialFunds"]);

/** Lines that a claim covers. The budget of 基本支出 is adjusted in the year, so its line says nothing of overspending. */
function linesInScope(context: SubjectContext, scope: string): LineRow[] {
  return context.rows.lines.filter((row) => {
    if (row.item === "basicExpenditure") return false;
    if (scope === "sanGong") return SANGONG.has(row.item);
    if (scope === "project") return PROJECT.has(row.item);
    return scope === "basic" ? !SANGONG.has(row.item) && !PROJECT.has(row.item) && row.item !== "procurement" : true;
  });
}

function tablesInScope(context: SubjectContext, scope: string): SubjectContext["rows"]["tables"] {
  if (scope === "all") return context.rows.tables;
  return scope === "project" ? context.rows.tables.filter((table) => table.table.kind === "project") : [];
}

function contradictions(context: SubjectContext, statement: Of<"claim">): Contradiction[] {
  const scope = statement.scope ?? "all";
  const differs = ({ spent, budget }: Contradiction): boolean => {
    const [a, b] = [numberOf(spent), numberOf(budget)];
    return a !== null && b !== null && (statement.claims === "no-carryover" ? compare(a, b) < 0 : compare(a, b) > 0);
  };
  const tables = tablesInScope(context, scope).flatMap((table) => {
    const rows = statement.claims === "no-carryover" ? [] : table.funds.filter((row) => row !== table.printedTotal);
    const found = [...(table.totalFund === null ? [] : [table.totalFund]), ...rows].map((row) => ({ label: table.name, spent: row.executed, budget: row.adjustedBudget })).find(differs);
    return found === undefined ? [] : [found];
  });
  if (statement.claims === "no-carryover") return tables;
  return [...linesInScope(context, scope).map((row) => ({ label: row.item, spent: row.actual, budget: row.budget })).filter(differs), ...tables];
}

/** Whether the tables hold anything that could contradict the claim. */
function checkable(context: SubjectContext, statement: Of<"claim">): boolean {
  const scope = statement.scope ?? "all";
  return tablesInScope(context, scope).some((table) => table.totalFund !== null) || (statement.claims !== "no-carryover" && linesInScope(context, scope).some((row) => row.actual.state === "known" && row.budget.state === "known"));
}

