// Lines of text → the heads of the parts of forms among them, each with its columns from left to right.
import type { FormTable } from "../forms/document.ts";
import { gridOf } from "../forms/grid.ts";
import { headerAt, type PartKind } from "../forms/header.ts";
import { isNumeric, squashed } from "../forms/label.ts";
import { roleOf, type FormWords } from "../forms/words.ts";
import { centre, clustersOf, type TextLine } from "./lines.ts";

export interface HeadColumn { text: string; /** Null for a cell that no word explains, such as the corner. */ role: string | null; exact: boolean; centre: number; x0: number; x1: number }

/** A head in the lines `from` to `to` (exclusive); `line`: its first in the file. */
export interface TextHead { kind: PartKind; from: number; to: number; line: number; columns: HeadColumn[] }

const mostLines = 5;

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
    const completed = completedHead(lines, from, words);
    if (completed !== null) found.push(completed);
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
  for (const [from, to] of [[head.from - 1, head.to], [head.from, head.to + 1], [head.from - 1, head.to + 1], [head.from, head.to + 2]] as const) {
    if (from < least || to > most) continue;
    const added = lines.slice(from, to).filter((_, index) => from + index < head.from || from + index >= head.to);
    if (added.some((line) => line.words.some((word, at) => isValue(word.text) || (word.text.length > (at === 0 ? 16 : 8) && !/^[（(].*[）)]$/u.test(word.text))))) continue;
    const whole = headIn(lines, from, to - from, words)?.head;
    if (whole?.kind === head.kind && isFinished(whole, head, from === head.from)) found = whole;
  }
  return found;
}

/** The same columns, each as it was, or now a listed word, or with the end of its bracket. */
function isFinished(whole: TextHead, head: TextHead, below: boolean): boolean {
  const added = whole.columns.length - head.columns.length;
  return (added === 0 || (added === 1 && below && whole.columns[0]?.role === null)) && whole.columns.every((column, at) => {
    const index = at - added;
    if (index < 0) return true;
    const before = head.columns[index];
    if (before === undefined || before.text === column.text) return before !== undefined;
    const ending = column.text.startsWith(before.text) ? column.text.slice(before.text.length) : "";
    return column.exact || (before.role === column.role && ending !== "" && (/[（(][^）)]*$/u.test(before.text) || /^[（(].*[）)]$/u.test(ending))) || (below && before.role === null && column.role === null && index === 0 && column.text.length <= 8);
  });
}

/** `10`, `≥１２００`: heads have neither. */
function isValue(text: string): boolean {
  return isNumeric(text) || /^[≥≤≧≦><=]+\d/u.test(squashed(text));
}

function headIn(lines: readonly TextLine[], from: number, height: number, words: FormWords): { head: TextHead; score: number } | null {
  return headOf(clustersOf(lines.slice(from, from + height).map((line) => line.words)), lines, from, height, words);
}

/** A line and the ends of its unlisted words on the next one, which stands moved against it: joined in order, where that makes each of them a listed word. */
function completedHead(lines: readonly TextLine[], from: number, words: FormWords): { head: TextHead; score: number } | null {
  const [line, next] = [lines[from], lines[from + 1]];
  if (line === undefined || next === undefined || [...line.words, ...next.words].some((word) => isValue(word.text) || word.text.length > 16)) return null;
  for (const vocabulary of [words.funds, words.indicators]) {
    const begun = line.words.filter((word, index) => index > 0 && roleOf(vocabulary, word.text)?.exact !== true);
    if (begun.length === 0 || begun.length !== next.words.length || begun.length === line.words.length - 1) continue;
    const ends = new Map(begun.map((word, index) => [word, next.words[index]]));
    const clusters = clustersOf([line.words]).map((cluster) => ({ ...cluster, words: cluster.words.flatMap((word) => [word, ...[ends.get(word)].filter((end) => end !== undefined)]) }));
    const whole = headOf(clusters, lines, from, 2, words);
    if (whole?.head.columns.every((column, index) => column.exact || (index === 0 && column.role === null)) === true) return whole;
  }
  return null;
}

function headOf(clusters: ReturnType<typeof clustersOf>, lines: readonly TextLine[], from: number, height: number, words: FormWords): { head: TextHead; score: number } | null {
  if (clusters.length < 2 || clusters.length > 16) return null;
  const cells = clusters.map((cluster, column) => (
    { row: 0, column, rowSpan: 1, columnSpan: 1, text: cluster.words.map((word) => word.text).join(""), place: { file: "" } }));
  const table: FormTable = { kind: "table", cells };
  const header = headerAt(gridOf(table), 0, words);
  if (header === null || header.height !== 1) return null;
  const roleAt = (column: number): { role: string; exact: boolean } | undefined => header.columns.find((one) => one.from === column);
  const columns = clusters.map((cluster, column) => ({ text: cells[column]?.text ?? "", role: roleAt(column)?.role ?? null, exact: roleAt(column)?.exact === true, centre: centre(cluster), x0: cluster.x0, x1: cluster.x1 }));
  const exact = header.columns.filter((column) => column.exact).length;
  const unexplained = columns.filter((column, index) => column.role === null && !(index === 0 && column.text.length <= 8)).length;
  const score = 2 * exact + 0.5 * (header.columns.length - exact) - 2 * unexplained - 0.3 * height;
  return score <= 0 ? null : { head: { kind: header.kind, from, to: from + height, line: lines[from]?.number ?? 1, columns }, score };
}
