// What a writer of summaries is.
import type { Summary } from "../../summary.ts";
import type { WriteOptions } from "../options.ts";

/** A summary → the text or bytes of one file. Pure: no file, clock or environment. */
export interface SummaryWriter {
  format: string;
  /** What it writes is no text, and never goes to a screen. */
  binary?: true;
  write: (summary: Summary, options: WriteOptions) => string | Uint8Array | Promise<string | Uint8Array>;
}
