// Findings -> rows of the annex: numbered, grouped by what must be done.
import type { Locale } from "../../locale.ts";
import { word } from "../../locale.ts";
import type { Finding, Report } from "../../model.ts";
import { basisText, explanationText, messageText, subjectText } from "../finding-text.ts";
import { fixList, gainOf, rank } from "../fix-list.ts";
import { placesText } from "../place.ts";
import { partOf, scoreText, together, type Part } from "../select.ts";
import { labelOf, line, type Line, type Row } from "./parts.ts";

/** What blocks acceptance first: what cannot be told comes before what can be explained. */
export const ORDER: readonly Part[] = ["must-fix", "cannot-tell", "explain", "note"];

/** A band a kind of finding, a row a finding (or several that say one thing), then what is settled. Numbered through. */
export function annexRows(report: Report, locale: Locale): Row[] {
  const label = labelOf(locale);
  const { open: toDo } = fixList(report);
  let number = 0;
  const rowsOf = (findings: readonly Finding[], settled: boolean): Row[] => together(findings).map((group) => {
    const [only] = group.length === 1 ? group : [];
    // What mends itself with another finding regains nothing of its own.
    const gain = only === undefined || !toDo.includes(only) ? "" : gainText(only, report, locale);
    return annexRow(group, String((number += 1)), { settled, gain }, locale);
  });
  const open = ORDER.flatMap((part) => {
    const findings = report.findings.filter((finding) => partOf(finding) === part);
    if (findings.length === 0) return [];
    const band = { band: label("part", { part: word(locale, "interface", `part.${part}`), count: findings.length }) };
    return [{ ...band, ...(part === "cannot-tell" ? { alert: true as const } : {}) }, ...rowsOf(findings, false)];
  });
  const settled = report.findings.filter((finding) => partOf(finding) === "explained" || partOf(finding) === "waived");
  return settled.length === 0 ? open : [...open, { band: label("part", { part: label("settled"), count: settled.length }) }, ...rowsOf(settled, true)];
}

function annexRow(group: readonly Finding[], number: string, { settled, gain }: { settled: boolean; gain: string }, locale: Locale): Row {
  const label = labelOf(locale);
  const [first] = group;
  if (first === undefined) return { cells: [] };
  const mark = partOf(first) === "cannot-tell" ? label("cannotTell.mark") : "";
  return {
    cells: [
      line(number),
      counted(group.map(subjectText), locale).flatMap((words) => line(words)),
      problemLines(group, `${mark}${titleText(group, locale)}`, locale),
      [...line(first.remedy), ...line(gain, { strong: true })],
      sourceLines(group, locale),
      settled ? line(label("settled.reply")) : [],
    ],
    ...(mark === "" ? {} : { alert: true as const }),
  };
}

/** The title, and of a group how many. */
export function titleText(group: readonly Finding[], locale: Locale): string {
  const title = group[0]?.title ?? "";
  return group.length > 1 ? word(locale, "interface", "finding.several", { title, count: group.length }) : title;
}

/** Title, sentence and explanation; of a group the sentence once where all say the same. */
export function problemLines(group: readonly Finding[], title: string, locale: Locale): Line[] {
  const explanations = group.map((finding) => explanationText(finding, locale));
  return [...line(title, { strong: true }), ...messagesOf(group, locale).flatMap((message) => line(message)), ...explanations.flatMap((text) => line(text, { small: true }))];
}

/** The sentence of each, numbered as their subjects are; once where all say the same. */
export function messagesOf(group: readonly Finding[], locale: Locale): string[] {
  const messages = group.map((finding) => messageText(finding, locale));
  return new Set(messages).size === 1 ? messages.slice(0, 1) : counted(messages, locale);
}

/** （1）… （2）… where there are several. */
export function counted(texts: readonly string[], locale: Locale): string[] {
  return texts.length === 1 ? [...texts] : texts.map((text, i) => labelOf(locale)("counted", { number: i + 1, text }));
}

/** Where each finding stands, and once on what it rests. */
function sourceLines(group: readonly Finding[], locale: Locale): Line[] {
  const places = counted(group.map((finding) => placesText(finding.at, locale)), locale);
  const basis = basisText(group[0]?.basis ?? [], locale);
  return [...places.flatMap((place) => line(place, { small: true })), ...line(basis === "" ? "" : word(locale, "interface", "finding.basis", { basis }), { small: true })];
}

/** `+0.05`, or how many points stand or fall with what only a correction of something else will show; nothing where none do. */
export function gainText(finding: Finding, report: Report, locale: Locale): string {
  if (finding.outcome === "explained" || finding.outcome === "waived") return "";
  const gain = gainOf(finding, report);
  if (gain !== null) return labelOf(locale)(gain.startsWith("-") ? "points.lost" : "points.regained", { points: gain.replace(/^-/, "") });
  return finding.points === undefined || rank(finding) === 2 ? "" : labelOf(locale)("points.atStake", { points: scoreText(finding.points) });
}
