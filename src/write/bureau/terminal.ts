// A summary → what a person reads on a screen: departments with the most to do first, rules, distributions, who stands apart.
import { broken, type Band, type DepartmentRow, type Summary } from "../../summary.ts";
import type { WriteOptions } from "../options.ts";
import { layoutTable, type Align } from "../table-layout.ts";
import { screenFor, type Screen } from "../terminal.ts";
import { padEnd, padStart, plain, wrap } from "../text-layout.ts";
import type { SummaryWriter } from "./options.ts";
import { bandText, claimedText, COUNTS, DASH, departmentText, labelsOf, onlyYear, outlierText, signed, unreadText, valueText, VERDICTS, verdictWord, yearText, type Label } from "./text.ts";

/** Rules, and things not read, that are listed unless everything is asked for. */
const ENOUGH = 15;
/** Findings between departments are sentences: fewer of them. */
const FEW = 5;

export const summaryTerminal: SummaryWriter = { format: "terminal", write: (summary, options) => `${text(summary, options).join("\n")}\n` };

interface Page { summary: Summary; screen: Screen; label: Label; verbose: boolean }

function text(summary: Summary, options: WriteOptions): string[] {
  const screen = screenFor(options);
  const page: Page = { summary, screen, label: labelsOf(options.locale), verbose: screen.verbose };
  const blocks = [head(page), departmentLines(page), ruleLines(page), distributionLines(page), outlierLines(page), portfolioLines(page), unreadLines(page)];
  return blocks.filter((block) => block.length > 0).flatMap((block, at) => (at === 0 ? block : ["", ...block]));
}

function head({ summary, screen, label }: Page): string[] {
  const year = onlyYear(summary);
  const { departments, counts, tables } = summary.totals;
  const title = year === null ? label("title", { count: departments }) : label("title.year", { year: plain(year), count: departments });
  const verdicts = VERDICTS.map((verdict) => ({ verdict, text: `${screen.label(`summary.${verdict}`)} ${summary.distributions.verdicts[verdict]}` }));
  if (departments === 0) return [screen.paint.bold(title), label("nothing")];
  return [
    screen.paint.bold(title),
    verdicts.map((each) => (summary.distributions.verdicts[each.verdict] === 0 ? screen.paint.faint(each.text) : screen.paint.verdict(each.verdict, each.text))).join("   "),
    ...wrap(COUNTS.map((key) => `${label(key)} ${counts[key]}`).join("   "), screen.width, screen.measure),
    ...wrap(label("totals.tables", { ...tables, change: signed(tables.change) }), screen.width, screen.measure),
  ];
}

function section(title: string, lines: readonly string[], { screen }: Page): string[] {
  return lines.length === 0 ? [] : [screen.paint.bold(title), ...lines.map((line) => `  ${line}`)];
}

/** A table below its head; the columns named grow. */
function table(rows: readonly (readonly string[])[], aligns: readonly Align[], grow: readonly number[], { screen }: Page): string[] {
  const columns = aligns.map((align, at) => ({ align, grow: grow.includes(at) }));
  return layoutTable(rows.map((row) => row.map(plain)), columns, screen.width - 2, screen.measure);
}

function departmentLines(page: Page): string[] {
  const { summary, label, screen } = page;
  const { departments } = summary;
  if (departments.length === 0) return [];
  const years = onlyYear(summary) === null;
  const short = ["short.claimed", "short.recomputed", "short.change", "short.mustFix", "short.explain", "short.cannotTell", "short.execution"];
  const rows = departments.map((row) => departmentCells(row, years, page));
  const [first = "", ...lines] = table([[label("department"), ...(years ? [label("year")] : []), label("verdict"), ...short.map((key) => label(key))], ...rows], ["left", ...(years ? ["left" as const] : []), "left", ...short.map(() => "right" as const)], [0], page);
  const marked = departments.some(({ score, execution }) => score?.of === "project" || execution?.of === "project");
  return section(label("section.departments"), [screen.paint.faint(first), ...lines, ...(marked ? wrap(label("note.speaker.mark"), screen.width - 2, screen.measure).map(screen.paint.faint) : [])], page);
}

function departmentCells(row: DepartmentRow, years: boolean, { screen, label }: Page): string[] {
  const { score, execution, counts } = row;
  const mark = (speaker: { of: string } | null): string => (speaker?.of === "project" ? "*" : "");
  return [
    departmentText(row, screen.locale), ...(years ? [yearText(row, screen.locale)] : []), verdictWord(row, screen.locale),
    claimedText(row) + mark(score), score === null ? DASH : score.recomputed === null ? label("openScore") : score.recomputed, signed(score?.change ?? null),
    ...[counts.mustFix, counts.explain, counts.cannotTell + counts.error].map(String), execution === null ? DASH : execution.rate + mark(execution),
  ];
}

