// A rule and a submission -> for each subject of its kind: the facts it asked for, whether it applies, what of its condition holds, how it ended.
import { subjectsIn, type CheckOptions } from "../check.ts";
import { isDecimal, toText } from "../decimal.ts";
import { missing, ownFact } from "../fact.ts";
import { findingId } from "../finding-id.ts";
import type { Locale } from "../locale.ts";
import type { Condition, Fact, Outcome, ReadSubmission, Report, Subject, Value } from "../model.ts";
import { nameOf } from "../render.ts";
import { compileCondition, factNames, type Get, type Truth } from "../rules/compile.ts";
import { conditionsOf } from "../rules/inspect.ts";
import { parameterFacts } from "../rules/parameters.ts";
import { conditionText } from "../rules/rule-text.ts";
import { withDerived, type CompiledRule, type RuleSet } from "../rules/set.ts";
import { outcomeFrom } from "../screen.ts";

/** `truth`: `missing` where a value is not there, `unknown` where it cannot be read or derived. */
export interface TracedCondition { text: string; truth: Truth; parts: TracedCondition[] }

export interface TracedFact { name: string; state: Fact["state"]; text: string; formula: string | null; lacks: string[]; at: string[] }

export interface Traced {
  rule: string;
  /** The finding's id where there is one, else null. */
  finding: string | null;
  table: string | null;
  subject: string;
  pointer: string;
  outcome: Outcome;
  facts: TracedFact[];
  applies: TracedCondition | null;
  require: TracedCondition;
}

const MOST_TRACED = 500;

/** Of rules about explanations there is none: they look at what others found. */
export function traceOf(read: ReadSubmission, ruleSet: RuleSet, id: string, report: Report, options: CheckOptions): Traced[] {
  const rule = ruleSet.rules.find((each) => each.id === id);
  if (rule === undefined) return [];
  const locale = ruleSet.locale(options.lang ?? "zh");
  const parameters = parameterFacts(ruleSet, report.ruleSet.year);
  const subjects = subjectsIn(read, ruleSet, options).filter(({ each }) => each === rule.each).slice(0, MOST_TRACED);
  return subjects.map((subject) => traced(rule, subject, getterOf(rule, subject, ruleSet, parameters), report, locale));
}

function getterOf(rule: CompiledRule, subject: Subject, ruleSet: RuleSet, parameters: ReadonlyMap<string, Fact>): Get {
  const base: Get = (name) => ownFact(subject, name) ?? parameters.get(name) ?? missing();
  const shared = ruleSet.derived.get(rule.each);
  return withDerived(shared === undefined ? base : withDerived(base, shared), rule.derived);
}

function traced(rule: CompiledRule, subject: Subject, get: Get, report: Report, locale: Locale): Traced {
  const { applies, require } = rule.source;
  const id = findingId(rule.id, subject);
  const finding = report.findings.find((each) => each.id.replace(/~\d+$/, "") === id);
  const outcome = outcomeFrom(applies === undefined ? true : compileCondition(applies)(get), compileCondition(require)(get));
  const broken = outcome === "fail" || outcome === "cannot-tell";
  return {
    rule: rule.id, finding: broken ? (finding?.id ?? null) : null, table: subject.table, subject: nameOf(subject.label, locale), pointer: subject.pointer,
    outcome: broken ? (finding?.outcome ?? outcome) : outcome,
    facts: namesOf(rule).map((name) => tracedFact(name, rule, get)),
    applies: applies === undefined ? null : tracedCondition(applies, get, locale),
    require: tracedCondition(require, get, locale),
  };
}

/** What its conditions name, then what the formulas behind these are computed from. */
function namesOf(rule: CompiledRule): string[] {
  const names = new Set(conditionsOf(rule.source).flatMap(([, condition]) => factNames(condition)));
  for (const name of names) for (const used of rule.derived.get(name)?.names ?? []) names.add(used);
  return [...names];
}

function tracedFact(name: string, rule: CompiledRule, get: Get): TracedFact {
  const fact = get(name);
  return { name, state: fact.state, text: factText(fact), formula: rule.derived.get(name)?.text ?? null, lacks: fact.state === "underivable" ? [...fact.lacks] : [], at: [...fact.at] };
}

/** The value, and the cell's own text where that says it otherwise. */
function factText(fact: Fact): string {
  if (fact.state === "unreadable") return fact.text;
  return fact.state === "known" ? valueText(fact.value) : "";
}

function valueText(value: Value): string {
  if (isDecimal(value)) return toText(value);
  if (typeof value === "object") return value.map((entry) => (isDecimal(entry) ? toText(entry) : entry)).join(" | ");
  return String(value);
}

function tracedCondition(condition: Condition, get: Get, locale: Locale): TracedCondition {
  const parts = "all" in condition ? condition.all : "any" in condition ? condition.any : "not" in condition ? [condition.not] : [];
  return { text: conditionText(condition, locale), truth: compileCondition(condition)(get), parts: parts.map((part) => tracedCondition(part, get, locale)) };
}
