// Lines whose words keep their columns (pdftotext -layout) → blocks of a form document.
import type { FormCell, FormTable } from "../forms/document.ts";
import { isNothing, isNumeric, squashed } from "../forms/label.ts";
import { bareLabel, roleOf, type FormWords } from "../forms/words.ts";
import { isWholeCut } from "./doubt.ts";
import { headsOf, type TextHead } from "./heads.ts";
import { withoutCorner } from "./layout-corner.ts";
import { freeLines, isNote, isTitle, labelRow, type LayoutBlocks, type Walk } from "./layout-free.ts";
import { layoutGoals } from "./layout-goals.ts";
import { layoutNature } from "./layout-nature.ts";
import { layoutTable, type LaidTable, type Torn } from "./layout-table.ts";
import type { LevelWords } from "./columns.ts";
import type { TextLine } from "./lines.ts";
import type { TextWords } from "./words.ts";

/** Whether most lines of several words keep wide gaps between them. */
export function isLaidOut(lines: readonly TextLine[]): boolean {
  const several = lines.filter((line) => line.words.length > 2);
  const gaps = several.filter(({ words }) => words.some((word, index) => index > 0 && word.x0 - (words[index - 1]?.x1 ?? 0) >= 2));
  return several.length > 0 && gaps.length * 2 > several.length;
}

/** All blocks in order. */
export function layoutBlocks(file: string, lines: readonly TextLine[], words: FormWords, levels: LevelWords, own: TextWords): LayoutBlocks {
  const walk: Walk = { file, words, levels, own, result: { blocks: [], leftovers: [] } };
  const heads = headsOf(lines, words);
  const parts: Part[] = [];
  for (const [index, head] of heads.entries()) {
    const before = parts.at(-1)?.end ?? 0;
    const start = Math.max(before, cornerStart(walk, lines, head.from, before));
    const end = bodyEnd(walk, lines, head, heads[index + 1]?.from ?? lines.length);
    parts.push(partOf(walk, head, lines, start, end, isNext(parts.at(-1), head, start)));
  }
  for (const [index, part] of parts.entries()) {
    freeLines(walk, lines.slice(parts[index - 1]?.end ?? 0, part.start));
    addPart(walk, part, { first: isCut(lines, parts[index - 1], part), last: isCut(lines, part, parts[index + 1]) });
  }
  freeLines(walk, lines.slice(parts.at(-1)?.end ?? 0));
  return walk.result;
}

/** Whether a head is that of the part above again, as on each page. */
function isNext(above: Part | undefined, head: TextHead, start: number): above is Part {
  return above?.laid != null && above.total === null && above.end === start && above.head.kind === head.kind;
}

/** Between a part and its next page, under a head of its own, a row may have been cut. */
function isCut(lines: readonly TextLine[], above: Part | undefined, below: Part | undefined): boolean {
  if (below?.laid == null || !isNext(above, below.head, below.start) || lines[above.end - 1]?.page === lines[below.start]?.page) return false;
  const [last, first] = [above.laid?.last ?? null, below.laid.first];
  return last === null || first === null || !isWholeCut(last, first);
}

/** The block's name may begin above its head. */
function cornerStart(walk: Walk, lines: readonly TextLine[], from: number, least: number): number {
  let start = from;
  for (let at = from - 1; at >= Math.max(least, from - 3); at -= 1) {
    const line = lines[at];
    if (line === undefined || line.words.length !== 1 || !withStart(walk, line.words[0]?.text ?? "")) break;
    start = at;
  }
  return start;
}

function withStart({ own }: Walk, text: string): boolean {
  const key = squashed(text);
  return key.length >= 2 && key.length <= 4 && [...own.corners].some((name) => name.startsWith(key));
}

