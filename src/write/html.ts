// Reports -> one page that opens anywhere: no network, prints on A4, findings filtered and linked to their rows.
import { createHash } from "node:crypto";
import { word, type Locale } from "../locale.ts";
import type { Report, ReportTable } from "../model.ts";
import { charts } from "./html/charts.ts";
import { findingGroups, filterForm } from "./html/findings.ts";
import { markup, raw, type Markup } from "./markup.ts";
import { linksOf, type Links } from "./html/links.ts";
import { scoreSections } from "./html/scores.ts";
import { SCRIPT } from "./html/script.ts";
import { STYLE } from "./html/style.ts";
import { fixList } from "./fix-list.ts";
import type { Writer } from "./options.ts";
import { placeText } from "./place.ts";
import { ruleSetText } from "./rule-set-text.ts";
import { ruleTitle } from "./rule-title.ts";
import { PARTS, ruleState, rowName, scoreText } from "./select.ts";

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
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<a class="skip" href="#findings">${label("skip")}</a>
${reports.length > 1 ? contents(reports, locale) : null}
${reports.map((report, index) => section(report, index, reports, locale))}
<script>${raw(SCRIPT)}</script>
</body>
</html>
`;
  return page.text;
}

function contents(reports: readonly Report[], locale: Locale): Markup {
  const rows = reports.map((report, index) => markup`<li><a href="#r${index}">${headingOf(report, locale)}</a> ${verdictOf(report, locale)}</li>`);
  return markup`<nav class="card" aria-label="${word(locale, "page", "contents")}"><ol>${rows}</ol></nav>`;
}

function section(report: Report, index: number, all: readonly Report[], locale: Locale): Markup {
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "page", key, values);
  const links = linksOf(report, index);
  const first = index === 0;
  const several = all.length > 1;
  return markup`<header id="r${index}">
<h1>${headingOf(report, locale)}</h1>
<p class="verdict ${report.verdict === "explain" ? "explain-first" : report.verdict}">${word(locale, "interface", "verdict", { verdict: verdictOf(report, locale) })}</p>
${countList(report, locale)}
</header>
<main${several ? raw(` aria-label="${index + 1}"`) : null}>
${problems(report, locale)}
${fixes(report, links, locale)}
<h2>${word(locale, "interface", "section.scores")}</h2>
${charts(report, locale, (table) => tableName(table, locale))}
${scoreSections(report, links, locale)}
<h2${first ? raw(` id="findings"`) : null}>${label("findings")}</h2>
${first ? filterForm(all, locale) : null}
${findingGroups(report, links, locale)}
${rules(report, locale)}
${remarks(report, locale)}
</main>
<footer>${foot(report, locale)}</footer>`;
}

function headingOf({ submission }: Report, locale: Locale): string {
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "interface", key, values);
  return label("heading", { department: submission.department ?? label("heading.noDepartment"), year: submission.year ?? label("heading.noYear") });
}

const verdictOf = ({ verdict }: Report, locale: Locale): string => word(locale, "interface", `verdict.${verdict}`);

export function tableName(table: Pick<ReportTable, "name" | "kind">, locale: Locale): string {
  return table.name === "" ? word(locale, "interface", `kind.${table.kind}`) : table.name;
}

function countList({ counts }: Report, locale: Locale): Markup {
  const of = { "must-fix": counts.mustFix, explain: counts.explain, note: counts.note, "cannot-tell": counts.cannotTell, explained: counts.explained, waived: counts.waived };
  return markup`<ul class="counts">${PARTS.map((part) => markup`<li${of[part] === 0 ? raw(` class="none"`) : null}>${word(locale, "interface", `part.${part}`)}<b>${of[part]}</b></li>`)}</ul>`;
}

function problems(report: Report, locale: Locale): Markup | null {
  const found = report.input.remarks.filter((remark) => remark.kind === "problem");
  if (found.length === 0) return null;
  return markup`<h2>${word(locale, "page", "problems")}</h2><ul class="card">${found.map((remark) => markup`<li>${remark.message}${remark.at === null ? "" : word(locale, "interface", "remark.at", { place: placeText(remark.at, locale) })}</li>`)}</ul>`;
}

/** What to mend first: three steps of the list, and what the scores become. */
function fixes(report: Report, links: Links, locale: Locale): Markup | null {
  const { open, scores } = fixList(report);
  if (open.length === 0) return null;
  const label = (key: string, values: Record<string, string | number>): string => word(locale, "page", key, values);
  const becomes = scores.map(({ table, rows, from, to }) => {
    const changes = rows.map((row) => label("fix.row", { row: rowName(row, locale), from: row.claimed === null ? "—" : scoreText(row.claimed), to: scoreText(row.recomputed ?? "") })).join(word(locale, "interface", "place.between"));
    return markup`<li>${label(from === null ? "fix.total" : "fix.score", { table: tableName(table, locale), count: rows.length, changes, from: from === null ? "" : scoreText(from), to: scoreText(to) })}</li>`;
  });
  const steps = open.slice(0, FIRST_STEPS).map((finding) => markup`<li><span class="tag ${finding.severity}">${word(locale, "interface", `part.${finding.severity}`)}</span><a href="#${links.finding(finding)}">${finding.title}</a> · ${[finding.table, finding.subjectName].filter((text) => text !== null && text !== "").join(" · ")}${finding.points === undefined ? "" : label("fix.points", { points: scoreText(finding.points) })}</li>`);
  return markup`<h2>${label("fixes", {})}</h2>
