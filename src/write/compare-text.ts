// A comparison -> the rows and sections that every format for people shows.
import type { RowChange } from "../compare-rows.ts";
import type { Comparison, Lapsed, Regraded, TableChange } from "../compare.ts";
import { decimal, plus, toFixedText, ZERO } from "../decimal.ts";
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import type { Finding } from "../model.ts";
import { explanationText } from "./finding-text.ts";
import { partOf, recomputedText, scoreText } from "./select.ts";

export const SECTIONS = ["fixed", "appeared", "lapsed", "regraded", "remaining", "settled", "carried"] as const;
export type Section = (typeof SECTIONS)[number];

const ALWAYS: readonly Section[] = ["fixed", "appeared", "remaining"];

export function comparisonHeading(comparison: Comparison, locale: Locale): string {
  const year = (side: Comparison["old"]): string => side.year ?? word(locale, "compare", "noYear");
  const department = comparison.new.department ?? comparison.old.department ?? word(locale, "interface", "heading.noDepartment");
  return word(locale, "compare", "heading", { department, years: arrow(year(comparison.old), year(comparison.new), locale) });
}

export function verdictChange({ old, new: now }: Comparison, locale: Locale): string {
  const said = (side: Comparison["old"]): string => word(locale, "interface", `verdict.${side.verdict}`);
  const verdict = old.verdict === now.verdict ? word(locale, "compare", "same", { value: said(now) }) : arrow(said(old), said(now), locale);
  return word(locale, "compare", "verdict", { verdict });
}

export function countsText(comparison: Comparison, locale: Locale): string {
  const shown = SECTIONS.filter((section) => ALWAYS.includes(section) || comparison[section].length > 0);
  return shown.map((section) => `${word(locale, "compare", section)} ${comparison[section].length}`).join("   ");
}

/** `原为：提示` of what was graver or less grave, and what was said before of what nobody explains now; empty of everything else. */
export function wasText(finding: Finding | Regraded | Lapsed, locale: Locale): string {
  if ("before" in finding) {
    const { explanation, waiver } = finding.before;
    const text = explanationText({ ...(explanation === undefined ? {} : { explanation }), ...(waiver === undefined ? {} : { waiver }) }, locale);
    return text === "" ? "" : word(locale, "compare", "before", { text });
  }
  return "was" in finding ? word(locale, "compare", "was", { part: word(locale, "interface", `part.${partOf({ ...finding, ...finding.was })}`) }) : "";
}

/** That the two were not checked by the same rules, which alone may be why they differ; empty where they were. */
export function ruleSetChange({ old, new: now }: Comparison, locale: Locale): string {
  if (old.ruleSet.digest === now.ruleSet.digest) return "";
  const said = ({ ruleSet }: Comparison["old"]): string => `${ruleSet.id} ${ruleSet.version}`;
  return word(locale, "compare", "ruleSets", { old: said(old), new: said(now) });
}

/** Rows are told where both are of one year: from year to year all of them change. */
export function tellsRows({ old, new: now }: Comparison): boolean {
  return old.year === now.year;
}

/** Of several departments a head and a row each: verdict, what was fixed, is new, is still there, and the points of all its tables together. */
export function overviewRows(comparisons: readonly Comparison[], locale: Locale): string[][] {
  const shown = SECTIONS.filter((section) => ALWAYS.includes(section) || comparisons.some((comparison) => comparison[section].length > 0));
  const head = [word(locale, "compare", "overview.department"), word(locale, "compare", "overview.verdict"), ...shown.map((section) => word(locale, "compare", section)), word(locale, "compare", "overview.points")];
  return [head, ...comparisons.map((comparison) => {
    const verdict = (side: Comparison["old"]): string => word(locale, "interface", `summary.${side.verdict}`);
    const department = comparison.new.department ?? comparison.old.department ?? word(locale, "interface", "heading.noDepartment");
    return [department, arrow(verdict(comparison.old), verdict(comparison.new), locale), ...shown.map((section) => String(comparison[section].length)), pointsOf(comparison)];
  })];
}

/** The recomputed changes of all tables that have one, with its sign. */
function pointsOf({ tables }: Comparison): string {
  const changes = tables.flatMap(({ recomputedChange }) => (recomputedChange === null ? [] : [decimal(recomputedChange.replace("+", ""))]));
  if (changes.length === 0) return "—";
  const sum = changes.reduce((all, each) => plus(all, each), ZERO);
  const text = toFixedText(sum, 2);
  return text.startsWith("-") || /^0(\.0*)?$/.test(text) ? text : `+${text}`;
}

/** A head and a row a table: claimed and recomputed scores, before → after, and what that changed; below it, where wanted, its rows that did. */
export function changeRows(tables: readonly TableChange[], locale: Locale, rows: boolean): string[][] {
  const label = (key: string): string => word(locale, "compare", key);
  const head = [word(locale, "interface", "score.table"), label("claimed"), label("change"), label("recomputed"), label("change")];
  return [head, ...tables.flatMap((table) => [
    [nameOf(table, locale), change(table, claimed, locale), table.claimedChange ?? "—", change(table, recomputed, locale), table.recomputedChange ?? "—"],
    ...(rows ? table.rows.map((row) => rowCells(row, locale)) : []),
  ])];
}

function rowCells(row: RowChange, locale: Locale): string[] {
  const name = row.subject === "execution" ? word(locale, "interface", "ledger.execution") : row.subject;
  const points = (of: "claimed" | "recomputed"): string => arrow(scoreOf(row.old?.[of]), scoreOf(row.new?.[of]), locale);
  return [word(locale, "compare", "row", { row: name }), points("claimed"), row.claimedChange ?? "—", points("recomputed"), row.recomputedChange ?? "—"];
}

const scoreOf = (points: string | null | undefined): string => (points === null || points === undefined ? "—" : scoreText(points));

function nameOf(table: TableChange, locale: Locale): string {
  const name = table.name === "" ? word(locale, "interface", `kind.${table.kind}`) : table.name;
  if (table.old === null) return name + word(locale, "compare", "tableNew");
  return table.new === null ? name + word(locale, "compare", "tableGone") : name;
}

/** Tables whose scores or grades are not what they were. */
export function changedTables(tables: readonly TableChange[]): TableChange[] {
  return tables.filter((table) => JSON.stringify(table.old) !== JSON.stringify(table.new));
}

function change(table: TableChange, of: (side: NonNullable<TableChange["old"]>) => string | null, locale: Locale): string {
  const said = (side: TableChange["old"]): string => (side === null ? "—" : (of(side) ?? "—"));
  return arrow(said(table.old), said(table.new), locale);
}

/** `98.20 → 98.25`, once where both are the same. */
function arrow(old: string, now: string, locale: Locale): string {
  return old === now ? now : word(locale, "compare", "arrow", { old, new: now });
}

function claimed(side: NonNullable<TableChange["old"]>): string | null {
  return side.claimed.score === null ? null : scoreText(side.claimed.score);
}

function recomputed(side: NonNullable<TableChange["old"]>): string | null {
  return recomputedText(side.recomputed);
}
