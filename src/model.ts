// The vocabulary: every piece of data that one stage hands to the next. Types only; read first.
import type { Decimal } from "./decimal.ts";

// ── A submission: what the department handed in, each value as the form shows it (contract §2) ──

/** A cell's text exactly as shown; a JSON number keeps its digits. Absent property: the form has no such cell. `""`: the cell is blank. */
export type Cell = string;

export interface Submission {
  format: "ziping/submission@1";
  year?: Cell;
  department?: { name?: Cell; code?: Cell; region?: Cell; level?: Cell };
  moneyUnit?: MoneyUnit;
  ruleSet?: string;
  partial?: boolean;
  tables: Table[];
  basicData?: BasicData;
  statements?: Statement[];
  source?: unknown;
}

export type MoneyUnit = "元" | "千元" | "万元" | "亿元";

export interface Table {
  kind: "department" | "project";
  name?: Cell;
  code?: Cell;
  supervisor?: Cell;
  implementer?: Cell;
  partial?: boolean;
  moneyUnit?: MoneyUnit;
  funds?: Fund[];
  byNature?: { income?: NatureIncome; expenditure?: NatureExpenditure };
  goals?: Goal[];
  indicators?: Indicator[];
  levelWeights?: Record<string, Cell>;
  total?: { weight?: Cell; score?: Cell };
  reason?: Cell;
  measures?: Cell;
  grade?: Cell;
}

export type FundSource =
  | "total" | "fiscal" | "carryover" | "generalBudget" | "governmentFund" | "specialAccount" | "central" | "local" | "unit" | "other";

export interface Fund {
  source: FundSource;
  label?: Cell;
  initialBudget?: Cell;
  adjustedBudget?: Cell;
  executed?: Cell;
  weight?: Cell;
  rate?: Cell;
  score?: Cell;
  explanation?: Cell;
}

export interface NatureIncome { total?: Cell; generalBudget?: Cell; governmentFund?: Cell; specialAccount?: Cell; other?: Cell }
export interface NatureExpenditure { total?: Cell; basic?: Cell; project?: Cell }
export interface Goal { expected?: Cell; achieved?: Cell; explanation?: Cell }

export interface Indicator {
  level1?: Cell;
  level2?: Cell;
  name?: Cell;
  target?: Cell;
  actual?: Cell;
  weight?: Cell;
  score?: Cell;
  explanation?: Cell;
  operator?: Cell;
  unit?: Cell;
  code?: Cell;
  evidence?: Cell;
}

export interface BasicData {
  partial?: boolean;
  moneyUnit?: MoneyUnit;
  staff?: { established?: Cell; actual?: Cell; controlRate?: Cell; explanation?: Cell };
  lines?: BasicLine[];
  buildings?: Building[];
  austerityMeasures?: Cell;
}

export type BasicItem =
  | "sanGong" | "vehicles" | "vehiclePurchase" | "vehicleOperation" | "overseas" | "reception"
  | "projectExpenditure" | "businessWork" | "operationMaintenance" | "specialFunds"
  | "operatingFunds" | "office" | "utilitiesTravel" | "meetingsTraining" | "procurement" | "basicExpenditure";

/** `item` is free text where the form lists lines of its own (one line a special fund). */
export interface BasicLine { item: string; label?: Cell; prior?: Cell; budget?: Cell; actual?: Cell; explanation?: Cell }

export interface Building {
  name?: Cell; approvedArea?: Cell; actualArea?: Cell; areaControlRate?: Cell;
  budgetInvestment?: Cell; actualInvestment?: Cell; investmentControlRate?: Cell; explanation?: Cell;
}

export type Statement =
  | { kind: "composition"; label?: Cell; total?: Cell; parts?: { label?: Cell; amount?: Cell; share?: Cell }[]; explanation?: Cell }
  | { kind: "comparison"; item?: string; label?: Cell; current?: Cell; previous?: Cell; change?: Cell; direction?: Cell; explanation?: Cell }
  | { kind: "amount"; item?: string; column?: string; label?: Cell; amount?: Cell; explanation?: Cell }
  | { kind: "claim"; text?: Cell; claims?: string; scope?: string; explanation?: Cell }
  | { kind: "explanation"; about?: Cell; text?: Cell };

// ── Reading: where everything stood ──

/** Where a value stood. `pointer` is the JSON pointer into the submission. */
export interface Place { file: string; line?: number; sheet?: string; cell?: string; row?: number; column?: string; page?: number; pointer?: string }

