// Pieces in reading order → blocks of a form document: parts of forms as tables, labelled lines as rows, all else as paragraphs.
import type { FormBlock, FormCell, FormTable } from "../forms/document.ts";
import { isNothing, isNumeric, squashed, withoutBrackets } from "../forms/label.ts";
import { bareLabel, roleOf, type FormWords } from "../forms/words.ts";
import type { LevelWords } from "./columns.ts";
import type { Holds } from "./fit.ts";
import type { TextLine } from "./lines.ts";
import { cellText, piecesOf, type Piece } from "./pieces.ts";
import { streamGoals } from "./stream-goals.ts";
import { streamHeads, type StreamHead } from "./stream-heads.ts";
import { streamNature } from "./stream-nature.ts";
import { sureRows, unreadOf } from "./stream-sure.ts";
import { streamRows, type StreamRow } from "./stream.ts";
import { cornerKey, type TextWords } from "./words.ts";

export interface Leftover { text: string; line: number }
export interface StreamBlocks { blocks: FormBlock[]; leftovers: Leftover[]; /** Lines at which the two columns of goals were told apart by their text. */ dividedGoals: number[] }

interface Walk { file: string; pieces: readonly Piece[]; lines: ReadonlyMap<number, TextLine>; words: FormWords; levels: LevelWords; own: TextWords; printsLevels: boolean; result: StreamBlocks }

/** All blocks in order. Text without positions: a cell is known by what it holds, not by where it stands. */
export function streamBlocks(file: string, lines: readonly TextLine[], words: FormWords, levels: LevelWords, own: TextWords): StreamBlocks {
  const pieces = piecesOf(lines, levels);
  const heads = streamHeads(pieces, words, levels, own);
  const walk: Walk = { file, pieces, lines: new Map(lines.map((line) => [line.number, line])), words, levels, own, printsLevels: printsLevels(pieces, words), result: { blocks: [], leftovers: [], dividedGoals: [] } };
  let at = 0;
  for (const [index, head] of heads.entries()) {
    freeLines(walk, at, head.from);
    const end = bodyEnd(walk, head, heads[index + 1]?.from ?? pieces.length);
    part(walk, head, end);
    at = end;
  }
  freeLines(walk, at, pieces.length);
  return walk.result;
}

