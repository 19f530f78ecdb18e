// The text of a CSV file -> its records, each with the line it begins on, and the lines whose quotes do not pair.

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
  for (let from = 0; from < text.length; ) {
    const end = recordEnd(text, from, delimiter);
    const to = end ?? lineEnd(text, from);
    const record = text.slice(from, to);
    if (end === null) strayQuotes.push(line);
    else if (record.trim() !== "") records.push({ line, text: record, lines: breaks(record) + 1 });
    line += breaks(record) + 1;
    from = to + (text.startsWith("\r\n", to) ? 2 : 1);
  }
  return { records, strayQuotes };
}

/** The delimiter that the line has most of outside quotes: comma, tab or semicolon. */
export function sniffDelimiter(text: string): string {
  const line = text.slice(0, lineEnd(text, 0)).replace(/"[^"]*"/g, "");
  const counts = [",", "\t", ";"].map((delimiter) => ({ delimiter, count: line.split(delimiter).length }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

/** Where the record that begins at `from` ends; null where a quote in it is stray. */
function recordEnd(text: string, from: number, delimiter: string): number | null {
  for (let at = from; ; at++) {
    if (text.charAt(at) === '"') {
      const closed = closingQuote(text, at);
      if (closed === null) return null;
      at = closed + 1;
      if (at < text.length && text.charAt(at) !== delimiter && !isBreak(text, at)) return null;
    } else {
      while (at < text.length && text.charAt(at) !== delimiter && !isBreak(text, at)) {
        if (text.charAt(at) === '"') return null;
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
