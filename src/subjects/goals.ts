// Clauses of goals beside the indicators that they name -> subjects `goalNumber`.
import { absolute, compare, equals, type Decimal } from "../decimal.ts";
import { known } from "../fact.ts";
import type { GoalClause, IndicatorRow, Reading, Subject, TableRows } from "../model.ts";
import { subject, tableIdentity, type SubjectContext } from "./context.ts";
import { cleanText, coreName, nameWords } from "./names.ts";

/** One subject for each clause of a goal that says of one indicator of its table nothing but a number in its unit. */
export function goalSubjects(context: SubjectContext): Subject[] {
  return context.rows.goals.flatMap((clause) => {
    const table = context.rows.tables[clause.table];
    if (table === undefined || (clause.cell === "achieved" && /目标|任务|计划/u.test(clause.text))) return [];
    const named = table.indicators.filter((row) => row.live && isNamed(context, clause, row));
    return named.length === 1 && named[0] !== undefined ? goalSubject(table, clause, named[0]) : [];
  });
}

const readingOf = (clause: GoalClause, row: IndicatorRow): Reading => (clause.cell === "expected" ? row.target : row.actual);

function goalSubject(table: TableRows, clause: GoalClause, row: IndicatorRow): Subject[] {
  const reading = readingOf(clause, row);
  if (reading.kind !== "quantity") return [];
  const [cell, name, explanation] = [clause.cell === "expected" ? "target" : "actual", row.indicator.name ?? "", row.indicator.explanation ?? ""];
  const at = [clause.pointer, `${row.pointer}/${cell}`];
  return [subject({
    each: "goalNumber", table: table.name, label: name, identity: [...tableIdentity(table), "goal", clause.cell, name], pointer: clause.pointer,
    explanations: explanation.trim() === "" ? [] : [{ text: explanation, where: `${row.pointer}/explanation` }], ownWords: [name],
    facts: {
      column: known(cell), clause: known(clause.text, [clause.pointer]),
      goalNumber: known(clause.number, [clause.pointer]), indicatorNumber: known(reading.value, [at[1] ?? ""], { text: reading.text }),
      agrees: known(fits(clause, reading.value), at),
    },
  })];
}

/** Whether the clause is about this indicator and nothing narrower: 为农民工办理法律援助案件320件 is not about 法律援助案件. */
function isNamed(context: SubjectContext, clause: GoalClause, row: IndicatorRow): boolean {
  const reading = readingOf(clause, row);
  if (reading.kind !== "quantity") return false;
  const rest = afterUnit(context, clause, reading, row.name);
  if (rest === null) return false;
  const [before, after] = [cleanText(clause.before.replace(/[≥≤<>=]/gu, "")), cleanText(rest)];
  return namesOf(context, row).some((name) => {
    const at = before.indexOf(name);
    if (at >= 0) return isFilling(context, before.slice(0, at)) && isFilling(context, before.slice(at + name.length)) && isFilling(context, after);
    return after.startsWith(name) && isFilling(context, before) && isFilling(context, after.slice(name.length));
  });
}

/** The name as printed, without its unit in brackets, and what is left of it without verb and ending where that still says what it is. */
function namesOf(context: SubjectContext, row: IndicatorRow): string[] {
  const full = [cleanText(row.indicator.name ?? ""), cleanText(row.name)].filter((name) => name.length >= 3);
  const core = row.name.endsWith("率") ? null : coreName(row.name, nameWords(context.words));
  return [...new Set([...full, ...(core !== null && core.length >= 4 ? [core] : [])])];
}

/** What follows the number and its unit; null where the unit is not the indicator's. */
function afterUnit(context: SubjectContext, clause: GoalClause, reading: Extract<Reading, { kind: "quantity" }>, name: string): string | null {
  const percent = reading.unit?.kind === "percent" || (reading.unit === null && context.words("rates").some((ending) => name.endsWith(ending)));
  if (percent || clause.percent) return percent && clause.percent ? clause.after.slice(1) : null;
  const own = reading.unit === null ? [] : [reading.unit.name, reading.unit.text];
  const units = [...own, ...context.words("classifiers")].filter((unit) => unit !== "" && clause.after.startsWith(unit));
  const unit = units.reduce((longest, each) => (each.length > longest.length ? each : longest), "");
  return unit === "" || (own.length > 0 && !own.includes(unit)) ? null : clause.after.slice(unit.length);
}

/** Nothing but words that change neither what is counted nor whose it is: 全年, 共, 办理, 达到, 以上 … */
function isFilling(context: SubjectContext, text: string): boolean {
  const words = [...context.words("goalFillers"), ...context.words("nameVerbs"), ...context.words("nameEndings")];
  const ends = new Set([0]);
  for (let from = 0; from < text.length; from += 1) {
    if (ends.has(from)) for (const word of words) if (text.startsWith(word, from)) ends.add(from + word.length);
  }
  return ends.has(text.length);
}

/** An actual may be better than what the goal says was at least reached. */
function fits(clause: GoalClause, value: Decimal): boolean {
  if (equals(clause.number, value)) return true;
  if (clause.cell !== "achieved" || clause.bound === null) return false;
  const order = compare(absolute(value), absolute(clause.number));
  return clause.bound === "≥" || clause.bound === ">" ? order >= 0 : order <= 0;
}
