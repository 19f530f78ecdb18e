// Parts of all pages → blocks of one document: tables that go on overleaf put together, lines made into paragraphs.
import type { InputRemark } from "../../model.ts";
import type { FormBlock, FormTable } from "../forms/document.ts";
import { breaksBefore } from "./cell-text.ts";
import type { PageLine, PagePart, PageTable, TextCell } from "./page.ts";

export interface Pages { blocks: FormBlock[]; remarks: InputRemark[] }

/** Blocks in reading order. What was put together and might have been apart is remarked as inferred. */
export function blocksOf(file: string, pages: readonly PagePart[][]): Pages {
  const remarks: InputRemark[] = [];
  const blocks: FormBlock[] = [];
  let tables = 0;
  let paragraph: PageLine[] = [];
  const margins = marginsOf(pages);
  const endParagraph = (): void => {
    const [first] = paragraph;
    if (first !== undefined) blocks.push({ kind: "paragraph", text: paragraph.map((line) => line.text).join(""), place: { file, page: first.page, line: first.number } });
    paragraph = [];
  };
  for (const part of joinedOverleaf(pages)) {
    if (part.kind === "line") {
      const before = paragraph.at(-1);
      if (before !== undefined && !goesOn(before, part, margins)) endParagraph();
      paragraph.push(part);
      continue;
    }
    endParagraph();
    tables += 1;
    const table = formTable(file, part, `表${tables}`);
    for (const [index, cell] of part.cells.entries()) {
      const place = table.cells[index]?.place;
      for (const number of cell.numbers) if (place !== undefined) remarks.push({ kind: "inferred", code: "number-joined", values: { file, text: number }, at: place });
    }
    blocks.push(table);
  }
  endParagraph();
  return { blocks, remarks };
}

function formTable(file: string, table: PageTable, sheet: string): FormTable {
  const cells = table.cells.map(({ row, column, rowSpan, columnSpan, text, page }) => (
    { row, column, rowSpan, columnSpan, text, place: { file, page, sheet, row: row + 1, column: String(column + 1) } }));
  return { kind: "table", cells };
}

interface Margins { left: number; right: number; lines: number }

/** Left and right edge of the running text of one size: of its page, or of all pages where the page has few lines. */
function marginsOf(pages: readonly PagePart[][]): (line: PageLine) => Margins {
  const found = new Map<string, Margins>();
  const note = (key: string, line: PageLine): void => {
    const margins = found.get(key) ?? { left: Infinity, right: -Infinity, lines: 0 };
    found.set(key, { left: Math.min(margins.left, line.x0), right: Math.max(margins.right, line.x1), lines: margins.lines + 1 });
  };
  const all = (line: PageLine): string => String(Math.round(line.size));
  const own = (line: PageLine): string => `${all(line)} ${line.page}`;
  for (const part of pages.flat()) {
    if (part.kind !== "line") continue;
    note(all(part), part);
    note(own(part), part);
  }
  const none = { left: 0, right: Infinity, lines: 0 };
  return (line) => {
    const page = found.get(own(line)) ?? none;
    return page.lines >= 4 ? page : found.get(all(line)) ?? none;
  };
}

/** A line goes on with the next where it reaches the right edge and the next starts at the left one. */
function goesOn(before: PageLine, line: PageLine, marginsAt: (line: PageLine) => Margins): boolean {
  const reaches = before.x1 > marginsAt(before).right - 1.5 * before.size;
  const starts = line.x0 < marginsAt(line).left + 1.2 * line.size;
  return reaches && starts && Math.abs(before.size - line.size) < 0.1 * line.size;
}

function joinedOverleaf(pages: readonly PagePart[][]): PagePart[] {
  const parts: PagePart[] = [];
  for (const page of pages) {
    const [first, ...rest] = page;
    const last = parts.at(-1);
    if (first === undefined) continue;
    if (first.kind === "table" && last?.kind === "table" && sameSides(last, first)) {
      parts.pop();
      parts.push(oneTable(last, first), ...rest);
    } else parts.push(first, ...rest);
  }
  return parts;
}

const sameSide = 4;

function sameSides(above: PageTable, below: PageTable): boolean {
  const near = (a: number | undefined, b: number | undefined): boolean => Math.abs((a ?? 0) - (b ?? 0)) <= sameSide;
  return near(above.xs[0], below.xs[0]) && near(above.xs.at(-1), below.xs.at(-1));
}

