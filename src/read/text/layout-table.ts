// Lines below a head, in columns by their positions → a table with a row for each line of numbers, the wrapped cells beside it.
import type { Place } from "../../model.ts";
import type { FormCell, FormTable } from "../forms/document.ts";
import { isNothing, isNumeric } from "../forms/label.ts";
import { roleOf, type FormWords } from "../forms/words.ts";
import { bandsOf, type Band } from "./bands.ts";
import type { BodyWord, CellColumn, CellLine, Content, LevelWords } from "./columns.ts";
import { doubtful, type DoubtRow, type Reach } from "./doubt.ts";
import type { TextHead } from "./heads.ts";
import { labelsOf, levelName, type Label } from "./labels.ts";
import { levelLines, type LevelLine, type Span } from "./level-words.ts";
import { joinedWords, type TextLine } from "./lines.ts";
import { spans, type Beside, type Fragment } from "./rows.ts";

/** `left`: fragments that belong to no row. */
export interface TextTable { table: FormTable; left: Fragment[] }

/** Whether the first row, and the last one, may have been cut between pages. */
export interface Torn { first: boolean; last: boolean }

/** `first`, `last`: where its first row, and its last one, stand; null where words stand beside them that are no row's. */
export interface LaidTable { first: Reach | null; last: Reach | null; table: (torn: Torn) => TextTable }

interface Placed extends Fragment { page: number; margin: number }
interface Row { line: number; page: number; cells: Map<number, Placed[]>; label: Map<number, Label>; /** How sure each of the labels is. */ margins: Map<number, number> }

const contentOf: Record<string, Content> = {
  level1: "level1", level2: "level2", name: "name", target: "value", actual: "value", adjustedTarget: "value", code: "value",
  weight: "number", score: "number", review: "number", operator: "operator", unit: "unit",
  initialBudget: "number", adjustedBudget: "number", executed: "number", rate: "number", prior: "number", budget: "number", established: "number",
  controlRate: "number", approvedArea: "number", actualArea: "number", areaControlRate: "number", budgetInvestment: "number", actualInvestment: "number", investmentControlRate: "number",
};

/** A row less certain than this makes it less certain, by so much, which rows a level's name stands beside. */
const certain = 0.5;
const unsure = 2;

/** Reads the rows of one head: names of levels at the left, each beside the rows about whose middle it stands, and the rows' own cells. `goesOn`: it goes on with a table above, whose levels its first rows may have. */
export function layoutTable(file: string, head: TextHead, lines: readonly TextLine[], words: FormWords, levels: LevelWords, goesOn: boolean): LaidTable {
  const labelled = head.kind === "funds" || head.kind === "lines";
  const shown = head.columns.filter((column, index) => column.role !== null || index > 0 || !labelled);
  const columns: ShownColumn[] = [
    ...(labelled ? [{ content: "label" as const, role: null, ...labelSpan(lines, shown[0]?.x0 ?? Infinity) }] : []),
    ...shown.map(({ role, x0, x1 }): ShownColumn => ({ content: contentIn(head.kind, role), role, x0, x1 })),
  ];
  const divided = levelLines(lines, { level1: spanOf(columns, "level1"), level2: spanOf(columns, "level2") }, spanOf(columns, "name"), levels);
  const body = bodyOf(divided, head.kind === "indicators" ? words : null);
  const { bands, left } = bandsOf(body, { kind: head.kind, columns, seen: [], words, levels, known: new Map() });
  const rows = bands.map((band): Row => rowOf(band, body, columns.map(({ content }) => content)));
  const fragments = columns.map(({ content }) => (content === "level1" || content === "level2" ? divided.flatMap((one) => fragmentOf(one, content)) : []));
  const all = carriedOn(withLevels(rows, columns, fragments, levels, bands.some(({ margin }) => margin < certain) ? unsure : 0), columns);
  const kept = all.filter((row) => row.cells.size > 0);
  const names = namesOnly(all, columns, levels);
  const lost = left.flatMap((at) => body[at] ?? []).map((word): Fragment => ({ line: word.line, text: word.text, x0: word.x0, x1: word.x1 }));
  // Words right of a table's labels that are no figures are no part of its rows.
  const strays = lost.filter((word) => !labelled || /\d/u.test(word.text) || word.x0 < (columns[0]?.x1 ?? 0)).map(({ line }) => line);
  const figures = new Set(lost.filter(({ text }) => isNumeric(text)).map(({ line }) => line));
  const firsts = new Set(fragments.flatMap((own, index) => (columns[index]?.content === "level1" ? labelsOf(own, levels.level1).map(({ text }) => levelName(text)) : [])));
  const described = kept.map((row): DoubtRow => ({ ...row, reach: reachOf(row), levels: levelsOf(row, columns) }));
  const doubts = doubtful(described, columns, head.kind, strays, { words, levels, firsts });
  const table = ({ first, last }: Torn): TextTable => {
    const unread = kept.filter((row, at) => doubts[at] === true || (!goesOn && lacksLevel(row, kept, columns)) || (first && at === 0) || (last && at === kept.length - 1));
    const unreadRows = [...unread.map((row) => unreadOf(file, row)), ...[...figures].map((line) => ({ text: lost.filter((word) => word.line === line).map(({ text }) => text).join(" "), place: { file, line } }))];
    const headCells = shown.map((column, index) => cellOf(file, 0, index + 1, column.text, head.line));
    const bodyCells = rowCells(file, all.filter((row) => !unread.includes(row) && !names.includes(row)), columns, labelled ? 0 : 1);
    return { table: { kind: "table", cells: [...headCells, ...bodyCells], ...(unreadRows.length > 0 ? { unread: unreadRows } : {}) }, left: lost.filter(({ line }) => !figures.has(line)) };
  };
  const edge = (row: DoubtRow | undefined, line: number | undefined): Reach | null => (strays.includes(line ?? 0) ? null : row?.reach ?? null);
  return { first: edge(described[0], lines[0]?.number), last: edge(described.at(-1), lines.at(-1)?.number), table };
}

