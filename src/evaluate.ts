// Subjects and rules -> one outcome for every rule on every subject. Nobody is accused unless two evaluators agree.
import { missing, ownFact } from "./fact.ts";
import type { Fact, Outcome, Severity, Subject } from "./model.ts";
import type { Evidence } from "./rules/ask.ts";
import { lackingFacts, type Get, type Truth } from "./rules/compile.ts";
import { withDerived, type CompiledRule, type Formulas, type RuleSet } from "./rules/set.ts";

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
  const byEach = grouped(subjects, ruleSet, options.parameters);
  for (const rule of rules) {
    const counts = emptyCounts();
    evaluation.counts.set(rule.id, counts);
    for (const { subject, get } of byEach.get(rule.each) ?? []) {
      const seen = rule.derived.size === 0 ? get : withDerived(get, rule.derived);
      const screened = screen(rule, seen);
      const sound = options.screen && (screened === "pass" || screened === "not-applicable");
      const result = sound ? null : await resultOf(rule, subject, seen, screened, options);
      const outcome = result?.outcome ?? (screened as Outcome);
      counts[outcome] += 1;
      if (result !== null && outcome !== "pass" && outcome !== "not-applicable") evaluation.results.push(result);
    }
  }
  return evaluation;
}

/** A subject with its facts, those that the rule set derives for its kind and the parameters among them. */
interface Looked { subject: Subject; get: Get }

function grouped(subjects: readonly Subject[], { derived }: Pick<RuleSet, "derived">, parameters: ReadonlyMap<string, Fact>): Map<string, Looked[]> {
  const groups = new Map<string, Looked[]>();
  for (const subject of subjects) {
    const looked = { subject, get: getter(subject, derived.get(subject.each), parameters) };
    const group = groups.get(subject.each);
    if (group === undefined) groups.set(subject.each, [looked]);
    else group.push(looked);
  }
  return groups;
}

/** Each fact is looked for once, whatever number of rules ask for it. */
function getter(subject: Subject, formulas: Formulas | undefined, parameters: ReadonlyMap<string, Fact>): Get {
  const found = new Map<string, Fact>();
  const get: Get = (name) => {
    const known = found.get(name);
    if (known !== undefined) return known;
    const formula = formulas?.get(name);
    const fact = formula === undefined ? (ownFact(subject, name) ?? parameters.get(name) ?? NOTHING) : formula.derive(get);
    found.set(name, fact);
    return fact;
  };
  return get;
}

const NOTHING = missing();

export const emptyCounts = (): Record<Outcome, number> => ({ pass: 0, fail: 0, explained: 0, waived: 0, "not-applicable": 0, "cannot-tell": 0, error: 0 });

type Screened = Outcome | { threw: unknown };

function screen(rule: CompiledRule, get: Get): Screened {
  try {
    const applies = rule.applies === null ? true : rule.applies(get);
    return outcomeFrom(applies, applies === true ? rule.require(get) : true);
  } catch (threw) {
    return { threw };
  }
}

/** What the first evaluator finds broken is put to the second; an open question needs no second opinion. */
async function resultOf(rule: CompiledRule, subject: Subject, get: Get, screened: Screened, { screen: screening }: EvaluateOptions): Promise<Result> {
  const result: Result = { rule, subject, outcome: "error", severity: rule.severity, get, lacks: [], evidence: [] };
  try {
    if (typeof screened === "object") throw screened.threw;
    const lacks = screened === "cannot-tell" ? lackingOf(rule, get) : [];
    if (screened !== "fail" && screening) return { ...result, outcome: screened, lacks };
    const answered = await confirm(rule, get);
    if (answered.outcome !== screened) return { ...result, error: `${screened} ≠ ${answered.outcome}` };
    return { ...result, outcome: screened, lacks, severity: screened === "fail" ? severityOf(rule, get) : rule.severity, evidence: answered.evidence };
  } catch (error) {
    return { ...result, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Facts that keep the outcome open: of `applies` where that is open itself. */
function lackingOf(rule: CompiledRule, get: Get): readonly string[] {
  const { applies, require } = rule.source;
  return lackingFacts(applies === undefined || rule.applies?.(get) === true ? require : applies, get);
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
