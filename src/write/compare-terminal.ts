// Comparisons -> what a person reads on a screen.
import type { Comparison } from "../compare.ts";
import type { Finding } from "../model.ts";
import { word } from "../locale.ts";
import type { Section } from "./compare-text.ts";
import { SECTIONS, changeRows, changedTables, comparisonHeading, countsText, overviewRows, ruleSetChange, tellsRows, verdictChange, wasText } from "./compare-text.ts";
import type { ComparisonWriter } from "./compare.ts";
import { tasksIn } from "./overview.ts";
import { partOf } from "./select.ts";
import { layoutTable } from "./table-layout.ts";
import { findingLines } from "./terminal-finding.ts";
import type { Screen } from "./terminal.ts";
import { screenFor, taskLines } from "./terminal.ts";
import { plain, wrap } from "./text-layout.ts";

export const comparisonTerminal: ComparisonWriter = {
  format: "terminal",
  write: (comparisons, options) => {
    const screen = screenFor(options);
    if (comparisons.length === 0) return "";
    const detailed = screen.verbose || comparisons.length <= FEW;
    const parts = [...(detailed ? comparisons.map((comparison) => comparisonLines(comparison, screen)) : []), ...(comparisons.length > 1 ? [overviewLines(comparisons, detailed, screen)] : [])];
    return `${parts.map((lines) => lines.join("\n")).join(`\n\n${"-".repeat(screen.width)}\n\n`)}\n`;
  },
};

/** Of more departments than these only the list is shown, unless all is asked for. */
const FEW = 5;

/** Of several a list, last, where the screen comes to rest. */
function overviewLines(comparisons: readonly Comparison[], detailed: boolean, screen: Screen): string[] {
  const { locale, width, measure, paint } = screen;
  const rows = overviewRows(comparisons, locale).map((row) => row.map(plain));
  const columns = (rows[0] ?? []).map((_, i) => (i < 2 ? { align: "left" as const, grow: true } : { align: "right" as const, grow: true }));
  const lines = layoutTable(rows, columns, width - 2, measure).map((line) => `  ${line}`);
  return [paint.bold(word(locale, "compare", "overview", { count: comparisons.length })), ...lines, ...(detailed ? [] : ["", word(locale, "compare", "details")])];
}

// What is as it was is counted by kind; it stands one by one in the reports themselves, and here with --verbose.
const UNCHANGED: readonly Section[] = ["remaining", "carried"];

function comparisonLines(comparison: Comparison, screen: Screen): string[] {
  const { locale, width, measure, paint } = screen;
  const label = (key: string, values?: Record<string, number>): string => word(locale, "compare", key, values);
  const said = (text: string): string[] => wrap(plain(text), width, measure);
  const heading = [...said(comparisonHeading(comparison, locale)).map(paint.bold), ...said(verdictChange(comparison, locale)), ...said(countsText(comparison, locale)), ...[ruleSetChange(comparison, locale)].filter((text) => text !== "").flatMap(said)];
  const columns = [{ align: "left" as const, grow: true }, ...[1, 2, 3, 4].map(() => ({ align: "right" as const }))];
  const shown = screen.verbose ? comparison.tables : changedTables(comparison.tables);
  const rows = changeRows(shown, locale, screen.verbose || tellsRows(comparison)).map((row) => row.map(plain));
  const others = comparison.tables.length - shown.length;
  const table = [
    ...(shown.length === 0 ? [] : ["", ...layoutTable(rows, columns, width - 2, measure).map((line) => `  ${line}`)]),
    ...(others === 0 || shown.length === 0 ? [] : [`  ${label("unchanged", { count: others })}`]),
  ];
  const sections = SECTIONS.filter((section) => comparison[section].length > 0).flatMap((section) => [
    "",
    paint.bold(`【${label(section)}】`),
    ...(UNCHANGED.includes(section) && !screen.verbose ? taskLines(tasksIn(comparison[section]), screen) : allLines(comparison[section], screen)),
  ]);
  return [...heading, ...table, ...(sections.length + table.length === 0 ? ["", label("none")] : sections)];
}

function allLines(findings: readonly Finding[], screen: Screen): string[] {
  return findings.flatMap((finding, i) => {
    const was = wasText(finding, screen.locale);
    return [...(i === 0 ? [] : [""]), ...findingLines(partOf(finding), [finding], screen), ...(was === "" ? [] : wrap(plain(was), screen.width - 2, screen.measure).map((line) => `  ${line}`))];
  });
}
