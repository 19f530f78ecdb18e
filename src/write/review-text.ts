// What there is to tell of a review file -> sentences.
import type { Entry } from "../decide.ts";
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import type { Disagreement, Said } from "../review-merge.ts";
import type { ReviewExplanation, Scope } from "../review.ts";
import type { Unused } from "../review-use.ts";
import type { Finding } from "../model.ts";
import { subjectText } from "./finding-text.ts";

/** One entry that does nothing: which, and why. */
export function unusedText({ kind, why, entry, finding }: Unused, file: string, asOf: string | null, locale: Locale): string {
  const scope = kind === "explanation" ? (entry as ReviewExplanation).about : finding === undefined || (entry as Entry).scope.finding === undefined ? scopeText((entry as Entry).scope) : findingName(finding);
  const { author, until } = entry as Entry;
  return say(`unused.${why}`, { file, what: say(`what.${kind}`, { scope, author }, locale), until: until ?? "", date: asOf ?? "" }, locale);
}

/** What people say differently, one line each below the first. */
export function disagreementLines({ kind, scope, said }: Disagreement, locale: Locale): string[] {
  return [say(`differ.${kind}`, { scope: scopeText(scope) }, locale), ...saidLines(said, locale)];
}

/** A finding that people disagree about. */
export function disputeLines(finding: Finding, said: readonly Entry[], locale: Locale): string[] {
  return [say("differ.finding", { scope: findingName(finding), id: finding.id }, locale), ...saidLines(said.map(({ decision, author, date, reason, until }) => ({ decision, author, ...(date === undefined ? {} : { date }), ...(reason === undefined ? {} : { text: reason }), ...(until === undefined ? {} : { until }) })), locale)];
}

function findingName(finding: Finding): string {
  return [subjectText(finding), finding.title].filter((text) => text !== "").join(" · ");
}

/** `衡阳市司法局 · execution/rate · 法律援助`. */
export function scopeText({ department, finding, rule, table, subject }: Scope): string {
  return [department, finding, rule, table, subject].filter((part) => part !== undefined).join(" · ");
}

function saidLines(said: readonly Said[], locale: Locale): string[] {
  return said.map(({ decision, author, date, text, until }) => {
    const when = date === undefined ? say("undated", {}, locale) : date.replace("T", " ");
    const what = say(`said.${decision}`, { until: until === undefined ? "" : say("until", { until }, locale) }, locale);
    return `  ${say(text === undefined ? "line.bare" : "line", { author, when, what, text: text ?? "" }, locale)}`;
  });
}

function say(key: string, values: Record<string, string>, locale: Locale): string {
  return word(locale, "review", key, values);
}
