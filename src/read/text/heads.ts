// Lines of text → the heads of the parts of forms among them, each with its columns from left to right.
import type { FormTable } from "../forms/document.ts";
import { gridOf } from "../forms/grid.ts";
import { headerAt, type PartKind } from "../forms/header.ts";
import { isNumeric, squashed } from "../forms/label.ts";
import type { FormWords } from "../forms/words.ts";
import { centre, clustersOf, type TextLine } from "./lines.ts";

export interface HeadColumn { text: string; /** Null for a cell that no word explains, such as the corner. */ role: string | null; centre: number }

/** A head in the lines `from` to `to` (exclusive); `line`: its first in the file. */
export interface TextHead { kind: PartKind; from: number; to: number; line: number; columns: HeadColumn[] }

const mostLines = 4;

/** Heads in order. Where windows of lines overlap, the one that explains most of its words wins. */
export function headsOf(lines: readonly TextLine[], words: FormWords): TextHead[] {
  const found: { head: TextHead; score: number }[] = [];
  for (let from = 0; from < lines.length; from += 1) {
    for (let height = 1; height <= mostLines && from + height <= lines.length; height += 1) {
      const last = lines[from + height - 1];
      if (last === undefined || last.words.some((word) => isValue(word.text)) || last.text.length > 300) break;
      const candidate = headIn(lines, from, height, words);
      if (candidate !== null) found.push(candidate);
    }
  }
  const chosen: TextHead[] = [];
  for (const { head } of found.sort((a, b) => b.score - a.score)) {
    if (chosen.every((other) => other.to <= head.from || head.to <= other.from)) chosen.push(head);
  }
  const heads = chosen.sort((a, b) => a.from - b.from);
  return heads.map((head, index) => widened(lines, head, heads[index - 1]?.to ?? 0, heads[index + 1]?.from ?? lines.length, words));
}

/** The lines above and below whose few words finish the head's words: `年度指标`, below it `值`. */
function widened(lines: readonly TextLine[], head: TextHead, least: number, most: number, words: FormWords): TextHead {
  let found = head;
  for (const [from, to] of [[head.from - 1, head.to], [head.from, head.to + 1], [head.from - 1, head.to + 1]] as const) {
    if (from < least || to > most) continue;
    const added = lines.slice(from, to).filter((_, index) => from + index < head.from || from + index >= head.to);
    if (added.some((line) => line.words.some((word) => isValue(word.text) || word.text.length > 8))) continue;
    const whole = headIn(lines, from, to - from, words)?.head;
    const finished = whole?.columns.every((column, index) => column.role !== null || index === 0 || head.columns.some((other) => other.text === column.text)) === true;
    if (whole?.kind === head.kind && finished && whole.columns.length === head.columns.length) found = whole;
  }
  return found;
}

/** `10`, `≥１２００`: heads have neither. */
function isValue(text: string): boolean {
  return isNumeric(text) || /^[≥≤≧≦><=]+\d/u.test(squashed(text));
}

function headIn(lines: readonly TextLine[], from: number, height: number, words: FormWords): { head: TextHead; score: number } | null {
  const clusters = clustersOf(lines.slice(from, from + height).map((line) => line.words));
  if (clusters.length < 2 || clusters.length > 16) return null;
  const cells = clusters.map((cluster, column) => (
    { row: 0, column, rowSpan: 1, columnSpan: 1, text: cluster.words.map((word) => word.text).join(""), place: { file: "" } }));
  const table: FormTable = { kind: "table", cells };
  const header = headerAt(gridOf(table), 0, words);
  if (header === null || header.height !== 1) return null;
  const roleAt = (column: number): string | null => header.columns.find((one) => one.from === column)?.role ?? null;
  const columns = clusters.map((cluster, column) => ({ text: cells[column]?.text ?? "", role: roleAt(column), centre: centre(cluster) }));
  const exact = header.columns.filter((column) => column.exact).length;
  const unexplained = columns.filter((column, index) => column.role === null && !(index === 0 && column.text.length <= 8)).length;
  const score = 2 * exact + 0.5 * (header.columns.length - exact) - 2 * unexplained - 0.3 * height;
  return score <= 0 ? null : { head: { kind: header.kind, from, to: from + height, line: lines[from]?.number ?? 1, columns }, score };
}
