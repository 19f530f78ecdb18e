// Plain text → lines of words with their positions; page breaks and page numbers out.

/** `x0`, `x1`: character positions in the line, the end exclusive. */
export interface Word { text: string; x0: number; x1: number }

/** `number` counts from 1 in the file; `gap` says whether a blank line or page break stands before it. */
export interface TextLine { number: number; page: number; text: string; words: Word[] }

/** Whether it ends as the text of a cell does, and not in the middle of a sentence. */
export const endsSentence = (text: string): boolean => /[。；;！.）)]$/u.test(text);

/** The lines that hold text. Numbers that stand alone at the foot of a page are page numbers and left out. */
export function textLines(text: string): TextLine[] {
  const lines: TextLine[] = [];
  let page = 1;
  for (const [index, raw] of text.split(/\r\n|\n|\r/u).entries()) {
    for (const [part, piece] of raw.split("\f").entries()) {
      if (part > 0) {
        dropPageNumber(lines, page);
        page += 1;
      }
      const shown = untabbed(piece.replace(/[\u200b-\u200d\ufeff]/gu, "").replace(/[\u00a0\u3000]/gu, " ")).trimEnd();
      if (shown.trim() !== "") lines.push({ number: index + 1, page, text: shown, words: wordsOf(shown) });
    }
  }
  dropPageNumber(lines, page);
  return lines;
}

const tabStop = 8;

/** Tabs as the spaces up to the next stop. */
function untabbed(text: string): string {
  const [first = "", ...rest] = text.split("\t");
  return rest.reduce((line, part) => line + " ".repeat(tabStop - (line.length % tabStop)) + part, first);
}

function dropPageNumber(lines: TextLine[], page: number): void {
  const last = lines.at(-1);
  if (last !== undefined && last.page === page && /^\s*[-—–－]\s*\d{1,4}\s*[-—–－]\s*$|^\s*第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?\s*$/u.test(last.text)) lines.pop();
}

/** Words between spaces; a year and its 年, `指标 1：` and a bracket that begins with digits (`（50 分）`) are one word. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/\S+/gu)) {
    const word = { text: match[0], x0: match.index, x1: match.index + match[0].length };
    const before = words.at(-1);
    if (before !== undefined && word.x0 - before.x1 === 1 && isOneWord(before.text, word.text)) {
      before.text += word.text;
      before.x1 = word.x1;
    } else words.push(word);
  }
  return words;
}

function isOneWord(before: string, text: string): boolean {
  if (/20\d\d$/u.test(before)) return text.startsWith("年");
  if (/^(?:三级)?指标$/u.test(before)) return /^\d{1,2}[:：]/u.test(text);
  return /[（(]\d{1,3}$/u.test(before) && text.startsWith("分");
}

export function centre(word: { x0: number; x1: number }): number {
  return (word.x0 + word.x1) / 2;
}

/** Words that overlap from line to line, as the wrapped cells of one row do: each cluster from left to right, its words from top to bottom. */
export function clustersOf<W extends Word>(lines: readonly (readonly W[])[]): { x0: number; x1: number; words: W[] }[] {
  const clusters: { x0: number; x1: number; words: W[] }[] = [];
  for (const word of lines.flat()) {
    const over = clusters.filter((cluster) => cluster.x0 < word.x1 && word.x0 < cluster.x1);
    const into = over[0] ?? { x0: word.x0, x1: word.x1, words: [] as W[] };
    if (over.length === 0) clusters.push(into);
    for (const other of over.slice(1)) {
      into.words.push(...other.words);
      Object.assign(into, { x0: Math.min(into.x0, other.x0), x1: Math.max(into.x1, other.x1) });
      clusters.splice(clusters.indexOf(other), 1);
    }
    into.words.push(word);
    Object.assign(into, { x0: Math.min(into.x0, word.x0), x1: Math.max(into.x1, word.x1) });
  }
  return clusters.sort((a, b) => a.x0 - b.x0);
}

/** Words as the form has them: the converter's space between Chinese characters and digits is none of the form's. */
export function joinedWords(words: readonly Word[]): string {
  return words.map((word) => word.text).join(" ").replace(/(?<=[^\x20-\x7E]) (?=\S)|(?<=\S) (?=[^\x20-\x7E])/gu, "");
}
