// Every cell that must hold something, or something readable -> subjects `cell`; rows whose units are compared -> `measure`; leftovers of the template -> `residue`.
import { decimal } from "../decimal.ts";
import { isTrue, known, missing, underivable, unreadable } from "../fact.ts";
import { once, remembered } from "../memo.ts";
import type { Cell, Due, Fact, FundRow, IndicatorRow, LineRow, MoneyUnit, ScoreMethod, Subject, TableRows } from "../model.ts";
import { asksOnly, isAsked, standingFor, subject, tableIdentity, textFact, type FactTable, type SubjectContext, type Words } from "./context.ts";
import { holdsAny, longestStart } from "../word-list.ts";
import { cleanText, foldedText, isPlain } from "./names.ts";

export function cellSubjects(context: SubjectContext): Subject[] {
  if (!isAsked(context, "cell")) {
    // What reading these had to infer is remarked under any rules.
    staffCells(context, () => undefined);
    return [];
  }
  if (!asksOnly(context, "cell", ["required", "filled", "readable"])) return cellsOf(context, () => true);
  // Most cells hold what they must: they differ in nothing that rules ask.
  const sound = { required: soundCells(), optional: soundCells() };
  const odd = cellsOf(context, (parts) => {
    if (!isSound(parts)) return true;
    const cells = parts.required ? sound.required : sound.optional;
    cells.count += 1;
    cells.first ??= parts;
    return false;
  });
  return [...odd, ...[sound.required, sound.optional].flatMap(({ count, first }) =>
    standingFor(count, first === null ? null : cellSubject(first), () => cellsOf(context, (parts) => isSound(parts) && parts.required === first?.required)))];
}

const soundCells = (): { count: number; first: CellParts | null } => ({ count: 0, first: null });
const isSound = ({ readable, cell }: CellParts): boolean => readable === YES && cell !== undefined && cell.trim() !== "";
const YES = isTrue(true);

/** The subjects of the cells that are `wanted`. */
function cellsOf(context: SubjectContext, wanted: (parts: CellParts) => boolean): Subject[] {
  const cells: Subject[] = [];
  const take: Take = (parts) => { if (wanted(parts)) cells.push(cellSubject(parts)); };
  headCells(context, take);
  for (const [index, table] of context.rows.tables.entries()) {
    const dues = context.dues[index] ?? [];
    for (const [position, row] of table.indicators.entries()) if (row.live) indicatorCells(table, row, dues[position], take);
    for (const row of table.funds) fundCells(table, row, take);
    totalCells(table, take);
  }
  for (const row of context.rows.lines) lineCells(row, take);
  staffCells(context, take);
  return cells;
}

type Take = (parts: CellParts) => void;

interface CellParts {
  table: TableRows | null;
  label: string;
  path: () => readonly string[];
  pointer: string;
  column: string;
  cell: Cell | undefined;
  required: boolean;
  /** True, false, or why it cannot be told. */
  readable: Fact;
  /** The row's weight, and how its cells were understood (a key of the locales' `methods`). */
  row: { weight: Fact; reason: ScoreMethod } | undefined;
}

function cellSubject(parts: CellParts): Subject {
  const { table, label, pointer } = parts;
  return subject<CellParts>({
    each: "cell", table: table?.name ?? null, label, pointer,
    identity: () => [...(table === null ? [] : tableIdentity(table)), ...parts.path(), parts.column],
    view: parts, facts: CELL_FACTS,
  });
}

const CELL_FACTS: FactTable<CellParts> = {
  column: ({ column, pointer }) => known(column, [pointer]),
  text: ({ cell, pointer }) => textFact(cell, pointer),
  required: ({ required }) => isTrue(required),
  filled: ({ readable, cell, pointer }) => known(readable.state !== "missing" && cell !== undefined && cell.trim() !== "", [pointer]),
  readable: ({ readable }) => readable,
  weight: ({ row }) => row?.weight ?? missing(),
  reason: ({ row }) => (row === undefined ? missing() : known(row.reason)),
};

function headCells({ rows: { submission } }: SubjectContext, take: Take): void {
  const head = (column: string, cell: Cell | undefined): void => {
    const readable = (cell ?? "").trim() === "" ? missing([`/${column}`], true) : YES;
    take({ table: null, label: column, path: () => ["submission"], pointer: `/${column === "department" ? "department/name" : column}`, column, cell, required: true, readable, row: undefined });
  };
  head("department", submission.department?.name);
  head("year", submission.year);
}

