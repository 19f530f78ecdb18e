// Subjects and rules -> one outcome for every rule on every subject. Nobody is accused unless two evaluators agree.
import { missing, ownFact } from "./fact.ts";
import { once } from "./memo.ts";
import type { Fact, Outcome, Severity, Subject } from "./model.ts";
import { NONE, type Answer, type Evidence } from "./rules/ask.ts";
import { lackingFacts, type Get } from "./rules/compile.ts";
import { outcomeFrom, screenOf, type Screen, type Screened } from "./screen.ts";
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
  /** The comparisons as json-rules-engine made them. */
  evidence: () => readonly Evidence[];
  error?: string;
}

type Counts = Record<Outcome, number>;
export interface Evaluation { results: Result[]; counts: Map<string, Counts> }

export interface EvaluateOptions {
  /** Parameters in force, as facts. */
  parameters: ReadonlyMap<string, Fact>;
  /** Screen with compiled conditions and put only what they find broken to json-rules-engine; false puts everything to both. */
  screen: boolean;
}

/** Every rule on every subject of its kind, in the order of the rule set. One rule's error never stops the others. */
export async function evaluate(rules: readonly CompiledRule[], subjects: readonly Subject[], ruleSet: Pick<RuleSet, "derived">, options: EvaluateOptions): Promise<Evaluation> {
  const { kinds, counts, open } = screened(rules, subjects, ruleSet, options);
  const results: Result[] = [];
  for (const [index, rule] of rules.entries()) {
    for (const { subject, outcome } of open[index] ?? []) {
      const get = getter(subject, kinds.get(rule.each)?.formulas, options.parameters);
      const result = await resultOf(rule, subject, rule.derived.size === 0 ? get : withDerived(get, rule.derived), outcome, options);
      (counts[index] ??= emptyCounts())[result.outcome] += 1;
      if (result.outcome !== "pass" && result.outcome !== "not-applicable") results.push(result);
    }
  }
  return { results, counts: new Map(rules.map((rule, index) => [rule.id, counts[index] ?? emptyCounts()])) };
}

/** The rules of a kind of subject, with their places in the order of the rule set. */
interface Kind { screen: Screen; places: readonly number[]; formulas: Formulas | undefined }

/** What neither passed nor is not applicable, by rule; of the rest there is nothing but the count. */
function screened(rules: readonly CompiledRule[], subjects: readonly Subject[], ruleSet: Pick<RuleSet, "derived">, options: EvaluateOptions): { kinds: ReadonlyMap<string, Kind>; counts: Counts[]; open: { subject: Subject; outcome: Screened }[][] } {
  const kinds = kindsOf(rules)(options.parameters)(ruleSet.derived);
  const open: { subject: Subject; outcome: Screened }[][] = [];
  const outcomes: Screened[] = [];
  const [passed, idle] = [new Int32Array(rules.length), new Int32Array(rules.length)];
  for (const subject of subjects) {
    const kind = kinds.get(subject.each);
    if (kind === undefined) continue;
    kind.screen(subject, outcomes);
    const count = 1 + (subject.others?.count ?? 0);
    for (let index = 0; index < kind.places.length; index++) {
      const place = kind.places[index] as number;
      const outcome = outcomes[index] as Screened;
      if (options.screen && outcome === "pass") passed[place] = (passed[place] as number) + count;
      else if (options.screen && outcome === "not-applicable") idle[place] = (idle[place] as number) + count;
      else for (const one of subject.others === undefined ? [subject] : [subject, ...subject.others.all()]) (open[place] ??= []).push({ subject: one, outcome });
    }
  }
  return { kinds, counts: rules.map((_, place) => ({ ...emptyCounts(), pass: passed[place] ?? 0, "not-applicable": idle[place] ?? 0 })), open };
}

/** Compiled once for the rules in force and their parameters, however many submissions follow. */
const kindsOf = once((rules: readonly CompiledRule[]) => once((parameters: ReadonlyMap<string, Fact>) => once((derived: RuleSet["derived"]): ReadonlyMap<string, Kind> => {
  const names = new Set(rules.map((rule) => rule.each));
  return new Map([...names].map((each): [string, Kind] => {
    const places = rules.flatMap((rule, place) => (rule.each === each ? [place] : []));
    return [each, { screen: screenOf(rules.filter((rule) => rule.each === each), derived.get(each), parameters), places, formulas: derived.get(each) }];
  }));
})));

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

export const emptyCounts = (): Counts => ({ pass: 0, fail: 0, explained: 0, waived: 0, "not-applicable": 0, "cannot-tell": 0, error: 0 });

/** What the first evaluator finds broken is put to the second; an open question needs no second opinion. */
async function resultOf(rule: CompiledRule, subject: Subject, get: Get, screened: Screened, { screen: screening }: EvaluateOptions): Promise<Result> {
  const result: Result = { rule, subject, outcome: "error", severity: rule.severity, get, lacks: [], evidence: NONE };
  try {
    if (typeof screened === "object") throw screened.threw;
    const lacks = screened === "cannot-tell" ? lackingOf(rule, get) : [];
    if (screened !== "fail" && screening) return { ...result, outcome: screened, lacks };
    const answered = await confirm(rule, get);
    if (answered.outcome !== screened) return { ...result, error: `${screened} ≠ ${answered.outcome}` };
    return { ...result, outcome: screened, lacks, severity: screened === "fail" ? severityOf(rule, get) : rule.severity, evidence: answered.answer.evidence };
  } catch (error) {
    return { ...result, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Facts that keep the outcome open: of `applies` where that is open itself. */
function lackingOf(rule: CompiledRule, get: Get): readonly string[] {
  const { applies, require } = rule.source;
  return lackingFacts(applies === undefined || rule.applies?.(get) === true ? require : applies, get);
}

async function confirm(rule: CompiledRule, get: Get): Promise<{ outcome: Outcome; answer: Answer }> {
  const applies = rule.askApplies === null ? YES : await rule.askApplies(get);
  const answer = applies.truth === true ? await rule.askRequire(get) : YES;
  return { outcome: outcomeFrom(applies.truth, answer.truth), answer };
}

const YES: Answer = { truth: true, evidence: NONE };

function severityOf(rule: CompiledRule, get: Get): Severity {
  return rule.severityWhen.find(({ when }) => when(get) === true)?.severity ?? rule.severity;
}
