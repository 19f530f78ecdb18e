// A list of words -> quick answers about a text: whether it holds, begins or ends with one of them.
import { once } from "./memo.ts";

type Words = readonly string[];

/** Whether any of the words stands somewhere in the text. */
export function holdsAny(text: string, words: Words): boolean {
  const { index, firsts } = heldIndex(words);
  if (index === null) return words.some((word) => text.includes(word));
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!mayHold(firsts, code)) continue;
    for (const word of index.get(code) ?? NONE) if (text.startsWith(word, at)) return true;
  }
  return false;
}

/** Whether the text ends with any of the words. */
export const endsWithAny = (text: string, words: Words): boolean => longestEnding(text, words) !== undefined;

/** The longest of the words that the text ends with, where more than `rest` characters stand before it. */
export function longestEnding(text: string, words: Words, rest = -1): string | undefined {
  const { lengths, all, lasts } = lengthIndex(words);
  if (!mayHold(lasts, text.charCodeAt(text.length - 1)) && text !== "") return undefined;
  for (const length of lengths) {
    if (text.length - length <= rest) continue;
    const ending = text.slice(text.length - length);
    if (all.has(ending)) return ending;
  }
  return undefined;
}

/** The longest of the words that the text begins with, where more than `rest` characters follow it. */
export function longestStart(text: string, words: Words, rest = -1): string | undefined {
  const { lengths, all, firsts } = lengthIndex(words);
  if (!mayHold(firsts, text.charCodeAt(0)) && text !== "") return undefined;
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
const heldIndex = once((words: Words): { index: Map<number, string[]> | null; firsts: Uint8Array } => {
  if (words.includes("")) return { index: null, firsts: marked([]) };
  const index = new Map<number, string[]>();
  for (const word of words) index.set(word.charCodeAt(0), [...(index.get(word.charCodeAt(0)) ?? []), word]);
  return { index, firsts: marked(index.keys()) };
});

const lengthIndex = once((words: Words) => ({
  lengths: [...new Set(words.map(({ length }) => length))].sort((a, b) => b - a),
  all: new Set(words),
  // An empty word stands at either end of everything.
  firsts: words.includes("") ? marked(EVERY) : marked(words.map((word) => word.charCodeAt(0))),
  lasts: words.includes("") ? marked(EVERY) : marked(words.map((word) => word.charCodeAt(word.length - 1))),
}));

/** Marks for characters by the lower bits of their codes: most texts are turned away by them, at the cost of a byte looked at. */
const MARKS = 1_024;
const EVERY: readonly number[] = Array.from({ length: MARKS }, (_, code) => code);

function marked(codes: Iterable<number>): Uint8Array {
  const marks = new Uint8Array(MARKS);
  for (const code of codes) marks[code % MARKS] = 1;
  return marks;
}

const mayHold = (marks: Uint8Array, code: number): boolean => marks[code % MARKS] === 1;
