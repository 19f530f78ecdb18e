// CSV files of a whole bureau -> where the rows of each department and year stand in them, without keeping the rows.
import { createReadStream } from "node:fs";
import type { InputFile, InputRemark } from "../model.ts";
import { headerRow, layoutOf, rowOf, unknownColumns } from "./csv.ts";
import { bestHeader } from "./csv-header.ts";
import { cellsOf, cutRecords, splitRecords, type Cut } from "./csv-records.ts";
import { grouped, runsOf, type Groups, type Runs } from "./csv-runs.ts";
import { fits, keyOf, type Above } from "./csv-tables.ts";


/** A file as it was found by going through it once. `rest`: rows that could be read. `remarks`, `strayQuotes`: of the file as a whole. */
export interface CsvFile { path: string; file: InputFile; delimiter: string; header: string[]; rest: number; remarks: InputRemark[]; strayQuotes: number[] }

export interface CsvIndex { files: CsvFile[]; groups: Groups }

/** The first bytes, in which header and titles stand. */
const HEAD_BYTES = 256 * 1024;
const PART_BYTES = 1024 * 1024;
const BOM = 3;

/** The groups in the order of first appearance, files by name; null where a file is not one that names year and department in its rows. */
export async function indexOf(files: readonly { path: string; file: InputFile }[]): Promise<CsvIndex | null> {
  const through: { csv: CsvFile; runs: Runs }[] = [];
  for (const each of [...files].sort((a, b) => (a.file.name < b.file.name ? -1 : 1))) {
    const one = await throughOnce(each.path, each.file);
    if (one === null) return null;
    through.push(one);
  }
  return { files: through.map(({ csv }) => csv), groups: grouped(through.map(({ runs }) => runs)) };
}

async function throughOnce(path: string, file: InputFile): Promise<{ csv: CsvFile; runs: Runs } | null> {
  const start = await startOf(path, file);
  if (start === null) return null;
  const { delimiter, header } = start;
  const runs = runsOf();
  const strayQuotes: number[] = [];
  const above: Above = { year: "", department: "" };
  const [yearAt, departmentAt] = [header.columns.get("year"), header.columns.get("department")];
  if (yearAt === undefined || departmentAt === undefined) return null;
  const decode = decoder(file.encoding);
  const keys = Math.max(yearAt, departmentAt) + 1;
  let before: Before | null = null;
  let [line, body, rest] = [start.firstLine, 0, 0];
  const each = (text: string, base: number, { from, to, next, stray, lines }: Cut): void => {
    const at = { offset: base + from, end: base + next, line };
    line += lines;
    const record = stray ? "" : text.slice(from, to);
    if (before !== null && record.startsWith(before.beginning) && isWhole(record, delimiter, header.printed.length)) {
      body++;
      rest++;
      runs.add(at, Object.assign(above, before.names));
      return;
    }
    const cells = cellsOf(record, delimiter);
    if (stray) {
      strayQuotes.push(at.line);
      runs.interrupt();
    } else if (at.line > start.headerLine && !isBlank(cells, decode)) {
      body++;
      const row = rowOf({ line: at.line, text: record, lines }, cells, delimiter);
      const [year, department] = [decode(cells[yearAt] ?? "").trim(), decode(cells[departmentAt] ?? "").trim()];
      if (fits(header, { swallowed: row.swallowed, cells: cells.length > header.printed.length ? cells.map(decode) : cells })) {
        rest++;
        above.year = year || above.year;
        above.department = department || above.department;
        runs.add(at, above);
        before = year === "" || department === "" || record.includes('"') ? null : { beginning: cells.slice(0, keys).join(delimiter) + delimiter, names: { ...above } };
      } else runs.addMisfit(at, { named: keyOf({ year, department }), above: { ...above } });
    }
  };
  await eachRecord(path, start, each);
  if (runs.parts.length === 0) return null;
  const remarks = unknownColumns(header, { file: file.name, row: start.headerLine }, body);
  return { csv: { path, file, delimiter, header: start.cells, rest, remarks, strayQuotes }, runs };
}

/** A row and what it names. The next rows mostly begin like it: of those only the delimiters are counted. */
interface Before { beginning: string; names: Above }

/** A row without quotes and with just as many cells as there are columns. */
function isWhole(record: string, delimiter: string, columns: number): boolean {
  if (record.includes('"')) return false;
  let cells = 1;
  for (let at = record.indexOf(delimiter); at !== -1; at = record.indexOf(delimiter, at + 1)) cells++;
  return cells === columns;
}

interface Start { delimiter: string; cells: string[]; header: NonNullable<ReturnType<typeof bestHeader>>; headerLine: number; firstLine: number; offset: number }

/** What the first lines say: what divides cells, and what the columns are. */
async function startOf(path: string, { encoding }: InputFile): Promise<Start | null> {
  const bom = encoding === "utf-8-bom" ? BOM : 0;
  const parts: Uint8Array[] = [];
  for await (const part of createReadStream(path, { start: bom, end: bom + HEAD_BYTES - 1 })) parts.push(part as Uint8Array);
  const text = new TextDecoder(encoding === "utf-8-bom" ? "utf-8" : encoding).decode(Buffer.concat(parts), { stream: true });
  const { skipped, delimiter } = layoutOf(text);
  const firstLine = skipped === "" ? 1 : 2;
  const { records } = splitRecords(text.slice(skipped.length), delimiter, firstLine);
  const rows = records.slice(0, 20).map((record) => cellsOf(record.text, delimiter));
  const at = headerRow(rows);
  const header = bestHeader(rows[at] ?? []);
  // Any other delimiter may be half a sign in GB18030.
  if (header === null || header.twice.length > 0 || !",\t;".includes(delimiter)) return null;
  return { delimiter, cells: rows[at] ?? [], header, headerLine: records[at]?.line ?? 1, firstLine, offset: bom + Buffer.byteLength(skipped) };
}

/**
 * Every record of the file. Its bytes are looked at as Latin-1, so that places in the text are places in the file: in UTF-8 and GB18030
 * no byte of a longer sign is a quote, a delimiter or a line break.
 */
async function eachRecord(path: string, { delimiter, offset }: Start, each: (text: string, base: number, cut: Cut) => void): Promise<void> {
  let [text, base] = ["", offset];
  for await (const part of createReadStream(path, { start: offset, highWaterMark: PART_BYTES })) {
    text += (part as Buffer).toString("latin1");
    const begin = base;
    const whole = text;
    const rest = cutRecords(whole, delimiter, false, (cut) => { each(whole, begin, cut); });
    text = text.slice(rest);
    base += rest;
  }
  cutRecords(text, delimiter, true, (cut) => { each(text, base, cut); });
}

/** Cells as Latin-1 -> what they say; the last ones are remembered, since years and departments repeat. */
function decoder(encoding: string): (latin: string) => string {
  const decoding = new TextDecoder(encoding === "utf-8-bom" ? "utf-8" : encoding);
  const known = new Map<string, string>();
  return (latin) => {
    const before = known.get(latin);
    if (before !== undefined) return before;
    if (known.size > 64) known.clear();
    const text = decoding.decode(Buffer.from(latin, "latin1"));
    known.set(latin, text);
    return text;
  };
}

function isBlank(cells: readonly string[], decode: (latin: string) => string): boolean {
  return cells.every((cell) => !/[!-~]/.test(cell) && decode(cell).trim() === "");
}
