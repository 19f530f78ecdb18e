// A line that was read by itself -> the same as read in its file: lines counted from the file's first, the file described whole.
import type { InputFile, InputRemark, Place, ReadResult } from "../model.ts";

/** Values of remarks that are lines of the file. */
const LINES: Readonly<Record<string, readonly string[]>> = { "json-duplicate-key": ["line", "first", "second"], "json-duplicate-part": ["line", "first", "second"] };

export function shifted(read: ReadResult, by: number, whole: InputFile | null): ReadResult {
  if (by === 0 && whole === null) return read;
  const place = (at: Place | null): Place | null => (at?.line === undefined ? at : { ...at, line: at.line + by });
  const remark = (one: InputRemark): InputRemark => ({ ...one, values: moved(one, by), at: place(one.at) });
  return {
    submissions: read.submissions.map((one) => ({ ...one, files: whole === null ? one.files : [whole], remarks: one.remarks.map(remark), place: (pointer) => place(one.place(pointer)) })),
    remarks: read.remarks.map(remark),
  };
}

function moved({ code, values, at }: InputRemark, by: number): InputRemark["values"] {
  const keys = LINES[code] ?? (at?.line === undefined ? [] : ["line"]);
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, keys.includes(key) && /^\d+$/.test(value) ? String(Number(value) + by) : value]));
}
