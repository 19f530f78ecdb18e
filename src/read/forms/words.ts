// rules/forms/*.json → the words by which tables, columns and rows of official forms are recognised. Owns their loading.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { squashed, withoutBrackets } from "./label.ts";

/** One role (a column, a row, a field): the words that forms print for it, best first, and patterns for wordings not listed. */
export interface RoleWords { role: string; words: ReadonlyMap<string, number>; like: readonly RegExp[] }

/** The roles of one part of a form, in the order in which patterns are tried. */
export interface Vocabulary { roles: readonly RoleWords[]; known: Map<string, Match | null> }

/** `exact`: a listed word. `rank` orders matches: smaller is better. */
export interface Match { role: string; exact: boolean; rank: number }

export interface FormWords {
  titles: Vocabulary; otherForms: Vocabulary;
  indicators: Vocabulary; funds: Vocabulary; goals: Vocabulary; staff: Vocabulary; lines: Vocabulary; buildings: Vocabulary;
  nature: Vocabulary; income: Vocabulary; expenditure: Vocabulary;
  sources: Vocabulary; items: Vocabulary; fields: Vocabulary;
  totals: Vocabulary; subtotals: Vocabulary; executionRows: Vocabulary; fillers: Vocabulary; notes: Vocabulary;
  operators: Vocabulary; grades: Vocabulary;
  namePrefix: readonly RegExp[]; labelPrefix: readonly RegExp[];
}

const FOLDER = fileURLToPath(new URL("../../../rules/forms/", import.meta.url));
const SINGLE = ["otherForms", "totals", "subtotals", "executionRows", "fillers", "notes", "namePrefix", "labelPrefix"];
let loaded: FormWords | null = null;

/** The built-in words, read once: `national.json`, then every other file of the folder that adds to it, by name. */
export function formWords(): FormWords {
  loaded ??= compileWords(["national.json", ...readdirSync(FOLDER).filter((name) => name.endsWith(".json") && name !== "national.json" && name !== "csv.json").sort()]
    .map((name) => JSON.parse(readFileSync(FOLDER + name, "utf8")) as WordFile));
  return loaded;
}

/** `{ section: { role: { words?, like? } } }`, the single-role sections without the level of roles. */
export type WordFile = Record<string, unknown>;

/** Words of several files as one vocabulary; later files add to earlier ones. */
export function compileWords(files: readonly WordFile[]): FormWords {
  const section = (name: string): Vocabulary => ({ roles: rolesOf(files, name), known: new Map() });
  const patterns = (name: string): RegExp[] => rolesOf(files, name).flatMap((role) => [...role.like]);
  return {
    titles: section("titles"), otherForms: section("otherForms"), indicators: section("indicators"), funds: section("funds"), goals: section("goals"), staff: section("staff"),
    lines: section("lines"), buildings: section("buildings"), nature: section("nature"), income: section("income"), expenditure: section("expenditure"),
    sources: section("sources"), items: section("items"), fields: section("fields"), totals: section("totals"), subtotals: section("subtotals"),
    executionRows: section("executionRows"), fillers: section("fillers"), notes: section("notes"), operators: section("operators"), grades: section("grades"),
    namePrefix: patterns("namePrefix"), labelPrefix: patterns("labelPrefix"),
  };
}

function rolesOf(files: readonly WordFile[], section: string): RoleWords[] {
  const found = new Map<string, { words: Map<string, number>; like: RegExp[] }>();
  for (const file of files) {
    const given = file[section];
    if (typeof given !== "object" || given === null) continue;
    const roles = SINGLE.includes(section) ? { [section]: given as unknown } : (given as Record<string, unknown>);
    for (const [role, value] of Object.entries(roles)) {
      const entry = found.get(role) ?? { words: new Map<string, number>(), like: [] };
      found.set(role, entry);
      for (const word of strings(value, "words")) if (!entry.words.has(squashed(word))) entry.words.set(squashed(word), entry.words.size);
      entry.like.push(...strings(value, "like").map((pattern) => new RegExp(pattern, "u")));
    }
  }
  return [...found].map(([role, { words, like }]) => ({ role, words, like }));
}

function strings(value: unknown, key: "words" | "like"): string[] {
  const list: unknown = Array.isArray(value) ? (key === "words" ? value : []) : (value as Record<string, unknown>)[key];
  return Array.isArray(list) ? list.filter((item): item is string => typeof item === "string") : [];
}

const LONGEST_LABEL = 40;
/** A pattern may find a label in a sentence: beyond this length only listed words count. */
const LONGEST_GUESS = 24;

/** Which role a text names, by listed words first, then by patterns; null where none. Texts longer than a label are none. */
export function roleOf(vocabulary: Vocabulary, text: string): Match | null {
  if (text.length > 3 * LONGEST_LABEL) return null;
  const known = vocabulary.known.get(text);
  if (known !== undefined) return known;
  const match = find(vocabulary.roles, squashed(text));
  if (vocabulary.known.size < 20_000) vocabulary.known.set(text, match);
  return match;
}

function find(roles: readonly RoleWords[], key: string): Match | null {
  if (key === "" || key.length > LONGEST_LABEL) return null;
  const bare = withoutBrackets(key);
  for (const candidate of bare === key || bare === "" ? [key] : [key, bare]) {
    for (const { role, words } of roles) {
      const rank = words.get(candidate);
      if (rank !== undefined) return { role, exact: true, rank };
    }
  }
  const label = bare === "" ? key : bare;
  if (label.length > LONGEST_GUESS || /[,，。；;!?]/u.test(label)) return null;
  const pattern = roles.find(({ like }) => like.some((one) => one.test(label)));
  return pattern === undefined ? null : { role: pattern.role, exact: false, rank: 1_000 };
}

/** A label without its serial number or 其中: `1、公务接待` → `公务接待`. */
export function bareLabel(text: string, words: FormWords): string {
  let label = squashed(text);
  for (let before = ""; before !== label;) {
    before = label;
    for (const prefix of words.labelPrefix) label = label.replace(prefix, "");
  }
  return label;
}
