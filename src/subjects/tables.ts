// Tables and the submission as wholes -> subjects `submission`, `table` and `level`.
import { compare, decimal, decimalsOf, equals, HUNDRED, isZero, round, times, total as sumOf, toText, ZERO, type Decimal } from "../decimal.ts";
import { cellsOf, derived, known, missing, numberOf, numbersOf, underivable } from "../fact.ts";
import { once, remembered } from "../memo.ts";
import type { Fact, IndicatorRow, Subject, TableRows } from "../model.ts";
import { explanationsOf, subject, tableIdentity, textFact, type FactTable, type SubjectContext, type Words } from "./context.ts";
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
    explanations: () => explanationsOf(context, null, null, []),
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

/** What the facts of a table look at; what several of them rest on is found once. */
interface Looked { context: SubjectContext; table: TableRows; index: number; live: readonly IndicatorRow[]; levels: readonly Fact[]; scores?: Fact; weights?: Fact; scheme?: Scheme; twice?: Twice }

function tableSubject(context: SubjectContext, table: TableRows, index: number): Subject {
  return subject<Looked>({
    each: "table", table: table.name, label: table.name, identity: () => tableIdentity(table), pointer: table.pointer,
    explanations: () => explanationsOf(context, null, table, [table.name]),
    view: { context, table, index, live: table.indicators.filter((row) => row.live), levels: Object.keys(table.table.levelWeights ?? {}).map((name) => context.rows.levelWeight(table, name)) },
    facts: TABLE_FACTS,
  });
}

const TABLE_FACTS: FactTable<Looked> = {
  kind: ({ table }) => known(table.table.kind),
  partial: ({ table }) => known(table.partial),
  weightsTotal: (looked) => weightsTotal(looked),
  schemes: ({ context }) => known(schemesOf(context).text),
  scheme: (looked) => schemeOf(looked).scheme,
  followsScheme: (looked) => schemeOf(looked).follows,
  executionWeight: ({ table }) => table.execution.weight,
  hasTotal: ({ table: { table, pointer } }) => known(table.total !== undefined && table.total.score !== undefined, table.total === undefined ? [] : [`${pointer}/total/score`]),
  totalScore: ({ table }) => table.totalScore,
  totalWeight: ({ table }) => table.totalWeight,
  sumOfScores: (looked) => scoresOf(looked),
  parts: ({ live, table }) => known(numbersOf([...live.map((row) => row.score), table.execution.score])),
  scoredRows: ({ live }) => known(decimal(live.filter((row) => row.score.state === "known").length)),
  weightedScores: ({ live }) => weightedScores(live),
  grade: ({ context, table }) => gradeFact(context, table),
  claimedScore: (looked) => claimedScore(looked),
  earnedGrade: (looked) => earnedGrade(looked.context, claimedScore(looked)),
  weightedTwiceRows: (looked) => known(decimal(twiceOf(looked).twice), twiceOf(looked).at),
  weightedOnceRows: (looked) => known(decimal(twiceOf(looked).once)),
  weightedTwice: (looked) => known(twiceOf(looked).twice >= 2 && twiceOf(looked).twice > twiceOf(looked).once, twiceOf(looked).at),
};

const scoresOf = (looked: Looked): Fact => (looked.scores ??= partsScored(looked.table, looked.live));
const claimedScore = (looked: Looked): Fact => (looked.table.totalScore.state === "known" ? looked.table.totalScore : scoresOf(looked));
const schemeOf = (looked: Looked): Scheme => (looked.scheme ??= schemeFacts(looked));
const twiceOf = (looked: Looked): Twice => (looked.twice ??= weightedTwice(looked));

function partsScored(table: TableRows, live: readonly IndicatorRow[]): Fact {
  if (live.every((row) => row.indicator.score === undefined)) return missing();
  const parts = live.map((row) => row.score);
  if (table.execution.score.at.length > 0) parts.push(table.execution.score);
  const open = parts.filter((part) => part.state !== "known");
  if (open.some((part) => part.state === "missing" && !part.blank)) return missing(cellsOf(parts), false);
  return open.length > 0 ? underivable(["score"], cellsOf(open)) : known(sumOf(numbersOf(parts)), cellsOf(parts));
}

/** Whether the form prints weights beside rows, or only beside groups of them. */
const rowsHaveWeights = ({ live }: Looked): boolean => live.some((row) => row.indicator.weight !== undefined && row.weight.state !== "missing");

function weightsTotal(looked: Looked): Fact {
  if (looked.weights !== undefined) return looked.weights;
  const { context, table, live, levels } = looked;
  const parts = rowsHaveWeights(looked) ? live.map((row) => row.weight) : [...levels];
  const none = parts.length === 0;
  if (table.execution.weight.state !== "missing" || table.execution.weight.blank) parts.push(table.execution.weight);
  const open = parts.filter((part) => part.state !== "known");
  const total = none ? missing() : open.length > 0 ? underivable(["weight"], cellsOf(open)) : known(sumOf(numbersOf(parts)), cellsOf(parts));
  return (looked.weights = executionUnderstood(context, table, total) ? missing() : total);
}

/** A form that scores execution without printing its weight: rows that leave just that weight open are no wrong total. */
function executionUnderstood({ parameters }: SubjectContext, { execution }: TableRows, total: Fact): boolean {
  const [whole, share, sum] = [parameters.get("weight.total"), parameters.get("weight.execution"), numberOf(total)];
  const absent = execution.weight.state === "missing" && !execution.weight.blank;
  const scored = execution.score.at.length > 0 || execution.rate.at.length > 0;
  return absent && scored && sum !== null && typeof whole === "string" && typeof share === "string" && equals(sum.plus(decimal(share)), decimal(whole));
}

