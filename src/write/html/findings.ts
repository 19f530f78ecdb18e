// The findings of a report -> cards in groups by what must be done and what is wrong, and the form that filters them.
import { word, type Locale } from "../../locale.ts";
import type { Finding, Report } from "../../model.ts";
import { basisText, explanationText, messageText, subjectText } from "../finding-text.ts";
import { markup, raw, type Markup } from "../markup.ts";
import { placesText } from "../place.ts";
import { findingsByPart, PARTS, partOf, scoreText, type Part } from "../select.ts";
import type { Links } from "./links.ts";

export const groupAnchor = (index: number, part: Part): string => `r${index}-${part}`;

/** Hidden until the script runs: without it there is nothing to filter with. */
export function filterForm(reports: readonly Report[], nameOf: (report: Report) => string, locale: Locale): Markup | null {
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "page", key, values);
  const total = reports.reduce((sum, { findings }) => sum + findings.length, 0);
  if (total === 0) return null;
  const tables = [...new Set(reports.flatMap((report) => report.findings.flatMap(({ table }) => table ?? [])))];
  const parts = PARTS.filter((part) => reports.some((report) => report.findings.some((finding) => partOf(finding) === part)));
  const choice = (name: string, options: readonly Markup[]): Markup => markup`<div><label for="${name}">${label(`filter.${name}`)}</label><select id="${name}" name="${name}"><option value="">${label("filter.all")}</option>${options}</select></div>`;
  return markup`<form id="filter" class="filter" role="search" aria-label="${label("filter")}" hidden>
<div><label for="words">${label("filter.words")}</label><input id="words" name="words" type="search" autocomplete="off"></div>
${reports.length < 2 ? null : choice("report", reports.map((report, index) => markup`<option value="${index}">${nameOf(report)}</option>`))}
${choice("part", parts.map((part) => markup`<option value="${part}">${word(locale, "interface", `part.${part}`)}</option>`))}
${tables.length === 0 ? null : choice("table", tables.map((table) => markup`<option value="${table}">${table}</option>`))}
<button type="reset">${label("filter.reset")}</button>
<output id="shown" aria-live="polite" data-template="${label("filter.shown", { count: "#", total })}"></output>
</form>
<p class="card" id="nothing" hidden>${label("filter.nothing")}</p>`;
}

export function findingGroups(report: Report, index: number, links: Links, locale: Locale): Markup {
  const groups = findingsByPart(report);
  if (report.findings.length === 0) return markup`<p class="card">${word(locale, "page", "none")}</p>`;
  return markup`${PARTS.map((part) => group(part, groups.get(part) ?? [], index, links, locale))}`;
}

function group(part: Part, findings: readonly Finding[], index: number, links: Links, locale: Locale): Markup | null {
  if (findings.length === 0) return null;
  const kinds = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.title]);
    kinds.set(key, [...(kinds.get(key) ?? []), finding]);
  }
  return markup`<div class="group" id="${groupAnchor(index, part)}"><h3 class="part"><span class="tag ${part}">${word(locale, "interface", `part.${part}`)}</span> <small>${findings.length}</small></h3>${[...kinds.values()].map((kind) => kindSection(kind, part, index, links, locale))}</div>`;
}

/** What is wrong and what it rests on, told once, above each place where it is. */
function kindSection(findings: readonly Finding[], part: Part, index: number, links: Links, locale: Locale): Markup | null {
  const [first] = findings;
  if (first === undefined) return null;
  const bases = new Set(findings.map(({ basis }) => basisText(basis, locale)));
  const [shared] = bases.size === 1 ? bases : [];
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "interface", key, values);
  return markup`<div class="card kind ${part}"><div class="head"><h4>${findings.length === 1 ? first.title : label("finding.several", { title: first.title, count: findings.length })}</h4><span class="rule">${first.rule}</span></div>
${shared === undefined || shared === "" ? null : markup`<p class="source">${label("finding.basis", { basis: shared })}</p>`}
${findings.map((finding) => card(finding, part, index, shared === undefined, links, locale))}</div>`;
}

function card(finding: Finding, part: Part, index: number, withBasis: boolean, links: Links, locale: Locale): Markup {
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "interface", key, values);
  const places = placesText(finding.at, locale);
  const sources = [withBasis && finding.basis.length > 0 ? label("finding.basis", { basis: basisText(finding.basis, locale) }) : "", places === "" ? "" : label("finding.places", { places })].filter((text) => text !== "");
  const settled = explanationText(finding, locale);
  return markup`<article class="finding" id="${links.finding(finding)}" data-part="${part}" data-report="${index}" data-table="${finding.table ?? ""}">
<p class="subject"><b>${subjectText(finding)}</b>${wayBack(finding, links, locale)}</p>
<p>${messageText(finding, locale)}${finding.points === undefined ? null : markup` <span class="source">${word(locale, "page", "points", { points: scoreText(finding.points) })}</span>`}</p>
${finding.remedy === "" ? null : markup`<p class="remedy">${label("finding.remedy", { remedy: finding.remedy })}</p>`}
${settled === "" ? null : markup`<blockquote>${settled}</blockquote>`}
${sources.length === 0 ? null : markup`<p class="source">${sources.map((text, at) => [at > 0 ? raw(" · ") : null, text])}</p>`}
</article>`;
}

/** To the row's score; to the table where the finding is about the table as a whole or about a row that has no score. */
function wayBack(finding: Finding, links: Links, locale: Locale): Markup | null {
  const row = links.rowOf(finding);
  const table = links.tableOf(finding);
  if (row !== null) return markup` · <a href="#${row}">${word(locale, "page", "toRow")}</a>`;
  return table === null ? null : markup` · <a href="#${table}">${word(locale, "page", "toTable")}</a>`;
}