function ruleLines(page: Page): string[] {
  const { summary, label, screen, verbose } = page;
  const rules = summary.rules.filter((rule) => broken(rule) > 0);
  const shown = verbose ? rules : rules.slice(0, ENOUGH);
  const rows = shown.map((rule) => [rule.title, String(rule.departments), String(broken(rule)), String(rule.mustFix + rule.explain + rule.note), rule.rule]);
  if (rows.length === 0) return summary.departments.length === 0 ? [] : section(label("section.rules"), [label("rules.none")], page);
  const [first = "", ...lines] = table([["title", "departments", "broken", "openCount", "rule"].map((key) => label(`rules.${key}`)), ...rows], ["left", "right", "right", "right", "left"], [0], page);
  const more = rules.length - shown.length;
  return section(label("section.rules"), [screen.paint.faint(first), ...lines, ...(more === 0 ? [] : wrap(label("rules.more", { count: more }), screen.width - 2, screen.measure))], page);
}

function distributionLines(page: Page): string[] {
  const { summary, label } = page;
  if (summary.departments.length === 0) return [];
  const { scores, execution, grades } = summary.distributions;
  const bands = (of: { bands: readonly Band[]; unknown: number }, unit: string): [string, number][] => [...of.bands.map((band): [string, number] => [bandText(band, unit, label), band.count]).reverse(), ...(of.unknown === 0 ? [] : [[label("dist.unknown"), of.unknown] as [string, number]])];
  const gradeText = (grade: string | null, none: string): string => plain(grade ?? label(none));
  const told = grades.some(({ claimed, recomputed }) => claimed !== null || recomputed !== null) ? grades : [];
  return section(label("section.distributions"), [
    ...bars(label("dist.scores.claimed"), bands(scores.claimed, ""), page),
    ...bars(label("dist.scores.recomputed"), bands(scores.recomputed, ""), page),
    ...bars(label("dist.execution"), bands(execution, "%"), page),
    ...(told.length === 0 ? [] : bars(label("dist.grades"), told.map(({ claimed, recomputed, departments }) => [`${gradeText(claimed, "grade.none")} → ${gradeText(recomputed, "grade.open")}`, departments]), page)),
  ], page);
}

/** One line a band, as long as there are departments in it. */
function bars(title: string, counts: readonly (readonly [string, number])[], { screen }: Page): string[] {
  const most = Math.max(1, ...counts.map(([, count]) => count));
  const names = Math.max(...counts.map(([name]) => screen.measure(name)));
  const digits = String(most).length;
  const room = Math.max(8, Math.min(40, screen.width - names - digits - 8));
  return [screen.paint.faint(title), ...counts.map(([name, count]) => `  ${padEnd(name, names, screen.measure)}  ${padStart(String(count), digits, screen.measure)}  ${"#".repeat(Math.ceil((count * room) / most))}`.trimEnd())];
}

function outlierLines(page: Page): string[] {
  const { summary, label, screen } = page;
  if (summary.departments.length === 0) return [];
  const lines = summary.outliers.flatMap((each) => {
    const { measure, departments, outside } = each;
    const sentence = outlierText(each, summary, label) + (outside > departments.length ? label("outliers.most", { count: departments.length }) : "");
    const rows = departments.map((one) => [departmentText(one, screen.locale), one.table ?? "", valueText(measure, one.value), label(`side.${one.side}`)]);
    return [screen.paint.faint(label(`outliers.${measure}`)), ...wrap(sentence, screen.width - 4, screen.measure).map((line) => `  ${line}`), ...(rows.length === 0 ? [] : table(rows, ["left", "left", "right", "left"], [0, 1], page).map((line) => `  ${line}`))];
  });
  return section(label("section.outliers"), lines, page);
}

function portfolioLines(page: Page): string[] {
  const { summary, label, screen, verbose } = page;
  const shown = verbose ? summary.portfolio : summary.portfolio.slice(0, FEW);
  const lines = shown.flatMap((finding) => {
    const who = [departmentText(finding, screen.locale), finding.table ?? ""].filter((text) => text !== "").join(" · ");
    return [...wrap(plain(`${screen.label(`part.${finding.severity}`)}  ${finding.title}  ${who}`), screen.width - 2, screen.measure), ...wrap(plain(finding.message), screen.width - 4, screen.measure).map((line) => `  ${line}`)];
  });
  const more = summary.portfolio.length - shown.length;
  return section(label("section.portfolio"), [...lines, ...(more === 0 ? [] : [label("portfolio.more", { count: more })])], page);
}

function unreadLines(page: Page): string[] {
  const { summary, label, screen, verbose } = page;
  const shown = verbose ? summary.unread : summary.unread.slice(0, ENOUGH);
  const more = summary.unread.length - shown.length;
  return section(label("section.unread"), [...shown.flatMap((each) => wrap(plain(unreadText(each, screen.locale)), screen.width - 2, screen.measure)), ...(more === 0 ? [] : [label("unread.more", { count: more })])], page);
}
