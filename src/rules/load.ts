// The name or folder of a rule set -> the set, checked, laid over what it extends, and compiled.
import { createHash } from "node:crypto";
import { loadLocale, withWords, type Language, type Locale } from "../locale.ts";
import type { Rule } from "../model.ts";
import { nearest } from "../schema.ts";
import { asker } from "./ask.ts";
import { compileCondition } from "./compile.ts";
import { extended, type Extended, type PlacedRule } from "./extend.ts";
import { isBuiltIn, readChain, readyDigest, type SetFiles } from "./files.ts";
import { compileFormula } from "./formula.ts";
import { inspect } from "./inspect.ts";
import { RuleSetError, type RuleSetMistake } from "./mistakes.ts";
import type { CompiledRule, Formulas, RuleSet } from "./set.ts";

/** A built-in set by its id (`national`), or a folder that holds a ruleset.json. Throws a RuleSetError that lists every mistake. */
export async function loadRuleSet(idOrFolder: string): Promise<RuleSet> {
  const chain = await readChain(idOrFolder);
  const set = extended(chain);
  const ready = readyDigest(chain);
  if (ready === null && mistakesIn(set, chain).length > 0) {
    // What the build made ready does not say where in a file a mistake stands.
    const afresh = await readChain(idOrFolder, false);
    throw new RuleSetError(mistakesIn(extended(afresh), afresh));
  }
  const rules = ordered(set).map(compileRule);
  const { id, version, title, categories, scoring, forms } = set.about;
  return {
    id, version, title, categories, scoring, forms, rules,
    digest: ready ?? digestOf(chain),
    chain: chain.map((files) => files.id),
    off: [...set.off].filter(([rule]) => !set.rules.has(rule)).map(([rule, reason]) => ({ id: rule, reason })),
    parameters: set.parameters,
    words: set.words,
    units: set.units,
    derived: new Map([...set.facts].map(([each, facts]) => [each, compiled([...facts].map(([name, { text }]) => [name, text]))])),
    locale: locales(chain, rules),
    folders: chain.map(({ id: folder, path, shown }) => ({ id: folder, path, shown })),
  };
}

/** A rule that was refused is missing from the order too; that needs no line of its own. */
function mistakesIn(set: Extended, chain: readonly SetFiles[]): RuleSetMistake[] {
  return [...set.mistakes, ...(set.mistakes.length > 0 ? [] : orderMistakes(set, chain)), ...inspect(set)];
}

function compileRule({ rule, file, from }: PlacedRule): CompiledRule {
  const { applies, require, points, severityWhen = [], wordsWhen = [], ...rest } = rule;
  return {
    ...rest,
    source: rule,
    applies: applies === undefined ? null : compileCondition(applies),
    require: compileCondition(require),
    askApplies: applies === undefined ? null : asker(applies),
    askRequire: asker(require),
    derived: compiled(Object.entries(rule.facts ?? {})),
    points: points === undefined ? null : compileFormula(points),
    severityWhen: severityWhen.map(({ severity, when }) => ({ severity, when: compileCondition(when) })),
    wordsWhen: wordsWhen.map((variant) => ({ ...variant, when: compileCondition(variant.when) })),
    from,
    file: file.shown,
  };
}

function compiled(formulas: readonly (readonly [string, string])[]): Formulas {
  return new Map(formulas.map(([name, text]) => [name, compileFormula(text)]));
}

/** By category, then as `order` says, then by name. */
function ordered({ rules, about }: Extended): PlacedRule[] {
  const rank = (list: readonly string[], entry: string): number => (list.includes(entry) ? list.indexOf(entry) : list.length);
  const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...rules.values()].sort(({ rule: a }, { rule: b }) =>
    rank(about.categories, a.category) - rank(about.categories, b.category) || byName(a.category, b.category)
    || rank(about.order, a.id) - rank(about.order, b.id) || byName(a.id, b.id));
}

