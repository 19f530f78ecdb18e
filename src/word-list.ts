// A list of words -> quick answers about a text: whether it holds, begins or ends with one of them.
import { once } from "./memo.ts";

type Words = readonly string[];

/** Whether any of the words stands somewhere in the text. */
export function holdsAny(text: string, words: Words): boolean {
  const { index } = heldIndex(words);
  if (index === null) return words.some((word) => text.includes(word));
  for (let at = 0; at < text.length; at++) {
    const candidates = index.get(text.charCodeAt(at));
    if (candidates?.some((word) => text.startsWith(word, at)) === true) return true;
  }
  return false;
}

/** Whether the text ends with any of the words. */
export const endsWithAny = (text: string, words: Words): boolean => longestEnding(text, words) !== undefined;

/** The longest of the words that the text ends with, where more than `rest` characters stand before it. */
export function longestEnding(text: string, words: Words, rest = -1): string | undefined {
  const { lengths, all } = lengthIndex(words);
  for (const length of lengths) {
    if (text.length - length <= rest) continue;
    const ending = text.slice(text.length - length);
    if (all.has(ending)) return ending;
  }
  return undefined;
}

/** The longest of the words that the text begins with, where more than `rest` characters follow it. */
export function longestStart(text: string, words: Words, rest = -1): string | undefined {
  const { lengths, all } = lengthIndex(words);
  for (const length of lengths) {
    if (text.length - length <= rest) continue;
    const start = text.slice(0, length);
    if (all.has(start)) return start;
  }
  return undefined;
}

/** The words, longest first; those of one length as they stand. */
export const longestFirst = once((words: Words): Words => [...words].sort((a, b) => b.length - a.length));

/** Words by their first character; null where an empty word would stand everywhere. */
const heldIndex = once((words: Words): { index: Map<number, string[]> | null } => {
  if (words.includes("")) return { index: null };
  const index = new Map<number, string[]>();
  for (const word of words) index.set(word.charCodeAt(0), [...(index.get(word.charCodeAt(0)) ?? []), word]);
  return { index };
});

const lengthIndex = once((words: Words): { lengths: number[]; all: ReadonlySet<string> } => ({ lengths: [...new Set(words.map(({ length }) => length))].sort((a, b) => b - a), all: new Set(words) }));
