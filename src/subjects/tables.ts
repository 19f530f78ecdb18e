// Tables and the submission as wholes -> subjects `submission`, `table` and `level`.
import { compare, decimal, decimalsOf, equals, HUNDRED, isZero, round, times, total as sumOf, toText, ZERO, type Decimal } from "../decimal.ts";
import { derived, known, missing, numberOf, underivable } from "../fact.ts";
import { once, remembered } from "../memo.ts";
import type { Fact, IndicatorRow, Subject, TableRows } from "../model.ts";
import { explanationsOf, subject, tableIdentity, textFact, type SubjectContext, type Words } from "./context.ts";
import { inUnit } from "./money.ts";
import { cleanText } from "./names.ts";
import { addUp } from "./sums.ts";

export function wholeSubjects(context: SubjectContext): Subject[] {
  return [submissionSubject(context), ...context.rows.tables.flatMap((table, index) => [tableSubject(context, table, index), ...levelSubjects(context, table)])];
}

function submissionSubject(context: SubjectContext): Subject {
  const { rows, parameters } = context;
  const { submission } = rows;
  const has = { department: rows.tables.some((table) => table.table.kind === "department"), project: rows.tables.some((table) => table.table.kind === "project"), basicData: submission.basicData !== undefined };
  const required = listOf(parameters.get("form.requiredTables"));
  const lacking = required.filter((name) => !(name === "department" ? has.department : name === "project" ? has.project : has.basicData));
  return subject({
    each: "submission", table: null, label: "submission", identity: ["submission"], pointer: "",
    explanations: explanationsOf(context, null, null, []),
    facts: {
      year: textFact(submission.year, "/year"),
      departmentName: textFact(submission.department?.name, "/department/name"),
      partial: known(rows.partial),
      hasDepartmentTable: known(has.department),
      hasProjectTables: known(has.project),
      hasBasicData: known(has.basicData),
      requiredTables: known(required),
      lackingTables: known(lacking.map((name) => TABLE_NAMES[name] ?? name)),
      lackingCount: known(decimal(lacking.length)),
      ...projectCoverage(context),
      ...projectScores(context),
    },
  });
}

/** The tables as the locales name them. */
const TABLE_NAMES: Readonly<Record<string, string>> = { department: "departmentTable", project: "projectTable", basicData: "basicData" };

/** What the project tables spent beside the department's project expenditure. */
function projectCoverage(context: SubjectContext): Subject["facts"] {
  const { rows } = context;
  const projects = rows.tables.filter((table) => table.table.kind === "project");
  const spent = projects.map((table) => inUnit(table.totalFund?.executed ?? missing(), table.moneyUnit, rows.moneyUnit));
  const department = rows.tables.find((table) => table.table.kind === "department");
  const byNature = department === undefined ? missing() : inUnit(rows.natureAmount(department, "expenditure", "project"), department.moneyUnit, rows.moneyUnit);
  const line = inUnit(rows.lines.find((row) => row.item === "projectExpenditure")?.actual ?? missing(), rows.submission.basicData?.moneyUnit ?? rows.moneyUnit, rows.moneyUnit);
  const open = spent.some((fact) => fact.state !== "known");
  const unread = spent.some((fact) => fact.state !== "known" && fact.state !== "missing");
  const at = spent.flatMap((fact) => fact.at);
  const whole = byNature.state === "known" ? byNature : line;
  return {
    departmentProjects: whole,
    projectsAddUp: unread ? underivable(["executed"], at) : open || projects.length === 0 ? missing() : (addUp(noFiner(whole, spent), spent).facts["addsUp"] as Fact),
    projectsExecuted: projects.length === 0 ? missing() : open ? underivable(["executed"], at) : known(sumOf(spent.flatMap((fact) => numberOf(fact) ?? [])), at),
    projectCount: known(decimal(projects.length)),
  };
}

