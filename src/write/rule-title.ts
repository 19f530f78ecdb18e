// A rule's id -> its title in a language, for lists of rules that a report carries without words.
import { hasWord, word, type Locale } from "../locale.ts";
import type { Report } from "../model.ts";

/** The title that a finding of the report shows, that of the locales, or the id where a rule of somebody's own passed. */
export function ruleTitle(rule: string, report: Report, locale: Locale): string {
  const shown = report.findings.find((finding) => finding.rule === rule);
  if (shown !== undefined) return shown.title;
  const key = `${rule.slice(rule.indexOf("/") + 1)}.title`;
  const section = `rules/${rule.split("/")[0] ?? ""}`;
  return hasWord(locale, section, key) ? word(locale, section, key) : rule;
}
