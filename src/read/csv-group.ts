// One department's stretches of CSV files -> its submission, as reading the files whole would give it.
import { openSync, readSync } from "node:fs";
import { once } from "../memo.ts";
import type { ReadSubmission } from "../model.ts";
import { rowOf } from "./csv.ts";
import { bestHeader } from "./csv-header.ts";
import type { CsvFile } from "./csv-index.ts";
import { cellsOf, splitRecords } from "./csv-records.ts";
import type { Group, Stretch } from "./csv-runs.ts";
import { tableFragments, type CsvRow } from "./csv-tables.ts";
import type { Places } from "./format.ts";
import { assembled, sourcedFrom } from "./read.ts";

export function readGroup(group: Group, files: readonly CsvFile[]): ReadSubmission[] {
  const places: Places = new WeakMap();
  const sourced = group.parts.flatMap(({ file: index, stretches }) => {
    const csv = files[index];
    const header = csv === undefined ? null : headerOf(csv);
    if (csv === undefined || header === null) return [];
    const { file, rest, remarks, strayQuotes } = csv;
    const rows = stretches.flatMap((stretch) => rowsAt(stretch, csv));
    return sourcedFrom({ encoding: file.encoding, ...tableFragments({ file: file.name, header, rows, strayQuotes, remarks, rest }, places) }, file, places);
  });
  return assembled(sourced, places);
}

const headerOf = once((csv: CsvFile) => bestHeader(csv.header));

function rowsAt({ offset, end, line, above }: Stretch, { path, file, delimiter }: CsvFile): CsvRow[] {
  const bytes = Buffer.allocUnsafe(end - offset);
  readSync(opened(path), bytes, 0, bytes.length, offset);
  const text = decoderOf(file.encoding).decode(bytes);
  const rows = splitRecords(text, delimiter, line).records.map((record) => rowOf(record, cellsOf(record.text, delimiter), delimiter));
  const filled = rows.filter((row) => row.cells.some((cell) => cell.trim() !== ""));
  return filled.map((row, index) => (index === 0 ? { ...row, above } : row));
}

const open = new Map<string, number>();

/** A thread reads the same few files over and over. */
function opened(path: string): number {
  const known = open.get(path) ?? openSync(path, "r");
  open.set(path, known);
  return known;
}

const decoders = new Map<string, Decoder>();
type Decoder = InstanceType<typeof TextDecoder>;

/** That the whole file decodes was seen before. */
function decoderOf(encoding: string): Decoder {
  const known = decoders.get(encoding) ?? new TextDecoder(encoding === "utf-8-bom" ? "utf-8" : encoding, { ignoreBOM: true });
  decoders.set(encoding, known);
  return known;
}
