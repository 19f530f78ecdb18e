// The findings of a report -> cards in groups by what must be done, and the form that filters them.
import { word, type Locale } from "../../locale.ts";
import type { Finding, Report } from "../../model.ts";
import { basisText, messageText, subjectText } from "../finding-text.ts";
import { placesText } from "../place.ts";
import { findingsByPart, PARTS, partOf, scoreText, type Part } from "../select.ts";
import type { Links } from "./links.ts";
import { markup, raw, type Markup } from "../markup.ts";

/** Hidden until the script runs: without it there is nothing to filter with. */
export function filterForm(reports: readonly Report[], locale: Locale): Markup {
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "page", key, values);
  const tables = [...new Set(reports.flatMap((report) => report.findings.flatMap(({ table }) => table ?? [])))];
  const parts = PARTS.filter((part) => reports.some((report) => report.findings.some((finding) => partOf(finding) === part)));
  return markup`<form id="filter" class="filter" role="search" aria-label="${label("filter")}" hidden>
<div><label for="words">${label("filter.words")}</label><input id="words" name="words" type="search" autocomplete="off"></div>
<div><label for="part">${label("filter.part")}</label><select id="part" name="part"><option value="">${label("filter.all")}</option>${parts.map((part) => markup`<option value="${part}">${word(locale, "interface", `part.${part}`)}</option>`)}</select></div>
<div><label for="table">${label("filter.table")}</label><select id="table" name="table"><option value="">${label("filter.all")}</option>${tables.map((table) => markup`<option value="${table}">${table}</option>`)}</select></div>
<output id="shown" aria-live="polite" data-template="${label("filter.shown", { count: "#" })}"></output>
</form>`;
}

export function findingGroups(report: Report, links: Links, locale: Locale): Markup {
  const groups = findingsByPart(report);
  if (report.findings.length === 0) return markup`<p class="card">${word(locale, "page", "none")}</p>`;
  return markup`${PARTS.map((part) => group(part, groups.get(part) ?? [], links, locale))}`;
}

function group(part: Part, findings: readonly Finding[], links: Links, locale: Locale): Markup | null {
  if (findings.length === 0) return null;
  return markup`<section class="group"><h2>${word(locale, "interface", `part.${part}`)} <small>${findings.length}</small></h2>${findings.map((finding) => card(finding, part, links, locale))}</section>`;
}

function card(finding: Finding, part: Part, links: Links, locale: Locale): Markup {
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "interface", key, values);
  const row = links.rowOf(finding);
  const places = placesText(finding.at, locale);
  return markup`<article class="card finding ${part}" id="${links.finding(finding)}" data-part="${part}" data-table="${finding.table ?? ""}">
<header><h3><span class="tag ${part}">${label(`part.${part}`)}</span>${finding.title}</h3><span class="rule">${finding.rule}</span></header>
<p class="subject">${subjectText(finding)}${row === null ? null : markup` · <a href="#${row}">${word(locale, "page", "toRow")}</a>`}</p>
<p>${messageText(finding, locale)}${finding.points === undefined ? null : markup` <span class="source">${word(locale, "page", "points", { points: scoreText(finding.points) })}</span>`}</p>
${finding.remedy === "" ? null : markup`<p class="remedy">${label("finding.remedy", { remedy: finding.remedy })}</p>`}
${settled(finding, locale)}
<p class="source">${finding.basis.length === 0 ? null : label("finding.basis", { basis: basisText(finding.basis, locale) })}${finding.basis.length === 0 || places === "" ? null : raw(" · ")}${places === "" ? null : label("finding.places", { places })}</p>
</article>`;
}

/** What was explained or waived, in the words of whoever did. */
function settled({ explanation, waiver }: Finding, locale: Locale): Markup | null {
  if (waiver !== undefined) {
    const expires = waiver.expires === undefined ? "" : word(locale, "interface", "finding.waiver.expires", { expires: waiver.expires });
    return markup`<blockquote>${word(locale, "interface", "finding.waiver", { reason: waiver.reason, requester: waiver.requester, approver: waiver.approver, expires })}</blockquote>`;
  }
  if (explanation === undefined) return null;
  const by = [explanation.where, explanation.author ?? "", explanation.date ?? ""].filter((text) => text !== "").join(word(locale, "interface", "list.comma"));
  return markup`<blockquote>${word(locale, "interface", by === "" ? "finding.explanation.bare" : "finding.explanation", { text: explanation.text, by })}</blockquote>`;
}
