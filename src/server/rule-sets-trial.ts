// A submission, a rule set and changed parameters -> the report as it is and as it would be, what differs, and how a rule comes to its answer.
import { check, type CheckOptions } from "../check.ts";
import { compareReports, type Comparison } from "../compare.ts";
import type { Language } from "../locale.ts";
import type { Parameter, ParameterValue, ReadSubmission, Report } from "../model.ts";
import type { Review } from "../review.ts";
import { parametersAt } from "../rules/parameters.ts";
import type { RuleSet } from "../rules/set.ts";
import { inOrder } from "../write/json.ts";
import { traceOf, type Traced } from "./rule-sets-trace.ts";

export interface TrialOptions { year: string | null; lang: Language; review: Review | null; parameters: Record<string, ParameterValue>; rule: string | null }

export interface Trial {
  before: Report;
  after: Report;
  comparison: Comparison;
  /** Of the named rule under the changed parameters; empty where none is named. */
  trace: Traced[];
  /** What was changed: the values that were in force, and those tried. */
  parameters: { id: string; was: ParameterValue | null; is: ParameterValue }[];
}

export async function trialOf(read: ReadSubmission, ruleSet: RuleSet, { year, lang, review, parameters, rule }: TrialOptions): Promise<Trial> {
  const options: CheckOptions = { lang, chosenBy: "option", ...(year === null ? {} : { year }), ...(review === null ? {} : { review }) };
  const changed = withParameters(ruleSet, parameters);
  const before = await check(read, ruleSet, options);
  const after = changed === ruleSet ? before : await check(read, changed, options);
  const inForce = parametersAt(ruleSet, before.ruleSet.year);
  return {
    before: inOrder(before) as Report, after: inOrder(after) as Report, comparison: compareReports(before, after),
    trace: rule === null ? [] : traceOf(read, changed, rule, after, options),
    parameters: Object.entries(parameters).map(([id, is]) => ({ id, was: inForce.get(id) ?? null, is })),
  };
}

/** The set with values that hold in every year; ids that it does not have count for nothing. */
export function withParameters(ruleSet: RuleSet, given: Record<string, ParameterValue>): RuleSet {
  const named = Object.keys(given).filter((id) => ruleSet.parameters.has(id));
  if (named.length === 0) return ruleSet;
  const moved = [...ruleSet.parameters].map(([id, parameter]): [string, Parameter] => {
    const value = Object.hasOwn(given, id) ? given[id] : undefined;
    return [id, value === undefined ? parameter : { ...parameter, values: parameter.values.map((dated) => ({ ...dated, value })) }];
  });
  return { ...ruleSet, parameters: new Map(moved) };
}

/** Whether a value is of the kind that the parameter has: a number for a number, one of the same shape for a list. */
export function isOfKind(parameter: Parameter, value: unknown): value is ParameterValue {
  const [known] = parameter.values;
  if (known === undefined) return false;
  if (typeof known.value === "boolean") return typeof value === "boolean";
  if (typeof known.value === "string") return typeof value === "string" && value.length <= 40 && (/^-?\d+(?:\.\d+)?$/.test(known.value) ? /^-?\d{1,12}(?:\.\d{1,8})?$/.test(value) : value !== "");
  if (!Array.isArray(value) || value.length > 200) return false;
  const [sample] = known.value;
  if (typeof sample === "string" || sample === undefined) return value.every((entry) => typeof entry === "string" && entry.length <= 200);
  return value.every((entry) => typeof entry === "object" && entry !== null && Object.values(entry as object).every((inner) => typeof inner === "string" && inner.length <= 200));
}
