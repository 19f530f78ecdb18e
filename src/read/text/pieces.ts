// Lines of text without positions → pieces in reading order, with pieces that were glued together taken apart.
import { squashed } from "../forms/label.ts";
import type { LevelWords } from "./columns.ts";
import type { TextLine } from "./lines.ts";

/** One run of text between spaces. `first`: it begins its line, so a wrapped cell may go on with it. */
export interface Piece { text: string; line: number; first: boolean; page: number }

/** The pieces of the lines. `%` alone below a number with two decimals is its end; `标满意度指标` after `可持续影响指` is the end of one level's name and the beginning of another's. */
export function piecesOf(lines: readonly TextLine[], levels: LevelWords): Piece[] {
  const pieces: Piece[] = [];
  const names = [...levels.level2, ...levels.level1];
  for (const { words, number, page } of lines) {
    for (const [index, word] of words.entries()) {
      const first = index === 0;
      const before = pieces.at(-1);
      if (first && words.length === 1 && /^[%％]$/u.test(word.text) && before !== undefined && before.page === page && /^\d+\.\d{2}$/u.test(before.text)) {
        pieces.splice(-1, 1, { ...before, text: before.text + word.text });
        continue;
      }
      const cut = first ? gluedAt(pieces.at(-1)?.text ?? "", word.text, names) : 0;
      if (cut > 0) pieces.push({ text: word.text.slice(0, cut), line: number, first, page });
      pieces.push({ text: word.text.slice(cut), line: number, first, page });
    }
  }
  return completed(pieces, new Set(names));
}

const farthest = 14;

/** A level's name that a page break divided stands in two places; its end is put back. */
function completed(pieces: readonly Piece[], names: ReadonlySet<string>): Piece[] {
  const taken = new Set<Piece>();
  const result = pieces.map((piece, index) => {
    const begun = squashed(piece.text);
    const rests = begun.length < 3 || names.has(begun) ? [] : [...names].filter((name) => name.startsWith(begun)).map((name) => name.slice(begun.length));
    if (rests.length === 0 || rests.some((rest) => rest.startsWith(squashed(pieces[index + 1]?.text ?? "?")))) return piece;
    const end = pieces.slice(index + 2, index + farthest).find((later) => later.first && !taken.has(later) && later.page > piece.page && rests.includes(squashed(later.text)));
    if (end === undefined) return piece;
    taken.add(end);
    return { ...piece, text: piece.text + end.text };
  });
  return result.filter((_, index) => !taken.has(pieces[index] ?? ({} as Piece)));
}

/** Where a name that the piece before began ends inside this piece and another name begins; 0 where none does. */
function gluedAt(before: string, text: string, names: readonly string[]): number {
  const begun = squashed(before);
  if (begun.length < 2) return 0;
  for (const name of names) {
    const rest = name.slice(begun.length);
    if (rest === "" || !name.startsWith(begun) || !text.startsWith(rest) || text.length === rest.length) continue;
    if (names.some((other) => text.slice(rest.length).startsWith(other))) return rest.length;
  }
  return 0;
}

/** The pieces of one cell as its text: a line break where the text has one, nothing else that the form does not have. */
export function cellText(pieces: readonly Piece[]): string {
  return pieces.reduce((text, piece) => {
    if (text === "") return piece.text;
    if (piece.first) return `${text}\n${piece.text}`;
    const latin = /[\x21-\x7E]$/u.test(text) && /^[\x21-\x7E]/u.test(piece.text);
    return `${text}${latin ? " " : ""}${piece.text}`;
  }, "");
}
