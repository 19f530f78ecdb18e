// Reports, one after the other → the bureau's summary of them all. A pure fold: of each report a small row is kept, nothing else.
import { decimal, decimalsOf, minus, toFixedText, total, type Decimal } from "./decimal.ts";
import { hasWord, word, type Language, type Locale } from "./locale.ts";
import type { Finding, Place, Report } from "./model.ts";
import { numberOf, percent, pointsText, rowOf, type Counts, type DepartmentRow, type TableSums, type Verdict } from "./summary/row.ts";
import { bandsOf, spreadOf, type Band, type Side } from "./summary/spread.ts";
import { summarySettings, type SummarySettings } from "./summary/settings.ts";
import { TOOL } from "./tool.ts";

export type { Band, Side } from "./summary/spread.ts";
export type { Counts, DepartmentRow, TableSums, Verdict } from "./summary/row.ts";

/** Something that could not be read or checked, in a sentence. `department` null: of a file that gave no submission. */
export interface Unread { department: string | null; year: string | null; file: string | null; at: Place | null; message: string }

/** A rule that was broken or could not be told somewhere. `departments`: in how many submissions it was broken, explained or not. */
export interface RuleTally {
  rule: string;
  category: string;
  title: string;
  departments: number;
  /** Open findings, by severity. */
  mustFix: number;
  explain: number;
  note: number;
  explained: number;
  waived: number;
  cannotTell: number;
  error: number;
}

export type PortfolioFinding = Pick<DepartmentRow, "department" | "year"> & Pick<Finding, "id" | "rule" | "severity" | "outcome" | "table" | "subjectName" | "title" | "message">;

export type Measure = "change" | "execution" | "open";

/** Departments whose number lies outside the fences; the farthest are listed, all are counted. Numbers of `execution` are percent. */
export interface Outliers {
  measure: Measure;
  known: number;
  /** Null where there are too few numbers. */
  quartiles: { lower: string; median: string; upper: string } | null;
  low: string | null;
  high: string | null;
  outside: number;
  departments: { department: string | null; year: string | null; table: string | null; value: string; side: Side }[];
}

export interface Summary {
  format: "ziping/summary@1";
  tool: { name: string; version: string };
  lang: Language;
  ruleSets: { id: string; version: string; digest: string; departments: number }[];
  totals: { departments: number; unread: number; open: number; counts: Counts; tables: TableSums };
  distributions: {
    verdicts: Record<Verdict, number>;
    /** Of the table that speaks for the department. */
    grades: { claimed: string | null; recomputed: string | null; departments: number }[];
    scores: { claimed: { bands: Band[]; unknown: number }; recomputed: { bands: Band[]; unknown: number } };
    execution: { bands: Band[]; unknown: number };
  };
  departments: DepartmentRow[];
  rules: RuleTally[];
  outlierRule: { reach: string; least: number; most: number };
  outliers: Outliers[];
  portfolio: PortfolioFinding[];
  unread: Unread[];
}

/** What is kept while reports come in. */
export interface SummaryState {
  readonly locale: Locale;
  readonly settings: SummarySettings;
  readonly rows: Chain<DepartmentRow>;
  readonly rules: ReadonlyMap<string, RuleTally>;
  readonly ruleSets: ReadonlyMap<string, Summary["ruleSets"][number]>;
  readonly portfolio: Chain<PortfolioFinding>;
  readonly unread: Chain<Unread>;
}

/**
 * All reports at once; `problems` are about what gave no report. `settings` (bands of the distributions, fences of the outliers) are those
 * of rules/summary.json unless given. The same as `finish` of `addReport` over `emptySummary`, which needs no report kept.
 */
export function summaryOf(reports: readonly Report[], problems: readonly Unread[], locale: Locale, settings: SummarySettings = summarySettings()): Summary {
  return finish(problems.reduce(addProblem, reports.reduce((state, report) => addReport(state, report), emptySummary(locale, settings))));
}

/** Nothing yet. Titles of rules will be in the locale's language. */
export function emptySummary(locale: Locale, settings: SummarySettings = summarySettings()): SummaryState {
  return { locale, settings, rows: null, rules: new Map(), ruleSets: new Map(), portfolio: null, unread: null };
}

