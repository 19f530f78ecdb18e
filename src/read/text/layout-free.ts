// Lines outside the tables of a text laid out in columns → rows of labels and their values, and paragraphs.
import type { FormBlock } from "../forms/document.ts";
import { isNumeric, squashed, withoutBrackets } from "../forms/label.ts";
import { bareLabel, roleOf, type FormWords } from "../forms/words.ts";
import type { LevelWords } from "./columns.ts";
import { clusteredRow } from "./layout-labelled.ts";
import type { TextLine, Word } from "./lines.ts";
import type { Leftover } from "./stream-document.ts";
import type { TextWords } from "./words.ts";

export interface LayoutBlocks { blocks: FormBlock[]; leftovers: Leftover[] }

/** What a text is read with, and what was read so far. */
export interface Walk { file: string; words: FormWords; levels: LevelWords; own: TextWords; result: LayoutBlocks }

/** Adds what the lines hold. */
export function freeLines(walk: Walk, lines: readonly TextLine[]): void {
  let at = 0;
  let free = 0;
  while (at < lines.length) {
    const line = lines[at];
    if (line === undefined) return;
    const rest = lines.slice(at);
    const above = linesAbove(walk, rest);
    const row = isTitle(walk, line) || isNote(walk, line) ? null : labelRow(walk, rest.slice(above, above + 5));
    if (row !== null) {
      const end = above > 0 && looseBelow(walk, rest.slice(above), row.lines) === above ? row.lines + 2 * above : rowEnd(walk, rest, row.lines + above);
      const torn = tornWords(walk, lines.slice(Math.max(free, at - 2), at), line);
      for (const word of torn) walk.result.leftovers.push({ text: word.text, line: line.number });
      walk.result.blocks.push(clusteredRow(walk.file, rest.slice(0, end), torn, (text) => isField(walk, text)));
      at += end;
      free = at;
      continue;
    }
    paragraph(walk, line);
    at += 1;
  }
}

const longestTitle = 50;

export function isTitle(walk: Walk, line: TextLine): boolean {
  const key = squashed(line.text);
  if (key.length > longestTitle || /[。；;，]/u.test(key)) return false;
  return roleOf(walk.words.titles, withoutBrackets(key).replace(/^(?:附[件表])?\d{0,2}[.、:-]?/u, "")) !== null;
}

export function isNote(walk: Walk, line: TextLine): boolean {
  const key = squashed(line.text);
  return (/^[^\d]/u.test(key) || /[，。；;]/u.test(key)) && walk.words.notes.roles.some(({ like }) => like.some((pattern) => pattern.test(key)));
}

/** Lines of cells wrapped about the label of their row: as many above it as below (`实施单` above `主管部门`, `位` below), or a lone label above. */
function linesAbove(walk: Walk, lines: readonly TextLine[]): number {
  for (let count = 1; count <= mostAbove; count += 1) {
    const row = lines[count];
    const label = row?.words[0];
    if (row === undefined || label === undefined || !lines.slice(0, count).every((line) => isLoose(walk, line, label))) return 0;
    const own = isTitle(walk, row) || isNote(walk, row) ? null : labelRow(walk, lines.slice(count, count + 5));
    if (own === null) continue;
    const lone = count === 1 && lines[0]?.words.length === 1 && isField(walk, lines[0].words[0]?.text ?? "");
    return lone || looseBelow(walk, lines.slice(count), own.lines) === count ? count : 0;
  }
  return 0;
}

const mostAbove = 3;

/** Nothing in the line stands at the left, where the label does. */
function isLoose(walk: Walk, line: TextLine, label: Word): boolean {
  const [word] = line.words;
  return word !== undefined && word.x0 > label.x1 + 1 && !/20\d\d\s*年/u.test(line.text) && !isTitle(walk, line) && !isNote(walk, line);
}

