// The XML of one worksheet → its cells as stored, in rows that hold anything; merges and what is hidden.
import { scanXml, UnreadableFile } from "./ooxml.ts";

/** `value` is the text, or the numeral as written in the file. `unevaluated`: a formula with no value saved. Blank: text of "". */
export interface StoredCell { row: number; column: number; kind: "text" | "number" | "boolean"; value: string; style: number; unevaluated?: string }

export interface StoredSheet {
  cells: StoredCell[];
  /** By the address of the top left cell. */
  merges: Map<string, { rows: number; columns: number }>;
  hiddenRows: Set<number>;
  hiddenColumn: (column: number) => boolean;
  hidesZeros: boolean;
}

/**
 * Throws UnreadableFile `too-many-cells` beyond the limits. Rows without text are passed over, however many they are, but for one
 * right below a row with text and above another: a row to be filled in.
 */
export function readSheetXml(xml: string, strings: readonly string[], limits: { cells: number; merges: number }): StoredSheet {
  const sheet: StoredSheet = { cells: [], merges: new Map(), hiddenRows: new Set(), hiddenColumn: () => false, hidesZeros: false };
  const hiddenRanges: [number, number][] = [];
  let row = -1;
  let column = -1;
  let cell: RawCell | null = null;
  let rowCells: StoredCell[] = [];
  let blankCells: StoredCell[] = [];
  let lastFilled = -1;
  let into: "value" | "formula" | "inline" | null = null;
  scanXml(xml, {
    open: (name, attribute) => {
      if (name === "c") {
        const place = parseAddress(attribute("r"));
        column = place?.column ?? column + 1;
        cell = { type: attribute("t") ?? "n", style: Number(attribute("s") ?? 0), value: "", formula: null, valued: false, column };
      } else if (name === "row") {
        row = attribute("r") === undefined ? row + 1 : Number(attribute("r")) - 1;
        column = -1;
        rowCells = [];
        if (isTrue(attribute("hidden"))) sheet.hiddenRows.add(row);
      } else if (cell !== null) {
        if (name === "v") into = "value";
        if (name === "t" && cell.type === "inlineStr" && into === null) into = "inline";
        if (name === "rPh") into = "formula";
        if (name === "f") [into, cell.formula] = ["formula", cell.formula ?? ""];
      } else if (name === "col" && isTrue(attribute("hidden"))) {
        hiddenRanges.push([Number(attribute("min")) - 1, Number(attribute("max")) - 1]);
      } else if (name === "mergeCell") {
        if (sheet.merges.size >= limits.merges) throw new UnreadableFile("too-many-cells", { limit: String(limits.cells) });
        addMerge(sheet.merges, attribute("ref") ?? "");
      } else if (name === "sheetView") {
        sheet.hidesZeros = /^(?:0|false)$/u.test(attribute("showZeros") ?? "1");
      }
    },
    text: (text) => {
      if (cell === null || into === null) return;
      if (into === "formula") cell.formula = cell.formula === null ? null : cell.formula + text;
      else [cell.value, cell.valued] = [cell.value + text, true];
    },
    close: (name) => {
      if (name === "v" || name === "t" || name === "f" || name === "rPh") into = null;
      if (name === "c" && cell !== null) {
        rowCells.push(storedCell(cell, row, strings));
        cell = null;
      }
      if (name !== "row") return;
      if (!rowCells.some((kept) => kept.value !== "" || kept.unevaluated !== undefined)) {
        if (row === lastFilled + 1) blankCells = rowCells;
        return;
      }
      if (sheet.cells.length + blankCells.length + rowCells.length > limits.cells) throw new UnreadableFile("too-many-cells", { limit: String(limits.cells) });
      sheet.cells.push(...blankCells, ...rowCells);
      blankCells = [];
      lastFilled = row;
    },
  });
  sheet.hiddenColumn = (wanted) => hiddenRanges.some(([from, to]) => wanted >= from && wanted <= to);
  return inOrder(sheet);
}

interface RawCell { type: string; style: number; value: string; formula: string | null; valued: boolean; column: number }

function storedCell(cell: RawCell, row: number, strings: readonly string[]): StoredCell {
  const common = { row, column: cell.column, style: cell.style };
  if (cell.formula !== null && !cell.valued && cell.type !== "str") return { ...common, kind: "text", value: "", unevaluated: cell.formula };
  if (cell.type === "s") return { ...common, kind: "text", value: strings[Number(cell.value)] ?? "" };
  if (cell.type === "b") return { ...common, kind: "boolean", value: cell.value.trim() };
  if (cell.type === "d") return { ...common, kind: "text", value: cell.value.replace(/T00:00:00.*$/u, "") };
  if (cell.type === "n" && cell.value.trim() !== "") return { ...common, kind: "number", value: cell.value.trim() };
  return { ...common, kind: "text", value: cell.value };
}

function addMerge(merges: StoredSheet["merges"], range: string): void {
  const [from, to] = range.split(":").map(parseAddress);
  if (from === undefined || from === null || to === undefined || to === null) return;
  merges.set(range.split(":")[0]?.replaceAll("$", "") ?? "", { rows: to.row - from.row + 1, columns: to.column - from.column + 1 });
}

function parseAddress(address: string | undefined): { row: number; column: number } | null {
  const parts = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/u.exec(address ?? "");
  if (parts === null) return null;
  const column = Array.from(parts[1] ?? "").reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(parts[2]) - 1, column };
}

const isTrue = (value: string | undefined): boolean => value === "1" || value === "true";

/** Writers may leave the order of rows open; readers of tables may not. */
function inOrder(sheet: StoredSheet): StoredSheet {
  const sorted = sheet.cells.every((cell, index) => {
    const before = sheet.cells[index - 1];
    return before === undefined || before.row < cell.row || (before.row === cell.row && before.column < cell.column);
  });
  if (!sorted) sheet.cells.sort((a, b) => a.row - b.row || a.column - b.column);
  return sheet;
}
