// A format's name -> its writer, loaded when something is written in it. A new format is a file and a line here.
import type { Report } from "../model.ts";
import type { WriteOptions, Writer } from "./options.ts";

export const writers: readonly Writer[] = [
  later("terminal", "txt", async () => (await import("./terminal.ts")).terminal),
  later("json", "json", async () => (await import("./json.ts")).json),
  later("ndjson", "ndjson", async () => (await import("./ndjson.ts")).ndjson),
  later("csv", "csv", async () => (await import("./csv.ts")).csv),
  later("markdown", "md", async () => (await import("./markdown.ts")).markdown),
  later("html", "html", async () => (await import("./html.ts")).htmlPage),
  binary("xlsx", async () => (await import("./annotate.ts")).xlsx),
  binary("docx", async () => (await import("./docx.ts")).docx),
  later("sarif", "sarif", async () => (await import("./sarif.ts")).sarif),
  later("junit", "xml", async () => (await import("./junit.ts")).junit),
];

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

/** A test holds name and ending to what the writer itself says. */
function later(format: string, ending: string, load: () => Promise<Writer>): Writer {
  return { format, ending, write: async (reports, options) => (await load()).write(reports, options) };
}

function binary(format: string, load: () => Promise<Writer>): Writer {
  return { ...later(format, format, load), binary: true };
}
