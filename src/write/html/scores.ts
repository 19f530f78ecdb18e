// The tables of a report -> claimed beside recomputed, and the ledger of each table row by row.
import { hasWord, word, type Locale } from "../../locale.ts";
import type { Finding, LedgerRow, Report, ReportTable } from "../../model.ts";
import { tableText } from "../fix-text.ts";
import { markup, raw, type Markup } from "../markup.ts";
import { changeText, recomputedText, rowName, rowsOfInterest, scoreText } from "../select.ts";
import type { Links } from "./links.ts";

/** The summary table, then one foldable ledger a table: open where rows differ. */
export function scoreSections(report: Report, links: Links, locale: Locale): Markup | null {
  if (report.tables.length === 0) return markup`<p class="card">${word(locale, "page", "noTables")}</p>`;
  const label = (key: string): string => word(locale, "interface", key);
  const heads = ["score.table", "score.claimed", "score.recomputed", "score.change", "score.grades"].map((key, at) => markup`<th scope="col"${at > 0 && at < 4 ? raw(` class="number"`) : null}>${label(key)}</th>`);
  return markup`<div class="scroll scores" tabindex="0" role="group" aria-label="${label("section.scores")}"><table><thead><tr>${heads}</tr></thead><tbody>${report.tables.map((table, index) => scoreRow(table, index, links, locale))}</tbody></table></div>
${report.tables.map((table, index) => ledger(table, index, links, locale))}`;
}

function scoreRow(table: ReportTable, index: number, links: Links, locale: Locale): Markup {
  const { claimed, recomputed, ledger: rows } = table;
  const change = changeText(claimed.score, recomputed.score);
  const name = tableText(table, locale);
  return markup`<tr><th scope="row">${rows.length === 0 ? name : markup`<a href="#${links.table(index)}">${name}</a>`}</th><td class="number">${shown(claimed.score)}</td><td class="number">${recomputedText(recomputed) ?? "—"}</td><td class="number ${way(change)}">${change ?? "—"}</td><td>${claimed.grade ?? "—"} / ${recomputed.grade ?? "—"}</td></tr>`;
}

const shown = (score: string | null): string => (score === null ? "—" : scoreText(score));

function way(change: string | null): string {
  if (change === null || /^[-+]?0(?:\.0+)?$/.test(change)) return "";
  return change.startsWith("-") ? "down" : "up";
}

function ledger(table: ReportTable, index: number, links: Links, locale: Locale): Markup | null {
  if (table.ledger.length === 0) return null;
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "interface", key, values);
  const differing = new Set(rowsOfInterest(table));
  const numbers = (at: number): boolean => at > 3 && at < 7;
  const heads = (["level1", "row", "target", "actual", "weight", "claimed", "recomputed", "how"] as const).map((column, at) => markup`<th scope="col"${numbers(at) ? raw(` class="number"`) : null}>${label(`ledger.${column}`)}</th>`);
  const rows = table.ledger.map((row, at) => ledgerRow(row, index, at, differing.has(row), links, locale));
  const state = word(locale, "page", differing.size === 0 ? "ledger.all" : "ledger.differing", { count: differing.size, total: table.ledger.length });
  const sum = markup`<tr><th scope="row" colspan="5">${word(locale, "page", "ledger.total")}</th><td class="number">${shown(table.claimed.score)}</td><td class="number">${recomputedText(table.recomputed) ?? "—"}</td><td></td><td>${findingLinks(links.findingsOfTable(index), links)}</td></tr>`;
  return markup`<details id="${links.table(index)}"${differing.size > 0 ? raw(" open") : null}><summary>${tableText(table, locale)}<small>${state}</small></summary><div class="scroll" tabindex="0" role="group" aria-label="${tableText(table, locale)}"><table class="ledger"><thead><tr>${heads}<th scope="col">${word(locale, "page", "findings")}</th></tr></thead><tbody>${rows}</tbody><tfoot>${sum}</tfoot></table></div></details>`;
}

function ledgerRow(row: LedgerRow, table: number, at: number, differs: boolean, links: Links, locale: Locale): Markup {
  const how = hasWord(locale, "methods", row.method) ? word(locale, "methods", row.method) : row.method;
  return markup`<tr id="${links.row(table, at)}"${differs ? raw(` class="differs"`) : null}><td>${row.level1 ?? ""}</td><th scope="row">${rowName(row, locale)}</th><td>${row.target ?? ""}</td><td>${row.actual ?? row.rate ?? ""}</td><td class="number">${row.weight ?? "—"}</td><td class="number">${shown(row.claimed)}</td><td class="number">${recomputedText({ score: row.recomputed, low: row.low, high: row.high }) ?? "—"}</td><td>${how}</td><td>${findingLinks(links.findingsOf(table, at), links)}</td></tr>`;
}

const findingLinks = (findings: readonly Finding[], links: Links): Markup[] =>
  findings.map((finding, n) => markup`${n > 0 ? raw("<br>") : null}<a href="#${links.finding(finding)}">${finding.title}</a>`);
