// Departments of a summary → the sheet with one row each, filters, and sums that follow the filter.
import type { Locale } from "../../locale.ts";
import type { DepartmentRow, Summary } from "../../summary.ts";
import { addressOf, rangeOf } from "../template/sheet.ts";
import { changeCell, countCell, figureCell, gridOf, numberCell, pointsCell, sumCell, textCell, type Grid, type GridCell, type Look } from "../workbook/grid.ts";
import { COUNTS, DASH, departmentText, hrefOf, labelsOf, recomputedOf, speakerText, verdictWord, yearText, type Label } from "./text.ts";

const HEADS = ["department", "year", "verdict", "claimed", "recomputed", "change", "gradeClaimed", "grade", "execution", ...COUNTS, "error", "open", "farthest", "farthest.change", "tables", "tables.open", "sum.claimed", "sum.recomputed", "sum.change", "scoreOf", "executionOf", "report"] as const;
type Head = (typeof HEADS)[number];
const WIDTHS: Readonly<Partial<Record<Head, number>>> = { department: 26, year: 7, verdict: 16, farthest: 26, scoreOf: 24, executionOf: 24, "sum.claimed": 12, "sum.recomputed": 12, recomputed: 14 };
const FILLS = { return: "must-fix", undetermined: "cannot-tell", explain: "explain", accept: "good" } as const;
/** What is printed; the rest is for looking up. */
const PRINTED = HEADS.indexOf("farthest.change") + 1;

export const columnAt = (head: Head): number => HEADS.indexOf(head);

export function departmentGrid(summary: Summary, locale: Locale): Grid {
  const label = labelsOf(locale);
  const grid = gridOf(label("sheet.departments"), HEADS.map((head) => WIDTHS[head] ?? 10), HEADS.map((head) => label(head)));
  for (const row of summary.departments) {
    const cells = cellsOf(row, grid.rows.length, label, locale);
    grid.rows.push(HEADS.map((head) => cells[head]));
  }
  grid.filtered = grid.rows.length - 1;
  grid.printed = PRINTED;
  if (summary.departments.length > 0) grid.rows.push(sumRow(summary, grid.rows.length, label));
  return grid;
}

/** Cells that lead to reports. */
export function reportLinks({ departments }: Summary): { cell: string; href: string }[] {
  return departments.flatMap((row, at) => {
    const href = hrefOf(row.report);
    return href === null ? [] : [{ cell: addressOf(at + 1, columnAt("report")), href }];
  });
}

function cellsOf(row: DepartmentRow, at: number, label: Label, locale: Locale): Record<Head, GridCell> {
  const { score, execution, counts, farthest, tables, report } = row;
  const cell = (head: Head): string => addressOf(at, columnAt(head));
  const source = (speaker: DepartmentRow["score"] | DepartmentRow["execution"]): GridCell => textCell(speaker === null ? DASH : speaker.of === "department" ? label("ownTable") : speakerText(speaker, label));
  const centred: Look = { align: "center" };
  return {
    department: textCell(departmentText(row, locale)), year: numberCell(yearText(row, locale), centred), verdict: textCell(verdictWord(row, locale), { fill: FILLS[row.verdict] }),
    claimed: pointsCell(score?.claimed ?? null), recomputed: score?.recomputed == null ? textCell(recomputedOf(row), { align: "right" }) : pointsCell(score.recomputed),
    change: changeCell({ cell: cell("claimed"), text: score?.claimed ?? null }, { cell: cell("recomputed"), text: score?.recomputed ?? null }),
    gradeClaimed: textCell(score?.grades.claimed ?? DASH, centred), grade: textCell(score?.grades.recomputed ?? DASH, centred),
    execution: execution === null ? textCell(DASH, { align: "right" }) : figureCell(execution.rate),
    mustFix: countCell(counts.mustFix, counts.mustFix > 0 ? { fill: "must-fix" } : {}), explain: countCell(counts.explain, counts.explain > 0 ? { fill: "explain" } : {}), note: countCell(counts.note),
    cannotTell: countCell(counts.cannotTell, counts.cannotTell > 0 ? { fill: "cannot-tell" } : {}), explained: countCell(counts.explained), waived: countCell(counts.waived), error: countCell(counts.error), open: countCell(row.open),
    farthest: textCell(farthest?.table ?? DASH), "farthest.change": pointsCell(farthest?.change ?? null), tables: countCell(tables.count), "tables.open": countCell(tables.open),
    "sum.claimed": pointsCell(tables.claimed), "sum.recomputed": pointsCell(tables.recomputed),
    "sum.change": changeCell({ cell: cell("sum.claimed"), text: tables.claimed }, { cell: cell("sum.recomputed"), text: tables.recomputed }),
    scoreOf: source(score), executionOf: source(execution),
    report: report === null ? textCell(DASH, centred) : textCell(label("report.open"), { align: "center", link: true }),
  };
}

const COUNTED: Readonly<Partial<Record<Head, (row: DepartmentRow) => number>>> = {
  mustFix: ({ counts }) => counts.mustFix, explain: ({ counts }) => counts.explain, note: ({ counts }) => counts.note, cannotTell: ({ counts }) => counts.cannotTell,
  explained: ({ counts }) => counts.explained, waived: ({ counts }) => counts.waived, error: ({ counts }) => counts.error, open: ({ open }) => open, tables: ({ tables }) => tables.count, "tables.open": ({ tables }) => tables.open,
};
const SUMMED: Readonly<Partial<Record<Head, (row: DepartmentRow) => string>>> = { "sum.claimed": ({ tables }) => tables.claimed, "sum.recomputed": ({ tables }) => tables.recomputed, "sum.change": ({ tables }) => tables.change };

/** SUBTOTAL(109, …) adds up what the filter shows. */
function sumRow({ departments }: Summary, at: number, label: Label): GridCell[] {
  const look: Look = { bold: true, fill: "sum" };
  return HEADS.map((head, column) => {
    const [count, points] = [COUNTED[head], SUMMED[head]];
    const range = rangeOf(1, column, at - 1, column);
    if (count !== undefined) return { ...countCell(departments.reduce((sum, row) => sum + count(row), 0), look), formula: `SUBTOTAL(109,${range})` };
    if (points === undefined) return textCell(head === "department" ? label("sum.filtered") : "", look);
    const sum = sumCell(range, departments.map(points), look);
    return sum.formula === undefined ? sum : { ...sum, formula: `ROUND(SUBTOTAL(109,${range}),6)` };
  });
}
