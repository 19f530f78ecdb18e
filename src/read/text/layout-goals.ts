// Lines below 预期目标 and 实际完成情况 → the two cells that stand beside each other in them.
import type { FormCell, FormTable } from "../forms/document.ts";
import { squashed } from "../forms/label.ts";
import type { TextHead } from "./heads.ts";
import { endsSentence, joinedWords, type TextLine, type Word } from "./lines.ts";

/** Words left and right of the edge where the right cell's lines begin; unread where the lines do not show it. */
export function layoutGoals(file: string, head: TextHead, lines: readonly TextLine[], corners: ReadonlySet<string>): FormTable {
  const columns = head.columns.filter((column) => column.role === "expected" || column.role === "achieved");
  const cells: FormCell[] = columns.map((column, index) => cellAt(file, 0, index, column.text, head.line));
  const [first, second] = columns;
  if (first === undefined || second === undefined || lines.length === 0) return { kind: "table", cells };
  const unread: FormTable = { kind: "table", cells, unread: [{ text: lines.map((line) => line.text.trim()).join(" "), place: { file, line: lines[0]?.number ?? head.line } }] };
  if (head.columns.length > columns.length) return unread;
  const edge = rightEdge(lines, (first.centre + second.centre) / 2);
  const sides: { words: Word[]; line: number }[][] = [[], []];
  for (const line of lines) {
    const at = divisionOf(line, edge);
    if (at === null || isCornerWord(line.words[0]?.text ?? "", corners)) return unread;
    for (const [side, words] of [line.words.slice(0, at), line.words.slice(at)].entries()) if (words.length > 0) sides[side]?.push({ words, line: line.number });
  }
  if (sides.some((own) => own.length > 1 && !endsSentence(own.at(-1)?.words.at(-1)?.text ?? ""))) return unread;
  for (const [side, own] of sides.entries()) {
    if (own.length > 0) cells.push(cellAt(file, 1, side, own.map(({ words }) => joinedWords(words)).join("\n"), own[0]?.line ?? head.line));
  }
  return { kind: "table", cells };
}

const wide = 3;

/**
 * The word with which the right cell begins on this line, null where that is not certain. Chinese text has no spaces of its own: a space between
 * two of its characters, or a wide gap, stands between the cells and nowhere else. Words are only ever moved to the right: none of the right
 * cell stands left of its edge.
 */
function divisionOf({ words }: TextLine, edge: number): number | null {
  const gaps = words.flatMap((word, index) => {
    const before = words[index - 1];
    const parted = before !== undefined && (word.x0 - before.x1 >= wide || (/[^\x20-\x7E]$/u.test(before.text) && /^[^\x20-\x7E]/u.test(word.text)));
    return parted ? [index] : [];
  });
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined || gaps.length > 1) return null;
  const [gap] = gaps;
  if (gap !== undefined) return nearest(words, edge) === gap ? gap : null;
  if (first.x0 > edge - wide) return 0;
  return last.x0 < edge && last.x1 <= edge + wide ? words.length : null;
}

/** A piece of the upright name of the block. */
function isCornerWord(text: string, corners: ReadonlySet<string>): boolean {
  const key = squashed(text);
  return key.length >= 2 && [...corners].some((name) => name.includes(key));
}

function cellAt(file: string, row: number, column: number, text: string, line: number): FormCell {
  return { row, column, rowSpan: 1, columnSpan: 1, text, place: { file, line } };
}

/** Where the lines of the right cell begin: the usual place of a word that a wide gap parts from the words before it, or that begins its line there. */
function rightEdge(lines: readonly TextLine[], middle: number): number {
  const wide: number[] = [];
  const narrow: number[] = [];
  for (const { words } of lines) {
    for (const [index, word] of words.entries()) {
      const before = words[index - 1];
      if (word.x0 < middle - 12) continue;
      if (before === undefined ? index === 0 : word.x0 - before.x1 >= 2) wide.push(word.x0);
      else if (before !== undefined && /[^\x20-\x7E]$/u.test(before.text) && /^[^\x20-\x7E]/u.test(word.text)) narrow.push(word.x0);
    }
  }
  const found = (wide.length > 0 ? wide : narrow).sort((a, b) => a - b);
  return found[found.length >> 1] ?? middle;
}

const nearEnough = 8;

/** Of the words of a line that holds both cells, the one that stands where a right cell begins. */
function nearest(words: readonly Word[], edge: number): number | null {
  let [best, least]: [number | null, number] = [null, Infinity];
  for (const [index, word] of words.entries()) {
    const before = words[index - 1];
    const gap = before === undefined ? 2 : word.x0 - before.x1;
    const divided = before === undefined || /[^\x20-\x7E]$/u.test(before.text) === /^[^\x20-\x7E]/u.test(word.text);
    const cost = Math.abs(word.x0 - edge) + (gap >= 2 ? 0 : divided ? 2 : 4);
    if (cost < least) [best, least] = [index, cost];
  }
  return least <= nearEnough ? best : null;
}
