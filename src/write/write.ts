// A format's name -> its writer. A new format is a file and a line here.
import type { Report } from "../model.ts";
import { xlsx } from "./annotate.ts";
import { csv } from "./csv.ts";
import { docx } from "./docx.ts";
import { htmlPage } from "./html.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { markdown } from "./markdown.ts";
import { ndjson } from "./ndjson.ts";
import type { WriteOptions, Writer } from "./options.ts";
import { sarif } from "./sarif.ts";
import { terminal } from "./terminal.ts";

export const writers: readonly Writer[] = [terminal, json, ndjson, csv, markdown, htmlPage, xlsx, docx, sarif, junit];

/** The writer of a format; undefined where there is none of that name. */
export function writerOf(format: string): Writer | undefined {
  return writers.find((writer) => writer.format === format);
}

/** Reports in a format, as text or bytes. Throws a RangeError where no writer has that name. */
export async function write(format: string, reports: readonly Report[], options: WriteOptions): Promise<string | Uint8Array> {
  const writer = writerOf(format);
  if (writer === undefined) throw new RangeError(`no such format: ${format}`);
  return await writer.write(reports, options);
}
