// Reports -> Markdown: scores, ledger and findings, for a file note or a pull request.
import type { Locale } from "../locale.ts";
import { hasWord, word } from "../locale.ts";
import type { Finding, Report, ReportTable } from "../model.ts";
import { basisText, explanationText, messageText, subjectText } from "./finding-text.ts";
import type { Writer } from "./options.ts";
import { fixList } from "./fix-list.ts";
import { fixSentences } from "./fix-text.ts";
import { overviewOf, pointsText, whereText } from "./overview.ts";
import { placeText, placesText } from "./place.ts";
import { ruleSetText } from "./rule-set-text.ts";
import { PARTS, changeText, findingsByPart, recomputedText, rowName, scoreText, together } from "./select.ts";
import { summaryRows } from "./summary.ts";
import { plain } from "./text-layout.ts";
import { verdictText } from "./verdict-text.ts";

export const markdown: Writer = {
  format: "markdown",
  ending: "md",
  write: (reports, options) => {
    const { locale, verbose = false } = options;
    const parts = [...(reports.length > 1 ? [summaryBlocks(reports, locale)] : []), ...reports.map((report) => reportBlocks(report, locale, verbose))];
    return `${parts.map((blocks) => blocks.join("\n\n")).join("\n\n---\n\n")}\n\n<!-- ziping/report@1 -->\n`;
  },
};

function summaryBlocks(reports: readonly Report[], locale: Locale): string[] {
  return [`# ${word(locale, "interface", "summary.heading", { count: reports.length })}`, markdownTable(summaryRows(reports, locale), [3, 4, 5, 6])];
}

