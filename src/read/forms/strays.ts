// The cells of a sheet → those of its forms, and those that someone noted down far to the right of them.
import type { FormCell } from "./document.ts";
import { moneyUnitIn } from "./funds.ts";

/** Blank columns between a form and what is none of it. */
const GAP = 2;
/** A region with more than this share of the texts is a table of its own. */
const SHARE = 0.08;

/** Texts that say something by a label (`金额单位：万元`) belong to the form however far away they stand. */
export function withoutStrays(cells: readonly FormCell[]): { cells: readonly FormCell[]; strays: readonly FormCell[] } {
  const texts = cells.filter((cell) => cell.text.trim() !== "");
  const edge = edgeOf(texts);
  const beyond = edge === null ? [] : texts.filter((cell) => cell.column > edge);
  const strays = beyond.filter((cell) => !/[:：]/u.test(cell.text) && moneyUnitIn(cell.text) === null);
  if (strays.length === 0 || beyond.length > SHARE * texts.length) return { cells, strays: [] };
  const left = new Set(strays);
  return { cells: cells.filter((cell) => !left.has(cell)), strays };
}

/** The last column before the first gap; null where there is none. */
function edgeOf(texts: readonly FormCell[]): number | null {
  const used = new Set<number>();
  for (const { column, columnSpan } of texts) for (let at = column; at < column + Math.min(columnSpan, 500); at++) used.add(at);
  const columns = [...used].sort((a, b) => a - b);
  const index = columns.findIndex((column, i) => (columns[i + 1] ?? column) - column > GAP);
  return index < 0 ? null : (columns[index] ?? null);
}
