// Lines below a head, in columns by their positions → a table with a row for each line of numbers, the wrapped cells beside it.
import type { Place } from "../../model.ts";
import type { FormCell, FormTable } from "../forms/document.ts";
import { isNothing, isNumeric, squashed } from "../forms/label.ts";
import { bareLabel, roleOf, type FormWords } from "../forms/words.ts";
import { divided, settled, type Column, type Content, type LevelWords } from "./columns.ts";
import { doubtful, type DoubtRow } from "./doubt.ts";
import type { TextHead } from "./heads.ts";
import { labelsOf, levelName, type Label } from "./labels.ts";
import type { TextLine, Word } from "./lines.ts";
import { sharedOut, spans, type Fragment } from "./rows.ts";

/** `left`: fragments that belong to no row. */
export interface TextTable { table: FormTable; left: Fragment[] }

interface Placed extends Fragment { page: number; margin: number }
interface Row { line: number; page: number; cells: Map<number, Placed[]>; label: Map<number, Label>; /** How sure each of the labels is. */ margins: Map<number, number> }

const contentOf: Record<string, Content> = {
  level1: "level1", level2: "level2", name: "name", target: "value", actual: "value", adjustedTarget: "value", code: "value",
  weight: "number", score: "number", review: "number", operator: "operator", unit: "unit",
  initialBudget: "number", adjustedBudget: "number", executed: "number", rate: "number", prior: "number", budget: "number", established: "number",
  controlRate: "number", approvedArea: "number", actualArea: "number", areaControlRate: "number", budgetInvestment: "number", actualInvestment: "number", investmentControlRate: "number",
};

/** Reads the rows of one head. A row is where its numbers stand; the lines of its other cells lie evenly about that line. */
export function layoutTable(file: string, head: TextHead, lines: readonly TextLine[], words: FormWords, levels: LevelWords): TextTable {
  const labelled = head.kind === "funds" || head.kind === "lines";
  const shown = head.columns.filter((column, index) => column.role !== null || index > 0 || !labelled);
  const first: Column[] = [
    ...(labelled ? [{ content: "label" as const, centre: labelCentre(lines) }] : []),
    ...shown.map((column): Column => ({ content: head.kind === "staff" ? "number" : column.role === null ? "other" : head.kind === "lines" && column.role === "actual" ? "number" : (contentOf[column.role] ?? "text"), centre: column.centre })),
  ];
  const offset = labelled ? 0 : 1;
  const texts = lines.map((line) => line.words);
  const columns = settled(texts, settled(texts, first, levels), levels);
  const fragments = smoothed(fragmentsOf(lines, columns, levels, words, head.kind === "indicators"), columns);
  const rows = [...anchorsOf(fragments, columns), ...labelAnchors(fragments, columns, words)].map((anchor): Row => ({ ...anchor, cells: new Map(), label: new Map(), margins: new Map() }));
  rows.sort((a, b) => a.line - b.line);
  const left: Fragment[] = [];
  for (const [index, column] of columns.entries()) {
    if (column.content === "level1" || column.content === "level2") continue;
    const shared = sharedOut(fragments[index] ?? [], rows.map((row) => row.line), column.content === "name" || column.content === "label" ? 2 : 0.4, (text) => column.content === "name" && words.namePrefix.some((prefix) => prefix.test(squashed(text))));
    for (const [at, cell] of shared.shares.entries()) rows[at]?.cells.set(index, cell as Placed[]);
    left.push(...shared.left);
  }
  const labels = withLevels(rows, columns, fragments, levels);
  const kept = labels.filter((row) => row.cells.size > 0);
  const names = namesOnly(labels, columns, levels);
  const described = columns.map(({ content }, index) => ({ content, role: shown[index - (labelled ? 1 : 0)]?.role ?? null }));
  const doubts = doubtful(kept.map((row) => ({ ...row, levels: levelsOf(row, columns) })), described, head.kind, left.map(({ line }) => line), { words, levels });
  const unread = kept.filter((_, at) => doubts[at]);
  const headCells = shown.map((column, index) => cellOf(file, 0, index + 1, column.text, head.line));
  return { table: { kind: "table", cells: [...headCells, ...rowCells(file, labels.filter((row) => !unread.includes(row) && !names.includes(row)), columns, offset)], ...(unread.length > 0 ? { unread: unread.map((row) => unreadOf(file, row)) } : {}) }, left };
}

/** Rows of nothing but a level's name that is none of the listed ones: a part of one. */
function namesOnly(rows: readonly Row[], columns: readonly Column[], levels: LevelWords): Row[] {
  return rows.filter((row) => row.cells.size === 0 && levelsOf(row, columns).some(({ content, text }) => !levels[content].has(levelName(text))));
}

function levelsOf(row: Row, columns: readonly Column[]): DoubtRow["levels"] {
  return [...row.label].flatMap(([index, { text }]) => {
    const content = columns[index]?.content;
    return content === "level1" || content === "level2" ? [{ content, text, margin: row.margins.get(index) ?? Infinity }] : [];
  });
}

function unreadOf(file: string, row: Row): { text: string; place: Place } {
  const words = [...row.cells].sort(([a], [b]) => a - b).flatMap(([, fragments]) => fragments.map((fragment) => fragment.text));
  return { text: words.join(" "), place: { file, line: row.line } };
}

