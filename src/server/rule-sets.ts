// The rule sets that the service knows -> what a person reads of them, and which is in force for a year.
import { loadLocale, type Language, type Locale } from "../locale.ts";
import type { Basis, Condition, Outcome, ParameterValue, Severity } from "../model.ts";
import { loadExamples, type RuleExample } from "../rules/examples.ts";
import { builtInIds } from "../rules/files.ts";
import { parametersAt } from "../rules/parameters.ts";
import { conditionText, formulasOf, parametersOf, ruleText } from "../rules/rule-text.ts";
import type { CompiledRule, RuleSet } from "../rules/set.ts";
import { hasWord, word } from "../word.ts";
import { Problem } from "./problem.ts";
import { loadedRuleSet } from "./rule-sets-loaded.ts";
import type { Settings } from "./settings.ts";
import type { Db, Trx } from "./store/database.ts";

/** What holds where nobody has said which. */
export const USUAL_RULE_SET = "national";

/** The set in force for a year. */
export async function ruleSetFor(db: Db | Trx, year: string): Promise<string> {
  const row = await db.selectFrom("rule_set_in_force").select("rule_set").where("year", "=", year).executeTakeFirst();
  return row?.rule_set ?? USUAL_RULE_SET;
}

/** Every set by its id: the built-in ones, and the folders that the settings name. What a request names is looked up here and never opened as a path. */
export async function knownRuleSets(settings: Pick<Settings, "ruleSets">): Promise<Map<string, string>> {
  const known = new Map((await builtInIds()).map((id) => [id, id]));
  for (const { folder, set } of await ownRuleSets(settings)) if (set !== null) known.set(set.id, folder);
  return known;
}

/** The folders that the settings name and that cannot be used, with what was thrown: they are said to whoever runs the service, and all others go on. */
export async function brokenRuleSets(settings: Pick<Settings, "ruleSets">): Promise<{ folder: string; problem: unknown }[]> {
  return (await ownRuleSets(settings)).filter(({ set }) => set === null).map(({ folder, problem }) => ({ folder, problem }));
}

async function ownRuleSets({ ruleSets }: Pick<Settings, "ruleSets">): Promise<{ folder: string; set: RuleSet | null; problem: unknown }[]> {
  return await Promise.all(ruleSets.map(async (folder) => await loadedRuleSet(folder).then((set) => ({ folder, set, problem: null }), (problem: unknown) => ({ folder, set: null, problem }))));
}

/** Where the set of that id is loaded from. Throws Problem 422 (404 where it is the address that names it). */
export async function pathOfRuleSet(settings: Pick<Settings, "ruleSets">, id: string, status: 404 | 422 = 422): Promise<string> {
  const path = (await knownRuleSets(settings)).get(id);
  if (path === undefined) throw status === 404 ? new Problem(404, "notFound") : new Problem(422, "ruleSetUnknown", { id });
  return path;
}

export interface RuleSetLine { id: string; version: string; title: string; digest: string; rules: number; extends: string[] }

export async function ruleSetLines(settings: Pick<Settings, "ruleSets">, lang: Language): Promise<RuleSetLine[]> {
  const sets = await Promise.all([...(await knownRuleSets(settings)).values()].map(loadedRuleSet));
  return sets.map((set) => ({ id: set.id, version: set.version, title: set.title[lang], digest: set.digest, rules: set.rules.length, extends: set.chain.slice(1) }));
}

export interface RuleLine {
  id: string; category: string; title: string; holds: string; remedy: string; severity: Severity; each: string; eachTitle: string;
  effective: { from: string; to?: string }; basis: Basis[]; parameters: string[]; examples: number; from: string;
}

export interface ParameterShown { id: string; about: string; unit: string | null; values: { from: string; value: ParameterValue; basis: Basis[] }[]; inForce: ParameterValue | null }

