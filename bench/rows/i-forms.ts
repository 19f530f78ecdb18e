// (i) One department's forms in each format they come in: milliseconds from bytes to report, in a process that has read such a file before.
import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";
import { interleaved, undisturbed } from "../measure.ts";
import { check, loadRuleSet, read, root } from "../product.ts";
import type { Line, Row } from "../row.ts";

interface Input { name: string; bytes: Buffer }

export const formsRow: Row = {
  letter: "i",
  title: "milliseconds a form, by format",
  run: async ({ quick, seconds }) => {
    const ruleSet = await loadRuleSet("national");
    const fixtures = new URL("fixtures/hengyang-2023/", root);
    const file = (name: string): Input => ({ name, bytes: readFileSync(new URL(name, fixtures)) });
    const forms = readdirSync(new URL("forms/", fixtures)).filter((name) => !name.endsWith(".mjs"));
    const inputs = new Map<string, Input[]>([
      ["json", [file("submission.json")]],
      ["csv", readdirSync(new URL("csv/", fixtures)).map((name) => file(`csv/${name}`))],
      ...forms.map((name): [string, Input[]] => [name.endsWith(".layout.txt") ? "text in columns" : extname(name).slice(1), [file(`forms/${name}`)]]),
    ]);
    const parts = new Map<string, number>();
    const variants = [...inputs].flatMap(([format, files]) => [
      { name: `${format} read`, pass: async () => { await read(files); return 1; } },
      { name: format, pass: async () => {
        const { submissions } = await read(files);
        for (const submission of submissions) parts.set(format, (await check(submission, ruleSet)).tables.length);
        return 1;
      } },
    ]);
    const times = await interleaved(variants, { seconds, least: quick ? 3 : 10 });
    return [...inputs].map(([format, files]): Line => {
      const size = files.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1000;
      return { measure: `${format}: bytes → report`, figure: undisturbed(times, format) * 1000, unit: "ms", note: `reading ${(undisturbed(times, `${format} read`) * 1000).toFixed(1)} ms; ${files.length === 1 ? "" : `${files.length} files, `}${size.toFixed(0)} KB, ${parts.get(format) ?? 0} tables` };
    });
  },
};
