// Paths on the command line -> files as they came: folders and archives walked, names the same on every machine.
import { readFile, readdir, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { InputRemark } from "../model.ts";
import type { RawInput } from "../read/read.ts";
import { isArchive, unpack, unwanted } from "./archive.ts";
import { LIMITS, counted, megabytes, tell, type CollectLimits, type Walk } from "./walk.ts";

export interface Collected { inputs: RawInput[]; problems: InputRemark[] }

/**
 * The files at the paths in the order given, a folder's in the order of their names; `-` is standard input. A file's name is relative to
 * the path given (below a folder, inside an archive); where two paths give one name, each is preceded by its own path's last part.
 * What cannot be read is a problem, and the rest is read.
 */
export async function collect(paths: readonly string[], stdin: () => Promise<Uint8Array>, limits: CollectLimits = LIMITS): Promise<Collected> {
  const walk: Walk = { limits, bytes: 0, files: 0, problems: [], seen: new Set() };
  const sources: Source[] = [];
  for (const path of paths) {
    const root = path === "-" ? "-" : basename(join(path, "."));
    sources.push({ root, inputs: path === "-" ? opened({ name: "-", bytes: await stdin() }, walk) : await atPath(path, root, walk) });
  }
  return { inputs: distinct(sources), problems: walk.problems };
}

interface Source { root: string; inputs: RawInput[] }

async function atPath(path: string, root: string, walk: Walk): Promise<RawInput[]> {
  try {
    if (!(await stat(path)).isDirectory()) return (await oneFile(path, root, walk)).map((input) => ({ ...input, name: withoutRoot(input.name, root) }));
    const { length } = walk.problems;
    const inputs = await inFolder(path, "", walk);
    if (inputs.length === 0 && walk.problems.length === length) tell(walk, "folder-nothing", root);
    return inputs;
  } catch (error) {
    tell(walk, missing(error) ? "file-missing" : "file-denied", path);
    return [];
  }
}

/** An archive given by itself is a folder: its files are named from its inside. */
const withoutRoot = (name: string, root: string): string => (name.startsWith(`${root}/`) ? name.slice(root.length + 1) : name);

async function inFolder(folder: string, below: string, walk: Walk): Promise<RawInput[]> {
  // A link back to a folder above would be walked for ever.
  const real = await realpath(folder);
  if (walk.seen.has(real)) return [];
  walk.seen.add(real);
  const inputs: RawInput[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (unwanted(name)) continue;
    const path = join(folder, name);
    try {
      const isFolder = (await stat(path)).isDirectory();
      inputs.push(...(isFolder ? await inFolder(path, `${below}${name}/`, walk) : await oneFile(path, below + name, walk)));
    } catch (error) {
      tell(walk, missing(error) ? "file-missing" : "file-denied", below + name);
    }
  }
  walk.seen.delete(real);
  return inputs;
}

async function oneFile(path: string, name: string, walk: Walk): Promise<RawInput[]> {
  const { size } = await stat(path);
  if (size > walk.limits.fileBytes || walk.bytes + size > walk.limits.allBytes) {
    tell(walk, "file-too-big", name, { size: megabytes(size), most: megabytes(Math.min(walk.limits.fileBytes, walk.limits.allBytes)) });
    return [];
  }
  return opened({ name, bytes: new Uint8Array(await readFile(path)) }, walk);
}

/** The file, or what is in it where it is an archive. */
function opened(input: RawInput, walk: Walk): RawInput[] {
  if (isArchive(input.bytes)) return unpack(input, walk);
  return counted(input, walk) ? [input] : [];
}

function distinct(sources: readonly Source[]): RawInput[] {
  const names = sources.flatMap((source) => source.inputs.map((input) => input.name));
  if (new Set(names).size === names.length) return sources.flatMap((source) => source.inputs);
  const taken = new Map<string, number>();
  return sources.flatMap(({ root, inputs }) => inputs.map((input) => {
    const name = input.name === root ? root : `${root}/${input.name}`;
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return { ...input, name: times === 1 ? name : `${name}#${times}` };
  }));
}

const missing = (error: unknown): boolean => error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
