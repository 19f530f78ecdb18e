// Paths or standard input -> what can be checked as a stream, without ever being held whole; or not, and then read as always.
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { InputFile } from "../model.ts";
import type { Options, World } from "../cli/command.ts";
import { textOf } from "../cli/command.ts";
import { csv } from "../read/csv.ts";
import { indexOf, type CsvIndex } from "../read/csv-index.ts";
import { decode } from "../read/encoding.ts";
import { survey } from "./survey.ts";

/** NDJSON. `whole`: the file it is; null on standard input, where every line is a file of its own. */
export interface LineSource { kind: "lines"; name: string; whole: InputFile | null; parts: () => AsyncIterable<Uint8Array> }
/** All CSV files of the call together: what they say of one department belongs together. */
export interface CsvSource { kind: "csv"; index: CsvIndex; bytes: number }
export type Source = LineSource | CsvSource;

/** `read`: too small for a stream, or none; `stdin` then gives what was looked at, again. */
export type Sources = { kind: "stream"; sources: Source[]; close: () => Promise<void> } | { kind: "read"; stdin: World["stdin"] };

/** From here on files are read as streams: below, everything has room, and departments are compared with each other. */
export const BULK_BYTES = 32 * 2 ** 20;
const PART_BYTES = 512 * 1024;
/** A first line longer than this is no line. */
const HEAD_BYTES = 32 * 2 ** 20;
const HEAD_LINES = 8;
const BREAK = 10;

/** `always`: files of any size. */
export async function sourcesOf(paths: readonly string[], options: Options, world: World, { bulk = BULK_BYTES, always = false } = {}): Promise<Sources> {
  if (paths.length === 1 && paths[0] === "-") return fromStdin(options, world, always ? 0 : bulk);
  const sources = paths.includes("-") ? null : await fromFiles(paths, options, always ? 0 : bulk);
  return sources === null ? { kind: "read", stdin: world.stdin } : { kind: "stream", sources, close: () => Promise.resolve() };
}

async function fromFiles(paths: readonly string[], options: Options, bulk: number): Promise<Source[] | null> {
  if (!paths.every((path) => /\.(?:ndjson|jsonl|csv|tsv)$/i.test(path)) || new Set(paths.map((path) => basename(path))).size < paths.length) return null;
  const found = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
  if (!found.every((one) => one?.isFile() === true) || found.reduce((sum, one) => sum + (one?.size ?? 0), 0) <= bulk) return null;
  const sources: Source[] = [];
  const tables: { path: string; file: InputFile }[] = [];
  let at = -1;
  for (const path of paths) {
    const isTable = /\.[ct]sv$/i.test(path);
    if (!isTable && await shapeAt(path) !== "lines") return null;
    const file = await survey(path, basename(path), isTable ? "csv" : "json", textOf(options, "encoding"));
    if (file === null) return null;
    if (!isTable) sources.push({ kind: "lines", name: file.name, whole: file, parts: () => createReadStream(path, { highWaterMark: PART_BYTES }) });
    else {
      if (at < 0) at = sources.length;
      tables.push({ path, file });
    }
  }
  if (tables.length === 0) return sources;
  const source = await tableSource(tables);
  return source === null ? null : sources.toSpliced(at, 0, source);
}

async function tableSource(tables: readonly { path: string; file: InputFile }[]): Promise<CsvSource | null> {
  const index = await indexOf(tables);
  return index === null ? null : { kind: "csv", index, bytes: tables.reduce((sum, { file }) => sum + file.bytes, 0) };
}

