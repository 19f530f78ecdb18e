// A CSV file -> submissions, by the words of its header row. Owns fast-csv.
//
// Files of a whole province go another way (csv-index.ts, csv-group.ts): fast-csv takes 9 s for a million rows, and cutting records at
// quotes, which has to come before it, knows where the cells end as well. `cellsOf` gives what fast-csv gives; test/read/csv-cells.test.ts.
import { parseString } from "fast-csv";
import type { InputRemark, Place } from "../model.ts";
import { bestHeader, type CsvHeader } from "./csv-header.ts";
import { sniffDelimiter, splitRecords, type CsvRecord } from "./csv-records.ts";
import { tableFragments, type CsvRow } from "./csv-tables.ts";
import { decode, peek } from "./encoding.ts";
import type { Extract, Format, RawInput, ReadContext } from "./format.ts";
import { MOST_CHARACTERS } from "./limits.ts";
import { clipped, remark } from "./remark.ts";
import { isAligned, pastedTable } from "./text/pasted.ts";
import { undecoded } from "./undecoded.ts";

export const csv: Format = { name: "csv", recognise, read };

/** Rows above the header that may be a title, a unit of money or blank. */
const MOST_TITLE_ROWS = 10;

function recognise(bytes: Uint8Array, name: string): boolean {
  const beginning = peek(bytes, 65536);
  if (beginning !== null && pastedTable(name, beginning) !== null) return false;
  if (/\.(?:csv|tsv)$/i.test(name)) return true;
  const head = peek(bytes);
  if (head === null || /^\s*[<{[]/.test(head) || isAligned(head)) return false;
  const lines = head.split(/\r\n|\n|\r/).slice(0, MOST_TITLE_ROWS);
  return lines.some((line) => bestHeader(line.split(sniffDelimiter(line)).map((cell) => cell.replaceAll('"', ""))) !== null);
}

async function read(input: RawInput, context: ReadContext): Promise<Extract> {
  const decoded = decode(input.bytes, context.options.encoding);
  if (!decoded.ok) return { encoding: decoded.encoding, fragments: [], remarks: [undecoded(input.name, decoded)] };
  const remarks: InputRemark[] = [];
  if (decoded.nulLine !== null) remarks.push(remark("problem", "nul-bytes", { file: input.name, row: decoded.nulLine }));
  const sheet = await cellsOf(decoded.text.replace(/^\uFEFF/, ""));
  const headerAt = headerRow(sheet.rows.slice(0, MOST_TITLE_ROWS).map((row) => row.cells));
  const header = bestHeader(sheet.rows[headerAt]?.cells ?? []);
  const none = (code: string, values: Record<string, string> = {}): Extract => ({
    encoding: decoded.encoding, fragments: [], remarks: [...remarks, remark("problem", code, { file: input.name, row: sheet.rows[0]?.line ?? 1 }, values)],
  });
  if (header === null) return none("csv-header-unknown", { header: clipped((sheet.rows[0]?.cells ?? []).join("、"), 80) });
  const [twice] = header.twice;
  if (twice !== undefined) return none("csv-column-twice", { column: twice });
  const body = sheet.rows.slice(headerAt + 1).filter((row) => row.cells.some((cell) => cell.trim() !== ""));
  if (body.length === 0 && sheet.strayQuotes.length === 0) return none("csv-header-only");
  remarks.push(...unknownColumns(header, { file: input.name, row: sheet.rows[headerAt]?.line ?? 1 }, body.length));
  return { encoding: decoded.encoding, ...tableFragments({ file: input.name, header, rows: body, strayQuotes: sheet.strayQuotes, remarks }, context.places) };
}

export function unknownColumns({ unknown }: CsvHeader, at: Place, rows: number): InputRemark[] {
  if (unknown.length === 0) return [];
  return [remark("note", "csv-columns-unknown", at, { columns: unknown.map((name) => `「${clipped(name)}」`).join("、"), count: String(rows) })];
}

interface Sheet { rows: CsvRow[]; strayQuotes: number[] }

async function cellsOf(whole: string): Promise<Sheet> {
  const { skipped, delimiter } = layoutOf(whole);
  const { records, strayQuotes } = splitRecords(whole.slice(skipped.length), delimiter, skipped === "" ? 1 : 2);
  const cells = await parsed(records, delimiter);
  const rows = records.map((record, index) => rowOf(record, cells[index] ?? [], delimiter));
  return { rows, strayQuotes };
}

/** What stands between the cells, by the line that says so (`sep=;`, skipped) or by the first lines. */
export function layoutOf(text: string): { skipped: string; delimiter: string } {
  const declared = /^sep=(.)\r?\n/i.exec(text);
  return { skipped: declared?.[0] ?? "", delimiter: declared?.[1] ?? sniffDelimiter(fullestLine(text)) };
}

/** The row of headers among those, none of which is blank; -1 where there is none. */
export function headerRow(rows: readonly (readonly string[])[]): number {
  return rows.slice(0, MOST_TITLE_ROWS).findIndex((cells) => bestHeader(cells) !== null);
}

/** A line inside a record that would be a row itself, and begins as the record does, was not meant to stand in a cell of it. */
export function rowOf(record: CsvRecord, cells: string[], delimiter: string): CsvRow {
  const start = `${cells[0] ?? ""}${delimiter}`;
  const isRow = (line: string): boolean => line.startsWith(start) && line.split(delimiter).length >= cells.length;
  const swallowed = record.lines > 1 && start.length > 1 && record.text.split(/\r\n|\n|\r/).slice(1).some(isRow);
  return { line: record.line, lines: record.lines, cells, swallowed };
}

/** The first lines' fullest one: above a header may stand a title. */
function fullestLine(text: string): string {
  const lines = text.split(/\r\n|\n|\r/, MOST_TITLE_ROWS);
  const header = lines.find((line) => bestHeader(line.split(sniffDelimiter(line)).map((cell) => cell.replaceAll('"', ""))) !== null);
  return header ?? lines[0] ?? "";
}

/** Text between quotes and delimiters that is longer than any cell may be, which fast-csv would take seconds over: still too long, but short. */
const shortened = (record: string): string => (record.length > MOST_CHARACTERS ? record.replace(/[^",;\t\r\n]+/g, (run) => run.slice(0, MOST_CHARACTERS + 1)) : record);

/** The cells of every record; records are well formed, so that there are as many rows. */
function parsed(records: CsvRecord[], delimiter: string): Promise<string[][]> {
  return new Promise((resolve, reject) => {
    const rows: string[][] = [];
    parseString<string[], string[]>(records.map((record) => shortened(record.text)).join("\n"), { headers: false, delimiter, ignoreEmpty: false })
      .on("error", reject)
      .on("data", (row: string[]) => rows.push(row))
      .on("end", () => { resolve(rows); });
  });
}

