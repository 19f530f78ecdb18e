// The lines inside one cell → its text: lines broken only because the cell is narrow are put together again.
import type { Line } from "./lines.ts";

export interface Joined { text: string; /** Numbers put together over a line break. */ numbers: string[]; last: { spare: number; size: number } }

/** `room` is the cell's width less the margins that the table's own text keeps; `last.spare` is what the last line leaves of it. */
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
    if (joint === "number") numbers.push(`${/\S{0,12}$/u.exec(before.text)?.[0] ?? ""} / ${/^\S{0,12}/u.exec(line.text)?.[0] ?? ""}`);
    text += (joint === "number" ? "" : joint) + line.text;
  }
  const last = lines.at(-1);
  return { text, numbers, last: last === undefined ? { spare: room, size: 0 } : { spare: room - last.x1 + last.x0, size: last.size } };
}

/** Whether a text could not begin on the line that the other text ends with. */
export function breaksBefore(last: Joined["last"], text: string): boolean {
  return unitWidth(text, last.size) + 0.3 * last.size > last.spare;
}

/** What stands between two lines: nothing where the first ran out of room, else the line break that the writer made. */
function jointOf(before: Line, line: Line, room: number): "" | " " | "\n" | "number" {
  const spare = room - before.x1 + before.x0 - 0.3 * before.size;
  if (/[\d０-９.,．，]$/u.test(before.text) && /^[\d０-９.．]/u.test(line.text)) return line.firstWidth > spare ? "number" : "\n";
  if (unitWidth(line.text, line.size) <= spare) return "\n";
  return /[A-Za-z]$/u.test(before.text) && /^[A-Za-z]/u.test(line.text) ? " " : "";
}

/** Width of what is not divided at the start of a line: a character, word or number with the signs that cling to it. */
function unitWidth(text: string, size: number): number {
  const unit = /^[（《“‘「(]*(?:[!-~]+|.)[）》”’」，。、；：％]*/u.exec(text)?.[0] ?? "";
  return unit.replace(/[^!-~]/gu, "  ").length * 0.5 * size;
}