export interface InputFile { name: string; sha256: string; encoding: string; format: string; bytes: number }

/**
 * Something the input made us say: `problem` (a question could not be put: exit 2), `inferred` (a reading that is not the plain one),
 * `note` (kept but not used: an unknown column). `code` is a key of the locales' `input` section, `values` its placeholders.
 */
export interface InputRemark { kind: "problem" | "inferred" | "note"; code: string; values: Record<string, string>; at: Place | null }

/** One submission as read: data, where each value stood, what was remarked. */
export interface ReadSubmission {
  submission: Submission;
  files: InputFile[];
  remarks: InputRemark[];
  /** Where the value at a JSON pointer stood; null where nothing stood there. Asked for findings only. */
  place: (pointer: string) => Place | null;
}

/** All that came in: the submissions, and what could not be read at all. */
export interface ReadResult { submissions: ReadSubmission[]; remarks: InputRemark[] }

// ── Facts: typed values per subject ──

/** A quantity, comparison, range, date or words as a cell holds it (normalize/quantity.ts). */
export type Reading =
  | { kind: "blank"; text: string }
  | Quantity
  | { kind: "range"; text: string; low: Decimal; high: Decimal; unit: Unit | null }
  | DateReading
  | { kind: "words"; text: string }
  | { kind: "several"; text: string }
  | { kind: "unreadable"; text: string };

/**
 * A day, month or longer span, or (`by`) the last acceptable day of a deadline: the end of August for `9月前`. `day` null: to the month's end.
 * `from`: the first day where more than that month or day is meant (`第三季度`, `3月至6月`).
 */
export interface DateReading {
  kind: "date"; text: string; by: boolean; year: number | null; month: number; day: number | null;
  from?: { year: number | null; month: number; day: number };
}

export type Comparison = "≥" | ">" | "=" | "<" | "≤";

export interface Quantity {
  kind: "quantity";
  text: string;
  /** The number as written, in its unit: 1.2 for `1.2万亩`, 82.54 for `82.54%`. */
  number: Decimal;
  /** Decimals as printed: 2 for `82.00%`. */
  decimals: number;
  /** The number in base units: 12000 for `1.2万亩`, 26000 for `2.6万元`, 82.54 for `82.54%` (percent stays in percent). */
  value: Decimal;
  unit: Unit | null;
  comparison: Comparison | null;
}

/** `name` is the base unit (`亩`, `元`, `%`, `元/人*月`), `scale` what the number was multiplied with, `kind` its dimension. */
export interface Unit { name: string; kind: "percent" | "money" | "count" | "other"; scale: Decimal; text: string }

export type Value = Decimal | string | boolean | readonly Decimal[] | readonly string[];

/** What is known of one fact of one subject. `at`: pointers of the cells that took part. */
export type Fact =
  | { state: "known"; value: Value; at: readonly string[]; text?: string; decimals?: number }
  | { state: "missing"; blank: boolean; at: readonly string[] }
  | { state: "unreadable"; text: string; at: readonly string[] }
  | { state: "underivable"; lacks: readonly string[]; at: readonly string[] };

/** One thing a rule looks at: an indicator, a fund row, a line, a pair. */
export interface Subject {
  each: string;
  /** The table's name as printed, null where the subject stands in none. */
  table: string | null;
  /** What the reader knows it by: the indicator's name, the fund source, the item. A `locale:` prefix names a word of the locales. */
  label: string;
  /** What tells it from others across re-submissions: table, level path, name. Asked for findings only. */
  identity: () => readonly string[];
  /** Pointer of the row itself. */
  pointer: string;
  /** Base facts: a subject's own, or one table for all subjects of a kind. A function is computed from the `view` when first asked for. */
  facts: Facts;
  /** What the functions among the facts look at. */
  view: unknown;
  /** Explanations that count for this subject, nearest first. */
  explanations: () => readonly GivenExplanation[];
  /** The names its explanations may not merely repeat. */
  ownWords: () => readonly string[];
  /** It stands for others as well, of which the rules in force can only say the same: how many, and what they are where it comes to that. */
  others?: { count: number; all: () => readonly Subject[] };
}

export type Facts = Readonly<Record<string, Fact | ((view: never) => Fact)>>;

export interface GivenExplanation { text: string; where: string; author?: string; date?: string; about?: string }

// ── Rows: a submission with its cells read (normalize/rows.ts) ──

