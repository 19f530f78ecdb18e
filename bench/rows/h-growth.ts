// (h) What a rule more, a row more and a finding more cost: straight lines through measured points, one thing varied at a time.
import { linesFrom } from "../data.ts";
import type { Shape } from "../generate.ts";
import { interleaved, lineThrough, undisturbed, type Measured } from "../measure.ts";
import { evaluations, loadRuleSet, reportOf, warmUp } from "../product.ts";
import type { Line, Row, Setting } from "../row.ts";
import type { Report } from "../../src/model.ts";
import type { RuleSet } from "../../src/rules/set.ts";

/** One point: what is varied, and the pass over submissions of that size. */
interface Case { name: string; shape: Shape; ruleSet: RuleSet }

export const growthRow: Row = {
  letter: "h",
  title: "cost against number of rules, rows and findings",
  run: async (setting) => {
    const national = await loadRuleSet("national");
    await warmUp(national);
    const right = { mistakes: 0 };
    const rows = [0.5, 1, 2, 4].map((times) => ({ name: `rows ×${times}`, shape: { mistakes: 0, departmentRows: 24 * times, projectRows: 8 * times }, ruleSet: national }));
    return [
      await growth("rules", "a rule more on all its rows", "evaluations", [1, 2, 3, 4].map((times) => ({ name: `rules ×${times}`, shape: right, ruleSet: repeated(national, times) })), (report) => report.rules.length, setting),
      await growth("rows", "an indicator row more, all rules", "rows", rows, (report) => report.tables.reduce((sum, { ledger }) => sum + ledger.length, 0), setting),
      await growth("findings", "a finding more", "findings", [0, 4, 8, 16].map((mistakes) => ({ name: `${mistakes} mistakes`, shape: { mistakes }, ruleSet: national })), (report) => report.findings.length, setting),
    ];
  },
};

/** The same rules several times over, under other names: what more rules of the same kind cost. */
function repeated(ruleSet: RuleSet, times: number): RuleSet {
  return { ...ruleSet, rules: Array.from({ length: times }, (_, copy) => ruleSet.rules.map((rule) => (copy === 0 ? rule : { ...rule, id: `${rule.id}#${copy}` }))).flat() };
}

async function growth(of: string, what: string, unit: string, cases: readonly Case[], size: (report: Report) => number, { quick, seconds }: Setting): Promise<Line> {
  const each = quick ? 8 : 30;
  let first = 0;
  const sizes = new Map<string, { size: number; evaluations: number }>();
  for (const { name, shape, ruleSet } of cases) {
    const reports = await Promise.all(linesFrom(0, each, shape).map((line) => reportOf(line, ruleSet)));
    const mean = (figure: (report: Report) => number): number => reports.reduce((sum, report) => sum + figure(report), 0) / reports.length;
    sizes.set(name, { size: mean(size), evaluations: mean(evaluations) });
  }
  const inputs = new Map<string, Buffer[]>();
  const times = await interleaved(cases.map(({ name, ruleSet }) => ({
    name,
    pass: async () => { for (const line of inputs.get(name) ?? []) await reportOf(line, ruleSet); return each; },
  })), { seconds: seconds / 3, warm: 2, least: quick ? 4 : 8, before: () => {
    first += each;
    for (const { name, shape } of cases) inputs.set(name, linesFrom(first, each, shape));
  } });
  const points = cases.map(({ name }) => [sizes.get(name)?.size ?? NaN, microseconds(times, name)] as const);
  const { slope, intercept, r2 } = lineThrough(points);
  const perEvaluation = unit === "evaluations" ? `, ${(lineThrough(cases.map(({ name }) => [sizes.get(name)?.evaluations ?? NaN, microseconds(times, name)] as const)).slope * 1000).toFixed(0)} ns an evaluation` : "";
  return {
    measure: what, figure: slope, unit: "µs",
    note: `${Math.round(intercept)} µs + ${slope.toFixed(1)} µs a ${of.replace(/s$/, "")}${perEvaluation}; straight line R² ${r2.toFixed(3)} through ${points.map(([x, y]) => `${x.toFixed(0)}: ${Math.round(y)}`).join(", ")}`,
  };
}

/** Of processor time: the lines are too flat to be seen through what other programs do. */
const microseconds = (times: Measured, name: string): number => undisturbed(times, name, "processor") * 1e6;