interface Scheme { scheme: Fact; follows: Fact }

/** First-level weights beside the schemes of the rule set. Asked only where they are all known and add to a whole. */
function schemeFacts(looked: Looked): Scheme {
  const { context, table } = looked;
  const total = weightsTotal(looked);
  if (numberOf(total) === null) return { scheme: total, follows: total };
  const shares = weightShares(looked);
  if (shares === null) return { scheme: missing(), follows: missing() };
  const execution = numberOf(table.execution.weight);
  const plain = sumsBy(shares, ({ level1 }) => level1);
  // 满意度 and 成本 often stand one level down, under 效益 and 产出.
  const lower = ({ levels }: WeightScheme): Map<string, Decimal> => sumsBy(shares, ({ level1, level2 }) => (level2 !== null && levels.has(level2) ? level2 : level1));
  const follows = schemesOf(context).schemes.some((scheme) => matches(scheme, plain, execution) || matches(scheme, lower(scheme), execution));
  return { scheme: known(schemeText([...plain].map(([level, weight]) => [level, toText(weight)]), execution), total.at), follows: known(follows, total.at) };
}

interface WeightShare { level1: string; level2: string | null; weight: Decimal }

/** Weights under the levels as the schemes call them; null where a first level is none of theirs. */
function weightShares(looked: Looked): WeightShare[] | null {
  const { context, table, live } = looked;
  const shares: WeightShare[] = [];
  const add = (first: string, second: string, fact: Fact | undefined): boolean => {
    const weight = fact === undefined ? null : numberOf(fact);
    if (weight === null || isZero(weight)) return true;
    const level1 = levelName(context, first);
    if (level1 !== null) shares.push({ level1, level2: levelName(context, second), weight });
    return level1 !== null;
  };
  const all = rowsHaveWeights(looked)
    ? live.every(({ indicator: { level1 = "", level2 = "" }, weight }) => add(level1, level2, weight))
    : Object.keys(table.table.levelWeights ?? {}).every((level, index) => add(level, "", looked.levels[index]));
  return all ? shares : null;
}

function sumsBy<T extends { weight: Decimal }>(rows: readonly T[], nameOf: (row: T) => string): Map<string, Decimal> {
  const sums = new Map<string, Decimal>();
  for (const row of rows) {
    const name = nameOf(row);
    sums.set(name, (sums.get(name) ?? ZERO).plus(row.weight));
  }
  return sums;
}

interface WeightScheme { execution: Decimal | null; levels: ReadonlyMap<string, Decimal> }

/** The schemes of the parameters in force, and as a text: `产出 50、效益 30、满意度 10、执行 10`, divided by a semicolon. */
const schemesOf = ({ parameters }: SubjectContext): { schemes: readonly WeightScheme[]; text: string } => schemesIn(parameters);

const schemesIn = once((parameters: SubjectContext["parameters"]) => {
  const written = recordsOf(parameters.get("weight.schemes"));
  const schemes = written.map(({ 执行: execution, ...levels }): WeightScheme => (
    { execution: execution === undefined ? null : decimal(execution), levels: new Map(Object.entries(levels).map(([level, weight]) => [level, decimal(weight)])) }));
  return { schemes, text: written.map((scheme) => schemeText(Object.entries(scheme), null)).join("；") };
});

function schemeText(levels: readonly (readonly [string, string])[], execution: Decimal | null): string {
  return [...levels, ...(execution === null ? [] : [["执行", toText(execution)] as const])].map(([level, weight]) => `${level} ${weight}`).join("、");
}

function matches(scheme: WeightScheme, sums: ReadonlyMap<string, Decimal>, execution: Decimal | null): boolean {
  if (scheme.execution !== null && execution !== null && !equals(execution, scheme.execution)) return false;
  return scheme.levels.size === sums.size && [...scheme.levels].every(([level, weight]) => sums.get(level)?.equals(weight) === true);
}

/** A first-level name as the schemes call it: the first of their words that it contains. */
const levelName = ({ words }: SubjectContext, level: string): string | null => (level === "" ? null : levelNames(words)(level));

const levelNames = once((words: Words) => remembered((level) => words("level1").find((word) => cleanText(level).includes(word)) ?? null));

function levelSubjects(context: SubjectContext, table: TableRows): Subject[] {
  return Object.keys(table.table.levelWeights ?? {}).map((level) => {
    const rows = table.indicators.filter((row) => row.live && sameLevel(row.indicator.level1 ?? "", level));
    const weights = rows.map((row) => row.weight);
    const open = weights.filter((weight) => weight.state !== "known");
    const at = cellsOf(weights);
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

interface Twice { twice: number; once: number; at: readonly string[] }

/** How many met rows carry weight × weight ÷ 100 instead of their weight, and how many do not. */
function weightedTwice({ context, table, index }: Looked): Twice {
  const twice: Fact[] = [];
  let once = 0;
  for (const [position, row] of table.indicators.entries()) {
    const due = context.dues[index]?.[position]?.due ?? null;
    const [weight, score] = [numberOf(row.weight), numberOf(row.score)];
    if (due === null || weight === null || score === null || isZero(weight) || weight.greaterThanOrEqualTo(HUNDRED) || isZero(due)) continue;
    // Where due and score are one, they can be a weighted one too only where the weight is 100.
    if (compare(due, score) === 0) once += 1;
    else if (equals(times(score, HUNDRED), times(due, weight))) twice.push(row.score);
  }
  return { twice: twice.length, once, at: cellsOf(twice) };
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
