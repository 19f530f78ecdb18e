// Sources -> batches for the threads: small enough to come back soon, large enough to be worth sending.
import type { InputFile } from "../model.ts";
import type { Group } from "../read/csv-runs.ts";
import { linesOf, type Line } from "./lines.ts";
import type { LineSource, Source } from "./sources.ts";
import type { Batch, LineBatch } from "./work.ts";

/** `size`: its share of the whole input, in bytes. */
export interface Portion { batch: Batch; size: number }

const MOST_LINES = 32;
const MOST_BYTES = 512 * 1024;
const MOST_GROUPS = 16;

/** What has come is handed on at once: a line that waits for the next one would wait for ever at the end of a queue. */
export async function* portionsOf(sources: readonly Source[], mostLine: number): AsyncGenerator<Portion> {
  for (const source of sources) {
    if (source.kind === "lines") yield* linePortions(source, mostLine);
    else {
      const each = source.bytes / Math.max(1, source.index.groups.count);
      for (const groups of inPieces(source.index.groups.each())) yield { batch: { kind: "groups", groups }, size: each * groups.length };
    }
  }
}

function* inPieces(groups: Iterable<Group>): Generator<Group[]> {
  let piece: Group[] = [];
  for (const group of groups) {
    piece.push(group);
    if (piece.length < MOST_GROUPS) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

async function* linePortions({ name, whole, parts }: LineSource, mostLine: number): AsyncGenerator<Portion> {
  for await (const lines of linesOf(parts(), mostLine)) {
    let from = 0;
    let bytes = 0;
    for (const [index, { length }] of lines.entries()) {
      if (index > from && (index - from >= MOST_LINES || bytes + length > MOST_BYTES)) {
        yield packedLines(name, whole, lines.slice(from, index));
        [from, bytes] = [index, 0];
      }
      bytes += length;
    }
    if (from < lines.length) yield packedLines(name, whole, lines.slice(from));
  }
}

/** Copied together: memory that goes to a thread goes whole, and these lines stand in one piece with others. */
function packedLines(name: string, whole: InputFile | null, lines: readonly Line[]): Portion {
  const data = new Uint8Array(lines.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0));
  let end = 0;
  const ends = lines.map(({ number, bytes }) => {
    if (bytes !== null) data.set(bytes, end);
    end += bytes?.length ?? 0;
    return { number, end, tooLong: bytes === null };
  });
  const batch: LineBatch = { kind: "lines", name, whole, data, lines: ends };
  return { batch, size: lines.reduce((sum, { length }) => sum + length, 0) };
}
