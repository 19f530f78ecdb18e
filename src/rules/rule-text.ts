// A rule -> what a person reads of it: its words, its conditions in plain notation, the parameters that it depends on.
import type { Locale } from "../locale.ts";
import { hasWord, word } from "../locale.ts";
import type { Condition, Leaf, Parameter, Rule } from "../model.ts";
import { factNames } from "./compile.ts";
import { conditionsOf } from "./inspect.ts";
import type { CompiledRule, RuleSet } from "./set.ts";

export interface RuleText { title: string; holds: string; remedy: string }

/** The rule's words in a language; empty where it has none. */
export function ruleText(rule: Pick<Rule, "id" | "category">, locale: Locale): RuleText {
  const of = (key: string): string => {
    const name = `${rule.id.slice(rule.category.length + 1)}.${key}`;
    return hasWord(locale, `rules/${rule.category}`, name) ? word(locale, `rules/${rule.category}`, name) : "";
  };
  return { title: of("title"), holds: of("holds"), remedy: of("remedy") };
}

/** `executed > adjustedBudget`, parts joined by words for and, or, not. */
export function conditionText(condition: Condition, locale: Locale): string {
  if ("all" in condition) return joined(condition.all, "condition.and", locale);
  if ("any" in condition) return joined(condition.any, "condition.or", locale);
  if ("not" in condition && "operator" in condition.not && condition.not.operator === "missing") return leafText({ ...condition.not, operator: "present" }, locale);
  if ("not" in condition) return word(locale, "cli", "condition.not", { what: inner(condition.not, locale) });
  return leafText(condition, locale);
}

function joined(parts: readonly Condition[], glue: string, locale: Locale): string {
  return parts.length === 1 && parts[0] !== undefined ? conditionText(parts[0], locale) : parts.map((part) => inner(part, locale)).join(word(locale, "cli", glue));
}

function inner(condition: Condition, locale: Locale): string {
  const text = conditionText(condition, locale);
  const several = ("all" in condition && condition.all.length > 1) || ("any" in condition && condition.any.length > 1);
  return several ? word(locale, "cli", "condition.group", { what: text }) : text;
}

const SIGNS: Readonly<Record<string, string>> = { equal: "=", notEqual: "≠", lessThan: "<", lessThanInclusive: "≤", greaterThan: ">", greaterThanInclusive: "≥" };

function leafText({ fact, operator, value }: Leaf, locale: Locale): string {
  const shown = value === undefined ? "" : typeof value === "object" && !Array.isArray(value) ? value.fact : Array.isArray(value) ? value.join(" | ") : typeof value === "string" ? `「${value}」` : String(value);
  const sign = SIGNS[operator] ?? (hasWord(locale, "cli", `operator.${operator}`) ? word(locale, "cli", `operator.${operator}`) : operator);
  return [fact, sign, shown].filter((part) => part !== "").join(" ");
}

/** Every formula that the rule's conditions, shown facts and points are computed with: its own and the shared ones, in order of need. */
export function formulasOf(rule: CompiledRule, ruleSet: RuleSet): Map<string, string> {
  const found = new Map<string, string>();
  const shared = ruleSet.derived.get(rule.each);
  const open = startNames(rule);
  for (let name = open.shift(); name !== undefined; name = open.shift()) {
    const formula = rule.derived.get(name) ?? shared?.get(name);
    if (formula === undefined || found.has(name)) continue;
    found.set(name, formula.text);
    open.push(...formula.names);
  }
  return found;
}

/** The parameters among all facts that the rule depends on, in the order of the rule set. */
export function parametersOf(rule: CompiledRule, ruleSet: RuleSet): Parameter[] {
  const names = new Set(startNames(rule));
  const shared = ruleSet.derived.get(rule.each);
  for (const name of formulasOf(rule, ruleSet).keys()) for (const used of (rule.derived.get(name) ?? shared?.get(name))?.names ?? []) names.add(used);
  return [...ruleSet.parameters.values()].filter((parameter) => names.has(parameter.id));
}

function startNames({ source, points, observed, expected, difference }: CompiledRule): string[] {
  return [...conditionsOf(source).flatMap(([, condition]) => factNames(condition)), ...(points?.names ?? []), observed ?? "", expected ?? "", difference ?? ""].filter((name) => name !== "");
}