/** A total in 元 beside parts in 万元 says more than they can: it is taken to as many decimals as they have. */
function noFiner(whole: Fact, parts: readonly Fact[]): Fact {
  const value = numberOf(whole);
  const places = Math.max(...parts.map((part) => (part.state === "known" ? (part.decimals ?? decimalsOf(numberOf(part) ?? ZERO)) : 0)));
  return value === null || whole.state !== "known" || whole.decimals !== undefined ? whole : known(round(value, places), whole.at);
}

/** How many project tables have given themselves full marks; where a table has no total, by what its scores add to. */
function projectScores({ rows, parameters }: SubjectContext): Subject["facts"] {
  const scores = rows.tables.filter((table) => table.table.kind === "project").map((table) => (table.totalScore.state === "missing" && !table.partial ? partsScored(table, table.indicators.filter((row) => row.live)) : table.totalScore));
  const whole = parameters.get("weight.total");
  const full = scores.filter((score) => typeof whole === "string" && numberOf(score)?.equals(decimal(whole)) === true);
  return { scoredProjects: known(decimal(scores.filter((score) => score.state === "known").length)), fullMarkProjects: known(decimal(full.length), full.flatMap((score) => score.at)) };
}

function tableSubject(context: SubjectContext, table: TableRows, index: number): Subject {
  const { pointer } = table;
  const live = table.indicators.filter((row) => row.live);
  const scores = partsScored(table, live);
  const claimed = table.totalScore.state === "known" ? table.totalScore : scores;
  return subject({
    each: "table", table: table.name, label: table.name, identity: tableIdentity(table), pointer,
    explanations: explanationsOf(context, null, table, [table.name]),
    facts: {
      kind: known(table.table.kind),
      partial: known(table.partial),
      ...weightFacts(context, table, live),
      executionWeight: table.execution.weight,
      hasTotal: known(table.table.total !== undefined && table.table.total.score !== undefined, table.table.total === undefined ? [] : [`${pointer}/total/score`]),
      totalScore: table.totalScore,
      totalWeight: table.totalWeight,
      sumOfScores: scores,
      parts: () => known([...live.map((row) => row.score), table.execution.score].flatMap((score) => numberOf(score) ?? [])),
      scoredRows: known(decimal(live.filter((row) => row.score.state === "known").length)),
      weightedScores: () => weightedScores(live),
      grade: gradeFact(context, table),
      claimedScore: claimed,
      earnedGrade: () => earnedGrade(context, claimed),
      ...weightedTwice(context, table, index),
    },
  });
}

function partsScored(table: TableRows, live: readonly IndicatorRow[]): Fact {
  const parts = [...live.map((row) => row.score), ...(table.execution.score.at.length > 0 ? [table.execution.score] : [])];
  const at = parts.flatMap((part) => part.at);
  if (live.every((row) => row.indicator.score === undefined)) return missing();
  const open = parts.filter((part) => part.state !== "known");
  if (open.some((part) => part.state === "missing" && !part.blank)) return missing(at, false);
  return open.length > 0 ? underivable(["score"], open.flatMap((part) => part.at)) : known(sumOf(parts.flatMap((part) => numberOf(part) ?? [])), at);
}

function weightFacts(context: SubjectContext, table: TableRows, live: readonly IndicatorRow[]): Subject["facts"] {
  const rowsHaveWeights = live.some((row) => row.indicator.weight !== undefined && row.weight.state !== "missing");
  const levels = Object.entries(table.table.levelWeights ?? {}).map(([name]) => context.rows.levelWeight(table, name));
  const rows = rowsHaveWeights ? live.map((row) => row.weight) : levels;
  const parts = table.execution.weight.state === "missing" && !table.execution.weight.blank ? rows : [...rows, table.execution.weight];
  const open = parts.filter((part) => part.state !== "known");
  const at = parts.flatMap((part) => part.at);
  const none = rows.length === 0 || (!rowsHaveWeights && levels.length === 0);
  const total = none ? missing() : open.length > 0 ? underivable(["weight"], open.flatMap((part) => part.at)) : known(sumOf(parts.flatMap((part) => numberOf(part) ?? [])), at);
  const whole = executionUnderstood(context, table, total) ? missing() : total;
  return { weightsTotal: whole, schemes: known(schemesText(context)), ...schemeFacts(context, table, live, rowsHaveWeights, whole) };
}

