// What a report rests on -> digests: of the parameters in force, of all that was put in.
import { hash } from "node:crypto";
import type { InputFile } from "./model.ts";
import { parametersAt } from "./rules/parameters.ts";
import type { RuleSet } from "./rules/set.ts";

const known = new WeakMap<RuleSet, Map<string, string>>();

/** sha256 over the parameters in force for the fiscal year, by name: the same for two sets that ask for the same figures. */
export function parametersDigest(ruleSet: RuleSet, year: string): string {
  const byYear = known.get(ruleSet) ?? new Map<string, string>();
  known.set(ruleSet, byYear);
  const made = byYear.get(year) ?? sha256(JSON.stringify([...parametersAt(ruleSet, year)].sort(([a], [b]) => (a < b ? -1 : 1))));
  byYear.set(year, made);
  return made;
}

/** sha256 over names and contents of the submission's files, of last year's and of the review. */
export function inputDigest(files: readonly InputFile[], prior: readonly InputFile[], review: string): string {
  const named = (list: readonly InputFile[]): string[][] => list.map(({ name, sha256: content }) => [name, content]);
  return sha256(JSON.stringify([named(files), named(prior), review]));
}

function sha256(text: string): string {
  return hash("sha256", text);
}
