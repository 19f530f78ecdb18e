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

/** What is left of the text when the words are taken out of it, one after the other, the longest first. */
export function withoutWords(text: string, words: Words): string {
  const { index } = heldIndex(words);
  const order = orderOf(words);
  let left = text;
  for (let done = -1; ;) {
    const next = index === null ? done + 1 : nextHeld(left, index, order.rank, done);
    const word = order.list[next];
    if (word === undefined) return left;
    left = left.replaceAll(word, "");
    done = next;
  }
}

/** The rank of the first word after `done` that stands in the text; beyond the list where none does. */
function nextHeld(text: string, index: ReadonlyMap<number, readonly string[]>, rank: ReadonlyMap<string, number>, done: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (let at = 0; at < text.length; at++) {
    for (const word of index.get(text.charCodeAt(at)) ?? NONE) {
      const place = rank.get(word) ?? 0;
      if (place > done && place < next && text.startsWith(word, at)) next = place;
    }
  }
  return next;
}

const NONE: readonly string[] = [];

const orderOf = once((words: Words) => {
  const list = [...new Set(longestFirst(words))];
  return { list, rank: new Map(list.map((word, rank) => [word, rank])) };
});

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
