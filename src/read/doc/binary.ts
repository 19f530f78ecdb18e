// The streams of a Word 97–2003 file → its characters with their file positions, and the properties of stretches of them ([MS-DOC] 2.4–2.6).

/** The streams by name; `table` is the one of the two that the file uses. */
export interface Streams { main: Uint8Array; table: Uint8Array; data: Uint8Array | null }

/** One property of a stretch: its code, and where its operand stands in `bytes`. */
export interface Property { code: number; bytes: Uint8Array }

export interface Characters { text: string; /** The file position of each character. */ at: number[] }

export interface Stretch { from: number; to: number; properties: Property[] }

/** What the file's head says of it; null where it is no Word 97 file. */
export function headOf(main: Uint8Array): { encrypted: boolean; tableName: "0Table" | "1Table" } | null {
  if (main.length < 0x200 || word(main, 0) !== 0xa5ec) return null;
  const flags = word(main, 0x0a);
  return { encrypted: (flags & 0x0100) !== 0, tableName: (flags & 0x0200) === 0 ? "0Table" : "1Table" };
}

/** The main text, pieces put in order. Throws a RangeError where a position lies outside the file. */
export function charactersOf({ main, table }: Streams): Characters {
  const length = long(main, 0x4c);
  const clx = part(table, main, 0x1a2);
  let offset = 0;
  while (clx[offset] === 1) offset += 3 + word(clx, offset + 1);
  const pieces = clx.subarray(offset + 5, offset + 5 + long(clx, offset + 1));
  const count = Math.floor((pieces.length - 4) / 12);
  const text: string[] = [];
  const at: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const [from, to] = [long(pieces, 4 * index), Math.min(length, long(pieces, 4 * index + 4))];
    const position = long(pieces, 4 * (count + 1) + 8 * index + 2);
    const narrow = (position & 0x40000000) !== 0;
    const start = narrow ? (position & 0x3fffffff) >> 1 : position;
    const width = narrow ? 1 : 2;
    if (to <= from) continue;
    const bytes = slice(main, start, (to - from) * width);
    const piece = new TextDecoder(narrow ? "windows-1252" : "utf-16le").decode(bytes);
    for (let character = 0; character < to - from; character += 1) {
      text.push(piece.charAt(character));
      at.push(start + character * width);
    }
  }
  return { text: text.join(""), at };
}

/** Properties of paragraphs, by file position, in order. */
export function paragraphStretches(streams: Streams): Stretch[] {
  return stretches(streams, 0x102, 13, (page, offset) => {
    const first = page[offset] ?? 0;
    const [start, length] = first === 0 ? [offset + 2, 2 * (page[offset + 1] ?? 0)] : [offset + 1, 2 * first - 1];
    return propertiesIn(page.subarray(start + 2, start + length), streams);
  });
}

/** Properties of runs of characters, by file position, in order. */
export function runStretches(streams: Streams): Stretch[] {
  return stretches(streams, 0xfa, 1, (page, offset) => propertiesIn(page.subarray(offset + 1, offset + 1 + (page[offset] ?? 0)), streams));
}

function stretches({ main, table }: Streams, entry: number, size: number, read: (page: Uint8Array, offset: number) => Property[]): Stretch[] {
  const pages = part(table, main, entry);
  const count = Math.floor((pages.length - 4) / 8);
  return Array.from({ length: Math.max(0, count) }, (_, index) => slice(main, 512 * long(pages, 4 * (count + 1) + 4 * index), 512)).flatMap((page) => {
    const runs = page[511] ?? 0;
    return Array.from({ length: runs }, (_, run): Stretch => {
      const offset = 2 * (page[4 * (runs + 1) + size * run] ?? 0);
      return { from: long(page, 4 * run), to: long(page, 4 * run + 4), properties: offset === 0 ? [] : read(page, offset) };
    });
  });
}

const FIXED: readonly number[] = [1, 1, 2, 4, 2, 2, 0, 3];
const TABLE_DEFINITION = 0xd608;
const HUGE = new Set([0x6645, 0x6646]);

/** Properties follow each other; those too long for a page stand in the data stream. */
function propertiesIn(bytes: Uint8Array, streams: Streams, deep = false): Property[] {
  const found: Property[] = [];
  let offset = 0;
  while (offset + 2 < bytes.length) {
    const code = word(bytes, offset);
    const kind = code >> 13;
    const head = code === TABLE_DEFINITION ? 2 : kind === 6 ? 1 : 0;
    const length = code === TABLE_DEFINITION ? word(bytes, offset + 2) - 1 : kind === 6 ? (bytes[offset + 2] ?? 0) : (FIXED[kind] ?? 1);
    const operand = bytes.subarray(offset + 2 + head, offset + 2 + head + length);
    if (HUGE.has(code) && streams.data !== null && !deep) {
      const start = long(operand, 0);
      found.push(...propertiesIn(slice(streams.data, start + 2, word(streams.data, start)), streams, true));
    } else found.push({ code, bytes: operand });
    offset += 2 + head + length;
  }
  return found;
}

/** A part of the table stream that the file's head points to. */
function part(table: Uint8Array, main: Uint8Array, entry: number): Uint8Array {
  return slice(table, long(main, entry), long(main, entry + 4));
}

function slice(bytes: Uint8Array, start: number, length: number): Uint8Array {
  if (start < 0 || length < 0 || start + length > bytes.length) throw new RangeError("outside the file");
  return bytes.subarray(start, start + length);
}

export function word(bytes: Uint8Array, at: number): number {
  if (at + 2 > bytes.length) throw new RangeError("outside the file");
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

function long(bytes: Uint8Array, at: number): number {
  return word(bytes, at) + word(bytes, at + 2) * 65_536;
}
