// The fixtures, over and over with other departments and scores → the submissions of a whole bureau, the same every time.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { check, portfolioOfAll } from "../../src/check.ts";
import type { Report, Submission } from "../../src/model.ts";
import { readInputs, type RawInput } from "../../src/read/read.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url);

const files = readdirSync(FIXTURES).sort().map((name) => new URL(`${name}/submission.json`, FIXTURES)).filter((file) => existsSync(file));

/** So many submissions: `甲000单位`, `甲001单位` … of 2022 and 2023, every third score lowered or raised. */
export function bureauInputs(count: number): RawInput[] {
  const next = numbers(20_231_231);
  return Array.from({ length: count }, (_, at) => {
    const submission = JSON.parse(readFileSync(files[at % files.length]!, "utf8")) as Submission;
    submission.year = at % 5 === 0 ? "2022" : "2023";
    submission.department = { ...submission.department, name: `甲${String(at).padStart(3, "0")}单位`, code: String(1000 + at) };
    for (const table of submission.tables) {
      for (const row of table.indicators ?? []) if (next(3) === 0 && /^\d+(?:\.\d+)?$/.test(row.score ?? "")) row.score = shifted(row.score!, next(9) - 4);
      if (next(4) === 0 && table.total?.score !== undefined && /^\d/.test(table.total.score)) table.total.score = shifted(table.total.score, next(5) - 3);
    }
    return { name: `${String(at).padStart(3, "0")}.json`, bytes: Buffer.from(JSON.stringify(submission)) };
  });
}

/** Their reports, by the national rules, each knowing of the others. */
export async function bureauReports(count: number, lang: "zh" | "en" = "zh"): Promise<Report[]> {
  const { submissions } = await readInputs(bureauInputs(count));
  const ruleSet = await loadRuleSet("national");
  const portfolio = portfolioOfAll(submissions, ruleSet);
  const reports: Report[] = [];
  for (const submission of submissions) reports.push(await check(submission, ruleSet, { lang, portfolio }));
  return reports;
}

/** A score some tenths away, never below 0; in whole tenths, so that no float is asked. */
function shifted(score: string, tenths: number): string {
  const [whole = "0", part = ""] = score.split(".");
  const hundredths = Math.max(0, Number(whole) * 100 + Number(part.padEnd(2, "0").slice(0, 2)) + tenths * 10);
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}

/** Pseudorandom whole numbers below what is asked for. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}
