// Parts of a text file as they come -> its lines as bytes, however the parts are cut.

/** One line with its line break, as `sed -n 3p` prints it. `bytes` is null where the line is longer than any submission may be. */
export interface Line { number: number; bytes: Uint8Array | null; /** Bytes it took, also where they were not kept. */ length: number }

const BREAK = 10;

/** The lines that each part completes; blank ones are left out, but counted. Of a line longer than `most` bytes nothing is kept. */
export async function* linesOf(parts: AsyncIterable<Uint8Array>, most = Infinity): AsyncGenerator<Line[]> {
  const begun: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  const ended = (end: Uint8Array): Line[] => {
    number++;
    length += end.length;
    const line: Line = { number, length, bytes: length > most ? null : begun.length === 0 ? end : joined(begun, end) };
    begun.length = 0;
    length = 0;
    return line.bytes !== null && isBlank(line.bytes) ? [] : [line];
  };
  for await (const part of parts) {
    const lines: Line[] = [];
    let from = 0;
    for (let at = part.indexOf(BREAK); at !== -1; at = part.indexOf(BREAK, from)) {
      lines.push(...ended(part.subarray(from, at + 1)));
      from = at + 1;
    }
    if (from < part.length) {
      length += part.length - from;
      if (length > most) begun.length = 0;
      else begun.push(part.subarray(from));
    }
    if (lines.length > 0) yield lines;
  }
  if (length > 0) yield ended(new Uint8Array());
}

function joined(begun: readonly Uint8Array[], end: Uint8Array): Uint8Array {
  return Buffer.concat([...begun, end]);
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}