function bodyEnd(walk: Walk, lines: readonly TextLine[], head: TextHead, until: number): number {
  for (let at = head.to; at < until; at += 1) {
    const line = lines[at];
    if (line === undefined) break;
    if (head.kind === "indicators" && totalAt(line, walk.words) >= 0) return at + 1;
    if (isTitle(walk, line) || isNote(walk, line) || /^\s*[（(]?附[件表]\s*\d*/u.test(line.text)) return at;
    if (head.kind !== "goals" && head.kind !== "indicators" && labelRow(walk, lines.slice(at, Math.min(until, at + 4))) !== null) return at;
    // A cell over several columns of the next head, such as `年度指标值`, stands above it.
    if (head.kind === "goals" && line.words.every((word) => roleOf(walk.words.indicators, word.text)?.exact === true)) return at;
    if (head.kind === "goals" && line.words.slice(0, 2).some((word) => isAside(walk, word.text))) return at;
    if (head.kind === "indicators" && longField(walk, lines.slice(at, Math.min(until, at + 4)))) return at;
  }
  return until;
}

/** A block that no field is read from begins: `2.项目实施内容及过程概述`. */
function isAside(walk: Walk, text: string): boolean {
  const label = bareLabel(text, walk.words);
  return label.length >= 5 && roleOf(walk.words.fields, label)?.role === "ignored";
}

function longField(walk: Walk, lines: readonly TextLine[]): boolean {
  const row = labelRow(walk, lines);
  return row !== null && row.label.length >= 4;
}

// ── Parts ──

/** Lines `start` to `end` (exclusive): a head and what stands under it. `laid`: its rows; `total`: the row below them. */
interface Part { head: TextHead; start: number; end: number; corner: { text: string; line: number } | null; laid: LaidTable | null; table: FormTable | null; total: FormTable | null }

function partOf(walk: Walk, head: TextHead, lines: readonly TextLine[], start: number, end: number, goesOn: boolean): Part {
  const { file, words, levels } = walk;
  const body = lines.slice(head.to, end);
  const last = body.at(-1);
  const totalFrom = head.kind === "indicators" && last !== undefined ? totalAt(last, words) : -1;
  const rows = totalFrom < 0 ? body : [...body.slice(0, -1), ...strayBefore(last, totalFrom)];
  const { corner, lines: shownLines } = withoutCorner([...lines.slice(start, head.from), ...lines.slice(head.from, head.to).map(firstOnly), ...rows], walk.own);
  const inBody = shownLines.filter((line) => line.number >= (rows[0]?.number ?? Infinity));
  const shown = withoutFirst(head, corner?.text ?? "");
  const total = totalFrom >= 0 && last !== undefined ? totalTable(file, last, totalFrom) : null;
  const part: Part = { head, start, end, corner, laid: null, table: null, total };
  if (head.kind === "goals") return { ...part, table: layoutGoals(file, shown, inBody, walk.own.corners) };
  if (head.kind === "nature") return { ...part, table: layoutNature(file, shown, inBody, words) };
  return { ...part, laid: layoutTable(file, shown, inBody, words, levels, goesOn) };
}

function addPart({ file, result }: Walk, { corner, laid, table: given, total }: Part, torn: Torn): void {
  if (laid === null && given !== null) result.blocks.push(given);
  if (laid !== null) {
    const { table, left } = laid.table(torn);
    if (corner !== null) table.cells.unshift({ row: 0, column: 0, rowSpan: 1, columnSpan: 1, text: corner.text, place: { file, line: corner.line } });
    for (const fragment of left) result.leftovers.push({ text: fragment.text, line: fragment.line });
    result.blocks.push(table);
  }
  if (total !== null) result.blocks.push(total);
}

/** Of the head's lines only the first word may belong to the block's name. */
const firstOnly = (line: TextLine): TextLine => ({ ...line, words: line.words.slice(0, 1) });

function strayBefore(line: TextLine | undefined, at: number): TextLine[] {
  return line === undefined || at === 0 ? [] : [{ ...line, words: line.words.slice(0, at) }];
}

/** The head without the cell that is its block's name. */
function withoutFirst(head: TextHead, corner: string): TextHead {
  const [first] = head.columns;
  const isCorner = first !== undefined && first.role === null && (corner === "" || squashed(corner).includes(squashed(first.text)) || first.text.length <= 5);
  return isCorner ? { ...head, columns: head.columns.slice(1) } : head;
}

/** Where in the line the row of the total begins: its label, with numbers or nothing behind it. */
function totalAt(line: TextLine, words: FormWords): number {
  const at = line.words.findIndex((word) => roleOf(words.totals, word.text)?.exact === true);
  if (at < 0 || !line.words.slice(0, at).every((word) => word.text.length <= 4)) return -1;
  const rest = line.words.slice(at + 1);
  return rest.length === 0 || rest.every((word) => isNumeric(word.text) || isNothing(word.text) || roleOf(words.grades, word.text) !== null) ? at : -1;
}

/** A row of its own below the last one: weight and score in order, one number alone is the score. */
function totalTable(file: string, line: TextLine, at: number): FormTable {
  const cells = line.words.slice(at).map((word, column): FormCell => ({ row: 0, column: column === 0 ? 0 : column + 40, rowSpan: 1, columnSpan: 1, text: word.text, place: { file, line: line.number } }));
  return { kind: "table", cells };
}
