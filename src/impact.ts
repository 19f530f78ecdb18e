// Comparisons of one corpus under two rule sets -> what the change of rules changes: findings that flip, scores that move, by rule and by submission.
import type { Comparison, TableChange } from "./compare.ts";
import type { Finding, Parameter, ParameterValue, Report } from "./model.ts";
import { parametersAt } from "./rules/parameters.ts";
import type { RuleSet } from "./rules/set.ts";

/** `name`: as the call named it. */
export interface ImpactSide { name: string; id: string; version: string; digest: string }

/** How a finding flips: found only by the new rules, only by the old, graver or less grave, settled by an explanation or no longer. */
export const FLIPS = ["appeared", "fixed", "regraded", "settled", "lapsed"] as const;
export type Flip = (typeof FLIPS)[number];

export interface RuleImpact extends Record<Flip, number> { rule: string; title: string; submissions: number }

export interface ScoreMove { department: string | null; year: string | null; table: string; old: TableChange["old"]; new: TableChange["new"]; recomputedChange: string | null }

export interface Impact {
  format: "ziping/impact@1";
  old: ImpactSide;
  new: ImpactSide;
  submissions: number;
  changed: number;
  /** Parameters whose values in a fiscal year of the corpus differ; `null`: not in force. */
  parameters: { id: string; year: string; old: ParameterValue | null; new: ParameterValue | null }[];
  /** Rules that only one set has, or that the two state differently. */
  rules: { rule: string; change: "added" | "removed" | "changed" }[];
  /** Those that flip findings, most flips first. */
  byRule: RuleImpact[];
  verdicts: { old: Report["verdict"]; new: Report["verdict"]; submissions: number }[];
  /** Recomputed scores that move, by how far where both are known. */
  scores: ScoreMove[];
  /** Submissions for which something changes, with only what does. */
  changes: Comparison[];
}

/** `comparisons`: each submission's report under the old rules held against that under the new. `years`: the fiscal years they were checked for. */
export function impactOf(comparisons: readonly Comparison[], before: { name: string; set: RuleSet }, after: { name: string; set: RuleSet }, years: readonly string[]): Impact {
  const changes = comparisons.filter(hasChanged).map(changesOnly);
  const side = ({ name, set }: { name: string; set: RuleSet }): ImpactSide => ({ name, id: set.id, version: set.version, digest: set.digest });
  return {
    format: "ziping/impact@1",
    old: side(before),
    new: side(after),
    submissions: comparisons.length,
    changed: changes.length,
    parameters: [...new Set(years)].sort().flatMap((year) => movedParameters(before.set, after.set, year)),
    rules: changedRules(before.set, after.set),
    byRule: ruleImpacts(changes),
    verdicts: verdictChanges(changes),
    scores: changes.flatMap(scoreMoves).sort((a, b) => distance(b) - distance(a)),
    changes,
  };
}

export function flipsIn(comparison: Comparison): { flip: Flip; finding: Finding }[] {
  return FLIPS.flatMap((flip) => comparison[flip].map((finding) => ({ flip, finding })));
}

function hasChanged(comparison: Comparison): boolean {
  return flipsIn(comparison).length > 0 || comparison.old.verdict !== comparison.new.verdict || comparison.tables.some(hasMoved);
}

function hasMoved(table: TableChange): boolean {
  return JSON.stringify(table.old?.recomputed) !== JSON.stringify(table.new?.recomputed);
}

/** What stays as it is is no impact. */
function changesOnly(comparison: Comparison): Comparison {
  return { ...comparison, tables: comparison.tables.filter(hasMoved), remaining: [], carried: [] };
}

function ruleImpacts(changes: readonly Comparison[]): RuleImpact[] {
  const found = new Map<string, RuleImpact>();
  for (const comparison of changes) {
    const seen = new Set<string>();
    for (const { flip, finding } of flipsIn(comparison)) {
      const line = found.get(finding.rule) ?? { rule: finding.rule, title: finding.title, submissions: 0, appeared: 0, fixed: 0, regraded: 0, settled: 0, lapsed: 0 };
      line[flip] += 1;
      if (!seen.has(finding.rule)) line.submissions += 1;
      seen.add(finding.rule);
      found.set(finding.rule, line);
    }
  }
  const flips = (line: RuleImpact): number => FLIPS.reduce((sum, flip) => sum + line[flip], 0);
  return [...found.values()].sort((a, b) => flips(b) - flips(a) || (a.rule < b.rule ? -1 : 1));
}

function verdictChanges(changes: readonly Comparison[]): Impact["verdicts"] {
  const found = new Map<string, Impact["verdicts"][number]>();
  for (const { old, new: now } of changes) {
    if (old.verdict === now.verdict) continue;
    const key = `${old.verdict} ${now.verdict}`;
    const line = found.get(key) ?? { old: old.verdict, new: now.verdict, submissions: 0 };
    found.set(key, { ...line, submissions: line.submissions + 1 });
  }
  return [...found.values()].sort((a, b) => b.submissions - a.submissions);
}

function scoreMoves({ new: { department, year }, tables }: Comparison): ScoreMove[] {
  return tables.map(({ name, old, new: now, recomputedChange }) => ({ department, year, table: name, old, new: now, recomputedChange }));
}

/** For the order only; what cannot be told comes last. */
function distance({ recomputedChange }: ScoreMove): number {
  return recomputedChange === null ? -1 : Math.abs(Number(recomputedChange));
}

function movedParameters(before: RuleSet, after: RuleSet, year: string): Impact["parameters"] {
  const [old, now] = [parametersAt(before, year), parametersAt(after, year)];
  const ids: Parameter["id"][] = [...new Set([...old.keys(), ...now.keys()])].sort();
  return ids.filter((id) => JSON.stringify(old.get(id)) !== JSON.stringify(now.get(id))).map((id) => ({ id, year, old: old.get(id) ?? null, new: now.get(id) ?? null }));
}

function changedRules(before: RuleSet, after: RuleSet): Impact["rules"] {
  const stated = (set: RuleSet): Map<string, string> => new Map(set.rules.map((rule) => [rule.id, JSON.stringify(rule.source)]));
  const [old, now] = [stated(before), stated(after)];
  return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((rule): Impact["rules"] => {
    if (!old.has(rule)) return [{ rule, change: "added" }];
    if (!now.has(rule)) return [{ rule, change: "removed" }];
    return old.get(rule) === now.get(rule) ? [] : [{ rule, change: "changed" }];
  });
}
