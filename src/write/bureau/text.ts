// Numbers and names of a summary → as people read them, the same in every format.
import { compare, parseDecimal, ZERO } from "../../decimal.ts";
import { word, type Locale } from "../../locale.ts";
import type { Band, DepartmentRow, Measure, Outliers, Summary, Unread } from "../../summary.ts";
import { placeText } from "../place.ts";
import { recomputedText, scoreText } from "../select.ts";

export const DASH = "—";

export type Label = (key: string, values?: Readonly<Record<string, string | number>>) => string;

export const labelsOf = (locale: Locale): Label => (key, values) => word(locale, "bureau", key, values);

/** Counts of a row in the order of every table; `error` stands with what cannot be told. */
export const COUNTS = ["mustFix", "explain", "note", "cannotTell", "explained", "waived"] as const;

export const VERDICTS = ["return", "undetermined", "explain", "accept"] as const;

export function departmentText({ department }: { department: string | null }, locale: Locale): string {
  return department ?? word(locale, "interface", "heading.noDepartment");
}

export function yearText({ year }: { year: string | null }, locale: Locale): string {
  return year ?? word(locale, "interface", "heading.noYear");
}

export function verdictWord({ verdict, unread }: DepartmentRow, locale: Locale): string {
  return word(locale, "interface", `summary.${verdict}`) + (unread > 0 ? word(locale, "interface", "summary.unread") : "");
}

/** The one year of all departments; null where there are several or none. */
export function onlyYear({ departments }: Summary): string | null {
  const years = new Set(departments.map(({ year }) => year));
  const [year = null] = years;
  return years.size === 1 ? year : null;
}

/** `+0.05`, `-1.20`, `0.00`. */
export function signed(change: string | null): string {
  if (change === null) return DASH;
  const value = parseDecimal(change);
  const text = scoreText(change);
  return value !== null && compare(value, ZERO) > 0 ? `+${text}` : text;
}

export function claimedText({ score }: DepartmentRow): string {
  return score?.claimed == null ? DASH : scoreText(score.claimed);
}

export function recomputedOf({ score }: DepartmentRow): string {
  return (score === null ? null : recomputedText({ score: score.recomputed, low: score.low, high: score.high })) ?? DASH;
}

/** What a row's score or rate is of, where it is a project's: `按项目「法律援助」`. */
export function speakerText(speaker: { of: string; table: string } | null, label: Label): string {
  return speaker === null || speaker.of === "department" ? "" : label("byProject", { table: speaker.table });
}

export function bandText({ from, to }: Band, unit: string, label: Label): string {
  if (from === null) return label("band.below", { to: `${to ?? ""}${unit}` });
  return to === null ? label("band.from", { from: `${from}${unit}` }) : label("band.between", { from: `${from}${unit}`, to: `${to}${unit}` });
}

export function valueText(measure: Measure, value: string): string {
  if (measure === "change") return signed(value);
  return measure === "execution" ? `${value}%` : value;
}

/** The rule by which somebody is an outlier, with its numbers. */
export function outlierText({ measure, known, quartiles, low, high, outside }: Outliers, { outlierRule }: Summary, label: Label): string {
  if (quartiles === null || low === null || high === null) return label("outliers.few", { known, least: outlierRule.least });
  const text = (value: string): string => valueText(measure, value);
  return label(`outliers.rule.${measure}`, {
    known, outside, lower: text(quartiles.lower), median: text(quartiles.median), upper: text(quartiles.upper), low: text(low), high: text(high), reach: outlierRule.reach,
  });
}

/** The sentence about what could not be read, with its place unless it names the file. */
export function unreadText({ at, message }: Unread, locale: Locale): string {
  return at === null || message.includes(at.file) ? message : message + word(locale, "interface", "remark.at", { place: placeText(at, locale) });
}

/** A file as a link beside the summary names it: each step encoded, `/` kept. */
export function hrefOf(report: DepartmentRow["report"]): string | null {
  if (report === null) return null;
  const path = report.file.split("/").map(encodeURIComponent).join("/");
  return report.anchor === null ? path : `${path}#${encodeURIComponent(report.anchor)}`;
}
