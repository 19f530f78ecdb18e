// A summary → the parts of its page below the table: distributions, rules, who stands apart, what is between departments, what was not read.
import { decimal, dividedBy, HUNDRED, round, times, toFixedText, toText } from "../../decimal.ts";
import { word, type Locale } from "../../locale.ts";
import { broken, type Band, type Summary } from "../../summary.ts";
import { markup, raw, type Markup } from "../markup.ts";
import { bandText, departmentText, labelsOf, outlierText, unreadText, valueText, VERDICTS, type Label } from "./text.ts";

export function distributions({ departments, distributions: { verdicts, scores, execution, grades } }: Summary, locale: Locale): Markup | null {
  if (departments.length === 0) return null;
  const label = labelsOf(locale);
  const all = departments.length;
  const bands = (of: { bands: readonly Band[]; unknown: number }, unit: string): Line[] => [...of.bands.map((band) => ({ name: bandText(band, unit, label), count: band.count })).reverse(), ...(of.unknown === 0 ? [] : [{ name: label("dist.unknown"), count: of.unknown }])];
  const told = (grades.some(({ claimed, recomputed }) => claimed !== null || recomputed !== null) ? grades : []).map(({ claimed, recomputed, departments: count }) => ({ name: `${claimed ?? label("grade.none")} → ${recomputed ?? label("grade.open")}`, count }));
  const verdict = VERDICTS.map((each) => ({ name: word(locale, "interface", `summary.${each}`), count: verdicts[each], kind: each === "explain" ? "explain-first" : each }));
  return markup`<h2>${label("section.distributions")}</h2><div class="charts">${[
    bars(label("dist.verdicts"), verdict, all, label), bars(label("dist.scores.claimed"), bands(scores.claimed, ""), all, label), bars(label("dist.scores.recomputed"), bands(scores.recomputed, ""), all, label),
    bars(label("dist.execution"), bands(execution, "%"), all, label), told.length === 0 ? null : bars(label("dist.grades"), told, all, label),
  ]}</div>`;
}

interface Line { name: string; count: number; kind?: string }

function bars(title: string, lines: readonly Line[], all: number, label: Label): Markup {
  const most = Math.max(1, ...lines.map(({ count }) => count));
  const shown = lines.map(({ name, count, kind }) => markup`<dt>${name}</dt><dd class="drawn" aria-hidden="true"><span class="track"><span class="fill ${kind ?? ""}" style="width:${share(count, most, 2)}%"></span></span></dd><dd class="number">${label("dist.counted", { count, share: share(count, all, 1) })}</dd>`);
  return markup`<figure class="card"><figcaption>${title}</figcaption><dl class="bars">${shown}</dl></figure>`;
}

function share(count: number, of: number, places: number): string {
  const part = dividedBy(times(decimal(count), HUNDRED), decimal(of));
  return part === null ? "0" : places === 2 ? toText(round(part, places)) : toFixedText(part, places);
}

export function rules({ rules: all, departments }: Summary, locale: Locale): Markup | null {
  if (departments.length === 0) return null;
  const label = labelsOf(locale);
  const rows = all.map((rule) => {
    const numbers = [rule.departments, broken(rule), rule.mustFix, rule.explain, rule.note, rule.explained + rule.waived, rule.cannotTell + rule.error];
    return markup`<tr><th scope="row">${rule.title}<small>${rule.rule}</small></th>${numbers.map((number) => markup`<td class="number">${number}</td>`)}</tr>`;
  });
  const heads = [label("rules.departments"), label("rules.broken"), label("mustFix"), label("explain"), label("note"), `${label("explained")} / ${label("waived")}`, label("cannotTell")];
  return markup`<h2>${label("section.rules")}</h2>${rows.length === 0 ? markup`<p>${label("rules.none")}</p>` : markup`<p class="source">${label("rules.note")}</p>${table(label("section.rules"), [[label("rules.title"), false], ...heads.map((head): [string, boolean] => [head, true])], rows)}`}`;
}

export function outliers(summary: Summary, locale: Locale): Markup | null {
  if (summary.departments.length === 0) return null;
  const label = labelsOf(locale);
  return markup`<h2>${label("section.outliers")}</h2>${summary.outliers.map((each) => {
    const { measure, departments, outside } = each;
    const rows = departments.map((one) => markup`<tr><th scope="row">${departmentText(one, locale)}</th><td>${one.table ?? ""}</td><td class="number">${valueText(measure, one.value)}</td><td>${label(`side.${one.side}`)}</td></tr>`);
    return markup`<section class="card outliers"><h3>${label(`outliers.${measure}`)}</h3><p>${outlierText(each, summary, label)}${outside > departments.length ? ` ${label("outliers.most", { count: departments.length })}` : null}</p>${rows.length === 0 ? null : table(label(`outliers.${measure}`), [[label("department"), false], [label("outliers.table"), false], [label("outliers.value"), true], [label("outliers.side"), false]], rows)}</section>`;
  })}`;
}

export function portfolio({ portfolio: found }: Summary, locale: Locale): Markup | null {
  if (found.length === 0) return null;
  const label = labelsOf(locale);
  const rows = found.map((finding) => markup`<tr><th scope="row">${departmentText(finding, locale)}</th><td>${finding.table ?? ""}</td><td><span class="tag ${finding.severity}">${word(locale, "interface", `part.${finding.severity}`)}</span></td><td>${word(locale, "interface", `outcome.${finding.outcome}`)}</td><td>${finding.title}<small>${finding.rule}</small></td><td>${finding.message}</td></tr>`);
  const heads = [label("department"), label("portfolio.table"), word(locale, "interface", "csv.severity"), label("portfolio.status"), label("portfolio.title"), label("portfolio.message")];
  return markup`<h2>${label("section.portfolio")}</h2>${table(label("section.portfolio"), heads.map((head) => [head, false]), rows)}`;
}

export function unread({ unread: problems }: Summary, locale: Locale): Markup | null {
  if (problems.length === 0) return null;
  const label: Label = labelsOf(locale);
  const rows = problems.map((each) => markup`<tr><th scope="row">${each.file ?? ""}</th><td>${each.department ?? ""}</td><td>${unreadText(each, locale)}</td></tr>`);
  return markup`<h2 id="unread">${label("section.unread")}</h2>${table(label("section.unread"), [[label("unread.file"), false], [label("department"), false], [label("unread.message"), false]], rows)}`;
}

function table(name: string, heads: readonly (readonly [text: string, number: boolean])[], rows: readonly Markup[]): Markup {
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="${name}"><table><thead><tr>${heads.map(([text, number]) => markup`<th scope="col"${number ? raw(` class="number"`) : null}>${text}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