/** One indicator with its cells read. `name` is cleaned of serial prefixes and trailing units. */
export interface IndicatorRow {
  indicator: Indicator;
  pointer: string;
  name: string;
  target: Reading;
  actual: Reading;
  weight: Fact;
  score: Fact;
  /** The row counts: it has a weight or a target. */
  live: boolean;
}

/** One row of the funds with its cells read; amounts in the submission's unit of money, rates in %. */
export interface FundRow { fund: Fund; pointer: string; initialBudget: Fact; adjustedBudget: Fact; executed: Fact; weight: Fact; rate: Fact; score: Fact }

export interface TableRows {
  table: Table;
  pointer: string;
  name: string;
  partial: boolean;
  moneyUnit: MoneyUnit;
  indicators: readonly IndicatorRow[];
  funds: readonly FundRow[];
  /** The 年度资金总额 row, null where the form has none; a 0 over sources that are not is underivable in it. */
  totalFund: FundRow | null;
  /** The same row as printed. */
  printedTotal: FundRow | null;
  /** Weight, printed rate and score of budget execution, on whichever row the form prints them. */
  execution: { weight: Fact; rate: Fact; score: Fact; trueRate: Fact; pointer: string };
  totalWeight: Fact;
  totalScore: Fact;
}

export interface LineRow { line: BasicLine; pointer: string; item: string; prior: Fact; budget: Fact; actual: Fact }

export interface ScaleSuspect { pointer: string; column: string; text: string; printed: Decimal; value: Decimal; beside: string; besideText: string }

/** A clause of a goal that holds exactly one number, and what stands before and after it. `bound`: the clause says "at least" or "at most" it. */
export interface GoalClause { table: number; cell: "expected" | "achieved"; pointer: string; text: string; number: Decimal; before: string; after: string; percent: boolean; bound: Comparison | null }

export interface SubmissionRows {
  submission: Submission;
  year: string | null;
  partial: boolean;
  moneyUnit: MoneyUnit;
  tables: readonly TableRows[];
  lines: readonly LineRow[];
  /** An amount of the department table's 按收入性质分 / 按支出性质分. */
  natureAmount: (table: TableRows, side: "income" | "expenditure", cell: string) => Fact;
  /** The weight printed beside a first-level name. */
  levelWeight: (table: TableRows, level: string) => Fact;
  /** An amount of the basic data's or the prose's own, in the submission's unit of money. */
  amount: (cell: Cell | undefined, pointer: string) => Fact;
  rate: (cell: Cell | undefined, pointer: string) => Fact;
  count: (cell: Cell | undefined, pointer: string) => Fact;
  /** Amounts that stand some ten thousand times apart from those beside them: 元 for 万元. Their facts are underivable. */
  suspects: readonly ScaleSuspect[];
  goals: readonly GoalClause[];
  /** What reading the cells had to infer (`code`s of the locales' `input` section), with the pointer of the cell. */
  inferred: readonly { code: string; values: Record<string, string>; pointer: string }[];
}

// ── Scores: what each row should have been given (score/) ──

/** How a row was scored: a key of the locales' `methods` section. */
export type ScoreMethod =
  | "met" | "prorated" | "reverse-ratio" | "reverse-linear" | "range" | "date-met" | "date-late" | "late-deduction" | "qualitative" | "execution"
  | "unknown-direction" | "unknown-wording" | "words-for-number" | "number-for-words" | "several" | "unreadable" | "missing" | "unit" | "not-a-value" | "no-weight" | "not-scored" | "negative-target";

/** What one row is due. `exact` unrounded, `due` to the places that scores carry; null where it cannot be told, then `low` and `high` bracket it. */
export interface Due {
  method: ScoreMethod;
  exact: Decimal | null;
  due: Decimal | null;
  low: Decimal | null;
  high: Decimal | null;
  judged: boolean;
  /** Whether `high` itself is still inside the band. */
  highIncluded: boolean;
  /** Whether the target is met; null where it cannot be told. */
  met: boolean | null;
  direction: "more" | "less" | "unknown" | null;
  /** Actual and target in one unit, where both are numbers. */
  numbers: { target: Decimal; actual: Decimal } | null;
  attainment: string | null;
  /** `agree`, `differ`, or `open` where one of them carries no unit and it matters. */
  units: "agree" | "differ" | "open" | null;
}

// ── Rules: data (rules/) ──

export type Severity = "must-fix" | "explain" | "note";
export type Outcome = "pass" | "fail" | "explained" | "waived" | "not-applicable" | "cannot-tell" | "error";

