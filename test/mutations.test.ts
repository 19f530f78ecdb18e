// The Hengyang case with one thing changed at a time: the finding that must come of it, and no other new one.
import { beforeAll, expect, it } from "vitest";
import type { Finding, Report, Submission } from "../src/model.ts";
import { jsonInputs, reportOn, submissionText } from "./cases/hengyang.ts";
import { basicDataMutations } from "./cases/mutations/basic-data.ts";
import { fundMutations } from "./cases/mutations/funds.ts";
import { indicatorMutations } from "./cases/mutations/indicators.ts";
import type { Mutation } from "./cases/mutations/mutation.ts";
import { proseMutations } from "./cases/mutations/prose.ts";
import { scoreMutations } from "./cases/mutations/scores.ts";

const mutations: Mutation[] = [...basicDataMutations, ...fundMutations, ...scoreMutations, ...indicatorMutations, ...proseMutations];

let unchanged: Report;
beforeAll(async () => {
  unchanged = await reportOn(jsonInputs);
});

it.each(mutations.map((mutation) => [mutation.title, mutation] as const))("%s", async (_, mutation) => {
  const added = addedTo(unchanged, await reportOn(inputsOf(mutation)));
  expect(unmet(added, mutation.gives), saidOf(added)).toEqual([]);
  expect(added, saidOf(added)).toHaveLength(mutation.gives.length);
  if (mutation.diagnosis !== undefined) expect(added[0]?.diagnosis).toBe(mutation.diagnosis);
});

it("each mutation changes something, and says why where it gives more than one finding", () => {
  for (const mutation of mutations) {
    expect(textOf(mutation), mutation.title).not.toBe(JSON.stringify(JSON.parse(submissionText)));
    if (mutation.gives.length > 1) expect(mutation.because, mutation.title).toBeTruthy();
  }
});

function textOf(mutation: Mutation): string {
  const submission = JSON.parse(submissionText) as Submission;
  mutation.change(submission);
  return JSON.stringify(submission);
}

function inputsOf(mutation: Mutation): { name: string; bytes: Uint8Array }[] {
  return [{ name: "submission.json", bytes: Buffer.from(textOf(mutation)) }];
}

function addedTo(before: Report, after: Report): Finding[] {
  const known = new Set(before.findings.map((finding) => finding.id));
  return after.findings.filter((finding) => !known.has(finding.id));
}

/** Which of the expected `rule subject` pairs no finding is. */
function unmet(findings: Finding[], gives: string[]): string[] {
  const left = [...findings];
  return gives.filter((given) => {
    const at = left.findIndex((finding) => isGiven(finding, given));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function isGiven(finding: Finding, given: string): boolean {
  const [, outcome = "fail", named = ""] = /^(?:([a-z-]+):)?(.*)$/.exec(given) ?? [];
  const [rule = "", subject = ""] = named.split(/ (.*)/);
  return finding.outcome === outcome && finding.rule === rule && (subject === "*" || finding.subject.includes(subject));
}

function saidOf(findings: Finding[]): string {
  return `new: ${findings.map((finding) => `${finding.outcome} ${finding.rule} ${finding.subject}: ${finding.message}`).join(" | ")}`;
}
