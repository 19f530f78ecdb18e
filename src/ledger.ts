// Rows with what they claim and what they are due -> the ledger of a table, its sums exact.
import { compare, HUNDRED, parseDecimal, round, times, toFixedText, decimalsOf, toText, total, ZERO, type Decimal } from "./decimal.ts";
import { numberOf } from "./fact.ts";
import type { Due, Fact, LedgerRow, Place, ReportTable, TableRows } from "./model.ts";
import { inBand } from "./score/due.ts";
import { gradeOf, type ScoringSettings } from "./score/settings.ts";

interface Row { ledger: LedgerRow; value: Decimal | null; low: Decimal | null; high: Decimal | null }

/** The table beside what its figures give (contract §3): claimed, recomputed, and how far what is open reaches. */
export function ledgerOf(table: TableRows, dues: readonly Due[], settings: ScoringSettings, words: { grade: Fact; place: (pointer: string) => Place | null }): ReportTable {
  const rows = [...executionRow(table, settings, words.place), ...table.indicators.flatMap((row, index) => indicatorRow(row, dues[index], words.place))];
  const scored = rows.length > 0;
  const open = rows.some((row) => row.value === null);
  const score = scored && !open ? total(rows.map((row) => row.value ?? ZERO)) : null;
  const groups = levelBounds(table, dues, settings);
  const bound = (end: "low" | "high"): Decimal | null => {
    const rowsWith = groups === null ? rows : rows.filter((entry) => entry.ledger.subject === "execution");
    if (!scored || rowsWith.some((entry) => entry[end] === null)) return null;
    return total([...rowsWith.map((entry) => entry[end] ?? ZERO), ...(groups ?? []).map((group) => group[end])]);
  };
  const complete = !table.partial;
  return {
    kind: table.table.kind,
    name: table.name,
    claimed: { score: textOf(table.totalScore), grade: words.grade.state === "known" && typeof words.grade.value === "string" ? words.grade.value : (table.table.grade ?? null) },
    recomputed: {
      score: score === null ? null : pointsText(score, settings), low: print(bound("low"), settings), high: print(bound("high"), settings),
      grade: score !== null && complete ? gradeOf(score, settings) : null,
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
  const due = weight === null || capped === null ? null : round(times(weight, capped).dividedBy(HUNDRED), settings.places);
  const more = { ...(rate === null ? {} : { rate: `${toFixedText(round(rate, 2), 2)}%` }), at: standing(`${execution.pointer}/score`, execution.pointer, place) };
  return [row({ subject: "execution", weight: execution.weight, claimed: execution.score, due, low: due ?? ZERO, high: due ?? weight, method: due === null ? "missing" : "execution", judged: false, settings, more })];
}

function indicatorRow(source: TableRows["indicators"][number], due: Due | undefined, place: (pointer: string) => Place | null): Row[] {
  if (due === undefined) return [];
  const { indicator } = source;
  const claimed = numberOf(source.score);
  const inside = claimed !== null && inBand(claimed, due) === true;
  const value = due.judged ? (inside ? claimed : null) : due.due;
  const made = row({
    subject: indicator.name ?? "", weight: source.weight, claimed: source.score, due: value, low: due.low, high: due.high, method: due.method, judged: due.judged, settings: null,
    more: {
      ...(indicator.level1 === undefined ? {} : { level1: indicator.level1 }), ...(indicator.level2 === undefined ? {} : { level2: indicator.level2 }),
      ...(indicator.target === undefined ? {} : { target: indicator.target }), ...(indicator.actual === undefined ? {} : { actual: indicator.actual }),
      at: standing(`${source.pointer}/score`, source.pointer, place),
    },
  });
  return due.method === "not-scored" ? [] : [made];
}

/** The place of a row's score, or of the row where the score stands nowhere. */
function standing(pointer: string, around: string, place: (pointer: string) => Place | null): Place | null {
  const found = place(pointer) ?? place(around);
  return found === null ? null : { ...found, pointer };
}

function row(parts: { subject: string; weight: Fact; claimed: Fact; due: Decimal | null; low: Decimal | null; high: Decimal | null; method: string; judged: boolean; settings: ScoringSettings | null; more?: Partial<LedgerRow> }): Row {
  const ledger: LedgerRow = {
    subject: parts.subject, ...parts.more,
    weight: textOf(parts.weight), claimed: textOf(parts.claimed), recomputed: print(parts.due, null), low: print(parts.low, null), high: print(parts.high, null),
    method: parts.method, judged: parts.judged,
  };
  return { ledger, value: parts.due, low: parts.low, high: parts.high };
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
