// A CSV file -> submissions, by the words of its header row. Owns fast-csv.
import { parseString } from "fast-csv";
import type { InputRemark } from "../model.ts";
import { bestHeader } from "./csv-header.ts";
import { sniffDelimiter, splitRecords, type CsvRecord } from "./csv-records.ts";
import { tableFragments, type CsvRow } from "./csv-tables.ts";
import { decode, peek } from "./encoding.ts";
import type { Extract, Format, RawInput, ReadContext } from "./format.ts";
import { MOST_CHARACTERS } from "./limits.ts";
import { clipped, remark } from "./remark.ts";
import { undecoded } from "./undecoded.ts";

export const csv: Format = { name: "csv", recognise, read };

/** Rows above the header that may be a title, a unit of money or blank. */
const MOST_TITLE_ROWS = 10;

function recognise(bytes: Uint8Array, name: string): boolean {
  if (/\.(?:csv|tsv)$/i.test(name)) return true;
  const head = peek(bytes);
  if (head === null || /^\s*[<{[]/.test(head)) return false;
  const lines = head.split(/\r\n|\n|\r/).slice(0, MOST_TITLE_ROWS);
  return lines.some((line) => bestHeader(line.split(sniffDelimiter(line)).map((cell) => cell.replaceAll('"', ""))) !== null);
}

async function read(input: RawInput, context: ReadContext): Promise<Extract> {
  const decoded = decode(input.bytes, context.options.encoding);
  if (!decoded.ok) return { encoding: decoded.encoding, fragments: [], remarks: [undecoded(input.name, decoded)] };
  const remarks: InputRemark[] = [];
  if (decoded.nulLine !== null) remarks.push(remark("problem", "nul-bytes", { file: input.name, row: decoded.nulLine }));
  const sheet = await cellsOf(decoded.text.replace(/^\uFEFF/, ""));
  const headerAt = sheet.rows.slice(0, MOST_TITLE_ROWS).findIndex((row) => bestHeader(row.cells) !== null);
  const header = bestHeader(sheet.rows[headerAt]?.cells ?? []);
  const none = (code: string, values: Record<string, string> = {}): Extract => ({
    encoding: decoded.encoding, fragments: [], remarks: [...remarks, remark("problem", code, { file: input.name, row: sheet.rows[0]?.line ?? 1 }, values)],
  });
  if (header === null) return none("csv-header-unknown", { header: clipped((sheet.rows[0]?.cells ?? []).join("、"), 80) });
  const [twice] = header.twice;
  if (twice !== undefined) return none("csv-column-twice", { column: twice });
  const body = sheet.rows.slice(headerAt + 1).filter((row) => row.cells.some((cell) => cell.trim() !== ""));
  if (body.length === 0 && sheet.strayQuotes.length === 0) return none("csv-header-only");
  if (header.unknown.length > 0) remarks.push(remark("note", "csv-columns-unknown", { file: input.name, row: sheet.rows[headerAt]?.line ?? 1 }, { columns: header.unknown.map((name) => `「${clipped(name)}」`).join("、"), count: String(body.length) }));
  return { encoding: decoded.encoding, ...tableFragments({ file: input.name, header, rows: body, strayQuotes: sheet.strayQuotes, remarks }, context.places) };
}

interface Sheet { rows: CsvRow[]; strayQuotes: number[] }

async function cellsOf(whole: string): Promise<Sheet> {
  const declared = /^sep=(.)\r?\n/i.exec(whole);
  const text = declared === null ? whole : whole.slice(declared[0].length);
  const delimiter = declared?.[1] ?? sniffDelimiter(fullestLine(text));
  const { records, strayQuotes } = splitRecords(text, delimiter, declared === null ? 1 : 2);
  const cells = await parsed(records, delimiter);
  const rows = records.map((record, index) => rowOf(record, cells[index] ?? [], delimiter));
  return { rows, strayQuotes };
}

/** A line inside a record that would be a row itself, and begins as the record does, was not meant to stand in a cell of it. */
function rowOf(record: CsvRecord, cells: string[], delimiter: string): CsvRow {
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

