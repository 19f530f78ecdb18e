// Reports -> what a person reads on a screen: verdict, scores, findings with their remedies, and what was not asked.
import type { Locale } from "../locale.ts";
import { hasWord, word } from "../locale.ts";
import type { Report } from "../model.ts";
import { fewOfEach } from "./alike.ts";
import type { WriteOptions, Writer } from "./options.ts";
import type { Paint } from "./paint.ts";
import { paintFor } from "./paint.ts";
import { fileText, placeText } from "./place.ts";
import type { RuleState } from "./select.ts";
import type { Task } from "./overview.ts";
import { overviewOf, pointsText, whereText } from "./overview.ts";
import { fixList } from "./fix-list.ts";
import { becomingRows, fixSentences } from "./fix-text.ts";
import { PARTS, findingsByPart, ruleState, together } from "./select.ts";
import { verdictText } from "./verdict-text.ts";
import { ruleSetText } from "./rule-set-text.ts";
import { findingLines } from "./terminal-finding.ts";
import { ledgerLines, scoreLines } from "./terminal-scores.ts";
import { summaryRows } from "./summary.ts";
import { layoutTable } from "./table-layout.ts";
import type { Measure } from "./text-layout.ts";
import { measureFor, plain, spread, wrap } from "./text-layout.ts";

/** How and how wide everything below is drawn. */
export interface Screen { locale: Locale; width: number; measure: Measure; paint: Paint; verbose: boolean; label: (key: string, values?: Record<string, string | number>) => string }

export const terminal: Writer = {
  format: "terminal",
  ending: "txt",
  write: (reports, options) => {
    const screen = screenFor(options);
    const parts = [...reports.map((report) => reportLines(report, screen)), ...(reports.length > 1 ? [summaryLines(reports, screen)] : [])];
    return parts.map((lines) => lines.join("\n")).join(`\n\n${"-".repeat(screen.width)}\n\n`) + "\n";
  },
};

/** 80 columns unless told; no wider than a line is easily read. */
export function screenFor(options: WriteOptions): Screen {
  const { locale } = options;
  return {
    locale,
    width: Math.max(40, Math.min(options.width ?? 80, 100)),
    measure: measureFor(options.wideAmbiguous ?? false),
    paint: paintFor(options.colour ?? false),
    verbose: options.verbose ?? false,
    label: (key, values) => word(locale, "interface", key, values),
  };
}

/** Of several reports a list, last, where the screen comes to rest. */
function summaryLines(reports: readonly Report[], screen: Screen): string[] {
  const rows = summaryRows(reports, screen.locale).map((row) => row.map(plain));
  const columns = (rows[0] ?? []).map((_, i) => (i < 3 ? { align: "left" as const, grow: i === 0 } : { align: "right" as const }));
  const [head = "", ...lines] = layoutTable(rows, columns, screen.width - 2, screen.measure).map((line) => `  ${line}`);
  return [screen.paint.bold(screen.label("summary.heading", { count: reports.length })), screen.paint.faint(head), ...lines];
}

function reportLines(report: Report, screen: Screen): string[] {
  const blocks = [headingLines(report, screen), problemLines(report, screen), scoreLines(report, screen), overviewLines(report, screen), afterLines(report, screen), ledgerLines(report, screen), ...findingBlocks(report, screen), footLines(report, screen)];
  return blocks.filter((block) => block.length > 0).flatMap((block, i) => (i === 0 ? block : ["", ...block]));
}

function headingLines(report: Report, screen: Screen): string[] {
  const { paint, label } = screen;
  const title = label("heading", { department: plain(report.submission.department ?? label("heading.noDepartment")), year: plain(report.submission.year ?? label("heading.noYear")) });
  const verdict = verdictText(report, screen.locale);
  const colours = { left: paint.bold, right: (text: string) => paint.verdict(report.verdict, text) };
  return [...spread(title, verdict, screen.width, screen.measure, colours), ...countLines(report, screen)];
}

/** `必须更正 3   需要说明 12 …`; waivers only where there are any. */
function countLines(report: Report, screen: Screen): string[] {
  const { counts } = report;
  const of = { "must-fix": counts.mustFix, explain: counts.explain, note: counts.note, explained: counts.explained, waived: counts.waived, "cannot-tell": counts.cannotTell };
  const parts = (["must-fix", "explain", "note", "explained", "waived", "cannot-tell"] as const).filter((part) => part !== "waived" || of.waived > 0);
  const lines: { text: string; width: number }[] = [];
  for (const part of parts) {
    const text = `${screen.label(`part.${part}`)} ${of[part]}`;
    const painted = of[part] === 0 ? screen.paint.faint(text) : screen.paint.part(part, text);
    const last = lines.at(-1);
    const width = screen.measure(text);
    if (last === undefined || last.width + 3 + width > screen.width) lines.push({ text: painted, width });
    else lines[lines.length - 1] = { text: `${last.text}   ${painted}`, width: last.width + 3 + width };
  }
  return lines.map((line) => line.text);
}

function problemLines(report: Report, screen: Screen): string[] {
  const { shown, more } = fewOfEach(report.input.remarks.filter((remark) => remark.kind === "problem"), screen.verbose);
  return [...shown.flatMap((remark) => remarkLines(remark, screen)), ...more.flatMap(({ file, count }) => wrap(plain(screen.label("remark.more", { file: fileText(file, screen.locale), count })), screen.width, screen.measure))];
}

