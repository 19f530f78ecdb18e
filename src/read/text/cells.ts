// Words of one row, on one line or several → the cells they stand in: what overlaps from line to line is one cell, cells follow the columns.
import { folded, isNothing, isNumeric, squashed } from "../forms/label.ts";
import { bareLabel, roleOf, type FormWords } from "../forms/words.ts";
import type { PartKind } from "../forms/header.ts";
import type { Content, LevelWords } from "./columns.ts";
import { clustersOf, joinedWords, type Word } from "./lines.ts";

/** A word of a table's body. `at`: its line among those of the body that hold more than names of levels; `margin`: how sure it is that it is no level's name. */
export interface BodyWord extends Word { at: number; line: number; page: number; margin: number }
/** `x0`, `x1`: where the head's words stand. */
export interface CellColumn { content: Content; role: string | null; x0: number; x1: number }
export interface CellLine { line: number; page: number; at: number; text: string; x0: number; x1: number }
export interface BandCell { column: number; lines: CellLine[] }
/** Where cells of a column were found. */
export interface Seen { column: number; page: number; at: number; x0: number; x1: number }
export interface CellGiven { kind: PartKind; columns: readonly CellColumn[]; seen: readonly Seen[]; words: FormWords; levels: LevelWords }
export interface Division { cost: number; cells: BandCell[] }

type Cluster = ReturnType<typeof clustersOf<BodyWord>>[number];
interface Choice { from: number; to: number; column: number }

/** The cheapest division of the words into cells, null where they can be none. */
export function cellsOf(words: readonly BodyWord[], given: CellGiven): Division | null {
  const found = cheapest(clustersOf([words]), given, new Map(), null);
  return found === null ? null : { cost: found.cost, cells: found.chosen.map(({ cell }) => cell) };
}

/** How much dearer the words are in any other columns than the cheapest ones, for each cell of the cheapest division. */
export function marginsOf(words: readonly BodyWord[], given: CellGiven): number[] {
  const clusters = clustersOf([words]);
  const costs = new Map<string, number>();
  const best = cheapest(clusters, given, costs, null);
  // Between two columns of numbers the mark for none stands as well in the one as in the other.
  const said = (best?.chosen ?? []).filter(({ column, cell }) => given.columns[column]?.content !== "number" || !cell.lines.every(({ text }) => isNothing(text)));
  return said.map((choice) => (cheapest(clusters, given, costs, choice)?.cost ?? Infinity) - (best?.cost ?? 0));
}

/** What a row of nothing but the marks for it costs. */
const blankRow = 3;
const mostClusters = 4;
const mostWords = 16;

/** A review follows a score. */
function unscored(state: { choice: Choice | null; back: unknown }, column: number, columns: readonly CellColumn[]): number {
  return columns[column]?.role === "review" && columns[column - 1]?.role === "score" && state.choice?.column !== column - 1 ? 6 : 0;
}

