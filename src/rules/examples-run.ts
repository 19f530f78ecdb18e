// The examples of a rule set -> whether each rule says of them what they say it does.
import { check, portfolioOfAll } from "../check.ts";
import type { Language } from "../locale.ts";
import type { Finding, Outcome, Parameter, ReadSubmission, Report } from "../model.ts";
import { readInputs } from "../read/read.ts";
import { readReview, type Review } from "../review.ts";
import type { ExpectedFinding, RuleExample } from "./examples.ts";
import { loadExamples } from "./examples.ts";
import type { RuleSet } from "./set.ts";

/** `why`: what is not as expected, in field names and values; absent where all is. */
export interface ExampleRun { rule: string; name: string; expected: Outcome; got: Outcome; ok: boolean; why?: string; finding?: Finding }

/** Runs every example of the set's own rules (those inherited are run with the set that they come from); `only`: of one rule. */
export async function runExamples(ruleSet: RuleSet, options: { lang?: Language; only?: string } = {}): Promise<ExampleRun[]> {
  const runs: ExampleRun[] = [];
  for (const example of await loadExamples(ruleSet)) {
    if (options.only === undefined || options.only === example.rule) runs.push(await runExample(ruleSet, example, options.lang ?? "zh"));
  }
  return runs;
}

/** One example: its submission is read and checked as any other, and what the rule says of its subject is compared. */
export async function runExample(ruleSet: RuleSet, example: RuleExample, lang: Language): Promise<ExampleRun> {
  const { rule } = example;
  const set = withParameters(ruleSet, example.parameters);
  const submission = await readExample(example.submission, "submission.json");
  const others = await Promise.all((example.others ?? []).map((other, i) => readExample(other, `other-${i + 1}.json`)));
  const report = await check(submission, set, {
    lang,
    ...(example.year === undefined ? {} : { year: example.year }),
    ...(example.prior === undefined ? {} : { prior: await readExample(example.prior, "prior.json") }),
    ...(example.review === undefined ? {} : { review: reviewOf(example.review) }),
    ...(others.length === 0 ? {} : { portfolio: portfolioOfAll([submission, ...others], set) }),
  });
  const found = report.findings.filter((finding) => finding.rule === rule && (example.subject === undefined || isAbout(finding, example.subject)));
  const got = outcomeOf(report, rule, found);
  const reasons = got === example.outcome ? differences(found.filter((finding) => finding.outcome === got), example) : [`outcome: ${got}, not ${example.outcome}`];
  const finding = found.find((each) => each.outcome === got);
  const name = lang === "en" ? (example.nameEn ?? example.name) : example.name;
  return { rule, name, expected: example.outcome, got, ok: reasons.length === 0, ...(reasons.length === 0 ? {} : { why: reasons.join("; ") }), ...(finding === undefined ? {} : { finding }) };
}

async function readExample(submission: object, name: string): Promise<ReadSubmission> {
  const bytes = new TextEncoder().encode(JSON.stringify({ format: "ziping/submission@1", ...submission }));
  const { submissions, remarks } = await readInputs([{ name, bytes }]);
  const [read] = submissions;
  if (read === undefined) throw new TypeError(`${name}: ${remarks.map((remark) => remark.code).join(" ")}`);
  return read;
}

/** Throws a TypeError where the example's review is no review file. */
function reviewOf(data: object): Review {
  const read = readReview({ format: "ziping/review@1", ...data }, { name: "review.json", sha256: "" }, null);
  if ("review" in read) return read.review;
  throw new TypeError(`review.json: ${read.mistakes.map(({ pointer, keyword }) => `${pointer} ${keyword}`).join("; ")}`);
}

function withParameters(ruleSet: RuleSet, given: RuleExample["parameters"]): RuleSet {
  if (given === undefined) return ruleSet;
  const moved = [...ruleSet.parameters].map(([id, parameter]): [string, Parameter] => {
    const value = given[id];
    return [id, value === undefined ? parameter : { ...parameter, values: parameter.values.map((dated) => ({ ...dated, value: typeof value === "number" ? String(value) : value })) }];
  });
  return { ...ruleSet, parameters: new Map(moved) };
}

function isAbout(finding: Finding, subject: string): boolean {
  return finding.subject === subject || finding.subjectName === subject || finding.table === subject || `${finding.table ?? ""}/${finding.subject}` === subject;
}

// Worst first: what a rule comes to over all its subjects.
const ORDER: readonly Finding["outcome"][] = ["error", "fail", "cannot-tell", "explained", "waived"];

function outcomeOf(report: Report, rule: string, found: readonly Finding[]): Outcome {
  const worst = ORDER.find((outcome) => found.some((finding) => finding.outcome === outcome));
  if (worst !== undefined) return worst;
  const line = report.rules.find((each) => each.rule === rule);
  // What another rule's finding speaks for is counted, though no finding of its own says so.
  if (line !== undefined && line.pass === 0 && line.cannotTell > 0) return "cannot-tell";
  return line !== undefined && line.pass > 0 ? "pass" : "not-applicable";
}

function differences(found: readonly Finding[], { expects }: RuleExample): string[] {
  return expects.flatMap((one, i) => {
    const finding = one.subject === undefined ? found[i] : found.find((each) => isAbout(each, one.subject ?? ""));
    return [
      ...(one.count === undefined || one.count === found.length ? [] : [`count: ${found.length}, not ${one.count}`]),
      ...(finding === undefined ? (onlyCounts(one) ? [] : [`no finding on ${one.subject ?? `#${i + 1}`}`]) : unlike(finding, one)),
    ];
  });
}

function onlyCounts(one: ExpectedFinding): boolean {
  return Object.keys(one).every((key) => key === "count");
}

function unlike(finding: Finding, one: ExpectedFinding): string[] {
  const fields = ["observed", "expected", "difference", "diagnosis", "severity", "points"] as const;
  return fields.flatMap((field) => (one[field] === undefined || one[field] === finding[field] ? [] : [`${field}: ${finding[field] ?? "null"}, not ${one[field] ?? "null"}`]));
}
