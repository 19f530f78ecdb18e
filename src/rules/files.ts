// The name of a rule set -> its files and those of the sets it extends, read and checked for shape. The only file access of rules/.
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readyFrom } from "../ready.ts";
import { nearest } from "../schema.ts";
import { RuleSetError, shapeMistakes, type RuleSetMistake } from "./mistakes.ts";
import type { SetFolder } from "./set.ts";
import { parseSource, type Source } from "./source.ts";

/** One file of a set. `path` is relative to the set's folder, `shown` what a person knows it by. */
export interface RuleFile extends Source { path: string; shown: string }

/** `ready`: these are the files that the build read and checked. */
export interface SetFiles extends SetFolder { extends: string | null; files: readonly RuleFile[]; ready?: ReadyChain }

/** What the build found of a built-in set: the digest of the set, which holds while the sets that it extends are of these files, too. */
export interface ReadyChain { own: string; bases: readonly string[]; digest: string }

/** A built-in set as the build writes it down. */
export interface ReadySet { id: string; extends: string | null; files: readonly { path: string; value: unknown }[]; bases: readonly string[]; digest: string }

const BUILT_IN = fileURLToPath(new URL("../../rules/", import.meta.url));
/** Folders of rules/ that hold no rule set. */
const NO_SETS = new Set(["schema", "locales", "forms"]);
const TOP_FILES = ["ruleset", "parameters", "words", "facts", "units"];
const MOST_MEGABYTES = 4;

/** The ids of the sets that come with the program, in order. */
export async function builtInIds(): Promise<string[]> {
  const entries = await readdir(BUILT_IN, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && !NO_SETS.has(entry.name)).map(({ name }) => name).sort();
  const held = await Promise.all(folders.map((name) => isFile(join(BUILT_IN, name, "ruleset.json"))));
  return folders.filter((_, index) => held[index]);
}

/** Whether a set's folder is one of those that come with the program. */
export const isBuiltIn = (path: string): boolean => dirname(resolve(path)) === resolve(BUILT_IN);

/** The set and all that it extends, this one first; `asBuilt`: as the build read them, where the files are still the same. Throws a RuleSetError with every mistake in their shape. */
export async function readChain(idOrFolder: string, asBuilt = true): Promise<SetFiles[]> {
  const chain: SetFiles[] = [];
  let next: SetFolder | null = await locate(idOrFolder);
  while (next !== null) {
    const path = next.path;
    if (chain.some((set) => set.path === path)) throw circle(chain, path);
    const set: SetFiles = (asBuilt ? readySet(next) : null) ?? await readSet(next);
    chain.push(set);
    next = set.extends === null ? null : await locateBase(set, set.extends);
  }
  return chain;
}

async function locate(idOrFolder: string): Promise<SetFolder> {
  const known = await builtInIds();
  if (known.includes(idOrFolder)) return builtIn(idOrFolder);
  const path = resolve(idOrFolder);
  if (await isFile(join(path, "ruleset.json"))) return { id: "", path, shown: idOrFolder.replace(/[\\/]+$/, "") };
  if (await isFolder(path)) throw new RuleSetError([{ code: "no-ruleset-file", values: {}, file: idOrFolder, place: null }]);
  throw unknownSet("not-found", idOrFolder, known, idOrFolder);
}

/** What a set extends: one that is built in, or a folder beside it. */
async function locateBase(set: SetFiles, id: string): Promise<SetFolder> {
  const known = await builtInIds();
  if (known.includes(id)) return builtIn(id);
  const path = join(dirname(set.path), basename(id));
  if (await isFile(join(path, "ruleset.json"))) return { id: "", path, shown: join(dirname(set.shown), basename(id)) };
  throw unknownSet("extends-unknown", id, known, `${set.shown}/ruleset.json`);
}

const builtIn = (id: string): SetFolder => ({ id, path: join(BUILT_IN, id), shown: `rules/${id}` });

function unknownSet(code: string, id: string, known: readonly string[], file: string): RuleSetError {
  const meant = nearest(id, known);
  return new RuleSetError([{ code, values: { id, known: known.join(" ") }, file, place: null, ...(meant === null ? {} : { meant }) }]);
}

function circle(chain: readonly SetFiles[], path: string): RuleSetError {
  const ids = chain.map(({ id }) => id);
  const first = chain.find((set) => set.path === path)?.id ?? "";
  return new RuleSetError([{ code: "extends-cycle", values: { chain: [...ids, first].join(" → ") }, file: `${chain[0]?.shown ?? ""}/ruleset.json`, place: null }]);
}

