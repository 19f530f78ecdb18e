// (g) Start-up: the whole process that checks one small file ÷ Node doing nothing, in pairs.
import { fileURLToPath } from "node:url";
import { interleaved, ratio, spread, undisturbed } from "../measure.ts";
import { root } from "../product.ts";
import { command, run } from "../programs.ts";
import type { Row } from "../row.ts";

const small = fileURLToPath(new URL("fixtures/right-in-every-figure/submission.json", root));

export const startRow: Row = {
  letter: "g",
  title: "start-up ÷ node -e 0",
  run: async ({ quick, seconds }) => {
    const program = (...args: string[]) => async (): Promise<number> => { await run(args); return 1; };
    const times = await interleaved([
      { name: "node", pass: program("-e", "0") },
      { name: "check", pass: program(command, "check", small) },
      { name: "json", pass: program(command, "check", small, "--format", "json") },
      { name: "version", pass: program(command, "--version") },
    ], { seconds, least: quick ? 5 : 15 });
    const ms = (name: string): string => `${(undisturbed(times, name) * 1000).toFixed(0)} ms`;
    const line = (name: string): string => `${spread(ratio(times, name, "node"), false)}; ${ms(name)} against ${ms("node")}`;
    return [
      { measure: "`check` of one small file ÷ `node -e 0`", figure: ratio(times, "check", "node").median, unit: "×", better: "less", doneWhen: 3, aim: 1.6, note: line("check") },
      { measure: "`check --format json` of it ÷ `node -e 0`", figure: ratio(times, "json", "node").median, unit: "×", better: "less", note: line("json") },
      { measure: "`--version` ÷ `node -e 0`", figure: ratio(times, "version", "node").median, unit: "×", better: "less", note: line("version") },
    ];
  },
};