/** A form that scores execution without printing its weight: rows that leave just that weight open are no wrong total. */
function executionUnderstood({ parameters }: SubjectContext, { execution }: TableRows, total: Fact): boolean {
  const [whole, share, sum] = [parameters.get("weight.total"), parameters.get("weight.execution"), numberOf(total)];
  const absent = execution.weight.state === "missing" && !execution.weight.blank;
  const scored = execution.score.at.length > 0 || execution.rate.at.length > 0;
  return absent && scored && sum !== null && typeof whole === "string" && typeof share === "string" && equals(sum.plus(decimal(share)), decimal(whole));
}

/** First-level weights beside the schemes of the rule set. Asked only where they are all known and add to a whole. */
function schemeFacts(context: SubjectContext, table: TableRows, live: readonly IndicatorRow[], rowsHaveWeights: boolean, total: Fact): Subject["facts"] {
  if (numberOf(total) === null) return { scheme: total, followsScheme: total };
  const shares = rowsHaveWeights
    ? live.map((row) => ({ level1: row.indicator.level1 ?? "", level2: row.indicator.level2 ?? "", weight: numberOf(row.weight) }))
    : Object.keys(table.table.levelWeights ?? {}).map((level1) => ({ level1, level2: "", weight: numberOf(context.rows.levelWeight(table, level1)) }));
  const named = shares.flatMap(({ level1, level2, weight }) => (weight === null || isZero(weight) ? [] : [{ level1: levelName(context, level1), level2: levelName(context, level2), weight }]));
  if (named.some(({ level1 }) => level1 === null)) return { scheme: missing(), followsScheme: missing() };
  const execution = numberOf(table.execution.weight);
  const plain = sumsBy(named, ({ level1 }) => level1 ?? "");
  // 满意度 and 成本 often stand one level down, under 效益 and 产出.
  const lower = (scheme: Record<string, string>): Map<string, Decimal> => sumsBy(named, ({ level1, level2 }) => (level2 !== null && level2 in scheme ? level2 : (level1 ?? "")));
  const follows = schemesOf(context).some((scheme) => matches(scheme, plain, execution) || matches(scheme, lower(scheme), execution));
  return { scheme: known(schemeText([...plain].map(([level, weight]) => [level, toText(weight)]), execution), total.at), followsScheme: known(follows, total.at) };
}

function sumsBy<T extends { weight: Decimal }>(rows: readonly T[], nameOf: (row: T) => string): Map<string, Decimal> {
  const sums = new Map<string, Decimal>();
  for (const row of rows) sums.set(nameOf(row), (sums.get(nameOf(row)) ?? decimal(0)).plus(row.weight));
  return sums;
}

const schemesOf = (context: SubjectContext): Record<string, string>[] => recordsOf(context.parameters.get("weight.schemes"));

/** `产出 50、效益 30、满意度 10、执行 10`, schemes divided by a semicolon. */
const schemesText = (context: SubjectContext): string => schemesOf(context).map((scheme) => schemeText(Object.entries(scheme), null)).join("；");

function schemeText(levels: readonly (readonly [string, string])[], execution: Decimal | null): string {
  return [...levels, ...(execution === null ? [] : [["执行", toText(execution)] as const])].map(([level, weight]) => `${level} ${weight}`).join("、");
}

function matches(scheme: Record<string, string>, sums: ReadonlyMap<string, Decimal>, execution: Decimal | null): boolean {
  const { 执行: executionShare, ...levels } = scheme;
  if (executionShare !== undefined && execution !== null && !equals(execution, decimal(executionShare))) return false;
  const named = Object.entries(levels);
  return named.length === sums.size && named.every(([level, weight]) => sums.get(level)?.equals(decimal(weight)) === true);
}

/** A first-level name as the schemes call it: the first of their words that it contains. */
const levelName = ({ words }: SubjectContext, level: string): string | null => levelNames(words)(level);