/** How many lines below the row's own hold nothing at the left. */
function looseBelow(walk: Walk, lines: readonly TextLine[], from: number): number {
  const label = lines[0]?.words[0];
  let count = 0;
  for (let line = lines[from]; line !== undefined && label !== undefined && isLoose(walk, line, label) && !isField(walk, line.words[0]?.text ?? ""); line = lines[from + count]) count += 1;
  return count;
}

function isField(walk: Walk, text: string): boolean {
  return roleOf(walk.words.fields, bareLabel(text, walk.words))?.exact === true;
}

export interface LabelRow { label: string; lines: number }

/** A label at the left, in one line or wrapped over several with its value beside or between them; the longest that is listed. */
export function labelRow(walk: Walk, lines: readonly TextLine[]): LabelRow | null {
  const left = lines[0]?.words[0]?.x0 ?? 0;
  let text = "";
  let found: LabelRow | null = null;
  for (const [index, line] of lines.entries()) {
    const [word] = line.words;
    if (word === undefined) break;
    if (index > 0 && (isTitle(walk, line) || isNote(walk, line))) break;
    if (Math.abs(word.x0 - left) > 4) {
      if (index > 0 && word.x0 > left) continue;
      break;
    }
    if (text.length + word.text.length > 24 || /^[(（]/u.test(text)) break;
    text += word.text;
    const label = bareLabel(text, walk.words);
    const match = roleOf(walk.words.fields, label);
    if (match?.exact === true && (label.length >= 3 || /[:：]$/u.test(text))) found = { label, lines: index + 1 };
  }
  return found;
}

/** Lines that hold nothing at the left still belong to the row above. */
function rowEnd(walk: Walk, lines: readonly TextLine[], least: number): number {
  const label = lines[0]?.words[0];
  let end = least;
  const below = looseBelow(walk, lines, least);
  const next = lines[least + below];
  const isNext = next !== undefined && below > 0 && labelRow(walk, lines.slice(least + below, least + below + 5)) !== null;
  if (isNext && looseBelow(walk, lines.slice(least + below), 1) > 0) return least;
  while (end < lines.length && end < least + 4) {
    const line = lines[end];
    const [word] = line?.words ?? [];
    if (line === undefined || word === undefined || label === undefined || word.x0 <= label.x1 + 1 || isField(walk, word.text) || isTitle(walk, line) || isNote(walk, line)) break;
    end += 1;
  }
  return end;
}

/** Words of the lines right above that may begin the cells below them: of these it is not known what they hold. */
function tornWords(walk: Walk, above: readonly TextLine[], line: TextLine): readonly Word[] {
  const own = above.filter((one, index) => one.number === line.number - above.length + index && one.page === line.page);
  const last = own.findLastIndex((one) => isTitle(walk, one) || isNote(walk, one) || /[:：]|20\d\d\s*年/u.test(one.text) || isField(walk, one.words[0]?.text ?? ""));
  return own.slice(last + 1).flatMap((one) => one.words);
}

/** A line that states a field (`项目名称：…`) is a row of one cell, which may hold any field. */
function paragraph(walk: Walk, line: TextLine): void {
  const text = line.text.trim();
  const place = { file: walk.file, line: line.number };
  const label = /^(.{2,14}?)[:：]/u.exec(text)?.[1];
  const labelled = label !== undefined && roleOf(walk.words.fields, bareLabel(label, walk.words))?.exact === true;
  if (labelled) walk.result.blocks.push({ kind: "table", cells: [{ row: 0, column: 0, rowSpan: 1, columnSpan: 1, text, place }] });
  else walk.result.blocks.push({ kind: "paragraph", text, place });
  if (isRowOfAmounts(walk, line)) walk.result.leftovers.push({ text, line: line.number });
}

/** A listed label and its amounts outside any table: the head of the table was not understood. */
function isRowOfAmounts({ words }: Walk, line: TextLine): boolean {
  const [label, ...rest] = line.words;
  if (label === undefined || rest.length < 2 || !rest.every(({ text }) => isNumeric(text))) return false;
  return [words.sources, words.items].some((vocabulary) => roleOf(vocabulary, bareLabel(label.text, words))?.exact === true);
}