/** One report more. `written`: where it stands, for links. The state given stays as it was. */
export function addReport(state: SummaryState, report: Report, written: DepartmentRow["report"] = null): SummaryState {
  const { submission: { department, year }, findings, input, ruleSet } = report;
  const { id, version, digest } = ruleSet;
  const known = state.ruleSets.get(digest)?.departments ?? 0;
  const together = findings.filter(({ category }) => category === "portfolio").map((finding): PortfolioFinding => ({
    department, year, id: finding.id, rule: finding.rule, severity: finding.severity, outcome: finding.outcome, table: finding.table, subjectName: finding.subjectName, title: finding.title, message: finding.message,
  }));
  const unread = input.remarks.filter(({ kind }) => kind === "problem").map(({ message, at }): Unread => ({ department, year, file: at?.file ?? input.files[0]?.name ?? null, at, message }));
  return {
    ...state,
    rows: { last: rowOf(report, written), before: state.rows },
    rules: tallied(state.rules, report, state.locale),
    ruleSets: new Map([...state.ruleSets, [digest, { id, version, digest, departments: known + 1 }]]),
    portfolio: together.reduce<Chain<PortfolioFinding>>((before, last) => ({ last, before }), state.portfolio),
    unread: unread.reduce<Chain<Unread>>((before, last) => ({ last, before }), state.unread),
  };
}

/** Something that gave no report. */
export function addProblem(state: SummaryState, problem: Unread): SummaryState {
  return { ...state, unread: { last: problem, before: state.unread } };
}

/** The summary of what came in, the same in whatever order it came: departments with the most to do first. */
export function finish({ locale, settings, rows, rules, ruleSets, portfolio, unread }: SummaryState): Summary {
  const departments = listed(rows).sort(byUrgency);
  return {
    format: "ziping/summary@1",
    tool: { ...TOOL },
    lang: locale.lang,
    ruleSets: [...ruleSets.values()].sort((a, b) => byText(a.id, b.id) || byText(a.digest, b.digest)),
    totals: totalsOf(departments),
    distributions: {
      verdicts: { return: 0, undetermined: 0, explain: 0, accept: 0, ...countedBy(departments, ({ verdict }) => verdict) },
      grades: gradesOf(departments),
      scores: { claimed: bandsOf(departments.map(({ score }) => numberOf(score?.claimed ?? null)), settings.scoreBands), recomputed: bandsOf(departments.map(({ score }) => numberOf(score?.recomputed ?? null)), settings.scoreBands) },
      execution: bandsOf(departments.map(({ execution }) => percent(execution?.rate ?? null)), settings.executionBands),
    },
    departments,
    rules: [...rules.values()].sort((a, b) => b.departments - a.departments || broken(b) - broken(a) || byText(a.rule, b.rule)),
    outlierRule: { reach: settings.reach.toFixed(), least: settings.least, most: settings.most },
    outliers: outliersOf(departments, settings),
    portfolio: listed(portfolio).sort((a, b) => byText(a.rule, b.rule) || byText(a.department ?? "", b.department ?? "") || byText(a.year ?? "", b.year ?? "") || byText(a.id, b.id)),
    unread: listed(unread).sort((a, b) => byText(a.file ?? "", b.file ?? "") || byText(a.message, b.message) || byText(a.department ?? "", b.department ?? "")),
  };
}

/** Open findings and those that were explained or waived: what did not hold. */
export function broken({ mustFix, explain, note, explained, waived }: Omit<RuleTally, "rule" | "category" | "title">): number {
  return mustFix + explain + note + explained + waived;
}

type Chain<T> = { readonly last: T; readonly before: Chain<T> } | null;

function listed<T>(chain: Chain<T>): T[] {
  const all: T[] = [];
  for (let link = chain; link !== null; link = link.before) all.push(link.last);
  return all;
}

const NONE: Omit<RuleTally, "rule" | "category" | "title"> = { departments: 0, mustFix: 0, explain: 0, note: 0, explained: 0, waived: 0, cannotTell: 0, error: 0 };
const OPEN = { "must-fix": "mustFix", explain: "explain", note: "note" } as const;
const ENDED = { explained: "explained", waived: "waived", "cannot-tell": "cannotTell", error: "error" } as const;

function tallied(before: SummaryState["rules"], report: Report, locale: Locale): SummaryState["rules"] {
  const found = new Map<string, RuleTally>();
  for (const finding of report.findings) {
    const { rule, category, outcome, severity } = finding;
    const tally = found.get(rule) ?? { rule, category, title: titleOf(finding, locale), ...NONE };
    const part = outcome === "fail" ? OPEN[severity] : ENDED[outcome];
    found.set(rule, { ...tally, [part]: tally[part] + 1, title: least(tally.title, titleOf(finding, locale)) });
  }
  if (found.size === 0) return before;
  const after = new Map(before);
  for (const [rule, tally] of found) after.set(rule, added(after.get(rule), { ...tally, departments: broken(tally) > 0 ? 1 : 0 }));
  return after;
}

