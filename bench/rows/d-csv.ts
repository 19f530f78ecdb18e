// (d) A bureau's year as one CSV of a million indicator rows: the whole check of all departments ÷ fast-csv's parse of the file alone.
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { submissionNumber } from "../generate.ts";
import { interleaved, ratio, spread, undisturbed } from "../measure.ts";
import { command, inFolder, NOT_BUILT, run, streams } from "../programs.ts";
import { notMeasured, type Row } from "../row.ts";

const alone = fileURLToPath(new URL("../csv-alone.js", import.meta.url));
const HEAD = "年度,部门,表类型,项目名称,一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因分析及改进措施\n";

export const csvRow: Row = {
  letter: "d",
  title: "CSV of a million rows, whole check ÷ fast-csv's parse alone",
  run: ({ quick, seconds }) => inFolder(async (folder) => {
    // Files below 32 MB are no stream: they are read whole, and departments compared with each other.
    const rows = quick ? 250_000 : 1_000_000;
    const measure = `CSV of ${rows.toLocaleString("en")} rows: whole check to NDJSON ÷ fast-csv's parse alone`;
    if (!streams()) return [notMeasured(measure, NOT_BUILT)];
    const file = join(folder, "indicators.csv");
    const departments = await writeIndicators(file, rows);
    let peak = 0;
    const check = (jobs: string) => async (): Promise<number> => {
      peak = Math.max(peak, (await run([command, "check", "-", "--format", "ndjson", "--jobs", jobs], { file })).peak);
      return 1;
    };
    const times = await interleaved([
      { name: "alone", pass: async () => { await run([alone], { file }); return 1; } },
      { name: "one", pass: check("1") },
      { name: "two", pass: check("2") },
    ], { seconds, least: quick ? 1 : 3, warm: 0 });
    const [one, two] = [ratio(times, "one", "alone"), ratio(times, "two", "alone")];
    const took = (name: string): string => `${undisturbed(times, name).toFixed(1)} s`;
    return [
      { measure, figure: one.median, unit: "×", better: "less", doneWhen: 2, aim: 0.5, note: `--jobs 1; ${spread(one, false)}; ${took("one")} against ${took("alone")}; ${departments} departments; at most ${peak.toFixed(0)} MB` },
      { measure: "the same with two workers", figure: two.median, unit: "×", better: "less", note: `--jobs 2; ${spread(two, false)}; ${took("two")}` },
    ];
  }),
};

/** Rows of department after department, as a bureau's system exports them; returns how many departments they are of. */
async function writeIndicators(file: string, rows: number): Promise<number> {
  const out = createWriteStream(file);
  out.write(HEAD);
  let [written, number] = [0, 0];
  while (written < rows) {
    const { year = "", department, tables } = submissionNumber(number++);
    const lines = tables.flatMap(({ kind, name = "", indicators = [] }) => indicators.map((row) =>
      [year, department?.name ?? "", kind === "department" ? "部门整体" : "项目", kind === "department" ? "" : name, row.level1, row.level2, row.name, row.target, row.actual, row.weight, row.score, row.explanation].join(",")));
    const kept = lines.slice(0, rows - written);
    written += kept.length;
    if (!out.write(`${kept.join("\n")}\n`)) await once(out, "drain");
  }
  out.end();
  await finished(out);
  return number;
}
