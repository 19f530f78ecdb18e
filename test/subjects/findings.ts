// A few tables, lines and sentences -> what the national rules find in them.
import { check } from "../../src/check.ts";
import type { Finding, ReadSubmission } from "../../src/model.ts";
import { readInputs } from "../../src/read/read.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const national = await loadRuleSet("national");

/** The findings of the rules that match, in a submission of 示例局 for 2023 that holds `parts`. */
export async function findingsOn(parts: object, rules: RegExp, prior?: object): Promise<Finding[]> {
  const report = await check(await read(parts), national, prior === undefined ? {} : { prior: await read(prior) });
  return report.findings.filter(({ rule }) => rules.test(rule));
}

/** `rule subject: observed expected difference`; other outcomes than fail in front. */
export function lineOf({ rule, outcome, subject, observed, expected, difference }: Finding): string {
  return `${outcome === "fail" ? "" : `${outcome} `}${rule} ${subject}: ${observed ?? ""} ${expected ?? ""} ${difference ?? ""}`.trim();
}

async function read(parts: object): Promise<ReadSubmission> {
  const bytes = new TextEncoder().encode(JSON.stringify({ format: "ziping/submission@1", year: 2023, department: { name: "示例局" }, tables: [], ...parts }));
  const { submissions: [only] } = await readInputs([{ name: "submission.json", bytes }]);
  if (only === undefined) throw new TypeError("not read");
  return only;
}
