// Fragments of wrapped cells, line by line → the rows they belong to: a cell's lines lie evenly about the line of its row.

/** A piece of text in one column on one line. */
export interface Fragment { line: number; text: string; x0: number; x1: number }

/**
 * Shares the fragments of one column among rows (each known by the line that its numbers stand on), in order: each row takes the
 * neighbouring fragments whose middle comes nearest to its line. `blank` is what it costs a row to go without. A fragment too far from
 * every row belongs to none, one on a row's own line is not another's, and one that `begins` a cell is its first.
 */
export function sharedOut(fragments: readonly Fragment[], rows: readonly number[], blank: number, begins: (text: string) => boolean = () => false): { shares: Fragment[][]; left: Fragment[] } {
  const count = fragments.length;
  const own = new Set(rows);
  /** best[r][f]: the least cost of sharing the first f fragments among the first r rows; takes: how many went to row r, null: one was left. */
  const best: number[][] = [Array.from({ length: count + 1 }, (_, index) => index * leaving)];
  const taken: (number | null)[][] = [Array.from({ length: count + 1 }, (_, index) => (index === 0 ? 0 : null))];
  for (const [index, row] of rows.entries()) {
    const before = best[index] ?? [];
    const costs: number[] = [];
    const takes: (number | null)[] = [];
    for (let end = 0; end <= count; end += 1) {
      let least = end === 0 ? Infinity : (costs[end - 1] ?? Infinity) + leaving;
      let take: number | null = null;
      for (let size = 0; size <= Math.min(end, mostLines); size += 1) {
        const cell = fragments.slice(end - size, end);
        const cost = (before[end - size] ?? Infinity) + cellCost(cell, row, blank) + foreignLine * cell.filter(({ line }) => line !== row && own.has(line)).length + 1.5 * cell.slice(1).filter(({ text }) => begins(text)).length;
        if (cost < least) [least, take] = [cost, size];
      }
      costs.push(least);
      takes.push(take);
    }
    best.push(costs);
    taken.push(takes);
  }
  const shares: Fragment[][] = rows.map(() => []);
  const left: Fragment[] = [];
  for (let [row, end] = [rows.length, count]; row > 0 || end > 0;) {
    const size = taken[row]?.[end] ?? null;
    if (size === null) {
      left.unshift(...fragments.slice(end - 1, end));
      end -= 1;
    } else {
      shares[row - 1] = fragments.slice(end - size, end);
      end -= size;
      row -= 1;
    }
  }
  return { shares, left };
}

/** What it costs to leave a fragment to no row: as much as standing so many lines off. */
const leaving = 2.6;
const mostLines = 24;
const foreignLine = 3;
const foreignName = 3;

function cellCost(cell: readonly Fragment[], row: number, blank: number): number {
  const [first, last] = [cell[0], cell.at(-1)];
  if (first === undefined || last === undefined) return blank;
  const holes = last.line - first.line + 1 - new Set(cell.map((fragment) => fragment.line)).size;
  return Math.abs((first.line + last.line) / 2 - row) + Math.max(0, holes - 1) * 0.7;
}

/**
 * Shares rows among labels that span several of them, in order: each label takes the neighbouring rows about whose middle it stands.
 * A label may have none; a row whose line is one of its own lines is its row. `carried`: the label before the first one, to which rows at
 * the start may belong ("" where its name is unknown), null where there is none. `margins`: how much dearer it would be to give each of the
 * rows to another label.
 */
