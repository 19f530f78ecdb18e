// The text of a CSV file -> its records, each with the line it begins on, and the lines whose quotes do not pair; a record -> its cells.

export interface CsvRecord { line: number; text: string; /** Lines that it runs over: more than one where a quoted cell has line breaks. */ lines: number }
export interface CsvRecords { records: CsvRecord[]; strayQuotes: number[] }

/**
 * Splits at line breaks outside quotes; blank records are left out. A line with a quote that nothing pairs, or that stands in the
 * middle of a cell, is left out and told, and reading goes on with the line after it, so that one quote does not swallow the file.
 */
export function splitRecords(text: string, delimiter: string, firstLine = 1): CsvRecords {
  const records: CsvRecord[] = [];
  const strayQuotes: number[] = [];
  let line = firstLine;
  cutRecords(text, delimiter, true, ({ from, to, stray, lines }) => {
    const record = text.slice(from, to);
    if (stray) strayQuotes.push(line);
    else if (record.trim() !== "") records.push({ line, text: record, lines });
    line += lines;
  });
  return { records, strayQuotes };
}

/** `next`: where what follows begins. `stray`: a line whose quotes do not pair. */
export interface Cut { from: number; to: number; next: number; stray: boolean; lines: number }

/** Where each record stands in the text. Of a text that goes on elsewhere (not `last`) only what is surely whole; gives where the rest begins. */
export function cutRecords(text: string, delimiter: string, last: boolean, each: (cut: Cut) => void): number {
  const find = finder(text);
  let from = 0;
  while (from < text.length) {
    const end = find("\n", from);
    const plain = find('"', from) >= end;
    const to = plain ? Math.min(end, find("\r", from)) : recordEnd(text, from, delimiter);
    // A quote that nothing pairs may be paired further on; a line break may have a second half there.
    if (!last && (to === OPEN || to >= text.length - 1)) return from;
    const stray = to < 0;
    const stop = stray ? Math.min(end, find("\r", from)) : to;
    if (!last && stop >= text.length - 1) return from;
    const next = stop + (text.startsWith("\r\n", stop) ? 2 : 1);
    each({ from, to: stop, next, stray, lines: plain || stray ? 1 : breaks(text.slice(from, stop)) + 1 });
    from = next;
  }
  return text.length;
}

/** The cells of a record that `splitRecords` gave: their quotes pair. */
export function cellsOf(record: string, delimiter: string): string[] {
  if (!record.includes('"')) return record.split(delimiter);
  const cells: string[] = [];
  for (let at = 0; at <= record.length; ) {
    const quoted = record.charAt(at) === '"' ? closingQuote(record, at) : null;
    const found = quoted === null ? record.indexOf(delimiter, at) : quoted + 1;
    const end = found === -1 ? record.length : found;
    cells.push(quoted === null ? record.slice(at, end) : record.slice(at + 1, quoted).replaceAll('""', '"'));
    at = end + 1;
  }
  return cells;
}

/** The delimiter that the line has most of outside quotes: comma, tab or semicolon. */
export function sniffDelimiter(text: string): string {
  const line = text.slice(0, lineEnd(text, 0)).replace(/"[^"]*"/g, "");
  const counts = [",", "\t", ";"].map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

/** Where a sign next stands (the text's end where it does not), looked for once however often it is asked. */
function finder(text: string): (sign: '"' | "\n" | "\r", from: number) => number {
  const known = { '"': -1, "\n": -1, "\r": -1 };
  return (sign, from) => {
    if (known[sign] < from) {
      const found = text.indexOf(sign, from);
      known[sign] = found === -1 ? text.length : found;
    }
    return known[sign];
  };
}

const STRAY = -1;
const OPEN = -2;

/** Where the record that begins at `from` ends; STRAY where a quote in it stands in the middle of a cell, OPEN where nothing pairs it. */
function recordEnd(text: string, from: number, delimiter: string): number {
  for (let at = from; ; at++) {
    if (text.charAt(at) === '"') {
      const closed = closingQuote(text, at);
      if (closed === null) return OPEN;
      at = closed + 1;
      if (at < text.length && text.charAt(at) !== delimiter && !isBreak(text, at)) return STRAY;
    } else {
      while (at < text.length && text.charAt(at) !== delimiter && !isBreak(text, at)) {
        if (text.charAt(at) === '"') return STRAY;
        at++;
      }
    }
    if (at >= text.length || isBreak(text, at)) return at;
  }
}

function closingQuote(text: string, open: number): number | null {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 2)) if (text.charAt(at + 1) !== '"') return at;
  return null;
}

function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isBreak(text, at)) at++;
  return at;
}

const isBreak = (text: string, at: number): boolean => text.charAt(at) === "\n" || text.charAt(at) === "\r";
const breaks = (text: string): number => (text.match(/\r\n|\n|\r/g) ?? []).length;
