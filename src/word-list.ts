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
  const { lasts, byLast } = endIndex(words);
  if (byLast === null) return longestFirst(words).find((word) => text.length - word.length > rest && text.endsWith(word));
  const code = text.charCodeAt(text.length - 1);
  if (!mayHold(lasts, code)) return undefined;
  for (const word of byLast.get(code) ?? NONE) if (text.length - word.length > rest && text.endsWith(word)) return word;
  return undefined;
}

/** The longest of the words that the text begins with, where more than `rest` characters follow it. */
export function longestStart(text: string, words: Words, rest = -1): string | undefined {
  const { firsts, byFirst } = startIndex(words);
  if (byFirst === null) return longestFirst(words).find((word) => text.length - word.length > rest && text.startsWith(word));
  const code = text.charCodeAt(0);
  if (!mayHold(firsts, code)) return undefined;
  for (const word of byFirst.get(code) ?? NONE) if (text.length - word.length > rest && text.startsWith(word)) return word;
  return undefined;
}

/** What is left of the text when the words are taken out of it, one after the other, the longest first. */
export function withoutWords(text: string, words: Words): string {
  const { index, firsts } = heldIndex(words);
  const order = orderOf(words);
  let left = text;
  for (let done = -1; ;) {
    const next = index === null ? done + 1 : nextHeld(left, index, firsts, order.rank, done);
    const word = order.list[next];
    if (word === undefined) return left;
    left = left.replaceAll(word, "");
    done = next;
  }
}

/** Whether so many characters stand in the text that none of the words holds, so that taking the words out of it leaves them; false says nothing. */
export function keepsAtLeast(text: string, words: Words, count: number): boolean {
  const marks = heldCharacters(words);
  let kept = 0;
  for (let at = 0; at < text.length && kept < count; at++) if (!mayHold(marks, text.charCodeAt(at))) kept += 1;
  return kept >= count;
}

const heldCharacters = once((words: Words) => marked(words.flatMap((word) => Array.from({ length: word.length }, (_, at) => word.charCodeAt(at)))));

/** The rank of the first word after `done` that stands in the text; beyond the list where none does. */
function nextHeld(text: string, index: ReadonlyMap<number, readonly string[]>, firsts: Uint8Array, rank: ReadonlyMap<string, number>, done: number): number {
  let next = Number.POSITIVE_INFINITY;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!mayHold(firsts, code)) continue;
    for (const word of index.get(code) ?? NONE) {
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
  const index = indexed(words, 0);
  return { index, firsts: marked(index.keys()) };
});

const startIndex = once((words: Words) => {
  const index = words.includes("") ? null : indexed(longestFirst(words), 0);
  return { byFirst: index, firsts: marked(index?.keys() ?? NO_CODES) };
});

const endIndex = once((words: Words) => {
  const index = words.includes("") ? null : indexed(longestFirst(words), -1);
  return { byLast: index, lasts: marked(index?.keys() ?? NO_CODES) };
});

/** The words by the character that stands at that place in them, each list in the order given. */
function indexed(words: Words, at: 0 | -1): Map<number, string[]> {
  const index = new Map<number, string[]>();
  for (const word of words) {
    const code = word.charCodeAt(at === 0 ? 0 : word.length - 1);
    const list = index.get(code);
    if (list === undefined) index.set(code, [word]);
    else list.push(word);
  }
  return index;
}

const NO_CODES: readonly number[] = [];

/** Marks for characters by the lower bits of their codes: most texts are turned away by them, at the cost of a byte looked at. */
const MARKS = 1_024;

function marked(codes: Iterable<number>): Uint8Array {
  const marks = new Uint8Array(MARKS);
  for (const code of codes) marks[code % MARKS] = 1;
  return marks;
}

const mayHold = (marks: Uint8Array, code: number): boolean => marks[code & (MARKS - 1)] === 1;
