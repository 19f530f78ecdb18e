// A loaded rule set -> what is wrong with it though it loads: names of nothing, words that are lacking, things nobody uses.
import { hasWord, LANGUAGES, word, type Language } from "../locale.ts";
import { nearest } from "../schema.ts";
import { factNames } from "./compile.ts";
import { exampleFile, loadExamples, type RuleExample } from "./examples.ts";
import { conditionsOf } from "./inspect.ts";
import { RuleSetError, type RuleSetMistake } from "./mistakes.ts";
import type { CompiledRule, RuleSet } from "./set.ts";

/** What the program offers, against which a set is checked. */
export interface Known {
  /** Each kind of subject, with the facts that it offers. */
  facts: Readonly<Record<string, readonly string[]>>;
  /** How words may ask for a fact to be printed: `{rate:percent}`. */
  formats?: readonly string[];
  /** Parameters that the program itself asks for, so that no rule need name them. */
  parameters?: readonly string[];
}

/** Every doubt about the set, rule by rule in its order; none: it is sound. */
export async function lintRuleSet(ruleSet: RuleSet, known: Known): Promise<RuleSetMistake[]> {
  return [
    ...ruleSet.rules.flatMap((rule) => [...factMistakes(ruleSet, rule, known), ...wordMistakes(ruleSet, rule, known), ...linkMistakes(ruleSet, rule)]),
    ...derivedMistakes(ruleSet, known),
    ...unusedParameters(ruleSet, known),
    ...(await exampleMistakes(ruleSet)),
  ];
}

function factMistakes(ruleSet: RuleSet, rule: CompiledRule, known: Known): RuleSetMistake[] {
  const { id, each } = rule;
  if (!Object.hasOwn(known.facts, each)) return [mistake(rule.file, "lint-each", { id, each, known: Object.keys(known.facts).join(" ") }, nearest(each, Object.keys(known.facts)))];
  const names = namesFor(ruleSet, rule, known);
  const unknown = (fact: string): boolean => !names.has(fact);
  const formulas = [...rule.derived, ...(rule.points === null ? [] : [["points", rule.points] as const])];
  const shown = (["observed", "expected", "difference"] as const).flatMap((part) => (rule[part] === undefined ? [] : [[part, rule[part]] as const]));
  return [
    ...[...new Set(conditionsOf(rule.source).flatMap(([, condition]) => factNames(condition)))].filter(unknown).map((fact) => mistake(rule.file, "lint-fact", { id, fact, each }, nearest(fact, names))),
    ...formulas.flatMap(([name, formula]) => formula.names.filter(unknown).map((fact) => mistake(rule.file, "lint-formula-fact", { name, fact, each }, nearest(fact, names)))),
    ...shown.filter(([, fact]) => unknown(fact)).map(([part, fact]) => mistake(rule.file, "lint-shown", { id, part, fact, each }, nearest(fact, names))),
  ];
}

/** Every name that the rule's conditions, formulas and words may use. */
function namesFor(ruleSet: RuleSet, rule: CompiledRule, { facts }: Known): Set<string> {
  const shared = ruleSet.derived.get(rule.each)?.keys() ?? [];
  return new Set([...rule.derived.keys(), ...shared, ...(facts[rule.each] ?? []), ...ruleSet.parameters.keys()]);
}

const PARTS = ["title", "holds", "message", "remedy"] as const;

function wordMistakes(ruleSet: RuleSet, rule: CompiledRule, known: Known): RuleSetMistake[] {
  return LANGUAGES.flatMap((lang) => {
    const lacking = PARTS.filter((part) => keysOf(ruleSet, rule, lang, part).length === 0)
      .map((part) => mistake(rule.file, "lint-words", { id: rule.id, lang, language: `kind-${lang}`, part, category: rule.category }, null));
    const variants = rule.wordsWhen.map(({ words }) => words).filter((words) => !keysOf(ruleSet, rule, lang, "message").includes(`${nameOf(rule)}.message.${words}`));
    return [
      ...lacking,
      ...variants.map((words) => mistake(rule.file, "lint-variant", { id: rule.id, words, language: `kind-${lang}` }, null)),
      ...placeholderMistakes(ruleSet, rule, known, lang),
    ];
  });
}

