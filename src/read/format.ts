// The contract between readInputs and a format: bytes of one file -> fragments of submissions, each value with its place.
import type { InputRemark, Place, Submission } from "../model.ts";
import type { ReadLimits } from "./limits.ts";

/** One file as it came: `name` is relative, with `/`. Nothing here touches the disk. */
export interface RawInput { name: string; bytes: Uint8Array }

/** `encoding` overrides what the bytes say (any label `TextDecoder` knows: `gb18030`, `utf-16le` …); `limits` replace those of limits.ts; `format`: what all are read as, unasked. */
export interface ReadOptions { encoding?: string; limits?: Partial<ReadLimits>; format?: string }

/** One input format. To add one: a file that exports its `Format`, and a line in read.ts. The first that recognises the bytes reads them. */
export interface Format {
  /** What `InputFile.format` says: `json`, `csv`, `xlsx` … */
  name: string;
  /** Whether these bytes are in this format: by content; the name decides only between formats whose content looks alike. */
  recognise: (bytes: Uint8Array, name: string) => boolean | Promise<boolean>;
  read: (input: RawInput, context: ReadContext) => Extract | Promise<Extract>;
}

export interface ReadContext { options: ReadOptions; places: Places }

/** What one file held. `remarks` are about the file as a whole: each of its submissions repeats them. */
export interface Extract { encoding: string; fragments: Fragment[]; remarks: InputRemark[] }

/**
 * A submission, or the part of one that this file holds. Its objects are the reader's own (merging changes them).
 * `loose`: where year or department is missing here, they are those of the other files (CSVs, forms), not missing from the submission.
 */
export interface Fragment { submission: Submission; remarks: InputRemark[]; loose?: boolean }

/**
 * Where the values of one object of a submission stood: asked with the property's name (the index, for an array), or with null for the
 * object itself. Every reader calls `places.set(row, (key) => …)` for the objects it makes; a function, so that nothing is computed unasked.
 */
export type Places = WeakMap<object, Locator>;

/** `below`: on the root of data of which nobody has changed anything since it was read: the place of any value in it, by its pointer. */
export type Locator = ((key: string | null) => Place | null) & { below?: (pointer: string) => Place };
