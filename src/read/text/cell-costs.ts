// Words and a column of a table → what it costs to take the words for one cell of the column: 0 where they go together well, the more the worse.
import { folded, isNothing, isNumeric, squashed } from "../forms/label.ts";
import { bareLabel, roleOf, type FormWords } from "../forms/words.ts";
import type { PartKind } from "../forms/header.ts";
import type { BodyWord, CellColumn, CellGiven, CellRun, Cluster, LevelWords, Seen } from "./columns.ts";

/** What costs so much is no cell. */
export const tooDear = 12;

/** How ill the words stand together, fit what the column holds, and lie in its place. */
export function cellCost(run: CellRun, index: number, given: CellGiven): number {
  const column = given.columns[index];
  if (column === undefined) return tooDear;
  const single = column.content === "number" || column.content === "operator";
  const content = run.apart >= tooDear || (single && run.clusters.length > 1) ? tooDear : foreignOf(run.texts, index, column, given);
  return content >= tooDear ? tooDear : run.apart + content + place(run.clusters, index, column, given.seen);
}

/** The same words stand in many runs of lines. */
function foreignOf(texts: readonly string[], index: number, column: CellColumn, given: CellGiven): number {
  const key = `${index} ${texts.join("\n")}`;
  const known = given.known.get(key);
  if (known !== undefined) return known;
  const cost = foreign(texts, column, given);
  given.known.set(key, cost);
  return cost;
}

/** A review follows a score. */
export function unscored(last: number, column: number, columns: readonly CellColumn[]): number {
  return last !== column - 1 && columns[column]?.role === "review" && columns[column - 1]?.role === "score" ? 6 : 0;
}

/** Of a row that is no blank one. */
export function blankCost({ content, role }: CellColumn, kind: PartKind): number {
  switch (content) {
    case "label": return 6;
    case "name": return 5;
    case "operator": return 3;
    case "value": return role === "target" || role === "actual" ? 4 : 1;
    case "number": return kind === "indicators" && role !== "review" ? 3.5 : role === "weight" || role === "score" || role === "rate" || role === "review" ? 0.7 : 2;
    case "unit": return 2.5;
    case "text": case "other": case "corner": case "level1": case "level2": return 0;
  }
}

/** A row may hold its name or label and nothing else. */
export function titleCost(column: CellColumn | undefined): number {
  return column?.content === "label" ? 2.5 : column?.content === "name" ? 4 : Infinity;
}

/** What it costs to take words that stand apart as one cell: only where digits meet Chinese characters is a space none of the form's. */
export function joins(clusters: readonly Cluster[]): number {
  let cost = 0;
  for (const [index, cluster] of clusters.entries()) {
    if (index === 0) continue;
    const before = clusters.slice(0, index).flatMap((other) => other.words);
    const gaps = cluster.words.flatMap((word): number[] => {
      const left = before.findLast((other) => other.at === word.at);
      return left === undefined ? [] : [gapCost(left, word)];
    });
    cost += gaps.length > 0 ? Math.max(...gaps) : isAmid(cluster, clusters.flatMap((other) => (other === cluster ? [] : other.words))) ? 0.3 : 4;
  }
  return cost;
}

/** It stands below or above the space between two words of another line. */
function isAmid({ x0, x1 }: Cluster, others: readonly BodyWord[]): boolean {
  return others.some((left) => left.x1 <= x0 && others.some((right) => right.at === left.at && right.x0 >= x1));
}

function gapCost(left: BodyWord, right: BodyWord): number {
  const gap = right.x0 - left.x1;
  const [latin, next] = [/[\x21-\x7E]$/u.test(left.text), /^[\x21-\x7E]/u.test(right.text)];
  if (gap > 2) return 6;
  if (gap === 1 && /[年月]$/u.test(left.text) && /^\d{1,2}$/u.test(right.text)) return 0;
  if (latin && next) return isNumeric(right.text) || /^[≥≤=><]/u.test(right.text) ? 7 : 1.5;
  if (!latin && !next) return 4;
  const unit = latin && /[\d%]$/u.test(left.text) && !/%$/u.test(left.text);
  return (gap > 1 ? 4 : 0) + (unit ? 0 : /%$/u.test(left.text) ? 2.5 : 0.8);
}

/** How far from the cells of its column that are near in the text, else from its head. */
function place(clusters: readonly Cluster[], index: number, column: CellColumn, seen: readonly Seen[]): number {
  const [x0, x1] = [Math.min(...clusters.map((one) => one.x0)), Math.max(...clusters.map((one) => one.x1))];
  const word = clusters[0]?.words[0];
  const near = seen.filter((one) => one.column === index && one.page === word?.page && one.at !== word.at).sort((a, b) => Math.abs(a.at - (word?.at ?? 0)) - Math.abs(b.at - (word?.at ?? 0))).slice(0, 3);
  const apart = (one: { x0: number; x1: number }): number => Math.max(0, one.x0 - x1 + 1, x0 - one.x1 + 1);
  if (near.length === 0) return Math.min(1.2, 0.06 * apart(column));
  return Math.min(1.6, 0.15 * Math.min(...near.map(apart)));
}

