// Written reports -> standard output and files, each file whole or not at all.
import { randomUUID } from "node:crypto";
import { chmod, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import type { Locale } from "../locale.ts";
import type { WriteOptions, Writer } from "../write/options.ts";
import type { World } from "./command.ts";
import { Refusal, noSuch, sentenceOf } from "./refusal.ts";

/** One thing to write: a format, and the file it goes to (null: standard output). */
export interface Output<W = Writer> { writer: W; file: string | null }

/**
 * `-f json=a.json -f terminal`, `-o a.csv -f csv` -> what goes where. Refuses an unknown format, two for standard output, two for
 * one file, and -o where no single format is left for it.
 */
export function outputsOf<W extends { format: string }>(formats: readonly string[], file: string | null, writers: readonly W[], locale: Locale): Output<W>[] {
  const outputs = (formats.length === 0 ? ["terminal"] : formats).map((given) => {
    const [format = "", ...rest] = given.split("=");
    const writer = writers.find((each) => each.format === format);
    if (writer === undefined) throw noSuch("format", format, writers.map((each) => each.format), locale);
    if (rest.length > 0 && rest.join("=") === "") throw new Refusal("formatFile", { format });
    return { writer, file: rest.length > 0 ? rest.join("=") : null };
  });
  const open = outputs.filter((output) => output.file === null);
  if (file !== null && open.length !== 1) throw new Refusal("outputFor", { file });
  if (open.length > 1) throw new Refusal("twoForOut", { formats: open.map((output) => output.writer.format).join(" ") });
  const all = outputs.map((output) => ({ ...output, file: output.file ?? (file === "-" ? null : file) }));
  // A folder takes a file a submission in each format.
  const files = all.flatMap(({ file: path, writer }) => (path === null ? [] : [isFolder(path) ? `${resolve(path)} ${writer.format}` : resolve(path)]));
  const twice = files.find((each, i) => files.indexOf(each) !== i);
  if (twice !== undefined) throw new Refusal("twoForFile", { file: twice });
  return all;
}

/** Whether a path names a folder by its last sign. */
export function isFolder(path: string): boolean {
  return /[/\\]$/u.test(path);
}

/** Refuses to write over a file that is being checked: one of the paths given, or one that was read (by its name) below them. */
export async function refuseOverwriting(outputs: readonly { file: string | null }[], paths: readonly string[], read: readonly string[] = []): Promise<void> {
  const there = await Promise.all(outputs.flatMap(({ file }) => (file === null ? [] : [realpath(file).then((target) => ({ file, target }), () => null)])));
  const targets = there.flatMap((each) => each ?? []);
  if (targets.length === 0) return;
  const below = paths.flatMap((path) => read.flatMap((name) => [join(path, name), join(dirname(resolve(path)), name)].flatMap(withFolders)));
  const known = new Set(await Promise.all([...paths, ...below.filter((path) => targets.some(({ target }) => basename(target) === basename(path)))].map(real)));
  for (const { file, target } of targets) if (known.has(target)) throw new Refusal("overwrites", { file });
}

/** A file may be named by what is in it: `a.zip/b.xlsx` is read from `a.zip`. */
function withFolders(path: string): string[] {
  const above = dirname(path);
  return above === path || above === "." ? [path] : [path, ...withFolders(above)];
}

/** How a person's terminal looks: nothing of it where the output is not one. */
export function terminalOptions(world: World, toTerminal: boolean): Pick<WriteOptions, "colour" | "width" | "wideAmbiguous"> {
  const { env } = world;
  const wished = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "" && env["FORCE_COLOR"] !== "0";
  const refused = (env["NO_COLOR"] ?? "") !== "" || env["FORCE_COLOR"] === "0";
  return {
    colour: !refused && (wished || (toTerminal && env["TERM"] !== "dumb")),
    width: toTerminal ? (world.columns ?? 80) : 80,
    wideAmbiguous: env["ZIPING_AMBIGUOUS_WIDTH"] === "2",
  };
}

/** To standard output, or to the file in one step: it is written beside its place and moved there when it is whole. */
export async function put(data: string | Uint8Array, file: string | null, world: World): Promise<void> {
  if (file === null) await world.out(data);
  else await putFile(data, file);
}

/** Puts each output, and says of each that failed why: the others are still written. */
export async function putAll(parts: readonly { file: string | null; data: () => Promise<string | Uint8Array> }[], world: World, locale: Locale): Promise<boolean> {
  let whole = true;
  for (const part of parts) {
    try {
      await put(await part.data(), part.file, world);
    } catch (problem) {
      whole = false;
      world.err(`${sentenceOf(problem, locale, part.file ?? "")}\n`);
      if (world.env["ZIPING_DEBUG"] === "1" && problem instanceof Error) world.err(`${problem.stack ?? ""}\n`);
    }
  }
  return whole;
}

async function putFile(data: string | Uint8Array, file: string): Promise<void> {
  const target = await real(file);
  const there = await stat(target).catch(() => null);
  // A device or pipe (/dev/stdout) is written to, never replaced.
  if (there !== null && !there.isFile()) {
    await writeFile(target, data);
    return;
  }
  const beside = join(dirname(target), `.${basename(target).slice(0, 60)}.${randomUUID().slice(0, 8)}.tmp`);
  try {
    await writeFile(beside, data, { flag: "wx" });
    if (there !== null) await chmod(beside, there.mode);
    await rename(beside, target);
  } catch (problem) {
    await rm(beside, { force: true });
    if ((problem as NodeJS.ErrnoException).code === "ENOENT") throw new Refusal("noFolder", { file, folder: dirname(file) });
    if (problem instanceof Error) (problem as NodeJS.ErrnoException).path = file;
    throw problem;
  }
}

/** The file behind links; the path itself where there is none yet. */
async function real(path: string): Promise<string> {
  return await realpath(path).catch(() => resolve(path));
}
