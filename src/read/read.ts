// Files as they came -> submissions: each file by the format that recognises it, files of one department and year as one.
import { hash } from "node:crypto";
import type { InputFile, InputRemark, ReadResult, ReadSubmission, Submission } from "../model.ts";
import type { Extract, Format, Fragment, Places, RawInput, ReadContext, ReadOptions } from "./format.ts";
import { formFormats, textFormat } from "./forms/formats.ts";
import { gathered, type Sourced } from "./gather.ts";
import { json } from "./json.ts";
import { limited } from "./limits.ts";
import { merged } from "./merge.ts";
import { note, placeAt, settlePlaces } from "./place.ts";
import { remark } from "./remark.ts";
import { readYear } from "./year.ts";

export type { RawInput, ReadOptions } from "./format.ts";

/** Every input format, asked in this order; the first that recognises a file reads it. What reads them is loaded when a file may be theirs. */
export const formats: readonly Format[] = [json, ...formFormats, later("csv", async () => (await import("./csv.ts")).csv), textFormat];

/**
 * Reads all inputs; never throws for anything that stands in them. What could not be read is a `problem` remark, and the rest is read
 * all the same: on a submission where it concerns one, otherwise in the result's own `remarks`.
 */
export async function readInputs(inputs: readonly RawInput[], options: ReadOptions = {}): Promise<ReadResult> {
  const context: ReadContext = { options, places: new WeakMap() };
  const remarks: InputRemark[] = [];
  const sourced: Sourced[] = [];
  for (const input of inOrder(inputs)) {
    const { extract, format } = await readOne(input, context);
    if (extract.fragments.length === 0) remarks.push(...extract.remarks);
    sourced.push(...sourcedFrom(extract, described(input, extract, format), context.places));
  }
  if (inputs.length === 0) remarks.push({ kind: "problem", code: "nothing-given", values: {}, at: null });
  return { submissions: assembled(sourced, context.places), remarks };
}

/** What one file held, each part with its file. */
export function sourcedFrom(extract: Extract, file: InputFile, places: Places): Sourced[] {
  return extract.fragments.map((fragment) => ({ fragment: checkedYear(fragment, file.name, places), file, remarks: extract.remarks }));
}

/** Parts from all files -> submissions. */
export function assembled(sourced: readonly Sourced[], places: Places): ReadSubmission[] {
  return gathered(sourced, places).map((group) => together(group, places));
}

/** By name, so that the order in which files were given or found makes no difference. */
function inOrder(inputs: readonly RawInput[]): RawInput[] {
  return [...inputs].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

async function readOne(input: RawInput, context: ReadContext): Promise<{ extract: Extract; format: string }> {
  const nothing = (code: string): Extract => ({ encoding: "", fragments: [], remarks: [{ ...remark("problem", code, { file: input.name }), at: { file: input.name } }] });
  if (isBlank(input.bytes)) return { extract: nothing("file-empty"), format: "" };
  try {
    const format = await formatOf(input, context.options.format);
    if (format === undefined) return { extract: nothing("file-unknown"), format: "" };
    return { extract: await format.read(input, context), format: format.name };
  } catch {
    // A reader's own mistake is this file's misfortune, not the other files'.
    return { extract: nothing("file-unreadable"), format: "" };
  }
}

async function formatOf({ bytes, name }: RawInput, named: string | undefined): Promise<Format | undefined> {
  if (named !== undefined) return formats.find((format) => format.name === named);
  for (const format of formats) if (await format.recognise(bytes, name)) return format;
  return undefined;
}

function later(name: string, load: () => Promise<Format>): Format {
  return { name, recognise: async (bytes, file) => (await load()).recognise(bytes, file), read: async (input, context) => (await load()).read(input, context) };
}

/** Nothing but a byte order mark, white space and NULs. */
function isBlank(bytes: Uint8Array): boolean {
  const start = bytes[0] === 0xef ? 3 : bytes[0] === 0xff || bytes[0] === 0xfe ? 2 : 0;
  return bytes.subarray(start).every((byte) => byte === 0 || byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

function described({ name, bytes }: RawInput, { encoding }: Extract, format: string): InputFile {
  return { name, sha256: hash("sha256", bytes), encoding, format, bytes: bytes.length };
}

/** The year in four digits; one that is none is left out, since nothing could be looked up by it. */
function checkedYear(fragment: Fragment, file: string, places: Places): Fragment {
  const { submission } = fragment;
  const { year } = submission;
  if (year === undefined || year.trim() === "") return fragment;
  const read = readYear(year);
  if (read !== null) submission.year = read;
  else {
    settlePlaces(submission, places);
    const at = placeAt(submission, "/year", places) ?? { file };
    delete submission.year;
    fragment.remarks.push(remark("problem", "year-unreadable", at, { text: year.length > 40 ? `${year.slice(0, 40)}…` : year }));
  }
  return fragment;
}

function together(group: readonly [Sourced, ...Sourced[]], places: Places): ReadSubmission {
  const remarks = [...new Set(group.flatMap((one) => one.remarks)), ...group.flatMap((one) => one.fragment.remarks)];
  const [first, ...rest] = group;
  const submission = merged([first.fragment, ...rest.map((one) => one.fragment)], places, remarks);
  nameDepartmentTable(submission, places);
  remarks.push(...limited(submission, first.file.name, places));
  const files = [...new Set(group.map((one) => one.file))];
  return { submission, files, remarks, place: (pointer) => placeAt(submission, pointer, places) };
}

/** The department's table bears the department's name. */
function nameDepartmentTable(submission: Submission, places: Places): void {
  const name = submission.department?.name;
  if (name === undefined || name === "") return;
  for (const table of submission.tables) {
    if (table.kind !== "department" || (table.name ?? "") !== "") continue;
    settlePlaces(submission, places);
    table.name = name;
    note(places, table, "name", placeAt(submission, "/department/name", places));
  }
}