export function spans(labels: readonly SpanLabel[], rows: readonly SpanRow[], carried: string | null, beside: Beside): { shares: { label: number; rows: number[]; margins: number[] }[]; cost: number } {
  const count = rows.length;
  const cost = labels.map((label) => rowsFrom(count + 1, (from) => rowsFrom(count + 1, (to) => (to < from ? Infinity : labelCost(label, rows, from, to, beside)))));
  const ahead = [rowsFrom(count + 1, (end) => (end === 0 ? 0 : carried === null ? Infinity : carriedCost(rows.slice(0, end), carried)))];
  for (const [index] of labels.entries()) ahead.push(rowsFrom(count + 1, (end) => Math.min(...rowsFrom(end + 1, (from) => (ahead[index]?.[from] ?? Infinity) + (cost[index]?.[from]?.[end] ?? Infinity)))));
  const behind = [rowsFrom(count + 1, (start) => (start === count ? 0 : Infinity))];
  for (const index of rowsFrom(labels.length, (at) => labels.length - 1 - at)) {
    const after = behind[0] ?? [];
    behind.unshift(rowsFrom(count + 1, (start) => Math.min(...rowsFrom(count + 1 - start, (size) => (cost[index]?.[start]?.[start + size] ?? Infinity) + (after[start + size] ?? Infinity)))));
  }
  /** The least cost of all in which this row is this label's; of the last of these, in which no label has it. */
  const whole = rows.map((_, row) => [...labels.map((__, label) => Math.min(...rowsFrom(row + 1, (from) => (ahead[label]?.[from] ?? Infinity) + Math.min(...rowsFrom(count - row, (more) => (cost[label]?.[from]?.[row + 1 + more] ?? Infinity) + (behind[label + 1]?.[row + 1 + more] ?? Infinity)))))),
    Math.min(...rowsFrom(count - row, (more) => (ahead[0]?.[row + 1 + more] ?? Infinity) + (behind[0]?.[row + 1 + more] ?? Infinity)))]);
  const shares = labels.map((_, label) => ({ label, rows: [] as number[], margins: [] as number[] }));
  for (const [row, costs] of whole.entries()) {
    const least = Math.min(...costs);
    const share = shares[costs.indexOf(least)];
    share?.rows.push(row);
    share?.margins.push(Math.min(...costs.filter((_, label) => label !== share.label)) - least);
  }
  const off = shares.map((share) => offset(labels[share.label], rows, share.rows, beside));
  for (const [index, share] of shares.entries()) if (isFarOff(off, index)) share.margins.fill(0);
  return { shares, cost: ahead.at(-1)?.[count] ?? 0 };
}

function rowsFrom<T>(length: number, at: (index: number) => T): T[] {
  return Array.from({ length }, (_, index) => at(index));
}

export interface SpanLabel { line: number; first: number; last: number; name: string }
/** Whether a label stands beside the middle of its rows, as merged cells do, or beside the first of them. */
export type Beside = "all" | "first";

/** `under`: names of the labels that a row of its kind usually has, where it has any of them here. `none`: it says that its label has no rows. */
export interface SpanRow { line: number; top: number; bottom: number; under: readonly string[] | null; none: boolean }

function carriedCost(rows: readonly SpanRow[], carried: string): number {
  return 0.8 + (carried === "" ? 0 : foreignName * rows.filter(({ under }) => under !== null && !under.includes(carried)).length);
}

/** So many lines further from the middle of its rows than any other label does none stand: one between them is missing. */
const furthest = 3;

/** The first and the last of a page may go on with another page. */
function isFarOff(offsets: readonly number[], index: number): boolean {
  return index > 0 && index < offsets.length - 1 && (offsets[index] ?? 0) > furthest + Math.max(0, ...offsets.toSpliced(index, 1));
}

function offset(label: SpanLabel | undefined, rows: readonly SpanRow[], own: readonly number[], beside: Beside): number {
  const [first, last] = [rows[own[0] ?? -1], rows[(beside === "all" ? own.at(-1) : own[0]) ?? -1]];
  return label === undefined || first === undefined || last === undefined ? 0 : Math.abs((first.top + last.bottom) / 2 - label.line);
}

/** What it costs a label to have no row. */
const withoutRows = 2;

function labelCost({ line: label, first: top, last: bottom, name }: SpanLabel, rows: readonly SpanRow[], from: number, to: number, beside: Beside): number {
  const [first, last] = [rows[from], rows[beside === "all" ? to - 1 : from]];
  const outside = rows.reduce((sum, row, index) => sum + (index < from || index >= to ? (row.line >= top && row.line <= bottom ? foreignLine : 0) : row.under === null || row.under.includes(name) ? 0 : foreignName), 0);
  // Where a row says beside its label that there is nothing under it, nothing else is.
  const others = rows.slice(from, to).some((row) => row.none && row.line >= top && row.line <= bottom) ? foreignLine * (to - from - 1) : 0;
  if (to > from && first !== undefined && last !== undefined) return outside + others + Math.abs((first.top + last.bottom) / 2 - label);
  const above = rows[from - 1]?.bottom ?? -Infinity;
  const below = rows[to]?.top ?? Infinity;
  return outside + withoutRows + Math.max(0, above - label, label - below);
}