/** A text of others inside Markdown: nothing in it is markup, no line or table cell ends in it. */
export function markdownText(text: string): string {
  return plain(text).replace(/[\\`*_{}[\]<>#|~]/g, "\\$&");
}

/** Rows as a table; the first is its head. Columns from the second on are figures, to the right. */
export function markdownTable(rows: readonly (readonly string[])[], figures: readonly number[]): string {
  const [head = [], ...rest] = rows.map((row) => `| ${row.map(markdownText).join(" | ")} |`);
  const rule = `| ${(rows[0] ?? []).map((_, i) => (figures.includes(i) ? "---:" : "---")).join(" | ")} |`;
  return [head, rule, ...rest].join("\n");
}

function reportBlocks(report: Report, locale: Locale, verbose: boolean): string[] {
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "interface", key, values);
  const heading = label("heading", { department: report.submission.department ?? label("heading.noDepartment"), year: report.submission.year ?? label("heading.noYear") });
  const { counts } = report;
  const summary = ([["must-fix", counts.mustFix], ["explain", counts.explain], ["note", counts.note], ["explained", counts.explained], ["waived", counts.waived], ["cannot-tell", counts.cannotTell]] as const)
    .map(([part, count]) => `${label(`part.${part}`)} ${count}`).join(" · ");
  const problems = report.input.remarks.filter((remark) => remark.kind === "problem");
  const blocks = [
    `# ${markdownText(heading)}`,
    `**${verdictText(report, locale)}**`,
    summary,
    problems.map((remark) => `- ${markdownText(label("remark.problem") + remark.message + (remark.at === null ? "" : label("remark.at", { place: placeText(remark.at, locale) })))}`).join("\n"),
    overviewBlock(report, locale),
    ...scoreBlocks(report, locale),
    afterBlock(report, locale),
    ...findingBlocks(report, locale, verbose),
    ...ledgerBlocks(report, locale),
    `---\n\n${markdownText(ruleSetText(report, locale))}`,
  ];
  return blocks.filter((block) => block !== "");
}

function overviewBlock(report: Report, locale: Locale): string {
  const tasks = overviewOf(report);
  if (tasks.length === 0) return "";
  const label = (key: string): string => word(locale, "interface", key);
  const rows = tasks.map((task) => [label(`part.${task.part}`), task.title, String(task.count), pointsText(task), whereText(task.where, locale)]);
  const pointed = tasks.some((task) => pointsText(task) !== "");
  const head = ["toDo.part", "toDo.title", "toDo.count", "toDo.points", "toDo.where"].map(label);
  const shown = [head, ...rows].map((row) => (pointed ? row : row.filter((_, i) => i !== 3)));
  return `## ${label("section.toDo")}\n\n${markdownTable(shown, pointed ? [2, 3] : [2])}`;
}

/** What the scores become, and by which rows. */
function afterBlock(report: Report, locale: Locale): string {
  const sentences = fixSentences(report, fixList(report), locale);
  if (sentences.length === 0) return "";
  return `## ${word(locale, "interface", "section.after")}\n\n${sentences.map(({ name, text }) => `- ${markdownText(word(locale, "interface", "fix.table", { table: name, sentences: text }))}`).join("\n")}`;
}

function scoreBlocks(report: Report, locale: Locale): string[] {
  if (report.tables.length === 0) return [];
  const label = (key: string): string => word(locale, "interface", key);
  const rows = report.tables.map((table) => [
    nameOf(table, locale),
    table.claimed.score === null ? "—" : scoreText(table.claimed.score),
    recomputedText(table.recomputed) ?? "—",
    changeText(table.claimed.score, table.recomputed.score) ?? "—",
    [table.claimed.grade ?? "—", table.recomputed.grade ?? "—"].join(" / "),
  ]);
  const head = ["score.table", "score.claimed", "score.recomputed", "score.change", "score.grades"].map(label);
  return [`## ${label("section.scores")}`, markdownTable([head, ...rows], [1, 2, 3])];
}

/** Every scored row of every table: what the scores above are made of, for whoever wants to follow them. */
function ledgerBlocks(report: Report, locale: Locale): string[] {
  const blocks = report.tables.map((table) => ledgerBlock(table, locale)).filter((block) => block !== "");
  return blocks.length === 0 ? [] : [`## ${word(locale, "interface", "section.ledger")}`, ...blocks];
}

function ledgerBlock(table: ReportTable, locale: Locale): string {
  const label = (key: string): string => word(locale, "interface", key);
  if (table.ledger.length === 0) return "";
  const head = ["level1", "row", "target", "actual", "weight", "claimed", "recomputed", "how"].map((column) => label(`ledger.${column}`));
  const rows = table.ledger.map((row) => [
    row.level1 ?? "", rowName(row, locale), row.target ?? "", row.actual ?? row.rate ?? "", row.weight ?? "—",
    row.claimed === null ? "—" : scoreText(row.claimed),
    recomputedText({ score: row.recomputed, low: row.low, high: row.high }) ?? "—",
    hasWord(locale, "methods", row.method) ? word(locale, "methods", row.method) : row.method,
  ]);
  return `### ${markdownText(nameOf(table, locale))}\n\n${markdownTable([head, ...rows], [4, 5, 6])}`;
}

function findingBlocks(report: Report, locale: Locale, verbose: boolean): string[] {
  const parts = findingsByPart(report);
  return PARTS.flatMap((part) => {
    const findings = parts.get(part) ?? [];
    if (findings.length === 0) return [];
    const groups = verbose ? findings.map((finding) => [finding]) : together(findings);
    return [`## ${word(locale, "interface", `part.${part}`)}`, ...groups.map((group) => groupBlock(group, locale))];
  });
}

function groupBlock(group: readonly Finding[], locale: Locale): string {
  const first = group[0];
  if (first === undefined) return "";
  const label = (key: string, values: Record<string, string | number>): string => markdownText(word(locale, "interface", key, values));
  const several = group.length > 1;
  const title = several ? label("finding.several", { title: first.title, count: group.length }) : markdownText(first.title);
  const items = group.map((finding) => {
    const explained = explanationText(finding, locale);
    const place = placesText(finding.at, locale);
    const sentences = [messageText(finding, locale), explained].filter((text) => text !== "").map(markdownText);
    return { subject: subjectText(finding), place: place === "" ? "" : label("finding.places", { places: place }), text: sentences.join(" ") };
  });
  const lines = several
    ? items.map((item) => `- **${markdownText(item.subject)}** ${[item.text, item.place].filter((text) => text !== "").join(" ")}`)
    : items.flatMap((item) => [`**${markdownText(item.subject)}**`, "", item.text]);
  const remedy = first.remedy === "" ? [] : ["", label("finding.remedy", { remedy: first.remedy })];
  const basis = first.basis.length === 0 ? "" : label("finding.basis", { basis: basisText(first.basis, locale) });
  const source = [basis, several ? "" : (items[0]?.place ?? "")].filter((text) => text !== "").join(" · ");
  return [`### ${title} \`${first.rule}\``, "", ...lines, ...remedy, ...(source === "" ? [] : ["", source])].join("\n");
}

function nameOf(table: ReportTable, locale: Locale): string {
  return table.name === "" ? word(locale, "interface", `kind.${table.kind}`) : table.name;
}