/** Why a row's outcome is open although both its cells hold something: the actual is not what the target asks for. */
const ACTUAL_UNREAD: ReadonlySet<ScoreMethod> = new Set(["words-for-number", "several", "unreadable"]);

function indicatorCells(table: TableRows, row: IndicatorRow, due: Due | undefined, take: Take): void {
  const { indicator, pointer } = row;
  const { name: label = "", target, actual, weight, score } = indicator;
  const understood = { weight: row.weight, reason: due?.method ?? "unreadable" };
  const path = (): string[] => [indicator.level1 ?? "", indicator.level2 ?? "", indicator.code ?? indicator.name ?? ""];
  if (target !== undefined) take({ table, label, path, pointer: `${pointer}/target`, column: "target", cell: target, required: true, readable: readingState(row.target.kind, row.target.text, `${pointer}/target`), row: understood });
  if (actual !== undefined) take({ table, label, path, pointer: `${pointer}/actual`, column: "actual", cell: actual, required: true, readable: actualState(row, due), row: understood });
  if (weight !== undefined) take({ table, label, path, pointer: `${pointer}/weight`, column: "weight", cell: weight, required: true, readable: numberState(row.weight), row: undefined });
  if (score !== undefined) take({ table, label, path, pointer: `${pointer}/score`, column: "score", cell: score, required: true, readable: numberState(row.score), row: undefined });
}

function readingState(kind: string, text: string, pointer: string): Fact {
  if (kind === "blank") return missing([pointer], true);
  return kind === "unreadable" || kind === "several" ? unreadable(text, [pointer]) : isTrue(true);
}

function actualState(row: IndicatorRow, due: Due | undefined): Fact {
  const pointer = `${row.pointer}/actual`;
  if (row.actual.kind === "blank") return missing([pointer], true);
  const targetRead = row.target.kind !== "unreadable" && row.target.kind !== "several" && row.target.kind !== "blank";
  return due !== undefined && targetRead && ACTUAL_UNREAD.has(due.method) ? unreadable(row.actual.text, [pointer]) : isTrue(true);
}

/** A cell that holds nothing but a number: what is not one there is wrong, not merely unread. */
function numberState(fact: Fact): Fact {
  if (fact.state === "missing") return fact;
  if (fact.state === "known") return isTrue(true);
  return known(fact.state !== "unreadable", fact.at);
}

const FUND_CELLS = ["initialBudget", "adjustedBudget", "executed", "weight", "rate", "score"] as const;

function fundCells(table: TableRows, row: FundRow, take: Take): void {
  const { fund, pointer } = row;
  const isTotal = row === table.totalFund;
  const path = (): string[] => ["fund", fund.source, fund.label ?? ""];
  for (const column of FUND_CELLS) {
    if (fund[column] === undefined) continue;
    const blank = row[column].state === "missing";
    const amount = column === "initialBudget" || column === "adjustedBudget" || column === "executed";
    const required = isTotal && (amount || (column === "score" && row.weight.state === "known"));
    // Files without a cell there and files with an empty one say the same.
    if (!blank || required) take({ table, label: fund.source, path, pointer: `${pointer}/${column}`, column, cell: fund[column], required, readable: numberState(row[column]), row: undefined });
  }
}

function totalCells(table: TableRows, take: Take): void {
  const { total } = table.table;
  const pointer = `${table.pointer}/total`;
  const path = (): string[] => ["total"];
  const scored = table.indicators.some((row) => row.live && row.score.state === "known");
  if (total?.score !== undefined) take({ table, label: "totalScore", path, pointer: `${pointer}/score`, column: "score", cell: total.score, required: scored, readable: numberState(table.totalScore), row: undefined });
  if (total?.weight !== undefined) take({ table, label: "totalScore", path, pointer: `${pointer}/weight`, column: "weight", cell: total.weight, required: false, readable: numberState(table.totalWeight), row: undefined });
}

function lineCells(row: LineRow, take: Take): void {
  const path = (): string[] => ["basicData", row.item, row.line.label ?? ""];
  for (const column of ["prior", "budget", "actual"] as const) {
    if (row[column].state === "missing") continue;
    take({ table: null, label: row.item, path, pointer: `${row.pointer}/${column}`, column: `line.${column}`, cell: row.line[column], required: false, readable: numberState(row[column]), row: undefined });
  }
}

