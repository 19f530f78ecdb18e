// `ziping verify REPORT INPUT...`: runs the check again as the report says it was made, and says whether the report is true.
import { check } from "../check.ts";
import type { Locale } from "../locale.ts";
import { loadLocale, word } from "../locale.ts";
import type { ReadSubmission, Report } from "../model.ts";
import { differingFiles, firstDifference, groundedAs, otherGrounds } from "../verify.ts";
import { differenceText, groundText } from "../write/difference-text.ts";
import { language, nothingToCheck } from "./check.ts";
import type { Call, Command, Options, Status, World } from "./command.ts";
import { textOf, worse } from "./command.ts";
import { checkOptions, portfolios, readPaths, ruleSets, tellProblems } from "./inputs.ts";
import { Refusal } from "./refusal.ts";
import { reportsIn } from "./report-file.ts";

export const verify: Command = {
  name: "verify",
  arguments: [{ name: "REPORT" }, { name: "INPUT", many: true }],
  options: [{ flags: "-r, --rules <SET>" }, { flags: "--review <FILE>" }, { flags: "--prior <PATH>" }, { flags: "--encoding <NAME>" }, language],
  run: verifyReports,
};

/** 0 every report is true · 1 one is not · 2 it could not be asked. */
async function verifyReports({ args: [path = "", ...inputs], options, locale }: Call, world: World): Promise<Status> {
  const reports = await reportsIn(path);
  if (reports === null) throw new Refusal("noReport", { path });
  const read = await readPaths(inputs, options, world);
  const unread = tellProblems(read.remarks, world, locale);
  if (read.submissions.length === 0) return nothingToCheck(unread ? 2 : 0);
  let status: Status = 0;
  for (const report of reports) {
    const submission = counterpart(report, read.submissions);
    if (submission === undefined) {
      const { department, year } = report.submission;
      world.err(`${word(locale, "verify", "noInput", { department: department ?? "—", year: year ?? "—" })}\n`);
      status = 2;
      continue;
    }
    const lines = await untruths(report, submission, read.submissions, options, world, locale);
    const name = `${report.submission.department ?? "—"} ${report.submission.year ?? ""}`.trim();
    if (lines.length > 0) status = worse(status, 1);
    await world.out([word(locale, "verify", lines.length === 0 ? "true" : "untrue", { name }), ...lines.map((line) => `  ${line}`), ""].join("\n"));
  }
  return status;
}

/** Sentences that say where the report is not true: files, what it rests on, then the first difference in what it says; none where it is. */
async function untruths(report: Report, submission: ReadSubmission, submissions: readonly ReadSubmission[], options: Options, world: World, locale: Locale): Promise<string[]> {
  const files = differingFiles(report, submission.files).map(({ name, was, is }) => word(locale, "verify", was === null ? "file.extra" : is === null ? "file.missing" : "file", { name, was: was ?? "", is: is ?? "" }));
  const made = await remade(report, submission, submissions, options, world, locale);
  // Of files that are other files the hashes are told already.
  const grounds = otherGrounds(report, made).filter(({ what }) => what !== "input" || files.length === 0).map((ground) => groundText(ground, report, made, locale));
  const version = report.tool.version === made.tool.version ? [] : [word(locale, "verify", "version", { was: report.tool.version, is: made.tool.version })];
  const told = [...files, ...version, ...grounds];
  const found = firstDifference({ ...groundedAs(report, made), tool: { ...made.tool, name: report.tool.name } }, made);
  if (found !== null) return [...told, differenceText(found, report, made, locale)];
  return told.length === 0 ? [] : [...told, word(locale, "verify", "otherwise")];
}

async function remade(report: Report, submission: ReadSubmission, all: readonly ReadSubmission[], options: Options, world: World, locale: Locale): Promise<Report> {
  const load = ruleSets();
  const ruleSet = await load({ id: textOf(options, "rules") ?? report.ruleSet.id });
  const lang = report.lang === "en" ? "en" : "zh";
  const asked: Options = { ...options, ...(report.input.review?.asOf == null ? {} : { date: report.input.review.asOf }) };
  if (report.input.review !== undefined && textOf(options, "review") === null) throw new Refusal("reviewNeeded", { file: report.input.review.file });
  const common = await checkOptions(asked, world, locale, loadLocale(lang));
  return check(submission, ruleSet, { ...common.for(submission), ...portfolios(all)(ruleSet), year: report.ruleSet.year, chosenBy: report.ruleSet.chosenBy });
}

/** The submission of the report's department and year; of its files where names do not help. */
function counterpart(report: Report, submissions: readonly ReadSubmission[]): ReadSubmission | undefined {
  if (submissions.length === 1) return submissions[0];
  const { department, year } = report.submission;
  const same = submissions.filter(({ submission }) => (submission.department?.name ?? null) === department && (submission.year ?? null) === year);
  const files = (read: ReadSubmission): boolean => differingFiles(report, read.files).length === 0;
  return same.find(files) ?? same[0] ?? submissions.find(files);
}
