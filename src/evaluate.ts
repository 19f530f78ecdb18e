// Subjects and rules -> one outcome for every rule on every subject. Nobody is accused unless two evaluators agree.
import { factOf, missing } from "./fact.ts";
import type { Fact, Outcome, Severity, Subject } from "./model.ts";
import type { Evidence } from "./rules/ask.ts";
import { lackingFacts, type Get, type Truth } from "./rules/compile.ts";
import { withDerived, type CompiledRule, type RuleSet } from "./rules/set.ts";

/** How a rule ended on a subject; only what is neither passed nor not applicable is kept. */
export interface Result {
  rule: CompiledRule;
  subject: Subject;
  outcome: Outcome;
  severity: Severity;
  get: Get;
  /** Facts that keep the outcome open. */
  lacks: readonly string[];
  evidence: readonly Evidence[];
  error?: string;
}

export interface Evaluation { results: Result[]; counts: Map<string, Record<Outcome, number>> }

export interface EvaluateOptions {
  /** Parameters in force, as facts. */
  parameters: ReadonlyMap<string, Fact>;
  /** Screen with compiled conditions and put only what they find broken to json-rules-engine; false puts everything to both. */
  screen: boolean;
}

/** Every rule on every subject of its kind, in the order of the rule set. One rule's error never stops the others. */
export async function evaluate(rules: readonly CompiledRule[], subjects: readonly Subject[], ruleSet: Pick<RuleSet, "derived">, options: EvaluateOptions): Promise<Evaluation> {
  const evaluation: Evaluation = { results: [], counts: new Map() };
  const byEach = grouped(subjects);
  for (const rule of rules) {
    const counts = emptyCounts();
    evaluation.counts.set(rule.id, counts);
    for (const subject of byEach.get(rule.each) ?? []) {
      const result = await outcomeOf(rule, subject, ruleSet, options);
      counts[result.outcome] += 1;
      if (result.outcome !== "pass" && result.outcome !== "not-applicable") evaluation.results.push(result);
    }
  }
  return evaluation;
}

function grouped(subjects: readonly Subject[]): Map<string, Subject[]> {
  const groups = new Map<string, Subject[]>();
  for (const subject of subjects) {
    const group = groups.get(subject.each);
    if (group === undefined) groups.set(subject.each, [subject]);
    else group.push(subject);
  }
  return groups;
}

export const emptyCounts = (): Record<Outcome, number> => ({ pass: 0, fail: 0, explained: 0, waived: 0, "not-applicable": 0, "cannot-tell": 0, error: 0 });

async function outcomeOf(rule: CompiledRule, subject: Subject, { derived }: Pick<RuleSet, "derived">, options: EvaluateOptions): Promise<Result> {
  const base = (name: string): Fact => (Object.hasOwn(subject.facts, name) ? factOf(subject, name) : (options.parameters.get(name) ?? missing()));
  const layers = [rule.derived, derived.get(rule.each)].filter((layer) => layer !== undefined);
  const get = withDerived(base, ...layers);
  const result: Result = { rule, subject, outcome: "pass", severity: rule.severity, get, lacks: [], evidence: [] };
  try {
    const screened = settle(rule, get);
    if (screened.outcome !== "fail" && options.screen) return { ...result, ...screened };
    const answered = await confirm(rule, get);
    if (answered.outcome !== screened.outcome) return { ...result, outcome: "error", error: `${screened.outcome} ≠ ${answered.outcome}` };
    const severity = screened.outcome === "fail" || screened.outcome === "cannot-tell" ? severityOf(rule, get) : rule.severity;
    return { ...result, ...screened, severity, evidence: answered.evidence };
  } catch (error) {
    return { ...result, outcome: "error", error: error instanceof Error ? error.message : String(error) };
  }
}

type Settled = Pick<Result, "outcome" | "lacks">;

function settle(rule: CompiledRule, get: Get): Settled {
  const applies = rule.applies === null ? true : rule.applies(get);
  const outcome = outcomeFrom(applies, applies === true ? rule.require(get) : true);
  if (outcome !== "cannot-tell") return { outcome, lacks: [] };
  const open = applies === true || rule.source.applies === undefined ? rule.source.require : rule.source.applies;
  return { outcome, lacks: lackingFacts(open, get) };
}

/** `applies` asks whether there is anything to check: what is not there settles that. `require` needs what it names. */
function outcomeFrom(applies: Truth, require: Truth): Outcome {
  if (applies === false || applies === "missing") return "not-applicable";
  if (applies === "unknown") return "cannot-tell";
  if (typeof require === "boolean") return require ? "pass" : "fail";
  return "cannot-tell";
}

async function confirm(rule: CompiledRule, get: Get): Promise<Pick<Result, "outcome" | "evidence">> {
  const applies = rule.askApplies === null ? { truth: true as Truth, evidence: [] } : await rule.askApplies(get);
  const require = applies.truth === true ? await rule.askRequire(get) : { truth: true as Truth, evidence: [] };
  return { outcome: outcomeFrom(applies.truth, require.truth), evidence: require.evidence };
}

function severityOf(rule: CompiledRule, get: Get): Severity {
  return rule.severityWhen.find(({ when }) => when(get) === true)?.severity ?? rule.severity;
}
