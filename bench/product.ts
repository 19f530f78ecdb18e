// The built package -> its functions. The benchmark measures dist/, typed by the sources it was built from.
import type { ReadSubmission, Report } from "../src/model.ts";
import type { RuleSet } from "../src/rules/set.ts";
import { linesFrom } from "./data.ts";

/** The folder of the package, seen from bench/out/. */
export const root = new URL("../../", import.meta.url);
export const cli = new URL("dist/cli.js", root);

const product = (await import(new URL("dist/index.js", root).href)) as typeof import("../src/index.ts");
export const { check, loadRuleSet, read, writers } = product;

/** What reading makes of one submission's bytes. */
export async function readOne(bytes: Uint8Array, name = "submission.json"): Promise<ReadSubmission> {
  const [submission] = (await read([{ name, bytes }])).submissions;
  if (submission === undefined) throw new Error(`${name}: not read`);
  return submission;
}

/** Bytes -> report, as the command does it for one file. */
export async function reportOf(bytes: Uint8Array, ruleSet: RuleSet): Promise<Report> {
  return check(await readOne(bytes), ruleSet);
}

/** The set with only the rules named. */
export function only(ruleSet: RuleSet, ids: readonly string[]): RuleSet {
  return { ...ruleSet, rules: ruleSet.rules.filter(({ id }) => ids.includes(id)) };
}

/** How often a rule was put to something, over all rules. */
export function evaluations({ rules }: Report): number {
  return rules.reduce((sum, { pass, fail, explained, waived, cannotTell, notApplicable, error }) => sum + pass + fail + explained + waived + cannotTell + notApplicable + error, 0);
}

/** Findings as `rule | table | subject`, to be compared with another engine's. */
export function findingKeys({ findings }: Report): string[] {
  return findings.filter(({ outcome }) => outcome === "fail").map(({ rule, table, subject }) => `${rule} | ${table ?? ""} | ${subject}`).sort();
}

/** Checks so many submissions that no row measures: a stream's first seconds are the compiler's, not the check's. */
export async function warmUp(ruleSet: RuleSet): Promise<void> {
  for (const line of linesFrom(500_000, 300)) await reportOf(line, ruleSet);
}
