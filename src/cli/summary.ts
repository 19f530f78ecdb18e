// `--summary FORMAT[=FILE]`: what was checked and what could not be read → the bureau's summary, its rows linked to the reports written.
import { dirname, relative, resolve, sep } from "node:path";
import { word, type Locale } from "../locale.ts";
import type { InputRemark, Report } from "../model.ts";
import { addProblem, addReport, emptySummary, finish, type DepartmentRow, type Summary, type Unread } from "../summary.ts";
import { summaryWriters } from "../write/bureau.ts";
import type { SummaryWriter } from "../write/bureau/options.ts";
import type { WriteOptions } from "../write/options.ts";
import { fileText } from "../write/place.ts";
import { writers } from "../write/write.ts";
import { textOf, textsOf, type Options } from "./command.ts";
import type { Part } from "./folder.ts";
import { outputsOf, type Output } from "./output.ts";
import { Refusal } from "./refusal.ts";

/**
 * Where reports and summaries go. A summary on standard output takes the place of the reports there, unless they were asked for; both
 * together only where both are for a screen.
 */
export function allOutputs(options: Options, locale: Locale): { outputs: Output[]; summaries: Output<SummaryWriter>[] } {
  const [formats, output] = [textsOf(options, "format"), textOf(options, "output")];
  const wanted = textsOf(options, "summary");
  const summaries = wanted.length === 0 ? [] : outputsOf(wanted, null, summaryWriters, locale);
  const shown = summaries.find(({ file }) => file === null);
  if (shown !== undefined && formats.length === 0 && output === null) return { outputs: [], summaries };
  const outputs = outputsOf(formats, output, writers, locale);
  const beside = shown === undefined ? undefined : outputs.find(({ file }) => file === null);
  if (beside !== undefined && !(beside.writer.format === "terminal" && shown?.writer.format === "terminal")) throw new Refusal("twoForOut", { formats: `${beside.writer.format} --summary ${shown?.writer.format ?? ""}` });
  const files = new Set(outputs.flatMap(({ file }) => (file === null ? [] : [resolve(file)])));
  const twice = summaries.find(({ file }) => file !== null && files.has(resolve(file)));
  if (twice !== undefined) throw new Refusal("twoForFile", { file: twice.file ?? "" });
  return { outputs, summaries };
}

/** What each summary is written from; nothing is added up unless one is asked for. */
export function summaryParts(
  summaries: readonly Output<SummaryWriter>[], told: { reports: readonly Report[]; problems: readonly Unread[]; parts: readonly Part[] }, locale: Locale, screen: (file: string | null) => Omit<WriteOptions, "locale">,
): { file: string | null; data: () => Promise<string | Uint8Array> }[] {
  if (summaries.length === 0) return [];
  const places = reportPlaces(told.parts, told.reports);
  const reported = told.reports.reduce((state, report, at) => addReport(state, report, places[at] ?? null), emptySummary(locale));
  const summary = finish(told.problems.reduce(addProblem, reported));
  return summaries.map(({ writer, file }) => ({ file, data: () => Promise.resolve(writer.write(linkedFrom(summary, file), { locale, ...screen(file) })) }));
}

/** Problems as the summary lists them. */
export function unreadOf(remarks: readonly InputRemark[], locale: Locale): Unread[] {
  return remarks.filter(({ kind }) => kind === "problem").map(({ code, values, at }) => ({
    department: null, year: null, file: at?.file ?? values["file"] ?? null, at,
    message: word(locale, "input", code, values["file"] === "-" ? { ...values, file: fileText("-", locale) } : values),
  }));
}

/** Where each report can be opened: a page before anything else, then whatever has a file of its own. */
function reportPlaces(parts: readonly Part[], reports: readonly Report[]): DepartmentRow["report"][] {
  const best = new Map<Report, DepartmentRow["report"]>();
  for (const { writer, file, reports: told } of [...parts].sort((a, b) => Number(b.writer.format === "html") - Number(a.writer.format === "html"))) {
    if (file === null || (told.length > 1 && writer.format !== "html")) continue;
    for (const [at, report] of told.entries()) if (!best.has(report)) best.set(report, { file: resolve(file), anchor: told.length > 1 ? `r${at}` : null });
  }
  return reports.map((report) => best.get(report) ?? null);
}

/** Links as they lead from the summary's own place. */
function linkedFrom(summary: Summary, file: string | null): Summary {
  const from = file === null ? resolve(".") : dirname(resolve(file));
  const departments = summary.departments.map((row) => (row.report === null ? row : { ...row, report: { ...row.report, file: relative(from, row.report.file).split(sep).join("/") } }));
  return { ...summary, departments };
}
