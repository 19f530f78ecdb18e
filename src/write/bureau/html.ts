// A summary → one page that opens anywhere: every department in a table to sort and filter, each linked to its report.
import { createHash } from "node:crypto";
import { word } from "../../locale.ts";
import type { Summary } from "../../summary.ts";
import { STYLE } from "../html/style.ts";
import { markup, raw, type Markup } from "../markup.ts";
import type { WriteOptions } from "../options.ts";
import { departmentTable, filterForm } from "./departments.ts";
import type { SummaryWriter } from "./options.ts";
import { distributions, outliers, portfolio, rules, unread } from "./sections.ts";
import { SUMMARY_SCRIPT, SUMMARY_STYLE } from "./script.ts";
import { COUNTS, labelsOf, onlyYear, signed, VERDICTS, type Label } from "./text.ts";

export const summaryPage: SummaryWriter = { format: "html", write: pageText };

function pageText(summary: Summary, { locale }: WriteOptions): string {
  const label = labelsOf(locale);
  const year = onlyYear(summary);
  const count = summary.departments.length;
  const title = year === null ? label("title", { count }) : label("title.year", { year, count });
  const hash = createHash("sha256").update(SUMMARY_SCRIPT).digest("base64");
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const page = markup`<!doctype html>
<html lang="${locale.lang === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="renderer" content="webkit">
<meta name="generator" content="ziping/summary@1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${raw(STYLE)}${raw(SUMMARY_STYLE)}</style>
</head>
<body>
<a class="skip" href="#all">${label("skip")}</a>
<main id="main">
<h1>${title}</h1>
${count === 0 ? markup`<p>${label("nothing")}</p>` : totals(summary, label, (verdict) => word(locale, "interface", `summary.${verdict}`))}
<h2 id="all">${label("section.departments")}</h2>
${count === 0 ? null : markup`<p class="source">${label("note.speaker")}</p>${filterForm(summary, locale)}${departmentTable(summary, locale)}`}
${distributions(summary, locale)}
${rules(summary, locale)}
${outliers(summary, locale)}
${portfolio(summary, locale)}
${unread(summary, locale)}
<div class="foot source">${summary.ruleSets.map((set) => markup`<p>${label("totals.ruleSet", set)}</p>`)}<p>${summary.tool.name} ${summary.tool.version}</p></div>
</main>
<script>${raw(SUMMARY_SCRIPT)}</script>
</body>
</html>
`;
  return page.text;
}

const PART: Readonly<Record<(typeof COUNTS)[number], string>> = { mustFix: "must-fix", explain: "explain", note: "note", cannotTell: "cannot-tell", explained: "explained", waived: "waived" };

function totals(summary: Summary, label: Label, verdictName: (verdict: string) => string): Markup {
  const { totals: { counts, tables, unread: partly }, distributions: { verdicts }, unread: problems } = summary;
  const item = (name: string, count: number, part: string): Markup => markup`<li class="${count === 0 ? "none" : part}">${name}<b>${count}</b></li>`;
  return markup`<ul class="counts verdicts">${VERDICTS.map((verdict) => item(verdictName(verdict), verdicts[verdict], ""))}</ul>
<p></p>
<ul class="counts">${COUNTS.map((key) => item(label(key), counts[key], PART[key]))}</ul>
<p>${label("totals.tables", { ...tables, change: signed(tables.change) })}</p>
${problems.length === 0 ? null : markup`<p><a href="#unread">${label("section.unread")} ${problems.length}</a>${partly === 0 ? null : ` · ${label("totals.unread")} ${String(partly)}`}</p>`}`;
}
