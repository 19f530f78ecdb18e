// What goes between the thread that reads and those that check: batches of submissions there, lines of output back.
import type { Language } from "../locale.ts";
import type { InputFile } from "../model.ts";
import type { Options, Status } from "../cli/command.ts";
import type { CsvFile } from "../read/csv-index.ts";
import type { Group } from "../read/csv-runs.ts";

/** All that a thread needs to know before it can check: the options of the call and where the rows of CSV files stand. */
export interface Setup { options: Options; lang: Language; csv: readonly CsvFile[] }

/** Lines of one NDJSON file, one behind the other in `data`. `whole` is the file, where it is one; on standard input each line is its own. */
export interface LineBatch { kind: "lines"; name: string; whole: InputFile | null; data: Uint8Array; lines: readonly BatchLine[] }

/** `end`: where it ends in `data`. `tooLong`: nothing of it was kept. */
export interface BatchLine { number: number; end: number; tooLong: boolean }

/** Departments whose rows stand in CSV files. */
export interface GroupBatch { kind: "groups"; groups: readonly Group[] }

export type Batch = LineBatch | GroupBatch;

/** The output lines of a batch in its order. */
export interface Checked { data: Uint8Array; outcomes: readonly Outcome[] }

/** `end`: where its line ends in `data`. `key` tells year and department apart. `unused`: what of the review did nothing here. */
export interface Outcome { end: number; status: Status; key: string | null; unused: readonly string[] }

export const sizeOf = (batch: Batch): number => (batch.kind === "lines" ? batch.lines.length : batch.groups.length);

/** One batch for each submission. */
export function singles(batch: Batch): Batch[] {
  if (batch.kind === "groups") return batch.groups.map((group) => ({ kind: "groups", groups: [group] }));
  return batch.lines.map((line, index) => {
    const data = lineBytes(batch, index).slice();
    return { ...batch, data, lines: [{ ...line, end: data.length }] };
  });
}

export function lineBytes({ data, lines }: LineBatch, index: number): Uint8Array {
  return data.subarray(lines[index - 1]?.end ?? 0, lines[index]?.end ?? 0);
}
