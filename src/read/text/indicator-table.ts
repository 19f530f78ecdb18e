// Lines below a head of indicators → a table with a row for each indicator, its levels beside it.
import type { FormCell, FormTable } from "../forms/document.ts";
import { isNumeric, squashed } from "../forms/label.ts";
import { roleOf, type FormWords } from "../forms/words.ts";
import { columnsOf, settled, type Column, type Content, type LevelWords } from "./columns.ts";
import type { TextHead } from "./heads.ts";
import { labelsOf, type Label } from "./labels.ts";
import type { TextLine, Word } from "./lines.ts";
import { sharedOut, spans, type Fragment } from "./rows.ts";

/** `left`: fragments that belong to no row. */
export interface TextTable { table: FormTable; left: Fragment[] }

interface Placed extends Fragment { page: number }
interface Row { line: number; page: number; cells: Map<number, Placed[]>; label: Map<number, Label | null> }

const contentOf: Record<string, Content> = {
  level1: "level1", level2: "level2", name: "name", target: "value", actual: "value", adjustedTarget: "value", code: "value",
  weight: "number", score: "number", review: "number", operator: "operator", unit: "unit",
};

/** Reads the indicators of one head. A row is where its points stand; the lines of its other cells lie evenly about that line. */
export function indicatorTable(file: string, head: TextHead, lines: readonly TextLine[], words: FormWords, levels: LevelWords): TextTable {
  const shown = head.columns.filter((column, index) => column.role !== null || index > 0);
  const leftmost = Math.min(...lines.flatMap((line) => line.words.slice(0, 1).map((word) => word.x0)));
  const first: Column[] = [
    { content: "corner", centre: Math.min(leftmost + 1, (shown[0]?.centre ?? 4) - 3) },
    ...shown.map((column): Column => ({ content: contentOf[column.role ?? ""] ?? "text", centre: column.centre })),
  ];
  const texts = lines.map((line) => line.words);
  const columns = settled(texts, settled(texts, first, levels), levels).map((column, index) => (index === 0 ? first[0] ?? column : column));
  const fragments = fragmentsOf(lines, columns, levels, words);
  const anchors = anchorsOf(fragments, columns);
  const rows = anchors.map((anchor): Row => ({ ...anchor, cells: new Map(), label: new Map() }));
  const left: Fragment[] = [];
  for (const [index, column] of columns.entries()) {
    if (["corner", "level1", "level2"].includes(column.content)) continue;
    const shared = sharedOut(fragments[index] ?? [], rows.map((row) => row.line), column.content === "name" ? 2 : 0.4);
    for (const [at, cell] of shared.shares.entries()) rows[at]?.cells.set(index, cell as Placed[]);
    left.push(...shared.left);
  }
  const labelled = withLevels(rows, columns, fragments, levels);
  left.push(...(fragments[0] ?? []).filter((fragment) => /^\d+:?$/u.test(squashed(fragment.text))));
  return { table: { kind: "table", cells: [...headCells(file, head, shown, lines), ...rowCells(file, labelled, columns)] }, left };
}

function fragmentsOf(lines: readonly TextLine[], columns: readonly Column[], levels: LevelWords, words: FormWords): Placed[][] {
  const fragments: Placed[][] = columns.map(() => []);
  for (const line of lines) {
    const at = columnsOf(line.words, columns, levels);
    for (const [index, column] of columns.entries()) {
      const own = line.words.filter((_, word) => at[word] === index);
      const [first] = own;
      if (first === undefined) continue;
      const text = joinedWords(own);
      if (column.content === "name" && roleOf(words.fillers, text) !== null) continue;
      fragments[index]?.push({ line: line.number, page: line.page, text, x0: first.x0, x1: own.at(-1)?.x1 ?? first.x1 });
    }
  }
  return fragments;
}

/** Words as the form has them: the converter's space between Chinese characters and digits is none of the form's. */
export function joinedWords(words: readonly Word[]): string {
  return words.map((word) => word.text).join(" ").replace(/(?<=[^\x20-\x7E]) (?=\S)|(?<=\S) (?=[^\x20-\x7E])/gu, "");
}