function placeholderMistakes(ruleSet: RuleSet, rule: CompiledRule, known: Known, lang: Language): RuleSetMistake[] {
  if (!Object.hasOwn(known.facts, rule.each)) return [];
  const names = namesFor(ruleSet, rule, known);
  const { formats: printable = [] } = known;
  return PARTS.flatMap((part) => keysOf(ruleSet, rule, lang, part).flatMap((key) => {
    const text = word(ruleSet.locale(lang), `rules/${rule.category}`, key);
    const placeholders = [...text.matchAll(/\{([^{}]+)\}/g)].map(([, placeholder = ""]) => placeholder.split(":"));
    const wrong = placeholders.flatMap(([name = "", ...formats]) => [...(names.has(name) ? [] : [name]), ...formats.filter((format) => !printable.includes(format))]);
    return wrong.map((placeholder) => mistake(rule.file, "lint-placeholder", { id: rule.id, language: `kind-${lang}`, part: key, placeholder }, nearest(placeholder, [...names, ...printable])));
  }));
}

/** The keys under which a part of the rule's words stands: `rate.message`, or one for each variant. */
function keysOf(ruleSet: RuleSet, rule: CompiledRule, lang: Language, part: string): string[] {
  const key = `${nameOf(rule)}.${part}`;
  const locale = ruleSet.locale(lang);
  const section = `rules/${rule.category}`;
  const variants = Object.keys(locale.sections.get(section) ?? {}).filter((candidate) => candidate.startsWith(`${key}.`));
  return hasWord(locale, section, key) ? [key, ...variants] : variants;
}

const nameOf = ({ id, category }: CompiledRule): string => id.slice(category.length + 1);

function linkMistakes({ rules, off }: RuleSet, { id, file, linked = [] }: CompiledRule): RuleSetMistake[] {
  const ids = [...rules, ...off].map((rule) => rule.id);
  return linked.filter((other) => !ids.includes(other)).map((other) => mistake(file, "lint-linked", { id, other }, nearest(other, ids)));
}

function derivedMistakes(ruleSet: RuleSet, { facts }: Known): RuleSetMistake[] {
  const file = `${ruleSet.folders[0]?.shown ?? ruleSet.id}/facts.json`;
  return [...ruleSet.derived].flatMap(([each, formulas]) => {
    const names = new Set([...formulas.keys(), ...(facts[each] ?? []), ...ruleSet.parameters.keys()]);
    return [...formulas].flatMap(([name, formula]) => formula.names.filter((fact) => !names.has(fact))
      .map((fact) => mistake(file, "lint-formula-fact", { name, fact, each }, nearest(fact, names))));
  });
}

function unusedParameters(ruleSet: RuleSet, { parameters: asked = [] }: Known): RuleSetMistake[] {
  const formulas = [...ruleSet.derived.values(), ...ruleSet.rules.map((rule) => rule.derived)].flatMap((layer) => [...layer.values()]);
  const used = new Set([
    ...asked,
    ...textsIn(ruleSet.scoring),
    ...ruleSet.rules.flatMap((rule) => [...conditionsOf(rule.source).flatMap(([, condition]) => factNames(condition)), ...(rule.points?.names ?? [])]),
    ...formulas.flatMap(({ names }) => names),
  ]);
  const file = `${ruleSet.folders[0]?.shown ?? ruleSet.id}/parameters.json`;
  return [...ruleSet.parameters.keys()].filter((id) => !used.has(id)).map((id) => mistake(file, "lint-unused-parameter", { id }, null));
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

async function exampleMistakes(ruleSet: RuleSet): Promise<RuleSetMistake[]> {
  try {
    const examples = await loadExamples(ruleSet);
    return ruleSet.rules.filter(({ from }) => from === ruleSet.id).flatMap((rule) => lackingExamples(rule, examples.filter((example) => example.rule === rule.id)));
  } catch (problem) {
    if (problem instanceof RuleSetError) return [...problem.mistakes];
    throw problem;
  }
}

const SHOULD_OCCUR = ["pass", "fail", "cannot-tell", "not-applicable"] as const;

function lackingExamples({ id, file, cannotBe }: CompiledRule, examples: readonly RuleExample[]): RuleSetMistake[] {
  if (examples.length === 0) return [mistake(file, "lint-examples", { id, file: exampleFile(id).split("/").at(-1) ?? "" }, null)];
  const lacking = SHOULD_OCCUR.filter((outcome) => cannotBe?.[outcome] === undefined && !examples.some((example) => example.outcome === outcome));
  return lacking.map((outcome) => mistake(file, "lint-outcome", { id, outcome }, null));
}

function mistake(file: string, code: string, values: Record<string, string>, meant: string | null): RuleSetMistake {
  return { code, values, file, place: null, ...(meant === null ? {} : { meant }) };
}
