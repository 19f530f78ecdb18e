// Paths and options of a command -> submissions, rule sets and reviews, as the spine takes them.
import { check, portfolioOfAll } from "../check.ts";
import type { CheckOptions } from "../check.ts";
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import type { InputRemark, ReadResult, ReadSubmission, Report } from "../model.ts";
import { isReal } from "../moment.ts";
import { READ_LIMITS, type ReadLimits } from "../read/limits.ts";
import { readInputs } from "../read/read.ts";
import type { Review } from "../review.ts";
import { unusedIn } from "../review-use.ts";
import { loadRuleSet } from "../rules/load.ts";
import type { RuleSet } from "../rules/set.ts";
import { fewOfEach } from "../write/alike.ts";
import { fileText, placeText } from "../write/place.ts";
import { unusedText } from "../write/review-text.ts";
import { collect } from "./collect.ts";
import type { Options, World } from "./command.ts";
import { isSet, textOf, textsOf } from "./command.ts";
import { Refusal, sentenceOf } from "./refusal.ts";
import { reviewAt } from "./review-file.ts";

export const DEFAULT_RULE_SET = "national";

/** The files themselves stay at hand for what marks them up. */
export interface PathsRead extends ReadResult { originals: ReadonlyMap<string, Uint8Array> }

/** All that stands at the paths, read; what could not be read is among the remarks. */
export async function readPaths(paths: readonly string[], options: Options, world: World): Promise<PathsRead> {
  const { inputs, problems } = await collect([...paths], world.stdin);
  // That nothing was given is no news where it was said why.
  const read = inputs.length === 0 && problems.length > 0 ? { submissions: [], remarks: [] } : await readInputs(inputs, { ...encodingOf(options), ...limitsOf(options) });
  return { submissions: read.submissions, remarks: [...problems, ...read.remarks], originals: new Map(inputs.map(({ name, bytes }) => [name, bytes])) };
}

/** All that was remarked, about files that gave no submission and about those that did. */
export function allRemarks(read: ReadResult): InputRemark[] {
  return [...read.remarks, ...read.submissions.flatMap((submission) => submission.remarks)];
}

/** Remarks as lines of standard error: problems only, each with its place unless its sentence names the file. */
export function tellProblems(remarks: readonly InputRemark[], world: World, locale: Locale, all = false): boolean {
  const problems = remarks.filter((remark) => remark.kind === "problem");
  const { shown, more } = fewOfEach(problems, all);
  for (const remark of shown) {
    const named = remark.values["file"] === "-" ? { ...remark.values, file: fileText("-", locale) } : remark.values;
    const sentence = word(locale, "input", remark.code, named);
    const place = remark.at === null || sentence.includes(named["file"] ?? remark.at.file) ? "" : word(locale, "interface", "remark.at", { place: placeText(remark.at, locale) });
    world.err(`${sentence}${place}\n`);
  }
  for (const { file, count } of more) world.err(`${word(locale, "interface", "remark.more", { file: fileText(file, locale), count })}\n`);
  return problems.length > 0;
}

/** Checks each submission as the options say. What one of them prevents is told by `failed`, and the others are still checked. */
export async function checkAll(read: ReadResult, options: Options, world: World, locale: Locale, each: (name: string) => void, failed: (sentence: string) => void): Promise<Report[]> {
  const common = await checkOptions(options, world, locale, locale);
  const load = ruleSets();
  // A set that the call names is everyone's: what is wrong with it is said once, by whoever catches it.
  const named = textOf(options, "rules");
  if (named !== null) await load({ id: named });
  const portfolio = portfolios(read.submissions);
  const reports: Report[] = [];
  for (const submission of read.submissions) {
    each(nameOf(submission));
    try {
      const choice = choiceOf(submission, options);
      const ruleSet = await load(choice);
      reports.push(await check(submission, ruleSet, { ...common.for(submission), ...portfolio(ruleSet), chosenBy: choice.by }));
    } catch (problem) {
      failed(word(locale, "cli", "failed", { name: nameOf(submission), problem: sentenceOf(problem, locale) }));
      if (world.env["ZIPING_DEBUG"] === "1" && problem instanceof Error) failed(problem.stack ?? "");
    }
  }
  tellUnused(common.review, reports, world, locale);
  return reports;
}

/** What of a review did nothing: written for something that is right, misspelt, expired or reworded. */
function tellUnused(review: Review | null, reports: readonly Report[], world: World, locale: Locale): void {
  if (review === null || reports.length === 0) return;
  for (const each of unusedIn(review, reports)) world.err(`${unusedText(each, review.file, review.asOf, locale)}\n`);
}

export interface Choice { id: string; by: NonNullable<CheckOptions["chosenBy"]> }

