// Reports -> one page that opens anywhere: no network, prints on A4, findings filtered and linked to their rows.
import { createHash } from "node:crypto";
import { word, type Locale } from "../locale.ts";
import type { Report } from "../model.ts";
import { charts } from "./html/charts.ts";
import { findingGroups, filterForm, groupAnchor } from "./html/findings.ts";
import { fixes } from "./html/fixes.ts";
import { linksOf } from "./html/links.ts";
import { foot, problems, remarks, rules } from "./html/rest.ts";
import { scoreSections } from "./html/scores.ts";
import { SCRIPT } from "./html/script.ts";
import { STYLE } from "./html/style.ts";
import { markup, raw, type Markup } from "./markup.ts";
import type { Writer } from "./options.ts";
import { PARTS } from "./select.ts";
import { verdictText } from "./verdict-text.ts";

export const htmlPage: Writer = { format: "html", ending: "html", write: (reports, { locale }) => pageText(reports, locale) };

function pageText(reports: readonly Report[], locale: Locale): string {
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "page", key, values);
  const title = reports.length === 1 && reports[0] !== undefined ? headingOf(reports[0], locale) : label("title.several", { count: reports.length });
  const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${hash(SCRIPT)}; img-src data:; base-uri 'none'; form-action 'none'`;
  const page = markup`<!doctype html>
<html lang="${locale.lang === "zh" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="renderer" content="webkit">
<meta name="generator" content="ziping/report@1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<a class="skip" href="#${reports.length === 0 ? "main" : "findings"}">${label("skip")}</a>
<main id="main">
${reports.length === 1 ? null : contents(title, reports, locale)}
${reports.map((report, index) => section(report, index, reports, locale))}
</main>
<script>${raw(SCRIPT)}</script>
</body>
</html>
`;
  return page.text;
}

function contents(title: string, reports: readonly Report[], locale: Locale): Markup {
  const rows = reports.map((report, index) => markup`<li><a href="#r${index}">${headingOf(report, locale)}</a> ${verdictText(report, locale)}</li>`);
  return markup`<h1>${title}</h1>${rows.length === 0 ? null : markup`<nav class="card" aria-label="${word(locale, "page", "contents")}"><ol>${rows}</ol></nav>`}`;
}

function section(report: Report, index: number, all: readonly Report[], locale: Locale): Markup {
  const first = index === 0;
  const links = linksOf(report, index);
  return markup`<div class="report">
<div class="top" id="r${index}">
<h1>${headingOf(report, locale)}</h1>
<p class="verdict ${report.verdict === "explain" ? "explain-first" : report.verdict}">${verdictText(report, locale)}</p>
${countList(report, index, locale)}
</div>
${problems(report, locale)}
${fixes(report, links, locale)}
<h2>${word(locale, "interface", "section.scores")}</h2>
${charts(report, locale)}
${scoreSections(report, links, locale)}
<h2${first ? raw(` id="findings"`) : null}>${word(locale, "page", "findings")}</h2>
${first ? filterForm(all, (each) => headingOf(each, locale), locale) : null}
${findingGroups(report, index, links, locale)}
${rules(report, locale)}
${remarks(report, locale)}
<div class="foot">${foot(report, locale)}</div>
</div>`;
}

function headingOf({ submission }: Report, locale: Locale): string {
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "interface", key, values);
  return label("heading", { department: submission.department ?? label("heading.noDepartment"), year: submission.year ?? label("heading.noYear") });
}

/** How many findings of each kind, each number a way to them. */
function countList({ counts }: Report, index: number, locale: Locale): Markup {
  const of = { "must-fix": counts.mustFix, explain: counts.explain, note: counts.note, "cannot-tell": counts.cannotTell, explained: counts.explained, waived: counts.waived };
  const shown = (part: (typeof PARTS)[number]): Markup => markup`${word(locale, "interface", `part.${part}`)}<b>${of[part]}</b>`;
  return markup`<ul class="counts">${PARTS.map((part) => (of[part] === 0 ? markup`<li class="none">${shown(part)}</li>` : markup`<li class="${part}"><a href="#${groupAnchor(index, part)}">${shown(part)}</a></li>`))}</ul>`;
}