/** How little the lines of a cell look like what its column holds. */
function foreign(lines: readonly string[], { content, role }: CellColumn, { columns, words, levels }: CellGiven): number {
  const text = lines.join("");
  const key = squashed(text);
  switch (content) {
    case "number": return numberCost(lines, key, role);
    case "name": return nameCost(lines, levels);
    case "label": return isNumeric(text) || /^[\d.,%]+$/u.test(key) ? 9 : labelCost(lines, words);
    case "operator": return roleOf(words.operators, text)?.exact === true ? -2 : 9;
    case "unit": return /\d/u.test(key) ? 8 : key.length > 6 || /[、，。]/u.test(key) ? 4 : key.length > 4 ? 1 : 0;
    case "value": return valueCost(lines, role) + (columns.some((other) => other.content === "unit") && !/\d/u.test(key) ? 1 : 0);
    case "text": return isNumeric(text) ? 6 : /^[≥≤=><]/u.test(key) ? 5 : (isNothing(text) ? 0.5 : 0.3) + 3 * lines.filter((line) => /^\d[\d.,]*[^\d.,]{0,2}$/u.test(squashed(line))).length;
    case "other": return 0.6;
    case "corner": case "level1": case "level2": return 12;
  }
}

/** An amount or rate may be wrapped, points and weights are not. */
function numberCost(lines: readonly string[], key: string, role: string | null): number {
  const percent = key.endsWith("%");
  if (isNothing(key)) return lines.length > 1 ? 12 : 0.3;
  if (!isNumeric(key)) return 12;
  const points = role === "weight" || role === "score" || role === "review";
  if (points) return lines.length > 1 ? 12 : percent ? 9 : /^\d{1,3}(?:\.\d{1,4})?分?$/u.test(key) ? 0 : 5;
  const rate = role === "rate" || /Rate$/u.test(role ?? "");
  if (rate) return (lines.length > 1 && !(lines.length === 2 && /^\d+(?:\.\d{1,2})?%$/u.test(key)) ? 12 : 0) + (percent ? 0 : 1);
  if (percent) return 8;
  return lines.length > 1 ? /^(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2,}$/u.test(key) && lines.slice(0, -1).every((line) => !/\.\d\d$/u.test(line)) ? 1 : 12 : 0;
}

function nameCost(lines: readonly string[], { level1, level2 }: LevelWords): number {
  const key = squashed(lines.join(""));
  const quantity = lines.some((line) => isQuantity(folded(line).trim()) || limit.test(squashed(line)) || /^\d[\d.,]*\D{1,2}$/u.test(squashed(line)));
  const signs = /[≥≤=><≧≦]|[。；;]/u.test(key) ? 4 : 0;
  return signs + (quantity ? 6 : 0) + (isNothing(key) ? 2 : 0) + (level1.has(key) || level2.has(key) ? 4 : 0) + (key.length < 2 ? 1.5 : 0) + (key.length > 40 ? 2 : 0);
}

const limit = /^(?:[≥≤><=]|[大小高低多少]于|不[大小高低多少]于|等于|不超过)/u;

function isQuantity(text: string): boolean {
  return /^(?:[≥≤=><≧≦]|[\d.,]+%?$)/u.test(text);
}

function valueCost(lines: readonly string[], role: string | null): number {
  const key = squashed(lines.join(""));
  const numbers = lines.filter((line) => isQuantity(folded(line).trim()) && /\d/u.test(line)).length;
  const inner = /^[^\d≥≤=><~-]+\d/u.test(key) && !/^(?:20\d\d年|不|大于|小于|约|达|第|至|[¥￥])/u.test(key) ? (/^[^\d]{1,3}\d/u.test(key) ? 2.5 : 1) : 0;
  const sign = role === "actual" && /^[≥≤><≧≦]/u.test(key) ? 1 : 0;
  const several = (key.replace(/(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?|[\d.,]+%?[-~至—][\d.,]+/gu, "0").match(/\d[\d.,]*/gu) ?? []).length - 1;
  const another = lines.length > 1 && (lines.some((line) => isNothing(line)) || lines.slice(0, -1).some((line) => /%$/u.test(folded(line).trim()))) ? 5 : 0;
  const quantities = lines.filter((line) => /^[\d.,]+[^\d.,%年月日\s/]+$/u.test(folded(line).replace(/\s/gu, ""))).length;
  const alone = /^[^\d≥≤<>=%]$/u.test(key) && !isNothing(key) ? 1.5 : 0;
  return another + alone + halfSaid(lines) + (numbers > 1 || quantities > 1 ? 5 : 0) + 1.5 * Math.max(0, several) + inner + sign + (lines.length > 1 && isNumeric(key) && !key.endsWith("%") ? 2 : 0) + (key.length > 40 ? 1.5 : 0);
}

/** `不少于` is followed by how many, `元/` by what; the first begins a cell. */
function halfSaid(lines: readonly string[]): number {
  const shown = lines.map((line) => squashed(line));
  const parted = shown.filter((line, at) => /(?:[≥≤><=]|[大小高低多少]于|等于|不超过)$/u.test(line) && !/^[\d等或=]/u.test(shown[at + 1] ?? "")).length;
  const begun = shown.reduce((sum, line, at) => sum + (at > 0 && limit.test(line) ? (/\d/u.test(shown.slice(0, at).join("")) ? 5 : 3) : 0), 0);
  return 5 * parted + begun + (/[/每(.,]$/u.test(shown.at(-1) ?? "") ? 3 : 0);
}

/** A listed label is a row's own; one that begins below another is another row's. */
function labelCost(lines: readonly string[], words: FormWords): number {
  const listed = (text: string): boolean => [words.sources, words.items].some((vocabulary) => roleOf(vocabulary, bareLabel(text, words))?.exact === true);
  if (listed(lines.join(""))) return -1;
  const begins = (text: string): boolean => words.labelPrefix.some((prefix) => prefix.test(squashed(text)));
  if (lines.slice(1).some((line) => begins(line) || [words.sources, words.items].some((vocabulary) => roleOf(vocabulary, bareLabel(line, words)) !== null))) return 9;
  return begins(lines[0] ?? "") ? -1 : 1;
}