function cheapest(clusters: readonly Cluster[], given: CellGiven, costs: Map<string, number>, forbidden: Choice | null): { cost: number; chosen: (Choice & { cell: BandCell })[] } | null {
  const { columns } = given;
  const blanks = [0];
  for (const column of columns) blanks.push((blanks.at(-1) ?? 0) + blankCost(column, given.kind));
  const between = (after: number, before: number): number => (blanks[before] ?? 0) - (blanks[after + 1] ?? 0);
  interface State { cost: number; choice: Choice | null; back: State | null; /** Whether its cells hold nothing but the marks for it. */ empty: boolean; /** Its first column where the others hold nothing but these. */ title: number | null; /** The cost of its cells alone. */ own: number }
  const states: State[][] = [[{ cost: 0, choice: null, back: null, empty: true, title: null, own: 0 }]];
  for (let to = 1; to <= clusters.length; to += 1) {
    const best: (State | undefined)[] = columns.map(() => undefined);
    for (const [column, { content }] of columns.entries()) {
      const least = Math.max(0, to - (content === "text" || content === "other" ? mostWords : mostClusters));
      for (const choice of Array.from({ length: to - least }, (_, index): Choice => ({ from: least + index, to, column }))) {
        const isForbidden = forbidden?.from === choice.from && forbidden.to === to && forbidden.column === column;
        const cell = isForbidden ? Infinity : costOf(clusters, choice, given, costs);
        const before = (states[choice.from] ?? []).filter((state) => (state.choice?.column ?? -1) < column);
        const costFrom = (state: State): number => state.cost + between(state.choice?.column ?? -1, column) + cell + unscored(state, column, columns);
        const state = before.reduce<State | null>((best, one) => (best === null || costFrom(one) < costFrom(best) ? one : best), null);
        if (state === null || costFrom(state) >= (best[column]?.cost ?? Infinity)) continue;
        const isEmpty = isNothing(clusters.slice(choice.from, to).flatMap((one) => one.words.map((word) => word.text)).join(""));
        best[column] = { cost: costFrom(state), choice, back: state, own: state.own + cell, empty: state.empty && isEmpty, title: state.choice === null ? column : isEmpty ? state.title : null };
      }
    }
    states.push(best.filter((state) => state !== undefined));
  }
  const ending = (state: State): number => (state.empty ? blankRow + state.own : Math.min(state.own + titleCost(columns[state.title ?? -1]), state.cost + between(state.choice?.column ?? -1, columns.length)));
  const ended = (states[clusters.length] ?? []).map((state) => ({ state, cost: ending(state) })).sort((a, b) => a.cost - b.cost)[0];
  if (ended === undefined) return null;
  const chosen: (Choice & { cell: BandCell })[] = [];
  for (let state: State | null = ended.state; state?.choice != null; state = state.back) chosen.unshift({ ...state.choice, cell: { column: state.choice.column, lines: linesOf(clusters.slice(state.choice.from, state.choice.to)) } });
  return { cost: ended.cost, chosen };
}

/** A row may hold its name or label and nothing else. */
function titleCost(column: CellColumn | undefined): number {
  return column?.content === "label" ? 2.5 : column?.content === "name" ? 4 : Infinity;
}

function costOf(clusters: readonly Cluster[], { from, to, column: index }: Choice, given: CellGiven, costs: Map<string, number>): number {
  const key = `${from} ${to} ${index}`;
  const known = costs.get(key);
  if (known !== undefined) return known;
  const own = clusters.slice(from, to);
  const column = given.columns[index];
  const cost = column === undefined ? Infinity : joins(own, column) + foreign(linesOf(own).map(({ text }) => text), column, given) + place(own, index, column, given.seen);
  costs.set(key, cost);
  return cost;
}

/** The cell's lines from top to bottom. */
function linesOf(clusters: readonly Cluster[]): CellLine[] {
  const words = clusters.flatMap((cluster) => cluster.words).sort((a, b) => a.at - b.at || a.x0 - b.x0);
  const lines: CellLine[] = [];
  for (const at of new Set(words.map((word) => word.at))) {
    const own = words.filter((word) => word.at === at);
    const [first] = own;
    if (first !== undefined) lines.push({ line: first.line, page: first.page, at, text: joinedWords(own), x0: first.x0, x1: own.at(-1)?.x1 ?? first.x1 });
  }
  return lines;
}

/** What it costs to take words that stand apart as one cell: only where digits meet Chinese characters is a space none of the form's. */
function joins(clusters: readonly Cluster[], { content }: CellColumn): number {
  if (content === "number" || content === "operator") return 12 * (clusters.length - 1);
  let cost = 0;
  for (const [index, cluster] of clusters.entries()) {
    if (index === 0) continue;
    const before = clusters.slice(0, index).flatMap((other) => other.words);
    const gaps = cluster.words.flatMap((word): number[] => {
      const left = before.findLast((other) => other.at === word.at);
      return left === undefined ? [] : [gapCost(left, word)];
    });
    cost += gaps.length > 0 ? Math.max(...gaps) : isAmid(cluster, linesOf(clusters.filter((other) => other !== cluster))) ? 0.3 : 4;
  }
  return cost;
}

/** It stands below or above the space between two words of another line. */
function isAmid({ x0, x1 }: Cluster, lines: readonly CellLine[]): boolean {
  return lines.some((line) => line.x0 < x1 && x0 < line.x1);
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

/** Of a row that is no blank one. */
function blankCost({ content, role }: CellColumn, kind: PartKind): number {
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
