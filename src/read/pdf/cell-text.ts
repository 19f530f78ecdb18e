// The lines inside one cell → its text: lines broken only because the cell is narrow are put together again.
import type { Line } from "./lines.ts";

/** How much room a line has: the cell's width less the margins that the table's own text keeps. */
export interface Joined { text: string; /** Numbers put together over a line break. */ numbers: string[]; /** The last line has no room for another character. */ full: boolean }

export function joinedText(lines: readonly Line[], room: number): Joined {
  const numbers: string[] = [];
  let text = "";
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before === undefined) {
      text = line.text;
      continue;
    }
    const joint = jointOf(before, line, room);
    if (joint === "number") numbers.push(`${/\S*$/u.exec(before.text)?.[0] ?? ""} / ${/^\S*/u.exec(line.text)?.[0] ?? ""}`);
    text += (joint === "number" ? "" : joint) + line.text;
  }
  const last = lines.at(-1);
  return { text, numbers, full: last !== undefined && isFull(last, last.size, room) };
}

/** What stands between two lines: nothing where the first ran out of room, else the line break that the writer made. */
function jointOf(before: Line, line: Line, room: number): "" | " " | "\n" | "number" {
  if (/[\d０-９.,．，]$/u.test(before.text) && /^[\d０-９.．]/u.test(line.text)) return isFull(before, line.firstWidth, room) ? "number" : "\n";
  if (!isFull(before, leadingUnit(line), room)) return "\n";
  return /[A-Za-z]$/u.test(before.text) && /^[A-Za-z]/u.test(line.text) ? " " : "";
}

function isFull(line: Line, next: number, room: number): boolean {
  return line.x1 - line.x0 + next + 0.3 * line.size > room;
}

/** Width of what cannot be divided at the start of a line: one Chinese character, or a word or number with its signs. */
function leadingUnit(line: Line): number {
  const word = /^[!-~]+/u.exec(line.text)?.[0] ?? "";
  return Math.max(line.firstWidth, word.length * line.size * 0.5);
}
