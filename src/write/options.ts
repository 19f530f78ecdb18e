// What a writer may be told, and what it is.
import type { Locale } from "../locale.ts";
import type { Report } from "../model.ts";

export interface WriteOptions {
  locale: Locale;
  /** Columns of the terminal; 80 where it is not one. */
  width?: number;
  colour?: boolean;
  /** `“` `①` `≥` are drawn two columns wide. */
  wideAmbiguous?: boolean;
  /** Everything one by one: all rows of the ledger, all rules, no findings told together. */
  verbose?: boolean;
  /** Byte order mark before CSV, so that spreadsheets open it as UTF-8; true unless said. */
  bom?: boolean;
  /** Whom a document is for: the bureau that sends it back (unless said), or the department as its list of what to correct. */
  audience?: "bureau" | "department";
  /** The day by which a document asks for corrections, `YYYY-MM-DD`; a blank to be filled in unless given. */
  deadline?: string;
  /** What the reviewer says of the whole, in own words; a document gives it as it is. */
  opinion?: string;
  /** The input files themselves, for writers that mark them up. */
  originals?: ReadonlyMap<string, Uint8Array>;
}

/** Reports -> the text or bytes of one output file. Pure: no file, clock or environment. */
export interface Writer {
  format: string;
  /** Ending of a file of this format, without the dot. */
  ending: string;
  /** What it writes is no text, and never goes to a screen. */
  binary?: true;
  write: (reports: readonly Report[], options: WriteOptions) => string | Uint8Array | Promise<string | Uint8Array>;
}
