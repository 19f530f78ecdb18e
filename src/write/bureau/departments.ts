// Rows of a summary → the page's table of departments, and the form that filters it.
import { word, type Locale } from "../../locale.ts";
import type { DepartmentRow, Summary } from "../../summary.ts";
import { markup, raw, type Markup } from "../markup.ts";
import { claimedText, DASH, departmentText, hrefOf, labelsOf, onlyYear, recomputedOf, signed, speakerText, VERDICTS, verdictWord, yearText, type Label } from "./text.ts";

const HAVING = ["mustFix", "change", "cannotTell", "unread"] as const;
const NUMBERS = ["claimed", "recomputed", "change", "mustFix", "explain", "note", "cannotTell", "explained", "waived", "execution"] as const;

/** Hidden until the script runs: without it there is nothing to filter with. */
export function filterForm(summary: Summary, locale: Locale): Markup {
  const label = labelsOf(locale);
  const choice = (name: string, title: string, options: readonly Markup[]): Markup => markup`<div><label for="${name}">${title}</label><select id="${name}" name="${name}"><option value="">${label("filter.all")}</option>${options}</select></div>`;
  const verdicts = VERDICTS.filter((verdict) => summary.distributions.verdicts[verdict] > 0);
  return markup`<form id="filter" class="filter" role="search" aria-label="${label("filter")}" hidden>
<div><label for="words">${label("filter.words")}</label><input id="words" name="words" type="search" autocomplete="off"></div>
${choice("verdict", label("filter.verdict"), verdicts.map((verdict) => markup`<option value="${verdict}">${word(locale, "interface", `summary.${verdict}`)}</option>`))}
${choice("having", label("filter.open"), HAVING.map((having) => markup`<option value="${having}">${label(`filter.open.${having}`)}</option>`))}
<button type="reset">${label("filter.reset")}</button>
<output id="shown" aria-live="polite" data-template="${label("filter.shown", { count: "#", total: summary.departments.length })}"></output>
</form>
<p class="card" id="nothing" hidden>${label("filter.nothing")}</p>`;
}

/** Every department, most to do first; each head sorts by its column. */
export function departmentTable(summary: Summary, locale: Locale): Markup {
  const label = labelsOf(locale);
  const years = onlyYear(summary) === null;
  const head = (key: string, number: boolean): Markup => markup`<th scope="col"${number ? raw(` class="number"`) : null} aria-sort="none"><button type="button" disabled title="${label("sort", { column: label(key) })}">${label(key)}</button></th>`;
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${label("section.departments")}"><table id="departments"><thead><tr>${head("department", false)}${years ? head("year", false) : null}${head("verdict", false)}${NUMBERS.map((key) => head(key, true))}</tr></thead>
<tbody>${summary.departments.map((row) => departmentRow(row, { years, label, locale }))}</tbody>
<tfoot>${sumRow(summary, { years, label })}</tfoot></table></div>`;
}

interface Shape { years: boolean; label: Label }

function departmentRow(row: DepartmentRow, { years, label, locale }: Shape & { locale: Locale }): Markup {
  const { score, execution, counts, verdict, report } = row;
  const name = departmentText(row, locale);
  const href = hrefOf(report);
  const number = (text: string, value: string | null, kind = ""): Markup => markup`<td class="number${kind}" data-v="${value ?? ""}">${text}</td>`;
  const count = (value: number, kind = ""): Markup => number(String(value), String(value), value > 0 ? kind : "");
  return markup`<tr data-verdict="${verdict}" data-having="${havingOf(row).join(" ")}"><th scope="row">${href === null ? name : markup`<a href="${href}">${name}</a>`}${speakers(row, label)}</th>${years ? markup`<td>${yearText(row, locale)}</td>` : null}<td data-v="${String(VERDICTS.length - VERDICTS.indexOf(verdict))}"><span class="tag ${verdict === "explain" ? "explain-first" : verdict}">${verdictWord(row, locale)}</span></td>${[
    number(claimedText(row), score?.claimed ?? null), number(recomputedOf(row), score?.recomputed ?? score?.low ?? null), number(signed(score?.change ?? null), score?.change ?? null, wayOf(score?.change ?? null)),
    count(counts.mustFix, " some-must-fix"), count(counts.explain), count(counts.note), count(counts.cannotTell + counts.error, " some-cannot-tell"), count(counts.explained), count(counts.waived),
    number(execution?.rate ?? DASH, execution?.rate.replace("%", "") ?? null),
  ]}</tr>`;
}

/** Which projects speak for a department that has no table of its own. */
function speakers({ score, execution }: DepartmentRow, label: Label): Markup[] {
  const [scored, rated] = [speakerText(score, label), speakerText(execution, label)];
  const lines = scored === rated ? [scored === "" ? "" : label("speaker.both", { project: scored })] : [scored === "" ? "" : label("speaker.score", { project: scored }), rated === "" ? "" : label("speaker.execution", { project: rated })];
  return lines.filter((line) => line !== "").map((line) => markup`<small>${line}</small>`);
}

function havingOf({ counts, farthest, unread }: DepartmentRow): (typeof HAVING)[number][] {
  const changed = farthest !== null && !/^-?0(?:\.0+)?$/u.test(farthest.change);
  const has = { mustFix: counts.mustFix > 0, change: changed, cannotTell: counts.cannotTell + counts.error > 0, unread: unread > 0 };
  return HAVING.filter((key) => has[key]);
}

function wayOf(change: string | null): string {
  if (change === null || /^-?0(?:\.0+)?$/u.test(change)) return "";
  return change.startsWith("-") ? " down" : " up";
}

/** Counts are added up; scores of different departments are not. */
function sumRow({ totals: { counts } }: Summary, { years, label }: Shape): Markup {
  const sums: Partial<Record<(typeof NUMBERS)[number], number>> = { ...counts, cannotTell: counts.cannotTell + counts.error };
  return markup`<tr><th scope="row">${label("sum")}</th>${years ? markup`<td></td>` : null}<td></td>${NUMBERS.map((key) => markup`<td class="number">${sums[key] ?? ""}</td>`)}</tr>`;
}
