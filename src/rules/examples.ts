// <rule>.examples.json -> what each rule is expected to say of small submissions: tests and documentation in one.
import { readdir } from "node:fs/promises";
import type { Outcome, ParameterValue, Severity } from "../model.ts";
import { nearest } from "../schema.ts";
import { checkedFile } from "./files.ts";
import { RuleSetError, type RuleSetMistake } from "./mistakes.ts";
import type { RuleSet, SetFolder } from "./set.ts";

/** What a rule says of one small submission. */
export interface RuleExample {
  rule: string;
  /** The file, and which entry of it (from 1). */
  file: string;
  number: number;
  name: string;
  nameEn?: string;
  outcome: Outcome;
  submission: Record<string, unknown>;
  /** Last year's submission of the same department. */
  prior?: Record<string, unknown>;
  /** Other submissions checked together with it. */
  others?: Record<string, unknown>[];
  /** A review file: explanations and waivers recorded outside the submission. */
  review?: Record<string, unknown>;
  /** Values of parameters that hold in this example alone. */
  parameters?: Record<string, ParameterValue | number>;
  year?: string;
  /** The subject that the outcome is of; the worst of all where none is named. */
  subject?: string;
  why?: string;
  expects: ExpectedFinding[];
}

/** What a finding must hold; what is not named may be anything. `count`: how many such findings there are. */
export interface ExpectedFinding {
  subject?: string;
  observed?: string | null;
  expected?: string | null;
  difference?: string | null;
  diagnosis?: string;
  severity?: Severity;
  points?: string;
  count?: number;
}

/** The examples that stand in the set's own folder, by file; those of the sets that it extends hold there, not here. Throws a RuleSetError. */
export async function loadExamples(ruleSet: RuleSet): Promise<RuleExample[]> {
  const [own] = ruleSet.folders;
  if (own === undefined) return [];
  const read = await Promise.all((await examplePaths(own)).map((path) => readExamples(ruleSet, own, path)));
  const mistakes = read.flatMap((examples) => ("mistakes" in examples ? examples.mistakes : []));
  if (mistakes.length > 0) throw new RuleSetError(mistakes);
  return read.flatMap((examples) => ("examples" in examples ? examples.examples : []));
}

/** The file that holds a rule's examples, from the set's folder. */
export const exampleFile = (rule: string): string => `${rule}.examples.json`;

async function examplePaths({ path }: SetFolder): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, encoding: "utf8" });
  return entries.map((entry) => entry.replaceAll("\\", "/")).filter((entry) => entry.endsWith(exampleFile(""))).sort();
}

async function readExamples(ruleSet: RuleSet, folder: SetFolder, path: string): Promise<{ examples: RuleExample[] } | { mistakes: RuleSetMistake[] }> {
  const file = await checkedFile(folder, path, "examples");
  if ("mistakes" in file) return file;
  const rule = path.slice(0, -exampleFile("").length);
  const exists = [...ruleSet.rules, ...ruleSet.off].some(({ id }) => id === rule);
  if (!exists) return { mistakes: [{ code: "examples-rule", values: { id: rule }, file: file.shown, place: null }] };
  const entries = file.value as (Omit<RuleExample, "expects"> & { expects?: ExpectedFinding | ExpectedFinding[] })[];
  const unknown = entries.flatMap((entry) => Object.keys(entry.parameters ?? {})).filter((id) => !ruleSet.parameters.has(id));
  if (unknown.length > 0) return { mistakes: unknown.map((id) => unknownParameter(ruleSet, id, file.shown)) };
  return { examples: entries.map(({ expects = [], ...entry }, index) => ({ ...entry, rule, file: file.shown, number: index + 1, expects: Array.isArray(expects) ? expects : [expects] })) };
}

function unknownParameter(ruleSet: RuleSet, id: string, file: string): RuleSetMistake {
  const meant = nearest(id, ruleSet.parameters.keys());
  return { code: "override-parameter", values: { id }, file, place: null, ...(meant === null ? {} : { meant }) };
}
