// Pieces in reading order → the heads of the parts of forms among them, each with its columns in order.
import { gridOf } from "../forms/grid.ts";
import { headerAt, type PartKind } from "../forms/header.ts";
import { folded, isNumeric, squashed } from "../forms/label.ts";
import { roleOf, type FormWords, type Match, type Vocabulary } from "../forms/words.ts";
import type { LevelWords } from "./columns.ts";
import { cellText, type Piece } from "./pieces.ts";
import { cornerKey, type TextWords } from "./words.ts";

export interface HeadCell { text: string; line: number; /** Null for a column that no word explains. */ role: string | null }

/** A head in the pieces `from` to `to` (exclusive); `corner` names the block beside it, where one is printed. */
export interface StreamHead { kind: PartKind; from: number; to: number; corner: { text: string; line: number } | null; columns: HeadCell[] }

const KINDS: readonly PartKind[] = ["nature", "indicators", "lines", "funds", "buildings", "staff", "goals"];
const mostPieces = 6;
const mostUnknown = 2;

/** Heads in order, none over another. */
export function streamHeads(pieces: readonly Piece[], words: FormWords, levels: LevelWords, own: TextWords): StreamHead[] {
  const heads: StreamHead[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const head = KINDS.map((kind) => headFrom(pieces, at, kind, words, levels)).find((found) => found !== null);
    if (head === undefined) continue;
    const least = heads.at(-1)?.to ?? 0;
    heads.push(withCorner(pieces, head, least, own));
    at = head.to - 1;
  }
  return heads;
}

function headFrom(pieces: readonly Piece[], from: number, kind: PartKind, words: FormWords, levels: LevelWords): StreamHead | null {
  const columns: HeadCell[] = [];
  let at = from;
  let unknown = 0;
  let to = from;
  let kept = 0;
  for (;;) {
    const next = columnAt(pieces, at, kind, words[kind], columns);
    if (next !== null && (next.exact || (columns.length > 0 && columns.length === kept))) {
      columns.push({ text: cellText(pieces.slice(at, at + next.size)), line: pieces[at]?.line ?? 1, role: next.role });
      at += next.size;
      [to, kept] = [at, columns.length];
      continue;
    }
    const piece = pieces[at];
    if (kind === "goals" || kind === "nature" || columns.length < 3 || piece === undefined || unknown >= mostUnknown || !/^[^\d%.,。，；]{2,10}$/u.test(piece.text) || isLevel(piece.text, levels)) break;
    unknown += 1;
    columns.push({ text: piece.text, line: piece.line, role: null });
    at += 1;
  }
  columns.length = kept;
  if (columns.length < 2) return null;
  const cells = columns.map(({ text }, column) => ({ row: 0, column, rowSpan: 1, columnSpan: 1, text, place: { file: "" } }));
  const header = headerAt(gridOf({ kind: "table", cells }), 0, words);
  return header?.kind === kind && header.height === 1 ? { kind, from, to, corner: null, columns } : null;
}

function isLevel(text: string, { level1, level2 }: LevelWords): boolean {
  return level1.has(squashed(text)) || level2.has(squashed(text));
}

/** The column that begins with this piece: the longest listed word that it and the wrapped pieces after it make, else a likely one. A head begins with neither a unit nor the upright name of its block. */
function columnAt(pieces: readonly Piece[], at: number, kind: PartKind, vocabulary: Vocabulary, before: readonly HeadCell[]): { role: string; size: number; exact: boolean } | null {
  const used = new Set(before.map((column) => column.role));
  let likely: { role: string; size: number; exact: boolean } | null = null;
  let longest: { role: string; size: number; exact: boolean } | null = null;
  let text = "";
  if (before.length === 0 && /^[(（]|^.$/u.test(pieces[at]?.text ?? "")) return null;
  for (let size = 1; size <= mostPieces; size += 1) {
    const piece = pieces[at + size - 1];
    if (piece === undefined || text.length + piece.text.length > 40 || isNumeric(piece.text)) break;
    if (size > 1 && !piece.first && !/[（(][^)）]*$/u.test(text)) break;
    text += piece.text;
    const match = roleIn(kind, vocabulary, text);
    if (match === null || (kind !== "lines" && match.role !== "aside" && used.has(match.role))) continue;
    if (match.exact && longest !== null && longest.role !== match.role && isHeadOfItsOwn(kind, vocabulary, pieces.slice(at + longest.size, at + size), used)) break;
    if (match.exact) longest = { role: match.role, size, exact: true };
    else if (size === 1 && text.length <= 14) likely = { role: match.role, size, exact: false };
  }
  return longest ?? likely;
}

/** `执行率` and `得分` below it are two heads, though together they are a listed one too. */
function isHeadOfItsOwn(kind: PartKind, vocabulary: Vocabulary, pieces: readonly Piece[], used: ReadonlySet<string | null>): boolean {
  const match = roleIn(kind, vocabulary, pieces.map((piece) => piece.text).join(""));
  return match?.exact === true && !used.has(match.role);
}

function roleIn(kind: PartKind, vocabulary: Vocabulary, text: string): Match | null {
  return roleOf(vocabulary, kind === "lines" || kind === "staff" ? folded(text).replace(/20\d\d\s*年度?/u, "") : text);
}

/** The block's name that stands before its head, in one piece or several. */
function withCorner(pieces: readonly Piece[], head: StreamHead, least: number, own: TextWords): StreamHead {
  let found = head;
  let text = "";
  for (let from = head.from - 1; from >= Math.max(least, head.from - 8); from -= 1) {
    const piece = pieces[from];
    if (piece === undefined) break;
    text = piece.text + text;
    const key = cornerKey(text);
    if (own.corners.has(key) || own.corners.has(squashed(text))) found = { ...head, from, corner: { text: cellText(pieces.slice(from, head.from)), line: piece.line } };
  }
  return found;
}