/** Names in ruleset.json that stand for nothing, and folders whose name is a listed category misspelt; other new categories come last. */
function orderMistakes({ rules, off, about }: Extended, chain: readonly SetFiles[]): RuleSetMistake[] {
  const mistake = (code: string, values: Record<string, string>, meant: string | null): RuleSetMistake =>
    ({ code, values, file: `${chain[0]?.shown ?? ""}/ruleset.json`, place: null, ...(meant === null ? {} : { meant }) });
  const unknown = about.order.filter((id) => !rules.has(id) && !off.has(id)).map((id) => mistake("order-unknown", { id }, nearest(id, rules.keys())));
  const unlisted = [...new Set([...rules.values()].map(({ rule }) => rule.category))].filter((category) => !about.categories.includes(category));
  return [...unknown, ...unlisted.flatMap((category) => {
    const meant = nearest(category, about.categories);
    return meant === null ? [] : [mistake("category-unknown", { category }, meant)];
  })];
}

/** Over the contents of every file of every set, keys in order: layout and place of the files do not count. */
function digestOf(chain: readonly SetFiles[]): string {
  const hash = createHash("sha256");
  for (const set of chain) for (const { path, value } of set.files) hash.update(`${set.id}/${path}\n${canonical(value)}\n`);
  return hash.digest("hex");
}

function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.entries(value).filter(([key]) => key !== "$schema").sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
}

/** The built-in words, then those of each set, the nearest last, then those that stand in the rules themselves. */
function locales(chain: readonly SetFiles[], rules: readonly CompiledRule[]): (lang: Language) => Locale {
  const made = new Map<Language, Locale>();
  return (lang) => {
    const known = made.get(lang);
    if (known !== undefined) return known;
    const ofSets = chain.toReversed().flatMap((set) => sectionsOf(set, lang));
    const ofRules = rules.flatMap(({ source }) => wordsOf(source, lang));
    const spoken = ofSets.reduce((words, [section, added]) => withWords(withoutReplaced(words, section, Object.keys(added)), section, added), foundation(chain, lang));
    const locale = ofRules.reduce((words, [section, added]) => withWords(withoutReplaced(words, section, partsOf(added)), section, added), spoken);
    made.set(lang, locale);
    return locale;
  };
}

/** The built-in words; those of the built-in rules only under a set that extends them. */
function foundation(chain: readonly SetFiles[], lang: Language): Locale {
  const locale = loadLocale(lang);
  if (chain.some(({ path }) => isBuiltIn(path))) return locale;
  return { lang, sections: new Map([...locale.sections].filter(([section]) => !section.startsWith("rules/"))) };
}

/** One sentence for all cases replaces a sentence for each, and the other way round: `score.message` beside an old `score.message.over` would never be heard. */
function withoutReplaced(locale: Locale, section: string, keys: readonly string[]): Locale {
  if (!section.startsWith("rules/")) return locale;
  const isReplaced = (key: string): boolean => keys.some((given) => key.startsWith(`${given}.`) || given.startsWith(`${key}.`));
  const kept = Object.entries(locale.sections.get(section) ?? {}).filter(([key]) => !isReplaced(key));
  return { lang: locale.lang, sections: new Map([...locale.sections, [section, Object.fromEntries(kept)]]) };
}

/** `rate.message` of `rate.message.over`: words that stand in a rule are all that is said of it. */
function partsOf(words: Readonly<Record<string, string>>): string[] {
  return [...new Set(Object.keys(words).map((key) => key.split(".").slice(0, 2).join(".")))];
}

function sectionsOf({ files }: SetFiles, lang: Language): [string, Record<string, string>][] {
  const folder = `locales/${lang}/`;
  return files.filter(({ path }) => path.startsWith(folder)).map(({ path, value }) => [path.slice(folder.length, -".json".length), flat(value, "")]);
}

/** Words beside a rule stand where those of the built-in rules do: section `rules/<category>`, keys `<rule>.title`, `<rule>.message.<variant>`. */
function wordsOf({ id, category, words }: Rule, lang: Language): [string, Record<string, string>][] {
  const given = words?.[lang];
  return given === undefined ? [] : [[`rules/${category}`, flat(given, id.slice(category.length + 1))]];
}

function flat(value: unknown, prefix: string): Record<string, string> {
  if (typeof value === "string") return { [prefix]: value };
  if (typeof value !== "object" || value === null) return {};
  return Object.assign({}, ...Object.entries(value).map(([key, inner]) => flat(inner, prefix === "" ? key : `${prefix}.${key}`))) as Record<string, string>;
}