const levelNames = once((words: Words) => remembered((level) => words("level1").find((word) => cleanText(level).includes(word)) ?? null));

function levelSubjects(context: SubjectContext, table: TableRows): Subject[] {
  return Object.keys(table.table.levelWeights ?? {}).map((level) => {
    const rows = table.indicators.filter((row) => row.live && sameLevel(row.indicator.level1 ?? "", level));
    const weights = rows.map((row) => row.weight);
    const open = weights.filter((weight) => weight.state !== "known");
    const at = weights.flatMap((weight) => weight.at);
    const absent = rows.length === 0 || rows.every((row) => row.indicator.weight === undefined);
    const sum = absent ? missing() : open.length > 0 ? underivable(["weight"], open.flatMap((weight) => weight.at)) : known(sumOf(weights.flatMap((weight) => numberOf(weight) ?? [])), at);
    return subject({
      each: "level", table: table.name, label: level, identity: [...tableIdentity(table), "level", level], pointer: `${table.pointer}/levelWeights`,
      facts: { level: known(level), declared: context.rows.levelWeight(table, level), sumOfWeights: sum, partial: known(table.partial) },
    });
  });
}

const sameLevel = (a: string, b: string): boolean => cleanText(a) === cleanText(b);

function weightedScores(live: readonly IndicatorRow[]): Fact {
  const products = live.map((row) => derived({ score: row.score, weight: row.weight }, ([score, weight]) => (score === undefined || weight === undefined ? null : times(score, weight).dividedBy(HUNDRED))));
  const at = products.flatMap((product) => product.at);
  return products.some((product) => product.state !== "known") ? missing(at, false) : known(sumOf(products.flatMap((product) => numberOf(product) ?? [])), at);
}

/** How many met rows carry weight × weight ÷ 100 instead of their weight, and how many do not. */
function weightedTwice(context: SubjectContext, table: TableRows, index: number): Subject["facts"] {
  const met = table.indicators.flatMap((row, position) => {
    const due = context.dues[index]?.[position]?.due ?? null;
    const [weight, score] = [numberOf(row.weight), numberOf(row.score)];
    return due === null || weight === null || score === null || isZero(weight) || weight.greaterThanOrEqualTo(HUNDRED) || isZero(due) ? [] : [{ due, weight, score, at: row.score.at }];
  });
  const twice = met.filter(({ due, weight, score }) => equals(times(score, HUNDRED), times(due, weight)));
  const once = met.filter(({ due, score }) => compare(due, score) === 0);
  const at = twice.flatMap((row) => row.at);
  return { weightedTwiceRows: known(decimal(twice.length), at), weightedOnceRows: known(decimal(once.length)), weightedTwice: known(twice.length >= 2 && twice.length > once.length, at) };
}

function gradeFact(context: SubjectContext, table: TableRows): Fact {
  const printed = textFact(table.table.grade, `${table.pointer}/grade`);
  if (printed.state !== "known" || typeof printed.value !== "string") return printed;
  const plain = cleanText(printed.value);
  const synonym = context.words("gradeSynonyms").map((entry) => entry.split("=")).find(([said]) => said === plain);
  const grade = synonym?.[1] ?? plain;
  const grades = recordsOf(context.parameters.get("score.grades")).map((entry) => entry["grade"]);
  return grades.includes(grade) ? known(grade, printed.at, { text: printed.value }) : { state: "unreadable", text: printed.value, at: printed.at };
}

function earnedGrade(context: SubjectContext, claimed: Fact): Fact {
  const score = numberOf(claimed);
  if (score === null) return claimed;
  const grade = recordsOf(context.parameters.get("score.grades")).find((entry) => score.greaterThanOrEqualTo(decimal(entry["from"] ?? "0")))?.["grade"];
  return grade === undefined ? missing() : known(grade, claimed.at);
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
}

function recordsOf(value: unknown): Record<string, string>[] {
  return Array.isArray(value) ? value.filter((entry): entry is Record<string, string> => typeof entry === "object" && entry !== null) : [];
}