function staffCells({ rows }: SubjectContext, take: Take): void {
  const staff = rows.submission.basicData?.staff;
  for (const column of ["established", "actual", "controlRate"] as const) {
    const cell = staff?.[column];
    if (cell === undefined) continue;
    const pointer = `/basicData/staff/${column}`;
    const fact = column === "controlRate" ? rows.rate(cell, pointer) : rows.count(cell, pointer);
    if (fact.state !== "missing") take({ table: null, label: "staff", path: () => ["basicData", "staff"], pointer, column: `staff.${column}`, cell, required: false, readable: numberState(fact), row: undefined });
  }
}

/** Rows whose figures must be in one unit: target beside actual, the amounts of one row beside each other. */
export function measureSubjects(context: SubjectContext): Subject[] {
  const { rows } = context;
  const indicators = asksOnly(context, "measure", ["unitsAgree"]) ? foldedMeasures(context) : rowMeasures(context, () => true);
  const funds = rows.tables.flatMap((table) => table.funds.map((row) => amountSubject(context, table, table.moneyUnit, row.fund.source, () => [...tableIdentity(table), "fund", row.fund.source, row.fund.label ?? ""], row.pointer)));
  const lines = rows.lines.map((row) => amountSubject(context, null, rows.submission.basicData?.moneyUnit ?? rows.moneyUnit, row.item, () => ["basicData", row.item, row.line.label ?? ""], row.pointer));
  return [...indicators, ...funds, ...lines];
}

/** Rows that agree, and rows of which there is nothing to be said, are alike to a rule that asks for no more. */
function foldedMeasures(context: SubjectContext): Subject[] {
  const counts = { agree: 0, none: 0 };
  const odd = rowMeasures(context, (units) => {
    if (units !== "agree" && units !== null) return true;
    counts[units ?? "none"] += 1;
    return counts[units ?? "none"] === 1;
  });
  return odd.flatMap((first) => {
    const { units } = first.view as Measured;
    return units === "agree" || units === null ? standingFor(counts[units ?? "none"], first, () => rowMeasures(context, (other) => other === units)) : [first];
  });
}

function rowMeasures(context: SubjectContext, wanted: (units: Due["units"]) => boolean): Subject[] {
  const measures: Subject[] = [];
  for (const [index, table] of context.rows.tables.entries()) {
    for (const [position, row] of table.indicators.entries()) {
      const units = context.dues[index]?.[position]?.units ?? null;
      if (wanted(units)) measures.push(measureSubject(table, row, units));
    }
  }
  return measures;
}

const measureSubject = (table: TableRows, row: IndicatorRow, units: Due["units"]): Subject => subject<Measured>({
  each: "measure", table: table.name, label: row.indicator.name ?? "", pointer: row.pointer,
  identity: () => [...tableIdentity(table), row.indicator.level1 ?? "", row.indicator.level2 ?? "", row.indicator.code ?? row.indicator.name ?? "", "measure"],
  view: { row, units }, facts: MEASURE_FACTS,
});

interface Measured { row: IndicatorRow; units: Due["units"] }

const MEASURE_FACTS: FactTable<Measured> = {
  unitsAgree: ({ row, units }) => {
    const at = [`${row.pointer}/target`, `${row.pointer}/actual`];
    return units === null ? missing() : units === "open" ? underivable(["measureUnit"], at) : known(units === "agree", at);
  },
  amounts: () => isTrue(false),
  left: ({ row }) => textFact(row.indicator.target, `${row.pointer}/target`),
  right: ({ row }) => textFact(row.indicator.actual, `${row.pointer}/actual`),
};

function amountSubject(context: SubjectContext, table: TableRows | null, moneyUnit: MoneyUnit, label: string, identity: () => string[], pointer: string): Subject {
  const suspect = context.rows.suspects.find((entry) => entry.pointer.startsWith(`${pointer}/`));
  const at = suspect === undefined ? [] : [suspect.pointer, suspect.beside];
  return subject({
    each: "measure", table: table?.name ?? null, label, identity: () => [...identity(), "measure"], pointer,
    facts: {
      unitsAgree: known(suspect === undefined, at), amounts: known(true),
      left: suspect === undefined ? missing() : known(suspect.besideText, [suspect.beside]),
      right: suspect === undefined ? missing() : known(suspect.printed, [suspect.pointer], { text: suspect.text }),
      column: suspect === undefined ? missing() : known(suspect.column),
      moneyUnit: known(moneyUnit),
      // In a form in 元 the smaller of the two is the odd one.
      inUnit: suspect === undefined || moneyUnit === "元" ? missing() : known(suspect.value, [suspect.pointer]),
    },
  });
}