/** Both tables on one grid. A row or a label that the page break cut in two is put together. */
function oneTable(above: PageTable, below: PageTable): PageTable {
  const xs = unitedLines(above.xs, below.xs);
  const upper = onGrid(above, xs);
  const lower = onGrid(below, xs);
  const cut = new Map<TextCell, TextCell>();
  for (const cell of lower.filter((candidate) => candidate.row === 0)) {
    const over = upper.find((candidate) => candidate.row + candidate.rowSpan === above.rows && candidate.column === cell.column && candidate.columnSpan === cell.columnSpan);
    if (over !== undefined) cut.set(cell, over);
  }
  const noFigures = holdsNoFigures(lower, cut);
  const wholeRow = (noFigures || isEndOfLabel(lower, cut)) && isRestOfRow(lower, cut);
  const shift = above.rows - (wholeRow ? 1 : 0);
  for (const [cell, over] of cut) {
    if (!wholeRow && !isRestOfLabel(cell, over, noFigures)) continue;
    over.text += cell.text;
    over.numbers.push(...cell.numbers);
    over.rowSpan += cell.rowSpan - (wholeRow ? 1 : 0);
    if (cell.text !== "") over.last = cell.last;
    lower.splice(lower.indexOf(cell), 1);
  }
  const moved = lower.map((cell) => ({ ...cell, row: cell.row + shift }));
  const cells = [...upper, ...moved].sort((a, b) => a.row - b.row || a.column - b.column);
  return { kind: "table", top: above.top, bottom: below.bottom, xs, rows: shift + below.rows, cells };
}

/** The first row overleaf is blank where the last row before it has its figures. */
function holdsNoFigures(lower: TextCell[], cut: ReadonlyMap<TextCell, TextCell>): boolean {
  const row = lower.filter((cell) => cell.row === 0);
  return row.some((cell) => cell.text === "" && /\d/u.test(cut.get(cell)?.text ?? "")) && row.every((cell) => cell.text === "" || !/^\d/u.test(cell.text));
}

/** The first row overleaf holds the last characters of a label, and nothing where the row before has its other cells: 实施单 / 位. */
function isEndOfLabel(lower: TextCell[], cut: ReadonlyMap<TextCell, TextCell>): boolean {
  const row = lower.filter((cell) => cell.row === 0);
  const filled = row.filter((cell) => cell.text !== "");
  return filled.length === 1 && filled.every((cell) => /^[^\d…]{1,2}$/u.test(cell.text)) && row.some((cell) => cell.text === "" && (cut.get(cell)?.text ?? "") !== "");
}

/** The first row overleaf holds nothing but what had no room in the last row before. */
function isRestOfRow(lower: TextCell[], cut: ReadonlyMap<TextCell, TextCell>): boolean {
  const row = lower.filter((cell) => cell.row === 0);
  const filled = row.filter((cell) => cell.text !== "");
  if (filled.length === 0 || row.some((cell) => !cut.has(cell))) return false;
  return filled.every((cell) => {
    const over = cut.get(cell);
    return over !== undefined && isContinued(cell.text, over) && !/^(?:指标\s*\d|…|\.{3})/u.test(cell.text);
  });
}

function isContinued(text: string, over: TextCell): boolean {
  return over.text !== "" && (breaksBefore(over.last, text) || isStacked(over.text, text));
}

/** One character a line above, and the same below. */
function isStacked(above: string, below: string): boolean {
  return /^(?:.\n)*.$/u.test(above) && /^.(?:\n|$)/u.test(below);
}

/** A label that broke off in the middle: 社会效益指 / 标 in merged cells, 指标（10 / 分） in any. */
function isRestOfLabel(cell: TextCell, over: TextCell, noFigures: boolean): boolean {
  if (/[（(][^）)]*$/u.test(over.text) && /^[^（(]{0,3}[）)]/u.test(cell.text)) return true;
  if (noFigures && /^[^…\d]{1,4}(?:\n|$)/u.test(cell.text) && isContinued(cell.text, over)) return true;
  const merged = cell.rowSpan > 1 || over.rowSpan > 1;
  return merged && /^[^\d…]{1,3}$/u.test(cell.text) && breaksBefore(over.last, cell.text) && over.text.length > cell.text.length;
}

function unitedLines(a: number[], b: number[]): number[] {
  const united: number[] = [];
  for (const x of [...a, ...b].sort((m, n) => m - n)) if (x - (united.at(-1) ?? -Infinity) > sameSide) united.push(x);
  return united;
}

function onGrid(table: PageTable, xs: number[]): TextCell[] {
  const lineOf = (x: number | undefined): number => {
    let nearest = 0;
    for (const [index, candidate] of xs.entries()) if (Math.abs(candidate - (x ?? 0)) < Math.abs((xs[nearest] ?? 0) - (x ?? 0))) nearest = index;
    return nearest;
  };
  return table.cells.map((cell) => {
    const column = lineOf(table.xs[cell.column]);
    return { ...cell, column, columnSpan: Math.max(1, lineOf(table.xs[cell.column + cell.columnSpan]) - column) };
  });
}
