// (c) Seven rules that every engine can express: zen-engine and json-logic-engine, each in its quickest exact way, and ziping.
import { jsonLogicFinds } from "../by-hand/json-logic.ts";
import { SHARED } from "../by-hand/shared.ts";
import { zenFinds } from "../by-hand/zen.ts";
import { linesFrom } from "../data.ts";
import { interleaved, ratio, spread, undisturbed } from "../measure.ts";
import { peer } from "../peers.ts";
import { findingKeys, loadRuleSet, only, reportOf, warmUp } from "../product.ts";
import { notMeasured, type Line, type Row, type Setting } from "../row.ts";
import { sameFindings } from "../same.ts";
import type { Submission } from "../../src/model.ts";

type Finds = (submission: Submission) => string[] | Promise<string[]>;

export const otherEnginesRow: Row = {
  letter: "c",
  title: "zen-engine and json-logic-engine ÷ whole check, the same rules",
  run: async (setting) => [
    await against("zen-engine", await peer("@gorules/zen-engine"), zenFinds, setting),
    await against("json-logic-engine", await peer("json-logic-engine"), jsonLogicFinds, setting),
  ],
};

async function against(name: string, module: unknown, findsOf: (module: unknown) => Finds, { quick, seconds }: Setting): Promise<Line> {
  const measure = `${name} ÷ whole check with the same ${SHARED.length} rules`;
  if (module === null) return notMeasured(measure, "could not be installed here");
  const same = only(await loadRuleSet("national"), SHARED);
  const each = quick ? 15 : 40;
  const finds = findsOf(module);
  const theirs = async (line: Buffer): Promise<string[]> => finds(JSON.parse(line.toString()) as Submission);
  let lines = linesFrom(0, each);
  const agreement = await sameFindings(lines, async (line) => findingKeys(await reportOf(line, same)), [theirs]);
  await warmUp(same);
  const times = await interleaved([
    { name: "ours", pass: async () => { for (const line of lines) await reportOf(line, same); return lines.length; } },
    { name: "theirs", pass: async () => { for (const line of lines) await theirs(line); return lines.length; } },
  ], { seconds: seconds / 2, warm: 2, before: (round) => { lines = linesFrom(1000 + round * each, each); } });
  const over = ratio(times, "theirs", "ours");
  const took = (variant: string): string => (undisturbed(times, variant) * 1000).toFixed(2);
  return { measure, figure: over.median, unit: "×", better: "more", note: `${spread(over)}; ${took("theirs")} ms a submission against ${took("ours")}, which also scores every row and writes the report; ${agreement}` };
}
