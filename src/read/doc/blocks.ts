// Characters and properties of a Word 97–2003 file → tables of cells and paragraphs in reading order, each with its place.
import type { FormBlock, FormCell } from "../forms/document.ts";
import { gridOf, type GridCell, type GridRow } from "../docx/grid.ts";
import { charactersOf, paragraphStretches, runStretches, word, type Property, type Stretch, type Streams } from "./binary.ts";

export interface DocBody { blocks: FormBlock[]; hidden: number; cut: boolean }

/** Tables count from 1 (`表1`), rows and columns too. What is deleted by a revision or hidden is not read. */
export function blocksOf(file: string, streams: Streams, limits: { cells: number }): DocBody {
  const paragraphs = paragraphsOf(streams);
  const body: DocBody = { blocks: [], hidden: paragraphs.hidden, cut: false };
  const walk = { tables: 0, paragraphs: 0, cells: 0 };
  let rows: Row[] = [];
  let row: Row = { cells: [], lines: [], edges: null };
  const endTable = (): void => {
    if (rows.length === 0) return;
    walk.tables += 1;
    const cells = tableCells(file, `表${walk.tables}`, rows);
    walk.cells += cells.length;
    if (walk.cells > limits.cells) body.cut = true;
    else body.blocks.push({ kind: "table", cells });
    rows = [];
  };
  for (const paragraph of paragraphs.all) {
    if (body.cut) break;
    if (!paragraph.inTable) {
      endTable();
      const text = tidy(paragraph.text);
      if (text === "") continue;
      walk.paragraphs += 1;
      body.blocks.push({ kind: "paragraph", text, place: { file, row: walk.paragraphs } });
    } else if (paragraph.endsRow) {
      rows.push({ ...row, edges: paragraph.row });
      row = { cells: [], lines: [], edges: null };
    } else {
      row.lines.push(paragraph.text);
      if (paragraph.endsCell) row.cells.push(tidy(row.lines.splice(0).join("\n")));
    }
  }
  endTable();
  return body;
}

interface Row { cells: string[]; lines: string[]; edges: RowShape | null }
interface Paragraph { text: string; inTable: boolean; endsCell: boolean; endsRow: boolean; row: RowShape | null }

/** Left edges of a row's cells and the right edge of the last, in twentieths of a point, and how cells are merged. */
interface RowShape { edges: number[]; across: GridCell<string>["across"][]; down: GridCell<string>["down"][] }

const CELL_END = "\u0007";

function paragraphsOf(streams: Streams): { all: Paragraph[]; hidden: number } {
  const { text, at } = charactersOf(streams);
  const paragraphs = finder(paragraphStretches(streams));
  const runs = finder(runStretches(streams));
  const all: Paragraph[] = [];
  let pieces = "";
  let hidden = 0;
  let field = 0;
  let code = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const position = at[index] ?? 0;
    if (character === "\r" || character === CELL_END || character === "\f") {
      all.push(paragraphOf(pieces, character, paragraphs(position)?.properties ?? []));
      [pieces, field, code] = ["", 0, 0];
    } else if (character === "\u0013") [field, code] = [field + 1, code + 1];
    else if (character === "\u0014") code = Math.max(0, code - 1);
    else if (character === "\u0015") [field, code] = [Math.max(0, field - 1), Math.min(code, Math.max(0, field - 1))];
    else if (code > 0) continue;
    else if (isLeftOut(runs(position)?.properties ?? [])) hidden += 1;
    else pieces += SHOWN[character] ?? (character < " " ? "" : character);
  }
  return { all, hidden };
}

const SHOWN: Readonly<Record<string, string>> = { "\t": "\t", "\v": "\n", "\u001e": "-", "\u001f": "", "\u00a0": " " };
const IN_TABLE = 0x2416;
const ROW_END = 0x2417;
const SHAPE = 0xd608;
const MERGE_DOWN = 0xd62b;
const DELETED = 0x0800;
const HIDDEN = 0x083c;

