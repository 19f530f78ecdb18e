// Pieces below 按收入性质分 and 按支出性质分 → a table with the income's labels and amounts left, the expenditure's right.
import type { FormCell, FormTable } from "../forms/document.ts";
import { isNothing, isNumeric } from "../forms/label.ts";
import { bareLabel, roleOf, type FormWords } from "../forms/words.ts";
import { cellText, type Piece } from "./pieces.ts";
import type { StreamHead } from "./stream-heads.ts";

/** A label goes on until an amount stands, or until it is a listed word and another begins. */
export function streamNature(file: string, head: StreamHead, body: readonly Piece[], words: FormWords): FormTable {
  const cellAt = (row: number, column: number, pieces: readonly Piece[]): FormCell => (
    { row, column, rowSpan: 1, columnSpan: 1, text: cellText(pieces), place: { file, line: pieces[0]?.line ?? 1 } });
  const cells: FormCell[] = head.columns.map((column) => (
    { row: 0, column: column.role === "expenditure" ? 2 : 0, rowSpan: 1, columnSpan: 1, text: column.text, place: { file, line: column.line } }));
  const seen = new Set<string>();
  for (const [index, { label, value }] of pairsOf(body, words).entries()) {
    const text = bareLabel(cellText(label).replace(/\n/gu, ""), words);
    const income = roleOf(words.income, text);
    const spending = income === null || (income.role === "total" && seen.has("total")) ? roleOf(words.expenditure, text) : null;
    if (income !== null) seen.add(income.role);
    const column = spending === null ? 0 : 2;
    cells.push(cellAt(index + 1, column, label));
    if (value !== null) cells.push(cellAt(index + 1, column + 1, [value]));
  }
  return { kind: "table", cells: cells.sort((a, b) => a.row - b.row || a.column - b.column) };
}

function pairsOf(body: readonly Piece[], words: FormWords): { label: Piece[]; value: Piece | null }[] {
  const pairs: { label: Piece[]; value: Piece | null }[] = [];
  let label: Piece[] = [];
  const known = (): boolean => {
    const text = bareLabel(label.map((piece) => piece.text).join(""), words);
    return roleOf(words.income, text)?.exact === true || roleOf(words.expenditure, text)?.exact === true;
  };
  for (const piece of body) {
    if (label.length > 0 && (isNumeric(piece.text) || isNothing(piece.text))) {
      pairs.push({ label, value: piece });
      label = [];
    } else if (label.length > 0 && known()) {
      pairs.push({ label, value: null });
      label = [piece];
    } else label.push(piece);
  }
  if (label.length > 0) pairs.push({ label, value: null });
  return pairs;
}
