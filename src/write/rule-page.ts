// A rule -> its page of documentation, in Markdown: what it holds, why, how it is computed, examples, how to mend.
import type { Locale } from "../locale.ts";
import { hasWord, word } from "../locale.ts";
import type { Basis, Outcome, Parameter, ParameterValue } from "../model.ts";
import { basisText } from "./finding-text.ts";
import { markdownTable, markdownText } from "./markdown.ts";
import type { RuleExample } from "../rules/examples.ts";
import { conditionText, formulasOf, parametersOf, ruleText } from "../rules/rule-text.ts";
import type { CompiledRule, RuleSet } from "../rules/set.ts";

/** The examples of one rule and the set whose folder they stand in. */
export interface OwnedExamples { set: string; of: readonly RuleExample[] }

/** `words`: those of the rule set; `locale`: those of the program. Headings are the same on every page. */
export function rulePage(rule: CompiledRule, ruleSet: RuleSet, examples: OwnedExamples, words: Locale, locale: Locale): string {
  const say = (key: string, values?: Record<string, string>): string => word(locale, "cli", `docs.${key}`, values);
  const { title, holds, remedy } = ruleText(rule, words);
  const to = rule.effective.to === undefined ? "" : say("until", { to: rule.effective.to });
  const facts = [
    [say("severity"), severities(rule, locale)],
    [say("each"), hasWord(locale, "cli", `each.${rule.each}`) ? word(locale, "cli", `each.${rule.each}`) : rule.each],
    [say("effective"), say("from", { from: rule.effective.from }) + to],
    [say("set"), `${ruleSet.id} ${ruleSet.version}`],
  ];
  return [
    `# ${markdownText(title === "" ? rule.id : title)} \`${rule.id}\``,
    facts.map(([name = "", value = ""]) => `- ${say("line", { name, value: markdownText(value) })}`).join("\n"),
    `## ${say("holds")}`, markdownText(holds),
    `## ${say("why")}`, basisList(rule.basis, locale),
    `## ${say("how")}`, howText(rule, ruleSet, locale),
    `## ${say("parameters")}`, parametersTable(parametersOf(rule, ruleSet), locale),
    `## ${say("examples")}`, ...exampleBlocks(rule, examples.of, locale), ...(examples.set === ruleSet.id || examples.of.length === 0 ? [] : [say("examplesOf", { set: examples.set })]),
    `## ${say("mend")}`, remedy === "" ? say("mendNone") : markdownText(remedy),
  ].join("\n\n");
}

/** All rules of a set by category, each with a link to its page. */
export function indexPage(ruleSet: RuleSet, words: Locale, locale: Locale): string {
  const categories = [...new Set(ruleSet.rules.map((rule) => rule.category))];
  const blocks = categories.flatMap((category) => [
    `## ${hasWord(locale, "cli", `category.${category}`) ? `${word(locale, "cli", `category.${category}`)} \`${category}\`` : category}`,
    ruleSet.rules.filter((rule) => rule.category === category).map((rule) => `- [\`${rule.id}\`](${rule.id}.md) ${word(locale, "interface", `part.${rule.severity}`)} · ${markdownText(ruleText(rule, words).title)}`).join("\n"),
  ]);
  const off = ruleSet.off.length === 0 ? [] : [`## ${word(locale, "cli", "docs.off")}`, ruleSet.off.map(({ id, reason }) => `- \`${id}\` ${markdownText(reason)}`).join("\n")];
  return [`# ${markdownText(ruleSet.title[locale.lang])} \`${ruleSet.id}\` ${ruleSet.version}`, word(locale, "cli", "docs.count", { count: ruleSet.rules.length }), ...blocks, ...off].join("\n\n");
}

function severities(rule: CompiledRule, locale: Locale): string {
  const name = (severity: string): string => word(locale, "interface", `part.${severity}`);
  const others = (rule.source.severityWhen ?? []).map(({ severity, when }) => word(locale, "cli", "docs.severityWhen", { severity: name(severity), when: conditionText(when, locale) }));
  return [name(rule.severity), ...others].join(word(locale, "interface", "place.between"));
}

function basisList(basis: readonly Basis[], locale: Locale): string {
  return basis.length === 0 ? word(locale, "cli", "docs.noBasis") : basis.map((one) => `- ${markdownText(basisText([one], locale))}`).join("\n");
}

function howText(rule: CompiledRule, ruleSet: RuleSet, locale: Locale): string {
  const say = (key: string): string => word(locale, "cli", `docs.${key}`);
  const line = (key: string, value: string): string => word(locale, "cli", "docs.line", { name: say(key), value });
  const { applies, require } = rule.source;
  const formulas = [...formulasOf(rule, ruleSet)].map(([name, text]) => `- \`${name} = ${text}\``);
  return [
    line("applies", applies === undefined ? say("always") : `\`${conditionText(applies, locale)}\``),
    line("require", `\`${conditionText(require, locale)}\``),
    ...(formulas.length === 0 ? [] : [line("facts", "").trimEnd(), formulas.join("\n")]),
    ...(rule.source.points === undefined ? [] : [line("points", `\`${rule.source.points}\``)]),
  ].join("\n\n");
}

function parametersTable(parameters: readonly Parameter[], locale: Locale): string {
  if (parameters.length === 0) return word(locale, "cli", "docs.noParameters");
  const head = ["name", "about", "value", "since", "basis"].map((column) => word(locale, "cli", `docs.parameter.${column}`));
  const rows = parameters.flatMap((parameter) => parameter.values.map(({ from, value, basis }) => [parameter.id, parameter.about[locale.lang] ?? "", valueText(value) + (parameter.unit ?? ""), from, basisText(basis, locale)]));
  return markdownTable([head, ...rows], []);
}

function valueText(value: ParameterValue): string {
  if (!Array.isArray(value)) return String(value);
  return value.map((entry) => (typeof entry === "string" ? entry : Object.entries(entry).map(([key, inner]) => `${key} ${inner}`).join(", "))).join("; ");
}

const SHOWN: readonly Outcome[] = ["pass", "fail", "explained", "waived", "cannot-tell", "not-applicable", "error"];

function exampleBlocks(rule: CompiledRule, examples: readonly RuleExample[], locale: Locale): string[] {
  if (examples.length === 0 && rule.cannotBe === undefined) return [word(locale, "cli", "docs.noExamples")];
  return SHOWN.flatMap((outcome) => {
    const those = examples.filter((example) => example.outcome === outcome);
    const cannot = outcome === "pass" || outcome === "fail" || outcome === "cannot-tell" || outcome === "not-applicable" ? rule.cannotBe?.[outcome] : undefined;
    if (those.length === 0 && cannot === undefined) return [];
    const items = those.map((example) => `- ${markdownText(locale.lang === "en" ? (example.nameEn ?? example.name) : example.name)}${expectedText(example, locale)}`);
    return [`### ${word(locale, "cli", `docs.outcome.${outcome}`)}`, [...items, ...(cannot === undefined ? [] : [markdownText(cannot)])].join("\n")];
  });
}

function expectedText({ expects, why }: RuleExample, locale: Locale): string {
  const numbers = expects.flatMap((one) => (["observed", "expected", "difference"] as const).flatMap((field) => (typeof one[field] === "string" ? [`${word(locale, "interface", `csv.${field}`)} ${one[field]}`] : [])));
  const parts = [...numbers, why ?? ""].filter((part) => part !== "");
  return parts.length === 0 ? "" : word(locale, "cli", "docs.brackets", { text: markdownText(parts.join(word(locale, "interface", "list.comma"))) });
}
