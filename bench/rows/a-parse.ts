// (a) The whole check of a submission, all national rules, ÷ JSON.parse of the same bytes.
import { linesFrom } from "../data.ts";
import { interleaved, ratio, spread, undisturbed } from "../measure.ts";
import { check, loadRuleSet, readOne, reportOf, warmUp, writers } from "../product.ts";
import type { Row } from "../row.ts";

export const parseRow: Row = {
  letter: "a",
  title: "whole check ÷ JSON.parse of the same bytes",
  run: async ({ quick, seconds }) => {
    const each = quick ? 25 : 100;
    const ruleSet = await loadRuleSet("national");
    const ndjson = writers.find(({ format }) => format === "ndjson")!;
    const locale = ruleSet.locale("zh");
    let lines: Buffer[] = [];
    let texts: string[] = [];
    let findings = 0;
    let checked = 0;
    let kept: unknown = null;
    await warmUp(ruleSet);
    const times = await interleaved([
      { name: "parse", pass: () => { for (const line of lines) kept = JSON.parse(line.toString("utf8")); return lines.length; } },
      { name: "text", pass: () => { for (const text of texts) kept = JSON.parse(text); return texts.length; } },
      { name: "report", pass: async () => {
        for (const line of lines) findings += (await reportOf(line, ruleSet)).findings.length;
        checked += lines.length;
        return lines.length;
      } },
      { name: "line", pass: async () => { for (const line of lines) kept = ndjson.write([await check(await readOne(line), ruleSet)], { locale }); return lines.length; } },
    ], { seconds, warm: 3, before: (round) => { lines = linesFrom(round * each, each); texts = lines.map((line) => line.toString("utf8")); } });
    if (kept === null) throw new Error("nothing was done");
    const [whole, line, text] = [ratio(times, "report", "parse"), ratio(times, "line", "parse"), ratio(times, "report", "text")];
    const size = lines.reduce((sum, { length }) => sum + length, 0) / lines.length / 1000;
    const rate = (name: string): string => `${Math.round(1 / undisturbed(times, name))}/s`;
    return [
      { measure: "bytes → report, all rules ÷ JSON.parse of the same bytes", figure: whole.median, unit: "×", better: "less", doneWhen: 10, aim: 4, note: `${spread(whole)}; ${rate("report")} against ${rate("parse")}; ${size.toFixed(1)} KB and ${(findings / checked).toFixed(1)} findings a submission` },
      { measure: "bytes → line of NDJSON ÷ JSON.parse of the same bytes", figure: line.median, unit: "×", better: "less", note: `${spread(line)}; ${rate("line")}` },
      { measure: "bytes → report ÷ JSON.parse of text already decoded", figure: text.median, unit: "×", better: "less", note: spread(text) },
    ];
  },
};