/** Where what belongs to the head ends: at the next head, a title, a labelled line, or after the row of the total. */
function bodyEnd(walk: Walk, head: StreamHead, until: number): number {
  for (let at = head.to; at < until; at += 1) {
    const piece = walk.pieces[at];
    if (piece === undefined) break;
    if (head.kind === "indicators" && isTotal(walk, at)) return totalEnd(walk, at, until);
    if (!piece.first) continue;
    if (isTitle(walk, piece.line) || /^[（(]?附[件表]\s*\d*/u.test(walk.lines.get(piece.line)?.text.trim() ?? "")) return at;
    if (head.kind !== "goals" && isNote(walk, piece.line)) return at;
    const field = fieldAt(walk, at, until);
    if (field !== null && (field.label.length >= 4 || head.kind === "funds")) return at;
  }
  return until;
}

function isTotal(walk: Walk, at: number): boolean {
  const piece = walk.pieces[at];
  if (piece === undefined || roleOf(walk.words.totals, piece.text)?.exact !== true) return false;
  const next = walk.pieces[at + 1];
  return next === undefined || isNumeric(next.text) || (next.first && piece.first);
}

function totalEnd(walk: Walk, at: number, until: number): number {
  let end = at + 1;
  while (end < until && end < at + 5) {
    const piece = walk.pieces[end];
    if (piece === undefined || !(isNumeric(piece.text) || isNothing(piece.text) || roleOf(walk.words.grades, piece.text) !== null)) break;
    end += 1;
  }
  return end;
}

const longestTitle = 50;

function isTitle(walk: Walk, number: number): boolean {
  const key = squashed(walk.lines.get(number)?.text ?? "");
  if (key.length > longestTitle || /[。；;，]/u.test(key)) return false;
  return roleOf(walk.words.titles, withoutBrackets(key).replace(/^(?:附[件表])?\d{0,2}[.、:-]?/u, "")) !== null;
}

function isNote(walk: Walk, number: number): boolean {
  const key = squashed(walk.lines.get(number)?.text ?? "");
  return /^[^\d]|[，。；;]/u.test(key) && walk.words.notes.roles.some(({ like }) => like.some((pattern) => pattern.test(key)));
}

// ── Labelled lines and paragraphs ──

interface Field { label: string; role: string; to: number }

/** The label that begins with this piece, in one piece or wrapped over several lines. Words that may mean anything need their colon. */
function fieldAt(walk: Walk, at: number, until: number): Field | null {
  let text = "";
  let found: Field | null = null;
  for (let size = 1; size <= 4 && at + size <= until; size += 1) {
    const piece = walk.pieces[at + size - 1];
    if (piece === undefined || (size > 1 && !piece.first) || text.length + piece.text.length > 24) break;
    text += piece.text;
    if (/^[(（]/u.test(text)) break;
    const label = bareLabel(text, walk.words);
    const match = roleOf(walk.words.fields, label);
    if (match?.exact === true && (label.length >= 3 || /[:：]$/u.test(text))) found = { label, role: match.role, to: at + size };
  }
  return found;
}

function freeLines(walk: Walk, from: number, to: number): void {
  let at = from;
  while (at < to) {
    const piece = walk.pieces[at];
    if (piece === undefined) return;
    const field = piece.first && !isTitle(walk, piece.line) ? fieldAt(walk, at, to) : null;
    if (field !== null) at = labelledRow(walk, at, to);
    else {
      const end = lineEnd(walk, at, to);
      paragraph(walk, at, end);
      at = end;
    }
  }
}

function lineEnd(walk: Walk, at: number, to: number): number {
  const line = walk.pieces[at]?.line;
  let end = at + 1;
  while (end < to && walk.pieces[end]?.line === line) end += 1;
  return end;
}

/** A whole line is a paragraph; one that states a field (`项目名称：…`) is a row of one cell, which may hold any field. */
function paragraph(walk: Walk, at: number, end: number): void {
  const [piece] = walk.pieces.slice(at, at + 1);
  if (piece === undefined) return;
  const whole = piece.first && walk.pieces[end]?.line !== piece.line;
  const text = (whole ? walk.lines.get(piece.line)?.text.trim() : undefined) ?? cellText(walk.pieces.slice(at, end));
  const place = { file: walk.file, line: piece.line };
  const colon = /^(.{2,14}?)[:：]/u.exec(text)?.[1];
  const labelled = colon !== undefined && roleOf(walk.words.fields, bareLabel(colon, walk.words))?.exact === true;
  if (labelled) walk.result.blocks.push({ kind: "table", cells: apart(text).map((one, column) => ({ row: 0, column, rowSpan: 1, columnSpan: 1, text: one, place })) });
  else walk.result.blocks.push({ kind: "paragraph", text, place });
}

/** Chinese text has no spaces of its own: what they part are cells. */
function apart(text: string): string[] {
  return text.split(/(?<=[^\x20-\x7E])[\s\u3000]+(?=[^\x20-\x7E])/u);
}

/** `主管部门 甲局 实施单位 乙中心`, or label and value on lines of their own, as one row. Says where it ended. */
function labelledRow(walk: Walk, from: number, to: number): number {
  const cells: FormCell[] = [];
  const put = (text: string, line: number): void => {
    cells.push({ row: 0, column: cells.length, rowSpan: 1, columnSpan: 1, text, place: { file: walk.file, line } });
  };
  let at = from;
  for (;;) {
    const field = fieldAt(walk, at, to);
    const first = walk.pieces[at];
    if (field === null || first === undefined) break;
    put(cellText(walk.pieces.slice(at, field.to)), first.line);
    const end = valueEnd(walk, field.to, to);
    const value = walk.pieces.slice(field.to, end);
    const whole = cellText(value);
    put(/\n[\s\S]*[:：]/u.test(whole) ? "" : whole, value[0]?.line ?? first.line);
    at = end;
    if (at >= to || walk.pieces[at]?.first === true) break;
  }
  walk.result.blocks.push({ kind: "table", cells });
  return at;
}

/** A value goes to the end of its line or to the next label on it; one that begins below its label may be wrapped. */
function valueEnd(walk: Walk, from: number, to: number): number {
  const first = walk.pieces[from];
  if (first === undefined || from >= to) return Math.min(from, to);
  const below = first.first;
  let end = from;
  while (end < to) {
    const piece = walk.pieces[end];
    if (piece === undefined || (end > from && piece.line !== first.line && !below)) break;
    if (fieldAt(walk, end, to) !== null || (piece.first && (isTitle(walk, piece.line) || isNote(walk, piece.line)))) break;
    if (below && (piece.line - first.line > 4 || (end > from && isCorner(walk, end)))) break;
    end += 1;
  }
  return end;
}

/** The name of a block begins here. */
function isCorner(walk: Walk, at: number): boolean {
  const [piece, next] = walk.pieces.slice(at, at + 2);
  const key = squashed(piece?.text ?? "");
  return piece?.first === true && (walk.own.corners.has(key) || walk.own.corners.has(key + squashed(next?.text ?? "")));
}

// ── Parts ──

const HOLDS: Record<string, Holds> = {
  level1: "level1", level2: "level2", name: "name", target: "value", actual: "value", adjustedTarget: "value", code: "value", operator: "operator", unit: "unit",
  weight: "points", score: "points", review: "points", initialBudget: "amount", adjustedBudget: "amount", executed: "amount", rate: "percent",
  prior: "amount", budget: "amount", established: "amount", controlRate: "percent", approvedArea: "amount", actualArea: "amount", areaControlRate: "percent",
  budgetInvestment: "amount", actualInvestment: "amount", investmentControlRate: "percent",
};

function part(walk: Walk, head: StreamHead, end: number): void {
  const body = walk.pieces.slice(head.to, end);
  if (head.kind === "goals") {
    const { table, divided } = streamGoals(walk.file, head, body);
    walk.result.blocks.push(table);
    if (divided !== null) walk.result.dividedGoals.push(divided);
  } else if (head.kind === "nature") walk.result.blocks.push(streamNature(walk.file, head, body, walk.words));
  else walk.result.blocks.push(rowsTable(walk, head, body));
}

/** A head of first levels anywhere, or its beginning. */
function printsLevels(pieces: readonly Piece[], { indicators }: FormWords): boolean {
  return pieces.some(({ text }) => text.length <= 6 && roleOf(indicators, text)?.role === "level1");
}

function rowsTable(walk: Walk, head: StreamHead, body: readonly Piece[]): FormTable {
  const labelled = head.kind === "funds" || head.kind === "lines";
  const holds: Holds[] = [labelled ? "label" : "corner", ...head.columns.map(({ role }) => holdsOf(head, role))];
  const totalAt = head.kind === "indicators" ? body.findIndex((_, index) => isTotal(walk, head.to + index)) : -1;
  const rows = totalAt < 0 ? body : body.slice(0, totalAt);
  const fillers = rows.filter((piece, index) => head.kind === "indicators" && isFiller(walk, piece, rows[index - 1]));
  const kept = rows.filter((piece) => !fillers.includes(piece));
  const corner = cornerKey(head.corner?.text ?? "") || (head.kind === "indicators" ? "绩效指标" : "");
  const read = streamRows(kept, holds, { words: walk.words, levels: walk.levels, corner });
  const strays = read.flatMap((row) => strayTexts(row.get(-1) ?? []));
  for (const { text, line } of strays) walk.result.leftovers.push({ text, line });
  const { kept: sure, unread } = sureRows(walk, head, read.filter((row) => !row.has(-1)), holds);
  const nameAt = Math.max(0, holds.indexOf(labelled ? "label" : "name"));
  const all = [
    ...sure,
    ...(head.kind === "indicators" ? [...strays.map(({ pieces }) => pieces), ...fillers.map((piece) => [piece])].map((own): StreamRow => new Map([[nameAt, own]])) : []),
  ];
  if (totalAt >= 0) all.push(totalRow(body.slice(totalAt), holds));
  const cells = [...headCells(walk.file, head), ...all.flatMap((row, index) => rowCells(walk.file, row, index + 1))];
  return { kind: "table", cells, ...(unread.length === 0 ? {} : { unread: unread.map((row) => unreadOf(walk.file, row)) }) };
}

/** `指标` alone may be the end of a level's name. */
function isFiller(walk: Walk, piece: Piece, before: Piece | undefined): boolean {
  if (roleOf(walk.words.fillers, piece.text) === null || isNothing(piece.text)) return false;
  const whole = squashed((before?.text ?? "") + piece.text);
  return !walk.levels.level1.has(whole) && !walk.levels.level2.has(whole);
}

function holdsOf(head: StreamHead, role: string | null): Holds {
  if (head.kind === "lines" || head.kind === "staff") return role === "controlRate" ? "percent" : role === "explanation" ? "text" : "amount";
  return HOLDS[role ?? ""] ?? "text";
}

/** What belongs to no column, piece by piece; a comment of a spreadsheet goes with the author's name before it (`12133: 填`). */
function strayTexts(pieces: readonly Piece[]): { text: string; line: number; pieces: Piece[] }[] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const open = groups.at(-1);
    if (open !== undefined && /[:：]$/u.test(open.at(-1)?.text ?? "")) open.push(piece);
    else groups.push([piece]);
  }
  return groups.map((own) => ({ text: own.map((piece) => piece.text).join(""), line: own[0]?.line ?? 1, pieces: own }));
}

