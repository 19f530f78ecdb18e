// Lines of indicators → the names of their levels at the left, and the words of their other cells.
import { isNumeric, squashed } from "../forms/label.ts";
import type { LevelWords } from "./columns.ts";
import type { TextLine, Word } from "./lines.ts";
import { levelName } from "./labels.ts";

type Level = "level1" | "level2";
export interface Span { x0: number; x1: number }
/** A line's words by the column they stand in. How much dearer any other division would be: `margin`, and `restMargin` of those with other words in `rest`. */
export interface LevelLine { line: TextLine; level1: Word[]; level2: Word[]; rest: Word[]; margin: number; restMargin: number }

interface Seen extends Span { number: number; page: number; kind: Level | "rest" }

/** Divided by the names that are known, then by where the certain ones stand. `heads`: where the head of each level stands, null where the form has none. */
export function levelLines(lines: readonly TextLine[], heads: Readonly<Record<Level, Span | null>>, rest: Span | null, levels: LevelWords): LevelLine[] {
  if (heads.level1 === null && heads.level2 === null) return lines.map((line) => ({ line, level1: [], level2: [], rest: line.words, margin: Infinity, restMargin: Infinity }));
  const pass = (seen: readonly Seen[]): LevelLine[] => {
    let begun: Begun = { level1: "", level2: "" };
    return lines.map((line) => {
      const found = dividedLine(line, { heads, rest, levels, seen, begun });
      begun = { level1: goesOn(begun.level1, found.level1, levels.level1), level2: goesOn(begun.level2, found.level2, levels.level2) };
      return found;
    });
  };
  return pass(seenIn(pass(seenIn(pass([])))));
}

function seenIn(divided: readonly LevelLine[]): Seen[] {
  return divided.flatMap(({ line, level1, level2, rest, margin }) => {
    const seen = (kind: Seen["kind"], words: readonly Word[]): Seen[] => words.map(({ x0, x1 }) => ({ kind, x0, x1, number: line.number, page: line.page }));
    return margin < 1 ? [] : [...seen("level1", level1), ...seen("level2", level2), ...seen("rest", rest.slice(0, 1))];
  });
}

/** The names that the lines above have begun, and that may go on: `效益` is a name, and the beginning of `效益指标`. */
type Begun = Readonly<Record<Level, string>>;

function goesOn(begun: string, words: readonly Word[], names: ReadonlySet<string>): string {
  return words.reduce((text, word) => {
    const bare = levelName(word.text);
    const whole = [text + bare, bare].find((one) => isBeginning(one, names)) ?? "";
    return bare === "" ? text : goesFurther(whole, names) ? whole : "";
  }, begun);
}

function goesFurther(text: string, names: ReadonlySet<string>): boolean {
  return [...names].some((name) => name.length > text.length && name.startsWith(text));
}

function isBeginning(text: string, names: ReadonlySet<string>): boolean {
  return text !== "" && [...names].some((name) => name.startsWith(text));
}

interface Given { begun: Begun; heads: Readonly<Record<Level, Span | null>>; rest: Span | null; levels: LevelWords; seen: readonly Seen[] }

const mostWords = 2;

function dividedLine(line: TextLine, given: Given): LevelLine {
  const ways: { first: number; second: number; cost: number }[] = [];
  const { words } = line;
  for (let first = 0; first <= (given.heads.level1 === null ? 0 : Math.min(mostWords, words.length)); first += 1) {
    for (let second = 0; second <= (given.heads.level2 === null ? 0 : Math.min(mostWords, words.length - first)); second += 1) {
      const cost = levelCost(words.slice(0, first), "level1", line, given) + levelCost(words.slice(first, first + second), "level2", line, given) + restCost(words[first + second], line, given);
      ways.push({ first, second, cost });
    }
  }
  const [best = { first: 0, second: 0, cost: 0 }, other] = ways.sort((a, b) => a.cost - b.cost);
  const { first, second } = best;
  const otherRest = ways.find((way) => way.first + way.second !== first + second);
  return { line, level1: words.slice(0, first), level2: words.slice(first, first + second), rest: words.slice(first + second), margin: (other?.cost ?? Infinity) - best.cost, restMargin: (otherRest?.cost ?? Infinity) - best.cost };
}

function levelCost(words: readonly Word[], level: Level, line: TextLine, given: Given): number {
  const names = given.levels[level];
  const apart = words.length > 1 && !/^[(（]/u.test(words[1]?.text ?? "") ? 3 * (words.length - 1) : 0;
  return words.reduce((sum, word, index) => sum + contentCost(word.text, names, goesOn(given.begun[level], words.slice(0, index), names)) + placeCost(word, level, line, given), apart);
}

/** What it costs that a piece does not go on with the name that was begun above it. */
const torn = 1.5;

function contentCost(text: string, names: ReadonlySet<string>, begun: string): number {
  const key = squashed(text);
  if (/^[(]?\d{1,3}(?:\.\d+)?分?[)]$|^[(]\d{0,3}|^分?[)]$/u.test(key)) return -1;
  if (isNumeric(text)) return 12;
  if (names.has(levelName(text))) return -3;
  const bare = levelName(text);
  if (begun !== "" && bare !== "" && isBeginning(begun + bare, names)) return names.has(begun + bare) ? -3 : -2;
  if (key === "指标") return -0.5;
  const named = bare.length > 1 ? -1.5 : -0.5;
  if (isBeginning(bare, names)) return (begun === "" || names.has(begun) ? 0 : torn) + named;
  // The end or the middle of a name that has not begun may as well be another column's.
  if (bare !== "" && [...names].some((name) => name.endsWith(bare))) return torn + named;
  return bare !== "" && [...names].some((name) => name.includes(bare)) ? torn : 5;
}

function restCost(word: Word | undefined, line: TextLine, given: Given): number {
  if (word === undefined) return 0;
  const key = squashed(word.text);
  const known = given.levels.level1.has(key) || given.levels.level2.has(key) ? (key.length > 3 ? 4 : 1) : /^[(]\d{1,3}分?[)]?$|^分[)]$|[(]\d{0,3}$/u.test(key) ? 4 : 0;
  return known + placeCost(word, "rest", line, given);
}

/** How far from the words of that kind that are near in the text, else from their head. */
function placeCost(word: Word, kind: Seen["kind"], line: TextLine, given: Given): number {
  const own = given.seen.filter((one) => one.kind === kind && one.page === line.page && one.number !== line.number);
  const near = own.sort((a, b) => Math.abs(a.number - line.number) - Math.abs(b.number - line.number)).slice(0, 4);
  const apart = (one: Span): number => Math.max(0, one.x0 - word.x1 + 1, kind === "rest" ? 0 : word.x0 - one.x1 + 1);
  const askew = (one: Span): number => (kind === "rest" ? 0 : Math.abs(one.x0 + one.x1 - word.x0 - word.x1) / 2);
  if (near.length > 0) return Math.min(4, Math.min(...near.map((one) => 0.4 * apart(one) + 0.1 * askew(one))));
  const head = kind === "rest" ? given.rest : given.heads[kind];
  return head === null ? 0 : Math.min(1.5, 0.1 * apart(head) + 0.1 * askew(head));
}
