// The files of a rule set and of those it extends -> one set of things by name, the nearer set's winning.
import type { Basis, Parameter, ParameterValue, Rule } from "../model.ts";
import { nearest } from "../schema.ts";
import type { RuleFile, SetFiles } from "./files.ts";
import type { RuleSetMistake } from "./mistakes.ts";
import type { WordList } from "./set.ts";
import { step, type Spot } from "./source.ts";

/** A rule as it stands after all replacing, and the file that had the last word. */
export interface PlacedRule { rule: Rule; file: RuleFile; from: string }

export interface Extended {
  about: RuleSetFile;
  rules: Map<string, PlacedRule>;
  off: Map<string, string>;
  parameters: Map<string, Parameter>;
  words: Record<string, WordList>;
  units: Record<string, unknown>;
  /** each -> fact -> formula, and where it is written. */
  facts: Map<string, Map<string, { text: string; file: RuleFile }>>;
  mistakes: RuleSetMistake[];
}

export interface RuleSetFile {
  id: string;
  version: string;
  title: { zh: string; en: string };
  categories: string[];
  order: string[];
  scoring: Record<string, unknown>;
  forms: string[];
}

/** Lays the sets over one another, `chain` being this set first. A replacement of nothing is a mistake, not a new thing. */
export function extended(chain: readonly SetFiles[]): Extended {
  const merged: Extended = {
    about: { id: "", version: "", title: { zh: "", en: "" }, categories: [], order: [], scoring: {}, forms: [] },
    rules: new Map(), off: new Map(), parameters: new Map(), words: {}, units: {}, facts: new Map(), mistakes: [],
  };
  for (const set of chain.toReversed()) lay(merged, set);
  return merged;
}

function lay(merged: Extended, set: SetFiles): void {
  for (const file of set.files) {
    if (file.path === "ruleset.json") layAbout(merged, file);
    else if (file.path === "parameters.json") layParameters(merged, set, file);
    else if (file.path === "words.json") layWords(merged, set, file);
    else if (file.path === "units.json") Object.assign(merged.units, members(file));
    else if (file.path === "facts.json") layFacts(merged, set, file);
    else if (!file.path.startsWith("locales/")) layRule(merged, set, file);
  }
}

function layAbout({ about }: Extended, file: RuleFile): void {
  const { scoring, ...given } = members(file) as Partial<RuleSetFile>;
  Object.assign(about, given, { scoring: { ...about.scoring, ...scoring } });
}

type ParameterEntry = Omit<Parameter, "id" | "about" | "values"> & { about?: Record<string, string>; new?: true; values: { from: string; value: ParameterValue | number; basis: Basis[] }[] };

function layParameters({ parameters, mistakes }: Extended, set: SetFiles, file: RuleFile): void {
  for (const [id, entry] of Object.entries(members(file) as Record<string, ParameterEntry>)) {
    const base = parameters.get(id);
    const about = entry.about ?? base?.about;
    if (base === undefined && set.extends !== null && entry.new !== true) mistakes.push(ofNothing("parameter", id, parameters.keys(), file, file.spots.get(step(id))));
    else if (about === undefined) mistakes.push(at(file, step(id), "parameter-about", { id }));
    mistakes.push(...dateMistakes(id, entry, file));
    const unit = entry.unit ?? base?.unit;
    parameters.set(id, { id, about: about ?? {}, values: entry.values.map((value) => ({ ...value, value: asText(value.value) })), ...(unit === undefined ? {} : { unit }) });
  }
}

const asText = (value: ParameterValue | number): ParameterValue => (typeof value === "number" ? String(value) : value);

function dateMistakes(id: string, { values }: ParameterEntry, file: RuleFile): RuleSetMistake[] {
  return values.flatMap(({ from }, index) => {
    const place = `${step(id)}/values/${String(index)}`;
    if (!isDate(from)) return [at(file, place, "parameter-date", { from })];
    return values.findIndex((value) => value.from === from) < index ? [at(file, place, "parameter-dates", { id, from })] : [];
  });
}

/** Whether the calendar has that day. */
export function isDate(text: string): boolean {
  const [year, month, day] = text.split("-").map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0));
  return date.toISOString().slice(0, 10) === text;
}

function layWords({ words, mistakes }: Extended, set: SetFiles, file: RuleFile): void {
  for (const [id, list] of Object.entries(members(file) as Record<string, WordList>)) {
    const meant = set.extends === null || Object.hasOwn(words, id) ? null : nearest(id, Object.keys(words));
    if (meant !== null) mistakes.push({ ...at(file, step(id), "override-words", { id }), place: null, meant });
    words[id] = list;
  }
}

function layFacts({ facts, mistakes }: Extended, set: SetFiles, file: RuleFile): void {
  for (const [each, formulas] of Object.entries(members(file) as Record<string, Record<string, string>>)) {
    const known = facts.get(each) ?? new Map<string, { text: string; file: RuleFile }>();
    for (const [name, text] of Object.entries(formulas)) {
      const meant = set.extends === null || known.has(name) ? null : nearest(name, known.keys());
      if (meant !== null) mistakes.push({ ...at(file, step(each) + step(name), "override-fact", { id: name }), meant });
      known.set(name, { text, file });
    }
    facts.set(each, known);
  }
}

type RuleEntry = Omit<Rule, "category"> & { new?: boolean; override?: boolean; off?: boolean; reason?: string };

function layRule({ rules, off, mistakes }: Extended, set: SetFiles, file: RuleFile): void {
  const { new: isNew, override, off: isOff, reason, ...given } = members(file) as unknown as RuleEntry;
  const [category = "", name] = file.path.replace(/\.json$/, "").split("/");
  const expected = `${category}/${name ?? ""}`;
  if (given.id !== expected) return void mistakes.push(at(file, "/id", "rule-place", { id: given.id, expected }));
  const base = rules.get(given.id);
  if (base === undefined && (override === true || isOff === true || (set.extends !== null && isNew !== true))) {
    return void mistakes.push(ofNothing("rule", given.id, [...rules.keys(), ...off.keys()], file, file.spots.get("/id")));
  }
  if (isOff === true) {
    rules.delete(given.id);
    off.set(given.id, reason ?? "");
    return;
  }
  rules.set(given.id, { rule: { ...(override === true ? base?.rule : {}), ...given, category }, file, from: set.id });
}

/** What was meant to replace something: the likeliest name, or how to say that it is new. */
function ofNothing(kind: "parameter" | "rule", id: string, known: Iterable<string>, file: RuleFile, place: Spot | undefined): RuleSetMistake {
  const meant = nearest(id, known);
  if (meant === null) return { code: "new-hint", values: { id }, file: file.shown, place: place ?? null };
  return { code: `override-${kind}`, values: { id }, file: file.shown, place: null, meant };
}

/** A mistake at the pointer of a file. */
export function at(file: RuleFile, pointer: string, code: string, values: Record<string, string>): RuleSetMistake {
  return { code, values, file: file.shown, place: file.spots.get(pointer) ?? file.spots.get("") ?? null };
}

function members(file: RuleFile): Record<string, unknown> {
  return Object.fromEntries(Object.entries(file.value as object).filter(([key]) => key !== "$schema"));
}