/** The message, and its place unless the message says it already. */
function remarkLines(remark: Report["input"]["remarks"][number], screen: Screen): string[] {
  const place = remark.at === null || remark.message.includes(remark.at.file) ? "" : screen.label("remark.at", { place: placeText(remark.at, screen.locale) });
  const text = plain(`${screen.label(`remark.${remark.kind}`)}${remark.message}${place}`);
  return wrap(text, screen.width - 2, screen.measure).map((line, i) => (i === 0 ? line : `  ${line}`));
}

function overviewLines(report: Report, screen: Screen): string[] {
  const tasks = overviewOf(report);
  return tasks.length === 0 ? [] : [screen.paint.bold(screen.label("section.toDo")), ...taskLines(tasks, screen, true)];
}

/** Each kind of problem with its count and where it stands, and the points where asked for; the part it belongs to before its first line only. */
export function taskLines(tasks: readonly Task[], screen: Screen, withPoints = false): string[] {
  const { label, measure, width } = screen;
  const pointed = withPoints && tasks.some((task) => pointsText(task) !== "");
  const rows = tasks.map((task, i) => [
    tasks[i - 1]?.part === task.part ? "" : label(`part.${task.part}`),
    plain(task.count > 1 ? label("finding.several", { title: task.title, count: task.count }) : task.title),
    ...(pointed ? [pointsText(task) === "" ? "" : label("toDo.pointsOf", { points: pointsText(task) })] : []),
    plain(whereText(task.where, screen.locale)),
  ]);
  return layoutTable(rows, [{ align: "left" }, { align: "left", grow: true }, ...(pointed ? [{ align: "right" as const }] : []), { align: "left", grow: true }], width - 2, measure).map((line) => `  ${line}`);
}

/** What the scores become: once what must be corrected is, and once all is; then what cannot be foretold. */
function afterLines(report: Report, screen: Screen): string[] {
  const { label, measure, width, paint } = screen;
  const list = fixList(report);
  const [head, ...rows] = becomingRows(list, screen.locale).map((row) => row.map(plain));
  const rest = fixSentences(report, { ...list, scores: [] }, screen.locale).flatMap(({ name, text }) => wrap(plain(label("fix.table", { table: name, sentences: text })), width - 2, measure));
  if (rows.length + rest.length === 0) return [];
  const columns = (head ?? []).map((_, i) => (i === 0 ? { align: "left" as const, grow: true } : { align: "right" as const }));
  const table = rows.length === 0 || head === undefined ? [] : layoutTable([head, ...rows], columns, width - 2, measure).map((line, i) => (i === 0 ? paint.faint(line) : line));
  return [paint.bold(label("section.after")), ...[...table, ...rest].map((line) => `  ${line}`)];
}

function findingBlocks(report: Report, screen: Screen): string[][] {
  const parts = findingsByPart(report);
  return PARTS.flatMap((part) => {
    const findings = parts.get(part) ?? [];
    const groups = screen.verbose ? findings.map((finding) => [finding]) : together(findings);
    return groups.map((group) => findingLines(part, group, screen));
  });
}

function footLines(report: Report, screen: Screen): string[] {
  const { label } = screen;
  const lines = [ruleSetText(report, screen.locale), rulesLine(report, screen)];
  const inferred = report.input.remarks.filter((remark) => remark.kind === "inferred");
  const notes = report.input.remarks.filter((remark) => remark.kind === "note");
  if (inferred.length + notes.length > 0) lines.push(label(screen.verbose ? "foot.remarks" : "foot.remarks.short", { inferred: inferred.length, notes: notes.length }));
  const wrapped = lines.flatMap((line) => wrap(line, screen.width, screen.measure)).map(screen.paint.faint);
  if (!screen.verbose) return wrapped;
  const listed = [""].concat(reasonLines(report, screen));
  return [...wrapped, ...[...inferred, ...notes].flatMap((remark) => remarkLines(remark, screen)), ...listed];
}

/** `执行规则 70 条：通过 31，发现问题 12，无法判定 1，不适用 26`. */
function rulesLine(report: Report, screen: Screen): string {
  const states = report.rules.map(ruleState);
  const shown: RuleState[] = ["passed", "found", "cannotTell", "error", "notApplicable"];
  const counted = shown.map((state) => ({ state, count: states.filter((other) => other === state).length })).filter(({ state, count }) => state !== "error" || count > 0);
  const parts = counted.map(({ state, count }) => screen.label(`rules.${state}`, { count })).join(screen.label("list.comma"));
  return screen.label("foot.rules", { count: report.rules.length, parts });
}

/** Every rule with how it ended, what it looks for, and why it was not asked where it says so: with --verbose only. */
function reasonLines(report: Report, screen: Screen): string[] {
  const rows = report.rules.map((line) => [screen.label(`rules.${ruleState(line)}.one`), line.rule, plain([titleOf(line.rule, screen), line.reason ?? ""].filter((text) => text !== "").join(" — "))]);
  return layoutTable(rows, [{ align: "left" }, { align: "left" }, { align: "left", grow: true }], screen.width - 2, screen.measure).map((line) => `  ${line}`);
}

/** What a rule looks for, in the language's own words; a user's rules have theirs elsewhere. */
function titleOf(rule: string, { locale }: Screen): string {
  const [category = "", name = ""] = rule.split("/");
  return hasWord(locale, `rules/${category}`, `${name}.title`) ? word(locale, `rules/${category}`, `${name}.title`) : "";
}
