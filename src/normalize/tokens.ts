// Half-width text of a cell -> tokens: numbers, units, comparisons, other words. One pass, no backtracking.
import type { Entry, Lexicon } from "./words.ts";
import { CHINESE_NUMERAL, readArabic, readChinese, type Numeral } from "./numerals.ts";

export type Token =
  | { is: "number"; text: string; numeral: Numeral | null; chinese: boolean }
  | { is: "word"; text: string; entries: readonly Entry[] }
  | { is: "year"; text: string }
  | { is: "mark"; text: "/" | "*" | "每" }
  | { is: "gap"; text: string }
  | { is: "other"; text: string };

const ARABIC = /[+-]?\d(?:[\d,]*\d)?(?:\.\d+)?/y;
const YEAR = /(?:19|20)\d\d年度?/y;
/** Signs of multiplication and division in units: `元/人·月`. */
const MARKS: Readonly<Record<string, "/" | "*" | "每">> = { "/": "/", "每": "每", "*": "*", "·": "*", "×": "*", "•": "*", "∕": "/" };

/** Spaces vanish, but between two digits they stay as a gap: `50 60` is not 5060. */
export function tokenize(text: string, lexicon: Lexicon): Token[] {
  const compact = text.trim().replace(/(\d)\s+(?=\d)/g, "$1\u0000").replace(/\s/g, "");
  const tokens: Token[] = [];
  let at = 0;
  while (at < compact.length) {
    const token = tokenAt(compact, at, tokens.at(-1), lexicon);
    const last = tokens.at(-1);
    if (token.is === "other" && last?.is === "other") tokens[tokens.length - 1] = { is: "other", text: last.text + token.text };
    else tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(text: string, at: number, last: Token | undefined, lexicon: Lexicon): Token {
  const character = text.charAt(at);
  if (character === "\u0000") return { is: "gap", text: character };
  return arabicAt(text, at, last) ?? wordAt(text, at, last, lexicon) ?? { is: "other", text: character };
}

function arabicAt(text: string, at: number, last: Token | undefined): Token | null {
  const year = match(YEAR, text, at);
  if (year !== null) return { is: "year", text: year };
  const found = match(ARABIC, text, at);
  if (found === null || (/^[+-]/.test(found) && !mayBeSigned(last))) return null;
  return { is: "number", text: found, numeral: readArabic(found), chinese: false };
}

/** A sign belongs to a number only where no number stands before it: `90-95` is a range. */
function mayBeSigned(last: Token | undefined): boolean {
  if (last === undefined) return true;
  return last.is === "word" && !last.entries.some((entry) => entry.is === "unit" || entry.is === "scale");
}

function wordAt(text: string, at: number, last: Token | undefined, lexicon: Lexicon): Token | null {
  const found = lexicon.at(text, at);
  const numeral = chineseRun(text, at);
  const afterNumber = last?.is === "number" && !last.chinese;
  // `千米` and `百分之` begin like numerals: the longer reading wins, and after Arabic digits 万 is a scale.
  if (numeral.length > 0 && (found === null || (!afterNumber && numeral.length >= found.word.length))) {
    return { is: "number", text: numeral, numeral: readChinese(numeral), chinese: true };
  }
  if (found !== null) return { is: "word", text: found.word, entries: found.entries };
  const mark = MARKS[text.charAt(at)];
  // Marks of two spellings are read as one sign; each is one character long.
  return mark === undefined ? null : { is: "mark", text: mark };
}

function chineseRun(text: string, at: number): string {
  let end = at;
  while (end < text.length && end - at <= 20 && CHINESE_NUMERAL.test(text.charAt(end))) end++;
  return text.slice(at, end);
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
