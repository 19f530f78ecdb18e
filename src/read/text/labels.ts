// Fragments of a column of level names → the names: wrapped and stacked pieces put together by the names that are known.
import { squashed } from "../forms/label.ts";
import { ruleData } from "../data.ts";
import type { LevelWords } from "./columns.ts";
import type { Fragment } from "./rows.ts";

export interface Label { text: string; /** Its middle line on the page where it begins. */ line: number; first: number; last: number; lines: readonly number[]; page: number }

/** The known names of first and second levels (rules/forms/levels.json). */
export function levelWords(): LevelWords {
  const { levels } = ruleData("forms/levels.json") as { levels: { level1: { words: string[] }; level2: { words: string[]; under: Record<string, string[]> } } };
  return { level1: new Set(levels.level1.words), level2: new Set(levels.level2.words), under: new Map(Object.entries(levels.level2.under)) };
}

/** A level's name without line breaks and the points in its bracket: `产出指标（50` → `产出指标`. */
export function levelName(text: string): string {
  return squashed(text).replace(/[([].*$/u, "");
}

/** Names in order. A name unknown to the list ends where a line of the column is blank. */
export function labelsOf(fragments: readonly (Fragment & { page: number })[], names: ReadonlySet<string>): Label[] {
  const groups: (Fragment & { page: number })[][] = [];
  for (const fragment of fragments) {
    const open = groups.at(-1);
    if (open !== undefined && goesOn(open, fragment, names)) open.push(fragment);
    else groups.push([fragment]);
  }
  return groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const onPage = group.filter((fragment) => fragment.page === first.page);
    const line = (first.line + (onPage.at(-1)?.line ?? first.line)) / 2;
    return [{ text: group.map((fragment) => fragment.text).join(""), line, first: first.line, last: onPage.at(-1)?.line ?? first.line, lines: onPage.map((fragment) => fragment.line), page: first.page }];
  });
}

function goesOn(open: readonly Fragment[], fragment: Fragment, names: ReadonlySet<string>): boolean {
  const text = squashed(open.map((one) => one.text).join(""));
  const next = squashed(fragment.text);
  if (/[([][^)\]]*$/u.test(text)) return true;
  const bare = text.replace(/[([].*$/u, "");
  if (/^[([]/u.test(next)) return text === bare;
  const begins = (beginning: string): boolean => [...names].some((name) => name.startsWith(beginning));
  if (begins(bare + next.replace(/[([].*$/u, "")) && text === bare) return true;
  if (names.has(bare)) return false;
  return fragment.line - (open.at(-1)?.line ?? 0) <= 1 && !begins(next);
}