interface ShownColumn extends CellColumn { content: Content }

function contentIn(kind: TextHead["kind"], role: string | null): Content {
  if (kind === "staff") return "number";
  if (role === null) return "other";
  return kind === "lines" && role === "actual" ? "number" : contentOf[role] ?? "text";
}

function spanOf(columns: readonly ShownColumn[], content: Content): Span | null {
  const found = columns.find((column) => column.content === content);
  return found === undefined ? null : { x0: found.x0, x1: found.x1 };
}

/** Labels begin left of the first column with a head. */
function labelSpan(lines: readonly TextLine[], least: number): Span {
  const firsts = lines.flatMap(({ words: [word] }) => (word === undefined || word.x0 >= least || isNumeric(word.text) ? [] : [word]));
  return { x0: Math.min(...firsts.map(({ x0 }) => x0)), x1: Math.max(...firsts.map(({ x1 }) => x1)) };
}

/** Lines that hold more than names of levels; `…` stands for rows that the form leaves out. */
function bodyOf(divided: readonly LevelLine[], words: FormWords | null): BodyWord[][] {
  return divided.map(({ line, rest, restMargin: margin }) => rest.filter((word) => words === null || roleOf(words.fillers, word.text) === null).map((word) => ({ ...word, line: line.number, page: line.page, margin })))
    .filter((line) => line.length > 0)
    .map((line, at) => line.map((word): BodyWord => ({ ...word, at })));
}

function rowOf(band: Band, body: readonly BodyWord[][], contents: readonly Content[]): Row {
  const cells = new Map(band.cells.map(({ column, lines }) => [column, (contents[column] === "number" ? oneNumber(lines) : lines).map((line): Placed => ({ ...line, margin: band.margin }))]));
  const numbers = body.slice(band.from, band.to).map((words) => ({ line: words[0]?.line ?? 1, page: words[0]?.page ?? 1, count: words.filter(({ text }) => isNumeric(text)).length }));
  const most = Math.max(...numbers.map(({ count }) => count));
  const anchors = numbers.filter(({ count }) => count === most);
  const anchor = anchors[anchors.length >> 1];
  return { line: anchor?.line ?? 1, page: anchor?.page ?? 1, cells, label: new Map(), margins: new Map() };
}

/** A number's lines are one number: no other division of the row is as likely. */
function oneNumber(lines: readonly CellLine[]): CellLine[] {
  const [first] = lines;
  return first === undefined ? [] : [{ ...first, text: lines.map(({ text }) => text).join("") }];
}