export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Leaf;
export interface Leaf { fact: string; operator: string; value?: LeafValue }
export type LeafValue = string | number | boolean | (string | number)[] | { fact: string };

export interface Basis { document: string; clause?: string }

export interface Rule {
  id: string;
  category: string;
  severity: Severity;
  severityWhen?: { severity: Severity; when: Condition }[];
  each: string;
  effective: { from: string; to?: string };
  basis: Basis[];
  applies?: Condition;
  facts?: Record<string, string>;
  require: Condition;
  /** Which facts the finding shows; a kind says how they print. */
  observed?: string;
  expected?: string;
  difference?: string;
  shows?: "percent" | "money" | "points" | "number" | "text" | "count";
  /** Other words for the message, and another way to print its figures, where a condition holds; first one wins. */
  wordsWhen?: { words: string; when: Condition; shows?: Rule["shows"] }[];
  diagnose?: string[];
  points?: string;
  /** Its findings speak for what other rules cannot tell because of the same cells. */
  covers?: boolean;
  /** `false`: an explanation does not settle it. By default one settles `explain` and `note`, never `must-fix`. */
  explainable?: boolean;
  /** Rule ids whose finding on the same cells this one follows from. */
  linked?: string[];
  /** Which outcomes cannot occur, and why: for the examples' test and the docs. */
  cannotBe?: Partial<Record<"pass" | "fail" | "cannot-tell" | "not-applicable", string>>;
  /** Words beside the rule, for a user's own rules. */
  words?: Record<string, RuleWords>;
}

export interface RuleWords { title: string; holds: string; message: string | Record<string, string>; remedy: string | Record<string, string> }

export interface Parameter { id: string; values: { from: string; value: ParameterValue; basis: Basis[] }[]; unit?: string; about: Record<string, string> }
export type ParameterValue = string | boolean | string[] | Record<string, string>[];

// ── The report (contract §3) ──

export interface Report {
  format: "ziping/report@1";
  /** Digests are sha256; every report that a check makes has them. */
  tool: { name: string; version: string; digest?: string };
  ruleSet: { id: string; version: string; digest: string; parameters?: string; chosenBy: "option" | "submission" | "default"; year: string };
  input: { digest?: string; files: InputFile[]; prior?: InputFile[]; remarks: { kind: InputRemark["kind"]; code: string; message: string; at: Place | null }[]; review?: { file: string; sha256: string; asOf: string | null } };
  lang: "zh" | "en";
  submission: { department: string | null; year: string | null; code?: string; region?: string; moneyUnit: MoneyUnit; source?: unknown };
  verdict: "return" | "undetermined" | "explain" | "accept";
  counts: { mustFix: number; explain: number; note: number; explained: number; waived: number; cannotTell: number };
  tables: ReportTable[];
  findings: Finding[];
  rules: RuleLine[];
}

export interface ReportTable {
  kind: "department" | "project";
  name: string;
  claimed: { score: string | null; grade: string | null };
  recomputed: { score: string | null; low: string | null; high: string | null; grade: string | null };
  ledger: LedgerRow[];
}

export interface LedgerRow {
  subject: string; level1?: string; level2?: string;
  weight: string | null; claimed: string | null; recomputed: string | null;
  low: string | null; high: string | null;
  method: string; judged: boolean;
  target?: string; actual?: string; at?: Place | null;
  /** The true rate of execution in %, on the row of budget execution. */
  rate?: string;
}

export interface Finding {
  id: string; rule: string; category: string; severity: Severity; outcome: "fail" | "explained" | "waived" | "cannot-tell" | "error";
  table: string | null; subject: string;
  /** The subject as the form calls it, in the report's language. */
  subjectName: string;
  observed: string | null; expected: string | null; difference: string | null;
  title: string; message: string; remedy: string;
  diagnosis?: string; diagnosisText?: string;
  explanation?: { text: string; where: string; author?: string; date?: string };
  waiver?: { requester: string; approver: string; reason: string; expires?: string };
  /** What reviewers decided about it; several where they disagree or say the same. */
  decisions?: { decision: "accepted" | "rejected" | "waived"; author: string; date?: string; reason?: string; until?: string }[];
  points?: string; linked?: string[];
  basis: Basis[];
  at: Place[];
}

export interface RuleLine {
  rule: string; pass: number; fail: number; explained: number; waived: number;
  cannotTell: number; notApplicable: number; error: number; reason?: string;
}