function labelCentre(lines: readonly TextLine[]): number {
  const centres = lines.flatMap(({ words: [word] }) => (word === undefined || isNumeric(word.text) ? [] : [(word.x0 + word.x1) / 2])).sort((a, b) => a - b);
  return centres[centres.length >> 1] ?? 0;
}

function fragmentsOf(lines: readonly TextLine[], columns: readonly Column[], levels: LevelWords, words: FormWords, fillers: boolean): Placed[][] {
  const fragments: Placed[][] = columns.map(() => []);
  for (const line of lines) {
    const at = divided(line.words, columns, levels);
    for (const [index, column] of columns.entries()) {
      const own = line.words.filter((_, word) => at[word]?.column === index);
      const [first] = own;
      if (first === undefined) continue;
      const text = joinedWords(own);
      if (fillers && column.content === "name" && roleOf(words.fillers, text) !== null) continue;
      fragments[index]?.push({ margin: Math.min(...line.words.flatMap((_, word) => (at[word]?.column === index ? [at[word].margin] : []))), line: line.number, page: line.page, text, x0: first.x0, x1: own.at(-1)?.x1 ?? first.x1 });
    }
  }
  return fragments;
}

/** A short end of a wrapped cell belongs to the column of the words right above it. */
function smoothed(fragments: readonly Placed[][], columns: readonly Column[]): Placed[][] {
  const result = fragments.map((own) => [...own]);
  const free = (index: number): boolean => ["name", "value", "unit", "text"].includes(columns[index]?.content ?? "");
  for (const [index, own] of fragments.entries()) {
    if (!free(index)) continue;
    for (const fragment of own) {
      const above = (one: Placed): boolean => one.line === fragment.line - 1 && one.x0 < fragment.x1 && fragment.x0 < one.x1;
      if (fragment.text.length > 3 || isNumeric(fragment.text) || own.some(above)) continue;
      const to = fragments.findIndex((other, at) => at !== index && free(at) && other.some((one) => above(one) && one.text.length >= fragment.text.length && !isNumeric(one.text)));
      if (to < 0) continue;
      result[index] = (result[index] ?? []).filter((one) => one !== fragment);
      result[to] = [...(result[to] ?? []), fragment].sort((a, b) => a.line - b.line);
    }
  }
  return result;
}

/** Words as the form has them: the converter's space between Chinese characters and digits is none of the form's. */
export function joinedWords(words: readonly Word[]): string {
  return words.map((word) => word.text).join(" ").replace(/(?<=[^\x20-\x7E]) (?=\S)|(?<=\S) (?=[^\x20-\x7E])/gu, "");
}

/** Lines on which rows have their numbers; without columns of numbers, lines with an actual value. */
function anchorsOf(fragments: readonly Placed[][], columns: readonly Column[]): { line: number; page: number }[] {
  const points = columns.flatMap((column, index) => (column.content === "number" ? (fragments[index] ?? []).filter(({ text }) => isNumeric(text) || isNothing(text)) : []));
  const values = columns.flatMap((column, index) => (column.content === "value" ? fragments[index] ?? [] : []));
  const chosen = points.length > 0 ? points : values;
  const anchors = new Map<number, { line: number; page: number }>();
  for (const { line, page } of chosen.toSorted((a, b) => a.line - b.line)) {
    const near = points.length > 0 ? undefined : anchors.get(line - 1);
    if (near === undefined) anchors.set(line, { line, page });
  }
  return [...anchors.values()];
}

/** Listed labels with no number on their line are rows too, blank ones. */
function labelAnchors(fragments: readonly Placed[][], columns: readonly Column[], words: FormWords): { line: number; page: number }[] {
  const taken = new Set(anchorsOf(fragments, columns).map(({ line }) => line));
  return columns.flatMap((column, index) => (column.content !== "label" ? [] : (fragments[index] ?? []).filter(({ text, line }) => !taken.has(line) && isListed(text, words)))).map(({ line, page }) => ({ line, page }));
}

function isListed(text: string, words: FormWords): boolean {
  const label = bareLabel(text, words);
  if (/[(（][^)）]*$/u.test(text)) return false;
  return roleOf(words.sources, label)?.exact === true || roleOf(words.items, label)?.exact === true;
}

/** Rows with their level names; a name without rows gets a row of its own. */
function withLevels(rows: readonly Row[], columns: readonly Column[], fragments: readonly Placed[][], levels: LevelWords): Row[] {
  let all = [...rows];
  for (const content of ["level2", "level1"] as const) {
    const index = columns.findIndex((column) => column.content === content);
    if (index < 0) continue;
    all = labelledRows(all, labelsOf(fragments[index] ?? [], levels[content]), index, content === "level2", levels);
  }
  return all;
}

function labelledRows(rows: readonly Row[], labels: readonly Label[], index: number, ownRows: boolean, levels: LevelWords): Row[] {
  const result: Row[] = [];
  for (const page of [...new Set([...rows, ...labels].map((one) => one.page))].sort((a, b) => a - b)) {
    const own = rows.filter((row) => row.page === page);
    const names = labels.filter((label) => label.page === page);
    const under = (row: Row): readonly string[] | null => (ownRows ? null : usualLevel(row, labels, levels));
    const shares = spans(names.map((label) => ({ ...label, name: levelName(label.text) })), own.map((row) => ({ ...extent(row), under: under(row) })), result.length > 0 || names.length === 0);
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
  return result;
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

function rowCells(file: string, rows: readonly Row[], columns: readonly Column[], offset: number): FormCell[] {
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