function fragmentOf({ line, margin, ...own }: LevelLine, content: "level1" | "level2"): Placed[] {
  const [first] = own[content];
  return first === undefined ? [] : [{ line: line.number, page: line.page, text: joinedWords(own[content]), x0: first.x0, x1: own[content].at(-1)?.x1 ?? first.x1, margin }];
}

/** Rows of nothing but a level's name that is none of the listed ones: a part of one. */
function namesOnly(rows: readonly Row[], columns: readonly ShownColumn[], levels: LevelWords): Row[] {
  return rows.filter((row) => row.cells.size === 0 && levelsOf(row, columns).some(({ content, text }) => !levels[content].has(levelName(text))));
}

/** The name of its level, which other rows have, may stand on the next page. */
function lacksLevel(row: Row, rows: readonly Row[], columns: readonly ShownColumn[]): boolean {
  return columns.some(({ content }, index) => (content === "level1" || content === "level2") && !row.label.has(index) && rows.some((other) => other.label.has(index)));
}

function reachOf({ cells, page, line }: Row): Reach {
  const extents = [...cells.values()].flatMap((own) => (own.length === 0 ? [] : [{ first: own[0]?.line ?? 0, last: own.at(-1)?.line ?? 0 }]));
  const off = extents.map(({ first, last }) => (first + last) / 2 - line);
  return { page, line, first: Math.min(...extents.map(({ first }) => first)), last: Math.max(...extents.map(({ last }) => last)), above: Math.max(0, ...off.map((lines) => -lines)), below: Math.max(0, ...off), alone: extents.length < 2 };
}

function levelsOf(row: Row, columns: readonly ShownColumn[]): DoubtRow["levels"] {
  return [...row.label].flatMap(([index, { text }]) => {
    const content = columns[index]?.content;
    return content === "level1" || content === "level2" ? [{ content, text, margin: row.margins.get(index) ?? Infinity }] : [];
  });
}

function unreadOf(file: string, row: Row): { text: string; place: Place } {
  const words = [...row.cells].sort(([a], [b]) => a - b).flatMap(([, fragments]) => fragments.map((fragment) => fragment.text));
  return { text: words.join(" "), place: { file, line: row.line } };
}

/** Rows with their level names; a name without rows gets a row of its own. Names stand beside the middle of their rows or beside the first: as costs less. */
function withLevels(rows: readonly Row[], columns: readonly ShownColumn[], fragments: readonly Placed[][], levels: LevelWords, less: number): Row[] {
  const ways = (["all", "first"] as const).map((beside) => levelled(rows, columns, fragments, levels, beside)).sort((a, b) => a.cost - b.cost);
  const [best, other] = ways;
  if (best === undefined || other === undefined) return [...rows];
  const margin = other.cost - best.cost;
  for (const row of best.rows) {
    for (const [index, sure] of row.margins) row.margins.set(index, sure - less);
    const same = other.rows.find((one) => one.cells === row.cells);
    for (const [index, label] of row.label) if (same !== undefined && row.cells.size > 0 && same.label.get(index)?.text !== label.text) row.margins.set(index, Math.min(margin, row.margins.get(index) ?? Infinity));
  }
  return best.rows;
}

/** A row without a name of its own level, as on a page's top, has that of the row above, as surely as this. */
function carriedOn(rows: Row[], columns: readonly ShownColumn[]): Row[] {
  for (const [at, row] of rows.entries()) {
    for (const [index, { content }] of columns.entries()) {
      const [label, margin] = [rows[at - 1]?.label.get(index), rows[at - 1]?.margins.get(index)];
      if ((content !== "level1" && content !== "level2") || row.label.has(index) || label === undefined) continue;
      row.label.set(index, label);
      if (margin !== undefined) row.margins.set(index, margin);
    }
  }
  return rows;
}

