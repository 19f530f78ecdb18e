// The tables of a report -> claimed beside recomputed, and the ledger of each table row by row.
import { hasWord, word, type Locale } from "../../locale.ts";
import type { LedgerRow, Report, ReportTable } from "../../model.ts";
import { changeText, recomputedText, rowName, rowsOfInterest, scoreText } from "../select.ts";
import type { Links } from "./links.ts";
import { markup, raw, type Markup } from "../markup.ts";

/** The summary table, then one foldable ledger a table: open where rows differ. */
export function scoreSections(report: Report, links: Links, locale: Locale): Markup {
  const label = (key: string): string => word(locale, "interface", key);
  const heads = ["score.table", "score.claimed", "score.recomputed", "score.change", "score.grades"].map((key, at) => markup`<th scope="col"${at > 0 && at < 4 ? raw(` class="number"`) : null}>${label(key)}</th>`);
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${label("section.scores")}"><table><thead><tr>${heads}</tr></thead><tbody>${report.tables.map((table) => scoreRow(table, locale))}</tbody></table></div>
<p></p>
${report.tables.map((table, index) => ledger(table, index, links, locale))}`;
}

function nameOf(table: ReportTable, locale: Locale): string {
  return table.name === "" ? word(locale, "interface", `kind.${table.kind}`) : table.name;
}

function scoreRow(table: ReportTable, locale: Locale): Markup {
  const { claimed, recomputed } = table;
  const change = changeText(claimed.score, recomputed.score);
  return markup`<tr><th scope="row">${nameOf(table, locale)}</th><td class="number">${claimed.score === null ? "—" : scoreText(claimed.score)}</td><td class="number">${recomputedText(recomputed) ?? "—"}</td><td class="number ${way(change)}">${change ?? "—"}</td><td>${claimed.grade ?? "—"} / ${recomputed.grade ?? "—"}</td></tr>`;
}

function way(change: string | null): string {
  if (change === null || /^[-+]?0(?:\.0+)?$/.test(change)) return "";
  return change.startsWith("-") ? "down" : "up";
}

function ledger(table: ReportTable, index: number, links: Links, locale: Locale): Markup | null {
  if (table.ledger.length === 0) return null;
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "interface", key, values);
  const differing = new Set(rowsOfInterest(table));
  const heads = (["level1", "row", "target", "actual", "weight", "claimed", "recomputed", "how"] as const).map((column, at) => markup`<th scope="col"${at > 3 && at < 7 ? raw(` class="number"`) : null}>${label(`ledger.${column}`)}</th>`);
  const rows = table.ledger.map((row, at) => ledgerRow(row, index, at, differing.has(row), links, locale));
  const state = differing.size === 0 ? label("ledger.all", { table: "", count: table.ledger.length }) : word(locale, "page", "ledger.differing", { count: differing.size, total: table.ledger.length });
  return markup`<details${differing.size > 0 ? raw(" open") : null}><summary>${nameOf(table, locale)}<small>${state.replace(/^[：:]\s*/, "")}</small></summary><div class="scroll" tabindex="0" role="region" aria-label="${nameOf(table, locale)}"><table><thead><tr>${heads}<th scope="col">${word(locale, "page", "findings")}</th></tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

function ledgerRow(row: LedgerRow, table: number, at: number, differs: boolean, links: Links, locale: Locale): Markup {
  const how = hasWord(locale, "methods", row.method) ? word(locale, "methods", row.method) : row.method;
  const findings = links.findingsOf(table, at).map((finding, n) => markup`${n > 0 ? raw("<br>") : null}<a href="#${links.finding(finding)}">${finding.title}</a>`);
  return markup`<tr id="${links.row(table, at)}"${differs ? raw(` class="differs"`) : null}><td>${row.level1 ?? ""}</td><th scope="row">${rowName(row, locale)}</th><td>${row.target ?? ""}</td><td>${row.actual ?? row.rate ?? ""}</td><td class="number">${row.weight ?? "—"}</td><td class="number">${row.claimed === null ? "—" : scoreText(row.claimed)}</td><td class="number">${recomputedText({ score: row.recomputed, low: row.low, high: row.high }) ?? "—"}</td><td>${how}</td><td>${findings}</td></tr>`;
}