function isLeftOut(properties: readonly Property[]): boolean {
  return properties.some(({ code, bytes }) => (code === DELETED || code === HIDDEN) && bytes[0] === 1);
}

function paragraphOf(text: string, end: string, properties: readonly Property[]): Paragraph {
  const isOn = (wanted: number): boolean => properties.some(({ code, bytes }) => code === wanted && bytes[0] !== 0);
  const inTable = isOn(IN_TABLE);
  const endsRow = inTable && end === CELL_END && isOn(ROW_END);
  return { text, inTable, endsRow, endsCell: inTable && end === CELL_END, row: endsRow ? shapeOf(properties) : null };
}

/** Of several definitions the last holds. */
function shapeOf(properties: readonly Property[]): RowShape | null {
  const bytes = properties.findLast(({ code }) => code === SHAPE)?.bytes;
  if (bytes === undefined) return null;
  const count = bytes[0] ?? 0;
  const edges = Array.from({ length: count + 1 }, (_, index) => signed(word(bytes, 1 + 2 * index)));
  const flags = Array.from({ length: count }, (_, index) => flagsAt(bytes, 1 + 2 * (count + 1) + 20 * index));
  const across = flags.map((flag) => ((flag & 2) !== 0 ? "continue" : (flag & 1) !== 0 ? "start" : "none"));
  const down = flags.map((flag): GridCell<string>["down"] => ((flag & 0x60) === 0x20 ? "continue" : (flag & 0x60) === 0 ? "none" : "start"));
  for (const { code, bytes: operand } of properties) if (code === MERGE_DOWN) down[operand[0] ?? 0] = operand[1] === 1 ? "continue" : operand[1] === 3 ? "start" : "none";
  return { edges, across, down };
}

function flagsAt(bytes: Uint8Array, at: number): number {
  return at + 2 <= bytes.length ? word(bytes, at) : 0;
}

const signed = (value: number): number => (value > 32_767 ? value - 65_536 : value);

/** Borders nearer than half a centimetre are one. */
const SAME_BORDER = 120;

function tableCells(file: string, sheet: string, rows: readonly Row[]): FormCell[] {
  const lines: number[] = [];
  for (const edge of rows.flatMap((row) => row.edges?.edges ?? []).sort((a, b) => a - b)) if (edge - (lines.at(-1) ?? -Infinity) > SAME_BORDER) lines.push(edge);
  const lineOf = (edge: number): number => lines.findLastIndex((line) => line <= edge);
  const grid = rows.map(({ cells, edges }): GridRow<string> => ({
    before: edges === null ? 0 : Math.max(0, lineOf(edges.edges[0] ?? 0)),
    cells: cells.map((source, index) => ({
      source,
      span: edges === null ? 1 : Math.max(1, lineOf(edges.edges[index + 1] ?? 0) - lineOf(edges.edges[index] ?? 0)),
      across: edges?.across[index] ?? "none",
      down: edges?.down[index] ?? "none",
      width: null,
    })),
  }));
  return gridOf(grid).map(({ source, row, column, rowSpan, columnSpan }) => ({ row, column, rowSpan, columnSpan, text: source, place: { file, sheet, row: row + 1, column: String(column + 1) } }));
}

/** The stretch that holds a position, asked in any order. */
function finder(stretches: readonly Stretch[]): (position: number) => Stretch | undefined {
  const sorted = [...stretches].sort((a, b) => a.from - b.from);
  return (position) => {
    let [low, high] = [0, sorted.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const stretch = sorted[middle];
      if (stretch === undefined) return undefined;
      if (position < stretch.from) high = middle - 1;
      else if (position >= stretch.to) low = middle + 1;
      else return stretch;
    }
    return undefined;
  };
}

function tidy(text: string): string {
  return text.replace(/^\s+|\s+$/gu, "");
}
