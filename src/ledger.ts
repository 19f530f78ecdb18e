// Rows with what they claim and what they are due -> the ledger of a table, its sums exact.
import { compare, HUNDRED, parseDecimal, round, times, toFixedText, decimalsOf, toText, total, ZERO, type Decimal } from "./decimal.ts";
import { numberOf } from "./fact.ts";
import type { Due, Fact, LedgerRow, Place, ReportTable, TableRows } from "./model.ts";
import { inBand } from "./score/due.ts";
import { gradeOf, type ScoringSettings } from "./score/settings.ts";

interface Row { ledger: LedgerRow; value: Decimal | null; low: Decimal | null; high: Decimal | null }

/** The table beside what its figures give (contract §3): claimed, recomputed, and how far what is open reaches. */
export function ledgerOf(table: TableRows, dues: readonly Due[], settings: ScoringSettings, words: { grade: Fact; place: (pointer: string) => Place | null }): ReportTable {
  const rows = executionRow(table, settings, words.place);
  for (const [index, row] of table.indicators.entries()) {
    const due = dues[index];
    if (due !== undefined && due.method !== "not-scored") rows.push(indicatorRow(row, due, words.place));
  }
  const scored = rows.length > 0;
  const open = rows.some((row) => row.value === null);
  // What was not read may be worth any points: the sum of the rest is no table's score.
  const complete = !table.partial;
  const score = scored && complete && !open ? total(rows.map((row) => row.value ?? ZERO)) : null;
  const groups = levelBounds(table, dues, settings);
  const bound = (end: "low" | "high"): Decimal | null => {
    const rowsWith = groups === null ? rows : rows.filter((entry) => entry.ledger.subject === "execution");
    if (!scored || !complete || rowsWith.some((entry) => entry[end] === null)) return null;
    return total([...rowsWith.map((entry) => entry[end] ?? ZERO), ...(groups ?? []).map((group) => group[end])]);
  };
  return {
    kind: table.table.kind,
    name: table.name,
    claimed: { score: textOf(table.totalScore), grade: words.grade.state === "known" && typeof words.grade.value === "string" ? words.grade.value : (table.table.grade ?? null) },
    recomputed: {
      score: score === null ? null : pointsText(score, settings), low: print(bound("low"), settings), high: print(bound("high"), settings),
      grade: score !== null ? gradeOf(score, settings) : null,
    },
    ledger: rows.map((row) => row.ledger),
  };
}

/** Forms that give weights to groups only: a group is due its weight where all its rows are met, else something up to it. Null where rows have weights. */
function levelBounds(table: TableRows, dues: readonly Due[], settings: ScoringSettings): { low: Decimal; high: Decimal }[] | null {
  const levels = Object.entries(table.table.levelWeights ?? {});
  if (levels.length === 0 || table.indicators.some((row) => row.indicator.weight !== undefined)) return null;
  return levels.map(([level, cell]) => {
    const weight = round(parseDecimal(cell.trim()) ?? ZERO, settings.places);
    const group = table.indicators.flatMap((row, index) => (row.indicator.level1 === level ? (dues[index] ?? []) : []));
    return { low: group.length > 0 && group.every((due) => due.met === true && !due.judged) ? weight : ZERO, high: weight };
  });
}

function executionRow(table: TableRows, settings: ScoringSettings, place: (pointer: string) => Place | null): Row[] {
  const { execution } = table;
  if (execution.weight.state === "missing" && execution.score.state === "missing") return [];
  const weight = numberOf(execution.weight);
  const rate = numberOf(execution.trueRate) ?? numberOf(execution.rate);
  const capped = rate === null ? null : compare(rate, HUNDRED) > 0 ? HUNDRED : rate;
  const value = weight === null || capped === null ? null : round(times(weight, capped).dividedBy(HUNDRED), settings.places);
  const [low, high] = [value ?? ZERO, value ?? weight];
  const row = withPoints({ subject: "execution" }, execution.weight, execution.score, { value, low, high }, value === null ? "missing" : "execution", false);
  if (rate !== null) row.rate = `${toFixedText(round(rate, 2), 2)}%`;
  row.at = standing(`${execution.pointer}/score`, execution.pointer, place);
  return [{ ledger: row, value, low, high }];
}

function indicatorRow({ indicator, pointer, score, weight }: TableRows["indicators"][number], due: Due, place: (pointer: string) => Place | null): Row {
  const claimed = numberOf(score);
  const { low, high, judged } = due;
  const value = judged ? (claimed !== null && inBand(claimed, due) === true ? claimed : null) : due.due;
  const { name = "", level1, level2, target, actual } = indicator;
  const row: Partial<LedgerRow> = { subject: name };
  if (level1 !== undefined) row.level1 = level1;
  if (level2 !== undefined) row.level2 = level2;
  if (target !== undefined) row.target = target;
  if (actual !== undefined) row.actual = actual;
  const ledger = withPoints(row, weight, score, { value, low, high }, due.method, judged);
  ledger.at = standing(`${pointer}/score`, pointer, place);
  return { ledger, value, low, high };
}

/** The place of a row's score, or of the row where the score stands nowhere. */
function standing(pointer: string, around: string, place: (pointer: string) => Place | null): Place | null {
  const found = place(pointer) ?? place(around);
  return found === null ? null : { ...found, pointer };
}

/** The row with its columns in the contract's order, which writers then need not make. */
function withPoints(row: Partial<LedgerRow>, weight: Fact, claimed: Fact, { value, low, high }: Omit<Row, "ledger">, method: string, judged: boolean): LedgerRow {
  row.weight = textOf(weight);
  row.claimed = textOf(claimed);
  row.recomputed = print(value, null);
  row.low = low === value ? row.recomputed : print(low, null);
  row.high = high === low ? row.low : high === value ? row.recomputed : print(high, null);
  row.method = method;
  row.judged = judged;
  return row as LedgerRow;
}

/** Points as text, two decimals at least where they have decimals. */
function print(value: Decimal | null, settings: ScoringSettings | null): string | null {
  return value === null ? null : pointsText(value, settings);
}

function pointsText(value: Decimal, settings: ScoringSettings | null): string {
  return toFixedText(value, Math.max(settings?.places ?? 2, decimalsOf(value)));
}

function textOf(fact: Fact): string | null {
  const value = numberOf(fact);
  if (value === null) return null;
  return fact.state === "known" && fact.decimals !== undefined ? toFixedText(value, fact.decimals) : toText(value);
}