/** What is left of the form's template: one subject a table, its findings in a list. */
export function residueSubjects(context: SubjectContext): Subject[] {
  const leftOver = isResidue(context.words);
  return context.rows.tables.map((table) => {
    const found = residuesOf(table, leftOver);
    return subject({
      each: "residue", table: table.name, label: table.name, identity: [...tableIdentity(table), "residue"], pointer: table.pointer,
      facts: { residues: known(found.map(({ text }) => text.trim()), found.map(({ pointer }) => pointer)), residueCount: known(decimal(found.length), found.map(({ pointer }) => pointer)) },
    });
  });
}

function residuesOf(table: TableRows, leftOver: (text: string) => boolean): { text: string; pointer: string }[] {
  const { pointer } = table;
  const found: { text: string; pointer: string }[] = [];
  const look = (holder: object, at: string, names: readonly string[]): void => {
    for (const name of names) {
      const text = (holder as Record<string, unknown>)[name];
      if (typeof text === "string" && text !== "" && leftOver(text) && text.trim() !== "") found.push({ text, pointer: `${at}/${name}` });
    }
  };
  look(table.table, pointer, ["name", "reason", "measures", "supervisor", "implementer"]);
  for (const row of table.funds) look(row.fund, row.pointer, ["label", "explanation"]);
  (table.table.goals ?? []).forEach((goal, index) => { look(goal, `${pointer}/goals/${index}`, ["expected", "achieved"]); });
  for (const row of table.indicators) look(row.indicator, row.pointer, ["level1", "level2", "name", "target", "actual", "explanation"]);
  return found;
}

/** A text of the template by the set's lists: whole texts, beginnings, bare serial labels (`指标1：`), and a cell comment's number (`12133：填`). */
const residueWords = once((words: Words) => {
  const folded = (list: string): string[] => words(list).map((entry) => entry.normalize("NFKC"));
  return { texts: folded("residueTexts"), starts: folded("residueStarts"), parts: folded("residueParts"), labels: words("residueLabels") };
});

const isResidue = once((words: Words) => {
  const mayBe = mayBeResidue(words);
  const odd = remembered((text) => isResidueBy(words, text));
  return (text: string): boolean => mayBe(text) && odd(text);
});

/** Whether any character of the text can make it one of the template: most texts hold none, and need not be folded to be compared. */
function mayBeResidue(words: Words): (text: string) => boolean {
  const { texts, starts, parts, labels } = residueWords(words);
  const [first, inside] = [new Uint8Array(65_536), new Uint8Array(65_536).fill(1)];
  for (let code = 0; code < 65_536; code++) if (isPlain(String.fromCharCode(code)) || PLAIN_SIGNS.includes(String.fromCharCode(code))) inside[code] = 0;
  for (const word of [...texts, ...starts, ...labels]) first[word.charCodeAt(0)] = 1;
  for (const word of parts) inside[word.charCodeAt(0)] = 1;
  const any = [...texts, ...starts, ...parts, ...labels].includes("");
  return (text) => {
    if (any || first[text.charCodeAt(0)] === 1) return true;
    for (let at = 0; at < text.length; at++) if (inside[text.charCodeAt(at)] === 1) return true;
    return false;
  };
}

/** Signs that folding leaves as they are, and that stand in no way for another. */
const PLAIN_SIGNS = "%.≥≤";

function isResidueBy(words: Words, text: string): boolean {
  const { texts, starts, parts, labels } = residueWords(words);
  const folded = foldedText(text);
  if (longestStart(folded, texts) === folded || longestStart(folded, starts) !== undefined || holdsAny(folded, parts)) return true;
  const plain = cleanText(text);
  return labels.some((label) => plain.startsWith(label) && /^\d*$/.test(plain.slice(label.length)) && plain.length > label.length) || /^(?!(?:19|20)\d\d:)\d{4,6}:(?!\d)\D*$/.test(folded);
}