/** --rules before the submission's own choice, before the national set. A submission names a built-in set, never a folder of this machine. */
export function choiceOf(read: ReadSubmission, options: Options): Choice {
  const option = textOf(options, "rules");
  if (option !== null) return { id: option, by: "option" };
  const own = read.submission.ruleSet;
  if (own === undefined || own === "" || isSet(options, "ignoreSubmissionRules")) return { id: DEFAULT_RULE_SET, by: "default" };
  if (!/^[a-z][a-z0-9-]*$/.test(own)) throw new Refusal("submissionRuleSet", { id: own });
  return { id: own, by: "submission" };
}

/** What the submissions of one call hold together, by rule set, made once each; nothing where there is only one. */
export function portfolios(submissions: readonly ReadSubmission[]): (ruleSet: RuleSet) => Pick<CheckOptions, "portfolio"> {
  const made = new Map<RuleSet, Pick<CheckOptions, "portfolio">>();
  return (ruleSet) => {
    const known = made.get(ruleSet) ?? (submissions.length > 1 ? { portfolio: portfolioOfAll(submissions, ruleSet) } : {});
    made.set(ruleSet, known);
    return known;
  };
}

/** Loads each rule set once. */
export function ruleSets(): (choice: { id: string }) => Promise<RuleSet> {
  const loaded = new Map<string, Promise<RuleSet>>();
  return ({ id }) => {
    const known = loaded.get(id) ?? loadRuleSet(id);
    loaded.set(id, known);
    return known;
  };
}

/** What --year, --review, --date and --prior come to, for each submission; `spoken` is the language of the report. */
export async function checkOptions(options: Options, world: World, locale: Locale, spoken: Locale): Promise<{ for: (read: ReadSubmission) => CheckOptions; review: Review | null }> {
  const year = yearOf(options);
  const asOf = dateOf(options);
  const path = textOf(options, "review");
  const review = path === null ? null : await reviewAt(path, asOf);
  const priors = await readPrior(options, world, locale);
  const common: CheckOptions = {
    lang: spoken.lang,
    screen: options["screen"] !== false,
    ...(year === null ? {} : { year }),
    ...(review === null ? {} : { review }),
  };
  return {
    review,
    for: (read) => {
      const prior = priors.find((other) => nameOf(other) === nameOf(read)) ?? (priors.length === 1 ? priors[0] : undefined);
      return prior === undefined ? common : { ...common, prior };
    },
  };
}

/** Last year's submissions; refuses what cannot be read whole, so that a comparison with it is never half a comparison. */
async function readPrior(options: Options, world: World, locale: Locale): Promise<ReadSubmission[]> {
  const path = textOf(options, "prior");
  if (path === null) return [];
  const read = await readPaths([path], options, world);
  const { submissions } = read;
  if (tellProblems(allRemarks(read), world, locale) || submissions.length === 0) throw new Refusal("priorUnread", { path });
  return submissions;
}

/** Options that make no sense, before anything is read. */
export function refuseNonsense(options: Options): void {
  yearOf(options);
  dateOf(options);
  encodingOf(options);
  limitsOf(options);
}

/** --year: four digits, or null where it is not given. */
export function yearOf(options: Options): string | null {
  const year = textOf(options, "year");
  if (year !== null && !/^(?:19|20)\d\d$/.test(year)) throw new Refusal("year", { given: year });
  return year;
}

/** --date: a day that exists, `2024-03-31`. */
export function dateOf(options: Options): string | null {
  const date = textOf(options, "date");
  if (date === null) return null;
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !isReal(date)) throw new Refusal("date", { given: date });
  return date;
}

/** `--limit pages=50`: what is read of one file at most. */
export function limitsOf(options: Options): { limits?: Partial<ReadLimits> } {
  const limits = textsOf(options, "limit").map((given): [string, number] => {
    const [, name = "", count = ""] = /^([a-z]+)=(\d{1,9})$/.exec(given) ?? [];
    if (!Object.hasOwn(READ_LIMITS, name) || Number(count) === 0) throw new Refusal("limit", { given, known: Object.entries(READ_LIMITS).map(([known, most]) => `${known}=${most}`).join(" ") });
    return [name, Number(count)];
  });
  return limits.length === 0 ? {} : { limits: Object.fromEntries(limits) };
}

export function encodingOf(options: Options): { encoding?: string } {
  const encoding = textOf(options, "encoding");
  if (encoding === null) return {};
  try {
    new TextDecoder(encoding);
  } catch {
    throw new Refusal("encoding", { given: encoding });
  }
  return { encoding };
}

function nameOf(read: ReadSubmission): string {
  return read.submission.department?.name ?? read.files[0]?.name ?? "";
}
