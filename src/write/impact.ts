// What a change of rules changes -> terminal, json, markdown.
import type { Impact } from "../impact.ts";
import { word } from "../locale.ts";
import { impactHeading, impactSections } from "./impact-text.ts";
import { markdownTable, markdownText } from "./markdown.ts";
import type { WriteOptions } from "./options.ts";
import { layoutTable } from "./table-layout.ts";
import { screenFor } from "./terminal.ts";
import { plain, wrap } from "./text-layout.ts";

export interface ImpactWriter { format: string; write: (impact: Impact, options: WriteOptions) => string }

export const impactWriters: readonly ImpactWriter[] = [
  { format: "terminal", write: impactTerminal },
  { format: "json", write: (impact) => `${JSON.stringify(impact, null, 2)}\n` },
  { format: "markdown", write: impactMarkdown },
];

function impactTerminal(impact: Impact, options: WriteOptions): string {
  const { width, measure, paint, verbose, locale } = screenFor(options);
  const [title, ...rest] = impactHeading(impact, locale);
  const heading = [...wrap(plain(title), width, measure).map(paint.bold), ...rest.flatMap((line) => wrap(plain(line), width, measure))];
  const sections = impactSections(impact, locale, verbose).flatMap((section) => [
    "",
    paint.bold(`【${section.title}】`),
    ...layoutTable(section.rows.map((row) => row.map(plain)), section.columns.map((align) => ({ align, grow: align === "left" })), width - 2, measure).map((line) => `  ${line}`),
    ...(section.more === 0 ? [] : [`  ${word(locale, "impact", "more", { count: section.more })}`]),
  ]);
  return `${[...heading, ...sections].join("\n")}\n`;
}

function impactMarkdown(impact: Impact, options: WriteOptions): string {
  const { locale, verbose = false } = options;
  const [title, ...rest] = impactHeading(impact, locale);
  const sections = impactSections(impact, locale, verbose).flatMap((section) => [
    `## ${markdownText(section.title)}`,
    markdownTable(section.rows, section.columns.flatMap((align, i) => (align === "right" ? [i] : []))),
    ...(section.more === 0 ? [] : [word(locale, "impact", "more", { count: section.more })]),
  ]);
  return `${[`# ${markdownText(title)}`, ...rest.map(markdownText), ...sections].join("\n\n")}\n`;
}
