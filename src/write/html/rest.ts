// What stands around scores and findings: what could not be read, how the rules ended, what reading inferred, where all comes from.
import { word, type Locale } from "../../locale.ts";
import type { Report } from "../../model.ts";
import { markup, raw, type Markup } from "../markup.ts";
import { placeText } from "../place.ts";
import { ruleSetText } from "../rule-set-text.ts";
import { ruleTitle } from "../rule-title.ts";
import { ruleState } from "../select.ts";

type Remark = Report["input"]["remarks"][number];

export function problems(report: Report, locale: Locale): Markup | null {
  const found = report.input.remarks.filter((remark) => remark.kind === "problem");
  if (found.length === 0) return null;
  return markup`<h2>${word(locale, "page", "problems")}</h2><ul class="card">${found.map((remark) => markup`<li>${remarkText(remark, locale)}</li>`)}</ul>`;
}

export function remarks(report: Report, locale: Locale): Markup | null {
  const said = report.input.remarks.filter((remark) => remark.kind !== "problem");
  if (said.length === 0) return null;
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "page", key, values);
  return markup`<details><summary>${label("remarks")}<small>${label("remarks.count", { count: said.length })}</small></summary><div class="inside"><ul>${said.map((remark) => markup`<li>${word(locale, "interface", `remark.${remark.kind}`)}${remarkText(remark, locale)}</li>`)}</ul></div></details>`;
}

const remarkText = ({ message, at }: Remark, locale: Locale): string => message + (at === null ? "" : word(locale, "interface", "remark.at", { place: placeText(at, locale) }));

export function rules(report: Report, locale: Locale): Markup {
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "page", key, values);
  const rows = report.rules.map((line) => {
    const state = ruleState(line);
    const numbers = [line.pass, line.fail, line.explained + line.waived, line.cannotTell + line.error, line.notApplicable];
    return markup`<tr><th scope="row">${ruleTitle(line.rule, report, locale)}</th><td class="code">${line.rule}</td><td>${word(locale, "interface", `rules.${state}.one`)}${line.reason === undefined ? null : ` ${line.reason}`}</td>${numbers.map((count) => markup`<td class="number">${count}</td>`)}</tr>`;
  });
  const heads = ["rule", "id", "state", "pass", "fail", "settled", "open", "notApplicable"].map((column, at) => markup`<th scope="col"${at > 2 ? raw(` class="number"`) : null}>${label(`rules.${column}`)}</th>`);
  return markup`<details class="rules"><summary>${label("rules")}<small>${label("rules.count", { count: report.rules.length })}</small></summary><div class="scroll" tabindex="0" role="group" aria-label="${label("rules")}"><table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div></details>`;
}

export function foot(report: Report, locale: Locale): Markup {
  const { tool, input, ruleSet } = report;
  const files = input.files.map((file) => markup`<li>${file.name} · ${file.format} · ${file.encoding} · sha256 ${file.sha256}</li>`);
  return markup`<p>${ruleSetText(report, locale)}</p><p>${tool.name} ${tool.version} · ${word(locale, "page", "digest", { digest: ruleSet.digest })}</p>${files.length === 0 ? null : markup`<ul>${files}</ul>`}`;
}