<div class="card"><ol class="fixes">${steps}</ol>${open.length > FIRST_STEPS ? markup`<p class="source">${label("fix.more", { count: open.length - FIRST_STEPS })}</p>` : null}</div>
${becomes.length === 0 ? null : markup`<details open><summary>${label("fix.scores", {})}</summary><div class="inside"><ul class="fixes">${becomes}</ul></div></details>`}`;
}

/** As many as are read at once. */
const FIRST_STEPS = 8;

function rules(report: Report, locale: Locale): Markup {
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "page", key, values);
  const rows = report.rules.map((line) => {
    const title = ruleTitle(line.rule, report, locale);
    return markup`<tr><th scope="row">${title}</th><td>${line.rule}</td><td>${word(locale, "interface", `rules.${ruleState(line)}.one`)}${line.reason === undefined ? "" : ` ${line.reason}`}</td><td class="number">${line.pass}</td><td class="number">${line.fail}</td><td class="number">${line.explained + line.waived}</td><td class="number">${line.cannotTell + line.error}</td><td class="number">${line.notApplicable}</td></tr>`;
  });
  const heads = ["rule", "id", "state", "pass", "fail", "settled", "open", "notApplicable"].map((column, at) => markup`<th scope="col"${at > 2 ? raw(` class="number"`) : null}>${label(`rules.${column}`)}</th>`);
  return markup`<details><summary>${label("rules")}<small>${label("rules.count", { count: report.rules.length })}</small></summary><div class="scroll" tabindex="0" role="region" aria-label="${label("rules")}"><table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

function remarks(report: Report, locale: Locale): Markup | null {
  const said = report.input.remarks.filter((remark) => remark.kind !== "problem");
  if (said.length === 0) return null;
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "page", key, values);
  return markup`<details><summary>${label("remarks")}<small>${label("remarks.count", { count: said.length })}</small></summary><div class="inside"><ul>${said.map((remark) => markup`<li>${word(locale, "interface", `remark.${remark.kind}`)}${remark.message}${remark.at === null ? "" : word(locale, "interface", "remark.at", { place: placeText(remark.at, locale) })}</li>`)}</ul></div></details>`;
}

function foot(report: Report, locale: Locale): Markup {
  const { tool, input, ruleSet } = report;
  const files = input.files.map((file) => markup`<li>${file.name} · ${file.format} · ${file.encoding} · sha256 ${file.sha256}</li>`);
  return markup`<p>${ruleSetText(report, locale)}</p><p>${tool.name} ${tool.version} · ${word(locale, "page", "digest", { digest: ruleSet.digest })}</p><ul>${files}</ul>`;
}
