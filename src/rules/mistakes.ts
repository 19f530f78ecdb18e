// What is wrong with a rule set -> one line a mistake: which file, where, what is wrong, how to mend it.
import { loadLocale, word, type Language } from "../locale.ts";
import { checkShape, nearest, type Mistake } from "../schema.ts";
import type { Source, Spot } from "./source.ts";

/** One mistake. `code` is a key of the locales' `ruleset` section, `values` its placeholders; `meant` the word that was probably meant. */
export interface RuleSetMistake {
  code: string;
  values: Record<string, string>;
  /** The file as a person knows it: `rules/hunan/parameters.json`. */
  file: string;
  place: Spot | null;
  meant?: string;
}

/** A rule set that cannot be used, with everything that is wrong with it. */
export class RuleSetError extends Error {
  readonly mistakes: readonly RuleSetMistake[];
  constructor(mistakes: readonly RuleSetMistake[]) {
    super(mistakes.map((mistake) => mistakeText(mistake, "zh")).join("\n"));
    this.name = "RuleSetError";
    this.mistakes = mistakes;
  }
}

/** The mistake as one line in a language. */
export function mistakeText({ code, values, file, place, meant }: RuleSetMistake, lang: Language): string {
  const locale = loadLocale(lang);
  const say = (key: string, more: Record<string, string | number>): string => word(locale, "ruleset", key, more);
  const named = Object.entries(values).map(([name, value]) => [name, value.startsWith("kind-") ? say(value, {}) : value]);
  const what = say(code, Object.fromEntries(named) as Record<string, string>) + (meant === undefined ? "" : say("meant", { meant }));
  return place === null ? say("in-file", { file, what }) : say("in-place", { file, line: place.line, column: place.column, what });
}

/** Mistakes in the shape of a file, against its schema. */
export function shapeMistakes(schema: object, source: Source, file: string): RuleSetMistake[] {
  const known = [...new Set(propertyNames(schema))];
  const mistakes = checkShape(schema, source.value);
  return mistakes.filter((mistake) => !isToldAlready(mistake, mistakes)).map((mistake) => shapeMistake(mistake, source, file, known));
}

function shapeMistake({ pointer, keyword, params }: Mistake, { spots }: Source, file: string, known: readonly string[]): RuleSetMistake {
  const at = (where: string): Spot | null => spots.get(where) ?? spots.get("") ?? null;
  const name = nameAt(pointer);
  if (keyword === "additionalProperties") {
    const key = String(params["additionalProperty"]);
    const meant = nearest(key, known);
    return { code: "shape-unknown-key", values: { key }, file, place: at(`${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`), ...(meant === null ? {} : { meant }) };
  }
  if (keyword === "enum") {
    const allowed = (params["allowedValues"] as unknown[]).map(String);
    return { code: "shape-enum", values: { name, allowed: allowed.join(" | ") }, file, place: at(pointer) };
  }
  const values = { name: name === "" ? file.split("/").at(-1) ?? file : name, detail: detailOf(keyword, params) };
  const code = ["required", "type", "minItems", "minProperties", "pattern", "propertyNames", "uniqueItems"].includes(keyword) ? `shape-${keyword}` : "shape-other";
  return { code, values, file, place: at(pointer) };
}

/** The last name on the way; `decisions #2` for the second entry of a list. */
function nameAt(pointer: string): string {
  const steps = pointer.split("/").map((each) => each.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = steps.at(-1) ?? "";
  const list = steps.at(-2) ?? "";
  return /^\d+$/.test(last) && list !== "" ? `${list} #${Number(last) + 1}` : last;
}

function detailOf(keyword: string, params: Record<string, unknown>): string {
  const detail = ["missingProperty", "type", "propertyName", "pattern"].map((name) => params[name]).find((value) => value !== undefined);
  if (Array.isArray(detail)) return detail.join(" | ");
  return typeof detail === "string" ? detail : keyword;
}

/** A key that is lacking only because it is misspelt is one mistake, not two. */
function isToldAlready({ pointer, keyword, params }: Mistake, all: readonly Mistake[]): boolean {
  if (keyword !== "required") return false;
  const lacking = String(params["missingProperty"]);
  return all.some((other) => other.keyword === "additionalProperties" && other.pointer === pointer && nearest(String(other.params["additionalProperty"]), [lacking]) !== null);
}

function propertyNames(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => [...(key === "properties" ? Object.keys(value as object) : []), ...propertyNames(value)]);
}
