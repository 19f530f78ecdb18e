// (b) The same twenty rules on the same bytes: ziping and json-rules-engine, as documented and at its best.
import { enginesAtBest, enginesKept, engineARow, type Found } from "../by-hand/engine.ts";
import { RULES } from "../by-hand/rules.ts";
import { linesFrom } from "../data.ts";
import { interleaved, ratio, spread, undisturbed } from "../measure.ts";
import { evaluations, findingKeys, loadRuleSet, only, reportOf, warmUp } from "../product.ts";
import type { Row } from "../row.ts";
import { sameFindings } from "../same.ts";
import type { Submission } from "../../src/model.ts";

export const jsonRulesEngineRow: Row = {
  letter: "b",
  title: "json-rules-engine ÷ whole check, the same rules",
  run: async ({ quick, seconds }) => {
    const each = quick ? 12 : 40;
    const national = await loadRuleSet("national");
    const same = only(national, RULES.map(({ rule }) => rule));
    let lines = linesFrom(0, each);
    const kept = enginesKept();
    const best = enginesAtBest();
    const agreement = await sameFindings(lines, async (line) => findingKeys(await reportOf(line, same)), [kept, best, engineARow].map((found) => async (line: Buffer) => found(JSON.parse(line.toString()) as Submission)));
    const theirs = (found: Found, count: number) => async (): Promise<number> => {
      for (const line of lines.slice(0, count)) await found(JSON.parse(line.toString()) as Submission);
      return count;
    };
    const ours = (set: typeof national) => async (): Promise<number> => {
      for (const line of lines) await reportOf(line, set);
      return lines.length;
    };
    await warmUp(national);
    const times = await interleaved([
      { name: "parse", pass: () => { for (const line of lines) JSON.parse(line.toString()); return lines.length; } },
      { name: "ours", pass: ours(same) },
      { name: "all", pass: ours(national) },
      { name: "documented", pass: theirs(engineARow, 4) },
      { name: "kept", pass: theirs(kept, 4) },
      { name: "best", pass: theirs(best, 8) },
    ], { seconds, before: (round) => { lines = linesFrom(1000 + round * each, each); } });
    const first = lines[0]!;
    const count = evaluations(await reportOf(first, same));
    const perRule = (name: string): number => ((undisturbed(times, name) - undisturbed(times, "parse")) / count) * 1e6;
    const [documented, keptOver, bestOver, allOver] = [ratio(times, "documented", "ours"), ratio(times, "kept", "ours"), ratio(times, "best", "ours"), ratio(times, "kept", "all")];
    const took = (name: string): string => `${(undisturbed(times, name) * 1000).toFixed(2)} ms a submission, ${perRule(name).toFixed(2)} µs a rule`;
    return [
      { measure: "json-rules-engine as documented, an engine kept a kind ÷ whole check with the same 20 rules", figure: keptOver.median, unit: "×", better: "more", doneWhen: 25, aim: 100, note: `${spread(keptOver)}; ${took("kept")} against ${took("ours")}; ${agreement}` },
      { measure: "the same with a new engine for every row", figure: documented.median, unit: "×", better: "more", doneWhen: 25, aim: 100, note: `${spread(documented)}; ${took("documented")}` },
      { measure: "json-rules-engine at its best ÷ whole check with the same 20 rules", figure: bestOver.median, unit: "×", better: "more", note: `${spread(bestOver)}; ${took("best")}` },
      { measure: "json-rules-engine with the 20 rules, kept ÷ whole check with all rules", figure: allOver.median, unit: "×", better: "more", note: `${spread(allOver)}; all ${national.rules.length} rules: ${took("all").split(",")[0] ?? ""}; ${count} evaluations of the 20 rules a submission` },
    ];
  },
};
