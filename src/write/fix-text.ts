// What the scores become -> a sentence a table, for every format that people read.
import type { Locale } from "../locale.ts";
import { word } from "../word.ts";
import type { LedgerRow, Report, ReportTable } from "../model.ts";
import type { Becoming, FixList, ScoreFix } from "./fix-list.ts";
import { rowName, scoreText } from "./select.ts";

export interface FixSentence { table: ReportTable; name: string; text: string }

/** In the order of the report's tables; nothing of a table whose score stays. */
export function fixSentences(report: Report, { scores, between, deductions }: FixList, locale: Locale): FixSentence[] {
  return report.tables.flatMap((table) => {
    const fix = scores.find((each) => each.table === table);
    const open = between.find((each) => each.table === table);
    const deduction = deductions.find((each) => each.table === table);
    const parts = [
      fix === undefined ? "" : fixText(fix, locale),
      open === undefined ? "" : word(locale, "interface", "fix.between", { changes: changesText(open.rows, locale), count: open.rows.length, low: open.low, high: open.high }),
      deduction === undefined ? "" : deductionText(deduction, locale),
    ];
    const text = parts.join("").trim();
    return text === "" ? [] : [{ table, name: tableText(table, locale), text }];
  });
}

/** A head and a row a table whose score changes: as it is, once what must be corrected is (where that is not all), and once all is. */
export function becomingRows({ scores }: Pick<FixList, "scores">, locale: Locale): string[][] {
  const staged = scores.some(({ explainable }) => explainable.length > 0);
  const shown = (text: string | null): string => (text === null ? "—" : scoreText(text));
  const head = ["fix.column.table", "fix.column.from", ...(staged ? ["fix.column.first"] : []), "fix.column.to"].map((key) => word(locale, "interface", key));
  return [head, ...scores.map(({ table, from, to, first, explainable }) => {
    const middle = first?.to ?? (explainable.length === 0 ? to : shown(from));
    return [tableText(table, locale), shown(from), ...(staged ? [middle] : []), to];
  })];
}

/** A table's name; what kind of table it is where it has none. */
export function tableText(table: Pick<ReportTable, "name" | "kind">, locale: Locale): string {
  return table.name === "" ? word(locale, "interface", `kind.${table.kind}`) : table.name;
}

/** `预算执行 8.20 改为 8.25、群众满意度 9.80 改为 10.00`. */
export function changesText(rows: readonly LedgerRow[], locale: Locale): string {
  return rows.map((row) => {
    const values = { row: rowName(row, locale), to: scoreText(row.recomputed ?? "") };
    return row.claimed === null ? word(locale, "interface", "fix.row.blank", values) : word(locale, "interface", "fix.row", { ...values, from: scoreText(row.claimed) });
  }).join(word(locale, "interface", "place.and"));
}

function fixText({ rows, from, to, first, explainable }: ScoreFix, locale: Locale): string {
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "interface", key, values);
  const old = from === null ? "" : scoreText(from);
  if (rows.length === 0) return label("fix.total", { from: old, to });
  const suffix = from === null ? ".new" : "";
  const values = { count: rows.length, from: old, to };
  const may = explainable.length === 0 ? "" : label("fix.mayExplain");
  if (first === undefined) return label(`fix.all${suffix}`, { ...values, changes: changesText(rows, locale) }) + may;
  const changes = [first.rows, explainable].map((some) => changesText(some, locale)).join(label("place.between"));
  return label(`fix.staged${suffix}`, { ...values, changes, first: first.rows.length, middle: first.to }) + may;
}

function deductionText({ rows, to }: Becoming, locale: Locale): string {
  const named = rows.map((row) => word(locale, "interface", "fix.deduction", { row: rowName(row, locale), from: scoreText(row.claimed ?? "") }));
  return word(locale, "interface", "fix.deductions", { rows: named.join(word(locale, "interface", "place.and")), to });
}