function added(a: RuleTally | undefined, b: RuleTally): RuleTally {
  if (a === undefined) return b;
  const sums = Object.fromEntries(Object.keys(NONE).map((key) => [key, a[key as keyof typeof NONE] + b[key as keyof typeof NONE]])) as typeof NONE;
  return { rule: a.rule, category: a.category, title: least(a.title, b.title), ...sums };
}

/** The rule's title in the summary's language; that of a finding where a rule is somebody's own. */
function titleOf({ rule, title }: Finding, locale: Locale): string {
  const [category = "", name = ""] = rule.split("/");
  return hasWord(locale, `rules/${category}`, `${name}.title`) ? word(locale, `rules/${category}`, `${name}.title`) : title;
}

const least = (a: string, b: string): string => (b < a ? b : a);
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const URGENCY: readonly Verdict[] = ["return", "undetermined", "explain", "accept"];

function byUrgency(a: DepartmentRow, b: DepartmentRow): number {
  return URGENCY.indexOf(a.verdict) - URGENCY.indexOf(b.verdict) || b.counts.mustFix - a.counts.mustFix || b.open - a.open
    || byText(a.department ?? "", b.department ?? "") || byText(a.year ?? "", b.year ?? "") || byText(JSON.stringify(a), JSON.stringify(b));
}

function totalsOf(rows: readonly DepartmentRow[]): Summary["totals"] {
  const sum = (count: (row: DepartmentRow) => number): number => rows.reduce((all, row) => all + count(row), 0);
  const points = (text: (sums: TableSums) => string): Decimal => total(rows.map(({ tables }) => decimal(text(tables))));
  const [claimed, recomputed] = [points((sums) => sums.claimed), points((sums) => sums.recomputed)];
  const counts = Object.fromEntries((["mustFix", "explain", "note", "explained", "waived", "cannotTell", "error"] as const).map((key) => [key, sum((row) => row.counts[key])])) as Counts;
  return {
    departments: rows.length, unread: rows.filter(({ unread }) => unread > 0).length, open: sum(({ open }) => open), counts,
    tables: {
      count: sum(({ tables }) => tables.count), compared: sum(({ tables }) => tables.compared), open: sum(({ tables }) => tables.open),
      claimed: pointsText(claimed), recomputed: pointsText(recomputed), change: pointsText(minus(recomputed, claimed)),
    },
  };
}

function countedBy(rows: readonly DepartmentRow[], key: (row: DepartmentRow) => string): Record<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** Pairs of grades that occur, the most frequent first. */
function gradesOf(rows: readonly DepartmentRow[]): Summary["distributions"]["grades"] {
  const pairs = countedBy(rows, ({ score }) => JSON.stringify([score?.grades.claimed ?? null, score?.grades.recomputed ?? null]));
  return Object.entries(pairs)
    .sort(([a, m], [b, n]) => n - m || byText(a, b))
    .map(([pair, departments]) => {
      const [claimed = null, recomputed = null] = JSON.parse(pair) as (string | null)[];
      return { claimed, recomputed, departments };
    });
}

/** Which number of a department, on which sides it is told. */
const MEASURES: readonly { measure: Measure; sides: readonly Side[]; number: (row: DepartmentRow) => { value: Decimal | null; table: string | null } }[] = [
  { measure: "change", sides: ["low", "high"], number: ({ farthest }) => ({ value: numberOf(farthest?.change ?? null), table: farthest?.table ?? null }) },
  { measure: "execution", sides: ["low", "high"], number: ({ execution }) => ({ value: percent(execution?.rate ?? null), table: execution?.table ?? null }) },
  { measure: "open", sides: ["high"], number: ({ open }) => ({ value: decimal(open), table: null }) },
];

function outliersOf(rows: readonly DepartmentRow[], settings: SummarySettings): Outliers[] {
  return MEASURES.map(({ measure, sides, number }) => {
    const entries = rows.flatMap((row) => {
      const { value, table } = number(row);
      return value === null ? [] : [{ entry: { row, table }, value }];
    });
    const text = (value: Decimal): string => (measure === "open" ? toFixedText(value, decimalsOf(value)) : pointsText(value));
    const { known, quartiles, low, high, outside } = spreadOf(entries, sides, settings);
    return {
      measure, known,
      quartiles: quartiles === null ? null : { lower: text(quartiles.lower), median: text(quartiles.median), upper: text(quartiles.upper) },
      low: low === null ? null : text(low), high: high === null ? null : text(high),
      outside: outside.length,
      departments: outside.slice(0, settings.most).map(({ entry: { row, table }, value, side }) => ({ department: row.department, year: row.year, table, value: text(value), side })),
    };
  });
}
