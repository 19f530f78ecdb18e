// Comparisons -> Markdown.
import type { Comparison } from "../compare.ts";
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import type { Finding } from "../model.ts";
import { SECTIONS, changeRows, comparisonHeading, countsText, overviewRows, ruleSetChange, tellsRows, verdictChange, wasText } from "./compare-text.ts";
import type { ComparisonWriter } from "./compare.ts";
import { messageText, subjectText } from "./finding-text.ts";
import { markdownTable, markdownText } from "./markdown.ts";
import { partOf } from "./select.ts";

export const comparisonMarkdown: ComparisonWriter = {
  format: "markdown",
  write: (comparisons, options) => comparisons.length === 0 ? "" : `${[...overview(comparisons, options.locale), ...comparisons.map((comparison) => blocks(comparison, options.locale).join("\n\n"))].join("\n\n---\n\n")}\n`,
};

/** Of several a list, first. */
function overview(comparisons: readonly Comparison[], locale: Locale): string[] {
  if (comparisons.length < 2) return [];
  const rows = overviewRows(comparisons, locale);
  return [[`# ${word(locale, "compare", "overview", { count: comparisons.length })}`, markdownTable(rows, (rows[0] ?? []).map((_, i) => i).slice(2))].join("\n\n")];
}

function blocks(comparison: Comparison, locale: Locale): string[] {
  const shown = SECTIONS.filter((section) => comparison[section].length > 0);
  return [
    `# ${markdownText(comparisonHeading(comparison, locale))}`,
    verdictChange(comparison, locale),
    countsText(comparison, locale),
    ...[ruleSetChange(comparison, locale)].filter((text) => text !== ""),
    ...(comparison.tables.length === 0 ? [] : [markdownTable(changeRows(comparison.tables, locale, tellsRows(comparison)), [1, 2, 3, 4])]),
    ...shown.flatMap((section) => [`## ${word(locale, "compare", section)}`, comparison[section].map((finding) => item(finding, locale)).join("\n")]),
    ...(shown.length === 0 ? [word(locale, "compare", "none")] : []),
  ];
}

function item(finding: Finding, locale: Locale): string {
  const subject = subjectText(finding);
  return `- ${word(locale, "interface", `part.${partOf(finding)}`)} **${markdownText(finding.title)}** \`${finding.rule}\`${subject === "" ? "" : ` · ${markdownText(subject)}`}: ${markdownText([messageText(finding, locale), wasText(finding, locale)].filter((text) => text !== "").join(" "))}`;
}