/** `year`: whose parameters are in force. */
export async function ruleSetShown(set: RuleSet, year: string, lang: Language): Promise<RuleSetLine & { chain: string[]; categories: { id: string; title: string }[]; rulesOf: RuleLine[]; parameters: ParameterShown[]; off: { id: string; reason: string }[] }> {
  const words = set.locale(lang);
  const examples = await examplesByRule(set);
  const inForce = parametersAt(set, year);
  const categories = [...new Set(set.rules.map(({ category }) => category))];
  return {
    id: set.id, version: set.version, title: set.title[lang], digest: set.digest, rules: set.rules.length, extends: set.chain.slice(1), chain: [...set.chain],
    categories: categories.map((id) => ({ id, title: named(loadLocale(lang), "category", id) })),
    rulesOf: set.rules.map((rule) => ruleLine(rule, set, examples.get(rule.id)?.length ?? 0, words)),
    parameters: [...set.parameters.values()].map((parameter) => ({ id: parameter.id, about: parameter.about[lang] ?? "", unit: parameter.unit ?? null, values: parameter.values, inForce: inForce.get(parameter.id) ?? null })),
    off: [...set.off],
  };
}

export interface ExampleShown { outcome: Outcome; name: string; expects: string; year: string | null; submission: Record<string, unknown>; parameters: Record<string, ParameterValue | number> | null }
export interface RuleShown extends RuleLine { applies: string | null; require: string; formulas: { name: string; text: string }[]; points: string | null; severityWhen: { severity: Severity; when: string }[]; exampleList: ExampleShown[]; source: object }

/** One rule, all of it; null where the set has none of that id. */
export async function ruleShown(set: RuleSet, id: string, lang: Language): Promise<RuleShown | null> {
  const rule = set.rules.find((each) => each.id === id);
  if (rule === undefined) return null;
  const examples = (await examplesByRule(set)).get(id) ?? [];
  const locale = loadLocale(lang);
  const text = (condition: Condition): string => conditionText(condition, locale);
  const { applies, require, points, severityWhen = [] } = rule.source;
  return {
    ...ruleLine(rule, set, examples.length, set.locale(lang)),
    applies: applies === undefined ? null : text(applies), require: text(require),
    formulas: [...formulasOf(rule, set)].map(([name, formula]) => ({ name, text: formula })), points: points ?? null,
    severityWhen: severityWhen.map(({ severity, when }) => ({ severity, when: text(when) })),
    exampleList: examples.map((example) => exampleShown(example, locale)), source: rule.source,
  };
}

function ruleLine(rule: CompiledRule, set: RuleSet, examples: number, words: Locale): RuleLine {
  const { id, category, severity, each, effective, basis, from } = rule;
  const { title, holds, remedy } = ruleText(rule, words);
  return { id, category, title, holds, remedy, severity, each, eachTitle: named(words, "each", each), effective, basis, parameters: parametersOf(rule, set).map((parameter) => parameter.id), examples, from };
}

function exampleShown({ outcome, name, nameEn, expects, year, submission, parameters }: RuleExample, locale: Locale): ExampleShown {
  const numbers = expects.flatMap((one) => (["observed", "expected", "difference"] as const).flatMap((field) => (typeof one[field] === "string" ? [`${word(locale, "interface", `csv.${field}`)} ${one[field]}`] : [])));
  return { outcome, name: locale.lang === "en" ? (nameEn ?? name) : name, expects: numbers.join(word(locale, "interface", "list.comma")), year: year ?? null, submission: { format: "ziping/submission@1", ...submission }, parameters: parameters ?? null };
}

const named = (locale: Locale, kind: "category" | "each", id: string): string => (hasWord(locale, "cli", `${kind}.${id}`) ? word(locale, "cli", `${kind}.${id}`) : id);

const examplesOf = new WeakMap<RuleSet, Promise<Map<string, RuleExample[]>>>();

/** The examples of each rule: its own set's, else those of the nearest set that it extends. */
function examplesByRule(set: RuleSet): Promise<Map<string, RuleExample[]>> {
  const known = examplesOf.get(set) ?? collected(set);
  examplesOf.set(set, known);
  return known;
}

async function collected(set: RuleSet): Promise<Map<string, RuleExample[]>> {
  const found = new Map<string, RuleExample[]>();
  for (const { path } of [...set.folders].reverse()) {
    const own = new Map<string, RuleExample[]>();
    for (const example of await loadExamples(path === set.folders[0]?.path ? set : await loadedRuleSet(path))) own.set(example.rule, [...(own.get(example.rule) ?? []), example]);
    for (const [rule, examples] of own) found.set(rule, examples);
  }
  return found;
}