/** Lines on which rows have their points; without columns of points, lines with an actual value. */
function anchorsOf(fragments: readonly Placed[][], columns: readonly Column[]): { line: number; page: number }[] {
  const points = columns.flatMap((column, index) => (column.content === "number" ? fragments[index] ?? [] : []));
  const values = columns.flatMap((column, index) => (column.content === "value" ? fragments[index] ?? [] : []));
  const chosen = points.length > 0 ? points : values;
  const anchors = new Map<number, { line: number; page: number }>();
  for (const { line, page } of chosen.toSorted((a, b) => a.line - b.line)) {
    const near = points.length > 0 ? undefined : anchors.get(line - 1);
    if (near === undefined) anchors.set(line, { line, page });
  }
  return [...anchors.values()];
}

/** Rows with their level names; a name without rows gets a row of its own. */
function withLevels(rows: Row[], columns: readonly Column[], fragments: readonly Placed[][], levels: LevelWords): Row[] {
  let all = rows;
  for (const content of ["level2", "level1"] as const) {
    const index = columns.findIndex((column) => column.content === content);
    if (index < 0) continue;
    const labels = labelsOf(fragments[index] ?? [], levels[content]);
    all = labelledRows(all, labels, index, content === "level2");
  }
  return all;
}

function labelledRows(rows: Row[], labels: Label[], index: number, ownRows: boolean): Row[] {
  const result: Row[] = [];
  for (const page of [...new Set([...rows, ...labels].map((one) => one.page))].sort((a, b) => a - b)) {
    const own = rows.filter((row) => row.page === page);
    const names = labels.filter((label) => label.page === page);
    const shares = spans(names.map((label) => label.line), own.map(extent), result.length > 0 || names.length === 0);
    const named = new Set(shares.flatMap((share) => share.rows));
    result.push(...own.filter((_, at) => !named.has(at)));
    for (const share of shares) {
      const label = names[share.label];
      if (label === undefined) continue;
      const members = share.rows.flatMap((at) => own[at] ?? []);
      for (const row of members) row.label.set(index, label);
      if (members.length > 0) result.push(...members);
      else if (ownRows) result.push({ line: label.line, page, cells: new Map(), label: new Map([[index, label]]) });
    }
  }
  return result;
}

function extent(row: Row): { top: number; bottom: number } {
  const lines = [...row.cells.values()].flat().map((fragment) => fragment.line);
  return { top: Math.min(row.line, ...lines), bottom: Math.max(row.line, ...lines) };
}

function headCells(file: string, head: TextHead, shown: TextHead["columns"], lines: readonly TextLine[]): FormCell[] {
  const line = (lines[0]?.number ?? 1) - 1;
  return shown.map((column, index) => cellOf(file, 0, index, column.text, Math.max(1, line), head));
}

function cellOf(file: string, row: number, column: number, text: string, line: number, head?: TextHead): FormCell {
  return { row, column, rowSpan: 1, columnSpan: 1, text, place: { file, line, ...(head === undefined ? {} : {}) } };
}

function rowCells(file: string, rows: readonly Row[], columns: readonly Column[]): FormCell[] {
  const cells: FormCell[] = [];
  for (const [at, row] of rows.entries()) {
    for (const [index] of columns.entries()) {
      if (index === 0) continue;
      const label = row.label.get(index);
      if (label !== undefined && label !== null) {
        if (rows[at - 1]?.label.get(index) === label) continue;
        const rowSpan = rows.slice(at).findIndex((next) => next.label.get(index) !== label);
        cells.push({ ...cellOf(file, at + 1, index - 1, label.text, label.first), rowSpan: rowSpan < 0 ? rows.length - at : rowSpan });
        continue;
      }
      const fragments = row.cells.get(index) ?? [];
      const text = fragments.map((fragment) => fragment.text).join("\n");
      cells.push(cellOf(file, at + 1, index - 1, text, fragments[0]?.line ?? Math.round(row.line)));
    }
  }
  return cells;
}

/** Whether a line is the row of the total: its first word but for stray label characters is 总分 or the like, and a number follows. */
export function totalAt(line: TextLine, words: FormWords): number {
  const at = line.words.findIndex((word) => roleOf(words.totals, word.text)?.exact === true);
  const strays = line.words.slice(0, at).every((word) => word.text.length <= 4);
  return at >= 0 && strays && (at + 1 === line.words.length || line.words.slice(at + 1).some((word) => isNumeric(word.text))) ? at : -1;
}

/** The total's row under the head's columns: its last two numbers are weight and score, as in the rows above. */
export function totalTable(file: string, line: TextLine, at: number): FormTable {
  const cells = line.words.slice(at).map((word, index) => ({ row: 0, column: index, rowSpan: 1, columnSpan: 1, text: word.text, place: { file, line: line.number } }));
  return { kind: "table", cells };
}
