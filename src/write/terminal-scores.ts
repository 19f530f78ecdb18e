// The tables of a report -> claimed beside recomputed scores, and the rows in which they part.
import { hasWord, word } from "../locale.ts";
import type { LedgerRow, Report, ReportTable } from "../model.ts";
import { changeText, recomputedText, rowName, rowsOfInterest, scoreText } from "./select.ts";
import { layoutTable } from "./table-layout.ts";
import type { Screen } from "./terminal.ts";
import { plain, wrap } from "./text-layout.ts";

/** One line a table; grades only where a table states one or is given another. */
export function scoreLines(report: Report, screen: Screen): string[] {
  const { label, measure, width } = screen;
  if (report.tables.length === 0) return [];
  const graded = report.tables.some((table) => table.claimed.grade !== null);
  const head = [label("score.table"), label("score.claimed"), label("score.recomputed"), label("score.change"), ...(graded ? [label("score.grade")] : [])];
  const rows = report.tables.map((table) => [
    plain(table.name === "" ? label(`kind.${table.kind}`) : table.name),
    table.claimed.score === null ? "—" : plain(scoreText(table.claimed.score)),
    recomputedText(table.recomputed) ?? "—",
    changeText(table.claimed.score, table.recomputed.score) ?? "—",
    ...(graded ? [gradeText(table)] : []),
  ]);
  const columns = [{ align: "left" as const, grow: true }, ...head.slice(1).map(() => ({ align: "right" as const }))];
  return layoutTable([head, ...rows], columns, width - 2, measure).map((line, i) => `  ${i === 0 ? screen.paint.faint(line) : line}`);
}

function gradeText(table: ReportTable): string {
  const claimed = table.claimed.grade === null ? "—" : plain(table.claimed.grade);
  return table.recomputed.grade === null || table.recomputed.grade === table.claimed.grade ? claimed : `${claimed}→${table.recomputed.grade}`;
}

/** Of each table the rows that differ or are open; all of them when verbose. */
export function ledgerLines(report: Report, screen: Screen): string[] {
  return report.tables.flatMap((table) => {
    const rows = screen.verbose ? table.ledger : rowsOfInterest(table);
    return rows.length === 0 ? [] : tableLines(table, rows, screen);
  });
}

function tableLines(table: ReportTable, rows: readonly LedgerRow[], screen: Screen): string[] {
  const { label, paint, measure, width } = screen;
  const name = plain(table.name === "" ? label(`kind.${table.kind}`) : table.name);
  const title = label(screen.verbose ? "ledger.all" : "ledger.differing", { table: name, count: rows.length, total: table.ledger.length });
  const head = ["row", "weight", "claimed", "recomputed", "how"].map((column) => label(`ledger.${column}`));
  const columns = [{ align: "left" as const, grow: true }, { align: "right" as const }, { align: "right" as const }, { align: "right" as const }, { align: "left" as const, grow: true }];
  const lines = layoutTable([head, ...rows.map((row) => rowCells(row, screen))], columns, width - 4, measure);
  return [...wrap(title, width - 2, measure).map((line) => `  ${paint.bold(line)}`), ...lines.map((line, i) => `    ${i === 0 ? paint.faint(line) : line}`)];
}

function rowCells(row: LedgerRow, screen: Screen): string[] {
  const shown = (text: string | null): string => (text === null ? "—" : plain(scoreText(text)));
  return [plain(rowName(row, screen.locale)), row.weight === null ? "—" : plain(row.weight), shown(row.claimed), recomputedText({ score: row.recomputed, low: row.low, high: row.high }) ?? "—", methodText(row, screen)];
}

function methodText(row: LedgerRow, screen: Screen): string {
  const method = hasWord(screen.locale, "methods", row.method) ? word(screen.locale, "methods", row.method) : row.method;
  return row.judged && method === "" ? screen.label("ledger.judged") : method;
}
