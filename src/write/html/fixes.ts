// What to mend first: the first steps of the fix list, each a way to its finding, and what the scores become.
import { word, type Locale } from "../../locale.ts";
import type { Finding, Report } from "../../model.ts";
import { subjectText } from "../finding-text.ts";
import { fixList, gainOf } from "../fix-list.ts";
import { fixSentences } from "../fix-text.ts";
import { markup, raw, type Markup } from "../markup.ts";
import { changeText, partOf } from "../select.ts";
import type { Links } from "./links.ts";

/** As many as are read at once. */
const FIRST_STEPS = 8;

/** Nothing where nothing is left to do but notes. */
export function fixes(report: Report, links: Links, locale: Locale): Markup | null {
  const list = fixList(report);
  const asked = list.open.filter(({ severity, outcome }) => severity !== "note" || outcome === "error");
  const sentences = fixSentences(report, list, locale);
  if (asked.length + sentences.length === 0) return null;
  const label = (key: string, values?: Record<string, string | number>): string => word(locale, "page", key, values);
  const more = asked.length - FIRST_STEPS;
  return markup`<h2>${label("fixes")}</h2>
${asked.length === 0 ? null : markup`<div class="card"><ol class="fixes">${asked.slice(0, FIRST_STEPS).map((finding) => step(finding, report, links, locale))}</ol>${more > 0 ? markup`<p class="source">${label("fix.more", { count: more })}</p>` : null}</div>`}
${sentences.length === 0 ? null : markup`<details open><summary>${label("fix.scores")}</summary><div class="inside"><dl class="becoming">${sentences.map(({ name, text }) => markup`<dt>${name}</dt><dd>${text}</dd>`)}</dl></div></details>`}`;
}

function step(finding: Finding, report: Report, links: Links, locale: Locale): Markup {
  const part = partOf(finding);
  const gain = gainOf(finding, report);
  return markup`<li><span class="tag ${part}">${word(locale, "interface", `part.${part}`)}</span> <a href="#${links.finding(finding)}">${finding.title}</a> · ${subjectText(finding)}${gain === null ? null : markup` <span class="gain${gain.startsWith("-") ? raw(" down") : null}">${word(locale, "page", "fix.gain", { points: changeText("0", gain) ?? gain })}</span>`}</li>`;
}