/** The total's numbers are weight and score; one alone is the score. */
function totalRow(pieces: readonly Piece[], holds: readonly Holds[]): StreamRow {
  const row: StreamRow = new Map();
  const points = holds.flatMap((one, column) => (one === "points" ? [column] : []));
  const numbers = pieces.filter((piece) => isNumeric(piece.text));
  row.set(0, pieces.slice(0, 1));
  const columns = numbers.length === 1 ? points.slice(-1) : points;
  for (const [index, piece] of numbers.entries()) row.set(columns[index] ?? holds.length + index, [piece]);
  for (const [index, piece] of pieces.slice(1).filter((one) => !numbers.includes(one)).entries()) row.set(holds.length + 8 + index, [piece]);
  return row;
}

function headCells(file: string, head: StreamHead): FormCell[] {
  const cells = head.columns.map((column, index): FormCell => ({ row: 0, column: index + 1, rowSpan: 1, columnSpan: 1, text: column.text, place: { file, line: column.line } }));
  return head.corner === null ? cells : [{ row: 0, column: 0, rowSpan: 1, columnSpan: 1, text: head.corner.text, place: { file, line: head.corner.line } }, ...cells];
}

function rowCells(file: string, row: StreamRow, at: number): FormCell[] {
  return [...row].sort(([a], [b]) => a - b).flatMap(([column, pieces]) => (column < 0 ? [] : [
    { row: at, column, rowSpan: 1, columnSpan: 1, text: cellText(pieces), place: { file, line: pieces[0]?.line ?? 1 } }]));
}
