// The Hengyang 2023 case -> its inputs, its report and what was worked out by hand of it.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { check, type CheckOptions } from "../../src/check.ts";
import { decimal, equals, parseDecimal, type Decimal } from "../../src/decimal.ts";
import type { Finding, Report, Severity } from "../../src/model.ts";
import { readInputs, type RawInput } from "../../src/read/read.ts";
import { readReview } from "../../src/review.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const FOLDER = new URL("../../fixtures/hengyang-2023/", import.meta.url);

/** One line of the case file: the finding that must be in the report. `says`: numbers that must stand in its sentence. */
export interface Expected {
  line: string;
  rule: string;
  severity: Severity;
  table: string | null;
  subject: string[] | null;
  observed?: string;
  expected?: string;
  difference?: string;
  diagnosis?: string[];
  apart?: string[];
  says?: string[];
  saysOneOf?: string[];
}

export interface Case {
  found: Expected[];
  some: { line: string; rule: string; severity: Severity; says: string[]; atLeast: number }[];
  may: { line: string; rule: string; subject?: string[] }[];
  notFound: { what: string; rule: string; table?: string; subject?: string }[];
  scores: { table: string; claimed: string | null; score: string; low: string; high: string }[];
}

export const expectations = JSON.parse(readFileSync(new URL("hengyang-2023.json", import.meta.url), "utf8")) as Case;

export const submissionText = readFileSync(new URL("submission.json", FOLDER), "utf8");

export const jsonInputs: RawInput[] = [{ name: "submission.json", bytes: Buffer.from(submissionText) }];

export const csvInputs: RawInput[] = readdirSync(new URL("csv/", FOLDER))
  .sort()
  .map((name) => ({ name: `csv/${name}`, bytes: readFileSync(new URL(`csv/${name}`, FOLDER)) }));

/** The report on one submission, by Hunan's rules unless another set is named. */
export async function reportOn(inputs: RawInput[], rules = "hunan", review: URL | null = null): Promise<Report> {
  const { submissions, remarks } = await readInputs(inputs);
  const problems = [...remarks, ...submissions.flatMap((each) => each.remarks)].filter((remark) => remark.kind === "problem");
  const [read] = submissions;
  if (read === undefined || submissions.length > 1 || problems.length > 0)
    throw new Error(`${String(submissions.length)} submissions read; ${JSON.stringify(problems)}`);
  return check(read, await loadRuleSet(rules), { chosenBy: "option", ...(review === null ? {} : reviewAt(review)) });
}

function reviewAt(file: URL): Pick<CheckOptions, "review"> {
  const bytes = readFileSync(file);
  const read = readReview(JSON.parse(bytes.toString("utf8")), { name: "review.json", sha256: createHash("sha256").update(bytes).digest("hex") }, null);
  if ("mistakes" in read) throw new Error(JSON.stringify(read.mistakes));
  return { review: read.review };
}

/** Whether a finding is the one of that line: rule, severity, table and subject. */
export function isOf(expected: Expected, finding: Finding): boolean {
  if (finding.rule !== expected.rule || finding.severity !== expected.severity || finding.outcome !== "fail") return false;
  if (expected.table !== null && finding.table !== expected.table) return false;
  return expected.subject === null || expected.subject.some((name) => finding.subject.includes(name));
}

/** Whether two printed values are one number in one unit: `2.9万元` and `2.90万元`; a bare 0 is 0 of any unit. */
export function sameValue(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return a === b;
  const [left, right] = [parted(a), parted(b)];
  if (left === null || right === null) return a === b;
  if (!equals(left.number, right.number)) return false;
  return left.unit === right.unit || (left.number.isZero() && (left.unit === "" || right.unit === ""));
}

/** All numbers of a finding's message, as they stand. */
export function numbersIn(finding: Finding): Decimal[] {
  return (finding.message.match(/\d+(?:\.\d+)?/g) ?? []).map((text) => decimal(text));
}

export const saysNumber = (finding: Finding, number: string): boolean =>
  numbersIn(finding).some((each) => equals(each, decimal(number)));

export const magnitude = (text: string): string => text.replace(/^[+-]/, "");

function parted(text: string): { number: Decimal; unit: string } | null {
  const match = /^([+-]?\d+(?:\.\d+)?)(.*)$/.exec(text);
  const number = match?.[1] === undefined ? null : parseDecimal(match[1]);
  return number === null ? null : { number, unit: match?.[2] ?? "" };
}

