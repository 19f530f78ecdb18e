// Text below 预期目标 and 实际完成情况, one after the other → the two cells that it fills.
import type { FormCell, FormTable } from "../forms/document.ts";
import { isNothing, isNumeric } from "../forms/label.ts";
import { endsSentence } from "./lines.ts";
import { cellText, type Piece } from "./pieces.ts";
import type { StreamHead } from "./stream-heads.ts";

interface Chunk { pieces: Piece[]; text: string; line: number }

/** The goals' table. `divided`: the line at which the second cell was taken to begin, null where nothing had to be inferred. */
export function streamGoals(file: string, head: StreamHead, body: readonly Piece[]): { table: FormTable; divided: number | null } {
  const expected = head.columns.findIndex((column) => column.role === "expected") + 1;
  const achieved = head.columns.findIndex((column) => column.role === "achieved") + 1;
  const cells: FormCell[] = head.columns.map((column, index) => ({ row: 0, column: index + 1, rowSpan: 1, columnSpan: 1, text: column.text, place: { file, line: column.line } }));
  const chunks = chunksOf(body);
  if (chunks.length === 0) return { table: { kind: "table", cells }, divided: null };
  const at = divide(chunks);
  const ends = [chunks.at(at - 1), chunks.at(-1)].map((chunk) => chunk?.text ?? "");
  // Of more than two pieces those that end a sentence say where a cell ends; words of the next head would not.
  const isUnclear = chunks.length > 2 && !ends.every(endsSentence);
  if (isUnclear || (chunks.length > 1 && chunks.some((chunk) => isNumeric(chunk.text) || isNothing(chunk.text)))) {
    return { table: { kind: "table", cells, unread: [{ text: chunks.map((chunk) => chunk.text).join(" "), place: { file, line: chunks[0]?.line ?? 1 } }] }, divided: null };
  }
  for (const [column, own] of [[Math.min(expected, achieved), chunks.slice(0, at)], [Math.max(expected, achieved), chunks.slice(at)]] as const) {
    const text = own.map((chunk) => chunk.text).join("\n");
    if (text !== "") cells.push({ row: 1, column, rowSpan: 1, columnSpan: 1, text, place: { file, line: own[0]?.line ?? 1 } });
  }
  return { table: { kind: "table", cells }, divided: chunks.length === 2 && chunks[0]?.line === chunks[1]?.line ? null : (chunks[at]?.line ?? null) };
}

/** Pieces of one line belong together where the space between them is one that stands around digits. */
function chunksOf(body: readonly Piece[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (const piece of body) {
    const open = chunks.at(-1);
    const inside = open !== undefined && !piece.first && (/[\x21-\x7E]$/u.test(open.text) || /^[\x21-\x7E]/u.test(piece.text)) && !/[。；]$/u.test(open.text);
    if (open !== undefined && inside) {
      open.pieces.push(piece);
      open.text = cellText(open.pieces);
    } else chunks.push({ pieces: [piece], text: piece.text, line: piece.line });
  }
  return chunks;
}

/** The first cell ends with a sentence, and the lines of each cell but its last are equally long. */
function divide(chunks: readonly Chunk[]): number {
  let [best, least] = [chunks.length, 6];
  for (let at = 1; at < chunks.length; at += 1) {
    const together = chunks[at]?.line === chunks[at - 1]?.line ? -2 : 0;
    const cost = together + (/[。！；.]$/u.test(chunks[at - 1]?.text ?? "") ? 0 : 3) + raggedness(chunks.slice(0, at)) + raggedness(chunks.slice(at));
    if (cost < least) [best, least] = [at, cost];
  }
  return best;
}

function raggedness(chunks: readonly Chunk[]): number {
  const widths = chunks.map((chunk) => chunk.text.length);
  const most = Math.max(...widths.slice(0, -1), 1);
  const short = widths.slice(0, -1).reduce((sum, width) => sum + (2 * (most - width)) / most, 0);
  return short + (widths.length > 1 && (widths.at(-1) ?? 0) > most + 1 ? 1.5 : 0);
}
