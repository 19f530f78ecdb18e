// What a reader has to say about its input: the remark, with file and line among its placeholders.
import type { InputRemark, Place } from "../model.ts";

/** `code` is a key of the locales' `input` section; `{file}` and `{line}` are filled in from the place. */
export function remark(kind: InputRemark["kind"], code: string, at: Place, values: Record<string, string> = {}): InputRemark {
  return { kind, code, values: { file: at.file, line: String(at.line ?? at.row ?? 1), ...(at.pointer === undefined ? {} : { pointer: at.pointer }), ...values }, at };
}

/** A text short enough to stand in a sentence. */
export const clipped = (text: string, most = 40): string => (text.length <= most ? text : `${text.slice(0, most)}…`);

/** A place in one word, the same in every language: `自评.csv:14「分值」`, `a.json:30`. */
export function spot(at: Place | null): string {
  if (at === null) return "?";
  const sheet = at.sheet === undefined ? "" : `「${at.sheet}」`;
  const line = at.cell ?? at.row ?? at.line ?? at.page;
  return `${at.file}${sheet}${line === undefined ? "" : `:${line}`}${at.column === undefined ? "" : `「${at.column}」`}`;
}