/** The digest of a set whose files, and those of all that it extends, were found right when the program was built; null: look at them. */
export function readyDigest([set, ...bases]: readonly SetFiles[]): string | null {
  const { ready } = set ?? {};
  return ready !== undefined && ready.bases.length === bases.length && bases.every((base, index) => base.ready?.own === ready.bases[index]) ? ready.digest : null;
}

function readySet(folder: SetFolder): SetFiles | null {
  if (!isBuiltIn(folder.path)) return null;
  const ready = readyFrom<ReadySet>(`set-${basename(folder.path)}`, basename(folder.path));
  if (ready === null) return null;
  const { id, files, bases, digest } = ready.value;
  return { ...folder, id, extends: ready.value.extends, files: files.map(({ path, value }) => ({ path, value, shown: `${folder.shown}/${path}`, spots: NO_SPOTS })), ready: { own: ready.files, bases, digest } };
}

/** Where parts of a file stand is asked where something is wrong with it only. */
const NO_SPOTS: RuleFile["spots"] = new Map();

async function readSet(folder: SetFolder): Promise<SetFiles> {
  const paths = (await readdir(folder.path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
    .map((entry) => join(entry.parentPath, entry.name).slice(resolve(folder.path).length + 1).replaceAll("\\", "/"))
    .filter((path) => !path.endsWith(".examples.json") && !path.startsWith("forms/") && !path.includes("node_modules/"))
    .sort();
  const read = await Promise.all(paths.map((path) => readRuleFile(folder, path)));
  const mistakes = read.flatMap((file) => ("mistakes" in file ? file.mistakes : []));
  if (mistakes.length > 0) throw new RuleSetError(mistakes);
  const files = read.filter((file): file is RuleFile => !("mistakes" in file));
  const about = files.find(({ path }) => path === "ruleset.json")?.value as { id: string; extends?: string };
  return { ...folder, id: about.id, extends: about.extends ?? null, files };
}

async function readRuleFile(folder: SetFolder, path: string): Promise<RuleFile | { mistakes: RuleSetMistake[] }> {
  const kind = kindOf(path);
  return kind === null ? strange(path, `${folder.shown}/${path}`) : checkedFile(folder, path, kind);
}

/** One file of a set, its JSON and its shape (a schema of rules/schema, or `any`) checked. */
export async function checkedFile(folder: SetFolder, path: string, kind: string): Promise<RuleFile | { mistakes: RuleSetMistake[] }> {
  const shown = `${folder.shown}/${path}`;
  const text = await readText(join(folder.path, path), shown);
  if (typeof text !== "string") return { mistakes: [text] };
  const source = parseSource(text);
  if ("mistake" in source) return { mistakes: [{ code: source.mistake.code, values: source.mistake.values, file: shown, place: source.mistake.spot }] };
  const mistakes = kind === "any" ? [] : shapeMistakes(await schemaOf(kind), source, shown);
  return mistakes.length > 0 ? { mistakes } : { ...source, path, shown };
}

async function readText(path: string, shown: string): Promise<string | RuleSetMistake> {
  if ((await stat(path)).size > MOST_MEGABYTES * 1024 * 1024) return { code: "too-large", values: { most: String(MOST_MEGABYTES) }, file: shown, place: null };
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (problem) {
    if (problem instanceof TypeError) return { code: "json-encoding", values: {}, file: shown, place: null };
    throw problem;
  }
}

/** Which schema a file must follow; null where a set has no use for it. */
function kindOf(path: string): string | null {
  const steps = path.split("/");
  if (steps[0] === "locales" || path === "units.json") return "any";
  if (steps.length === 1) return TOP_FILES.find((name) => path === `${name}.json`) ?? null;
  return steps.length === 2 ? "rule" : null;
}

function strange(path: string, shown: string): { mistakes: RuleSetMistake[] } {
  const meant = nearest(path, TOP_FILES.map((name) => `${name}.json`));
  return { mistakes: [{ code: "strange-file", values: {}, file: shown, place: null, ...(meant === null ? {} : { meant }) }] };
}

const schemas = new Map<string, Promise<object>>();

/** A schema of rules/schema, read once. */
function schemaOf(kind: string): Promise<object> {
  const known = schemas.get(kind);
  if (known !== undefined) return known;
  const schema = readFile(join(BUILT_IN, "schema", `${kind}.schema.json`), "utf8").then((text) => JSON.parse(text) as object);
  schemas.set(kind, schema);
  return schema;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isFile(), () => false);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isDirectory(), () => false);
}
