// A loaded rule set: what the stages ask of it. Types, and the questions of which rule, parameter and fact holds when.
import type { Fact, Parameter, Rule, Severity } from "../model.ts";
import type { Language, Locale } from "../locale.ts";
import type { Ask } from "./ask.ts";
import { factNames, type Get, type Truth } from "./compile.ts";
import type { CompiledFormula } from "./formula.ts";

export interface RuleSet {
  id: string;
  version: string;
  title: Readonly<Record<Language, string>>;
  /** sha256 over everything in the set and those it extends that can change an answer. */
  digest: string;
  /** Ids from this set up to the one that extends none. */
  chain: readonly string[];
  /** In the order of reports: by category, then as `order` says, then by name. */
  rules: readonly CompiledRule[];
  /** Rules that the set switches off, with the reason. */
  off: readonly { id: string; reason: string }[];
  categories: readonly string[];
  parameters: ReadonlyMap<string, Parameter>;
  /** Free keys; what scoring reads from it is scoring's own. */
  scoring: Readonly<Record<string, unknown>>;
  words: Readonly<Record<string, WordList>>;
  units: Readonly<Record<string, unknown>>;
  /** Names of the form editions that the set adds. */
  forms: readonly string[];
  /** Derived facts of every subject of a kind, by `each`. */
  derived: ReadonlyMap<string, Formulas>;
  /** The words of a language, with those that the set replaces or its rules bring. */
  locale: (lang: Language) => Locale;
  /** Where the set and those it extends stand, this one first. For tools over the files, never for reports. */
  folders: readonly SetFolder[];
}

export type WordList = readonly string[] | Readonly<Record<string, readonly string[]>>;
export type Formulas = ReadonlyMap<string, CompiledFormula>;
export type Test = (get: Get) => Truth;

/** `shown` is the folder as a person knows it (`rules/hunan`). */
export interface SetFolder { id: string; path: string; shown: string }

/** A rule with its conditions and formulas as functions; `source` is the rule as written. */
export interface CompiledRule extends Omit<Rule, "applies" | "require" | "points" | "severityWhen" | "wordsWhen"> {
  source: Rule;
  applies: Test | null;
  require: Test;
  askApplies: Ask | null;
  askRequire: Ask;
  /** The rule's own facts. */
  derived: Formulas;
  points: CompiledFormula | null;
  severityWhen: readonly { severity: Severity; when: Test }[];
  wordsWhen: readonly { words: string; when: Test; shows?: Rule["shows"] }[];
  /** The set that the rule as it stands comes from, and its file. */
  from: string;
  file: string;
}

/** The rules in force at the end of the fiscal year. Throws a RangeError for a year that is none. */
export function rulesInForce(ruleSet: RuleSet, year: string): CompiledRule[] {
  const day = lastDay(year);
  return ruleSet.rules.filter(({ effective }) => effective.from <= day && (effective.to === undefined || day <= effective.to));
}

/** The names that the conditions of the rules ask for, and those that formulas make them of; what a finding shows is asked only once there is one. */
export function factsAsked(rules: readonly CompiledRule[], formulas: Formulas | undefined): ReadonlySet<string> {
  const asked = new Set<string>();
  const add = (name: string, own: Formulas): void => {
    if (asked.has(name) && !own.has(name)) return;
    asked.add(name);
    for (const inner of (own.get(name) ?? formulas?.get(name))?.names ?? []) add(inner, own);
  };
  for (const { source: { applies, require }, derived } of rules) {
    for (const name of [...(applies === undefined ? [] : factNames(applies)), ...factNames(require)]) add(name, derived);
  }
  return asked;
}

/** The last day of the fiscal year, 31 December, on which the evaluation is made. */
export function lastDay(year: string): string {
  if (!/^\d{4}$/.test(year)) throw new RangeError(`not a year: ${year}`);
  return `${year}-12-31`;
}

/**
 * A subject's facts with the derived ones among them: a formula of that name wins over `base`.
 * Each is computed once. Circles are refused when a set is loaded.
 */
export function withDerived(base: Get, formulas: Formulas): Get {
  let found: Map<string, Fact> | null = null;
  const get: Get = (name) => {
    const formula = formulas.get(name);
    if (formula === undefined) return base(name);
    const known = found?.get(name);
    if (known !== undefined) return known;
    const fact = formula.derive(get);
    (found ??= new Map()).set(name, fact);
    return fact;
  };
  return get;
}