function levelled(rows: readonly Row[], columns: readonly ShownColumn[], fragments: readonly Placed[][], levels: LevelWords, beside: Beside): { rows: Row[]; cost: number } {
  let all = rows.map((row): Row => ({ ...row, label: new Map(), margins: new Map() }));
  let cost = 0;
  for (const content of ["level2", "level1"] as const) {
    const index = columns.findIndex((column) => column.content === content);
    if (index < 0) continue;
    const found = labelledRows(all, labelsOf(fragments[index] ?? [], levels[content]), index, content === "level2", levels, beside);
    all = found.rows;
    cost += found.cost;
  }
  return { rows: all, cost };
}

function labelledRows(rows: readonly Row[], labels: readonly Label[], index: number, ownRows: boolean, levels: LevelWords, beside: Beside): { rows: Row[]; cost: number } {
  const result: Row[] = [];
  let cost = 0;
  for (const page of [...new Set([...rows, ...labels].map((one) => one.page))].sort((a, b) => a - b)) {
    const own = rows.filter((row) => row.page === page);
    const names = labels.filter((label) => label.page === page);
    const under = (row: Row): readonly string[] | null => (ownRows ? null : usualLevel(row, labels, levels));
    const above = names.length === 0 ? "" : result.length === 0 ? null : levelName(result.at(-1)?.label.get(index)?.text ?? "");
    const found = spans(names.map((label) => ({ ...label, name: levelName(label.text) })), own.map((row) => ({ ...extent(row), under: under(row), none: ownRows && saysNone(row) })), above, beside);
    cost += found.cost;
    const shares = found.shares;
    const named = new Set(shares.flatMap((share) => share.rows));
    result.push(...own.filter((_, at) => !named.has(at)));
    for (const share of shares) {
      const label = names[share.label];
      if (label === undefined) continue;
      const members = share.rows.flatMap((at) => own[at] ?? []);
      for (const row of members) row.label.set(index, label);
      const orphans = names.filter((_, at) => shares.some((other) => other.label === at && other.rows.length === 0));
      for (const [at, row] of members.entries()) row.margins.set(index, orphans.some((other) => distance(row, other) < distance(row, label)) ? 0 : (share.margins[at] ?? Infinity));
      if (members.length > 0) result.push(...members);
      else if (ownRows) result.push({ line: label.line, page, cells: new Map(), label: new Map([[index, label]]), margins: new Map() });
    }
  }
  return { rows: result, cost };
}

function saysNone({ cells }: Row): boolean {
  return cells.size > 0 && [...cells.values()].flat().every(({ text }) => isNothing(text));
}

/** Lines between a row's own and those of a label. */
function distance(row: Row, { first, last }: Label): number {
  return Math.max(0, first - row.line, row.line - last);
}

/** The first levels, of those that stand here, under which the row's second level usually is. */
function usualLevel(row: Row, labels: readonly Label[], { under }: LevelWords): readonly string[] | null {
  const usual = [...row.label.values()].flatMap((label) => under.get(levelName(label.text)) ?? []);
  return usual.length > 0 && labels.some((label) => usual.includes(levelName(label.text))) ? usual : null;
}

function extent(row: Row): { line: number; top: number; bottom: number } {
  const lines = [...[...row.cells.values()].flat().map((fragment) => fragment.line), ...[...row.label.values()].flatMap((label) => (label.page === row.page ? [label.first, label.last] : []))];
  return { line: row.line, top: Math.min(row.line, ...lines), bottom: Math.max(row.line, ...lines) };
}

function cellOf(file: string, row: number, column: number, text: string, line: number): FormCell {
  return { row, column, rowSpan: 1, columnSpan: 1, text, place: { file, line } };
}

function rowCells(file: string, rows: readonly Row[], columns: readonly ShownColumn[], offset: number): FormCell[] {
  return rows.flatMap((row, at) => columns.flatMap((_, index): FormCell[] => {
    const label = row.label.get(index);
    if (label !== undefined) {
      if (rows[at - 1]?.label.get(index) === label) return [];
      const rowSpan = rows.slice(at).findIndex((next) => next.label.get(index) !== label);
      return [{ ...cellOf(file, at + 1, index + offset, label.text, label.first), rowSpan: rowSpan < 0 ? rows.length - at : rowSpan }];
    }
    const fragments = row.cells.get(index) ?? [];
    const text = fragments.map((fragment) => fragment.text).join("\n");
    return [cellOf(file, at + 1, index + offset, text, fragments[0]?.line ?? Math.round(row.line))];
  }));
}