async function shapeAt(path: string): Promise<Shape> {
  const coming = createReadStream(path, { highWaterMark: PART_BYTES });
  const { shape } = await takenFrom(coming[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>);
  coming.destroy();
  return shape;
}

/** What came, until its shape can be told. */
interface Taken { parts: Uint8Array[]; length: number; ended: boolean; shape: Shape; more: () => Promise<void> }

async function takenFrom(coming: AsyncIterator<Uint8Array>): Promise<Taken> {
  const taken: Taken = {
    parts: [], length: 0, ended: false, shape: "more",
    more: async () => {
      const next = await coming.next();
      if (next.done === true) taken.ended = true;
      else {
        taken.parts.push(next.value);
        taken.length += next.value.length;
      }
    },
  };
  while (taken.shape === "more") {
    await taken.more();
    const last = taken.ended || taken.length > HEAD_BYTES;
    // Without another line break nothing new can be told.
    if (last || taken.parts.at(-1)?.includes(BREAK) === true) taken.shape = shapeOf(Buffer.concat(taken.parts), last);
  }
  return taken;
}

async function fromStdin(options: Options, world: World, bulk: number): Promise<Sources> {
  const coming = (world.stdinParts?.() ?? onePart(world.stdin))[Symbol.asyncIterator]();
  const taken = await takenFrom(coming);
  if (taken.shape === "lines") return { kind: "stream", sources: [{ kind: "lines", name: "-", whole: null, parts: () => from(taken, coming) }], close: () => Promise.resolve() };
  while (taken.shape === "csv" && !taken.ended && taken.length <= bulk) await taken.more();
  if (taken.shape === "csv" && taken.length > bulk) return spooled(from(taken, coming), options);
  return { kind: "read", stdin: async () => {
    const parts: Uint8Array[] = [];
    for await (const part of from(taken, coming)) parts.push(part);
    return Buffer.concat(parts);
  } };
}

/** Rows of one department may stand anywhere, also at the end: they are put by, for as long as the check takes, where files may be large. */
async function spooled(parts: AsyncIterable<Uint8Array>, options: Options): Promise<Sources> {
  const folder = await mkdtemp(join(tmpdir(), "ziping-"));
  const close = async (): Promise<void> => { await rm(folder, { recursive: true, force: true }); };
  try {
    const path = join(folder, "stdin.csv");
    await pipeline(parts, createWriteStream(path, { mode: 0o600 }));
    const file = await survey(path, "-", "csv", textOf(options, "encoding"));
    const source = file === null ? null : await tableSource([{ path, file }]);
    if (source !== null) return { kind: "stream", sources: [source], close };
    return { kind: "read", stdin: async () => {
      const bytes: Uint8Array[] = [];
      for await (const part of createReadStream(path)) bytes.push(part as Uint8Array);
      await close();
      return Buffer.concat(bytes);
    } };
  } catch (problem) {
    await close();
    throw problem;
  }
}

async function* onePart(stdin: World["stdin"]): AsyncGenerator<Uint8Array> {
  yield await stdin();
}

async function* from({ parts, ended }: Taken, coming: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* parts;
  if (ended) return;
  for (let next = await coming.next(); next.done !== true; next = await coming.next()) yield next.value;
}

/** `lines`: one of the first lines is a whole object of JSON. `more`: cannot be told before more has come. */
type Shape = "lines" | "csv" | "other" | "more";

function shapeOf(head: Buffer, last: boolean): Shape {
  const cut = last ? head.length : head.lastIndexOf(BREAK) + 1;
  const decoded = decode(head.subarray(0, cut));
  if (!decoded.ok) return last ? "other" : "more";
  const lines = decoded.text.replace(/^\uFEFF/, "").split("\n").filter((line) => line.trim() !== "").slice(0, HEAD_LINES);
  const [first = ""] = lines;
  if (/^\s*\[/.test(first)) return "other";
  if (lines.some(isObject)) return "lines";
  if (first !== "" && !/^\s*\{/.test(first) && csv.recognise(head, "-")) return "csv";
  return last || lines.length === HEAD_LINES ? "other" : "more";
}

function isObject(line: string): boolean {
  if (!/^\s*\{.*\}\s*$/s.test(line)) return false;
  try {
    return typeof JSON.parse(line) === "object";
  } catch {
    return false;
  }
}
