// A comparison -> the rows and sections that every format for people shows.
import type { Comparison, TableChange } from "../compare.ts";
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import { recomputedText, scoreText } from "./select.ts";

export const SECTIONS = ["fixed", "appeared", "remaining", "settled", "carried"] as const;
export type Section = (typeof SECTIONS)[number];

export function comparisonHeading(comparison: Comparison, locale: Locale): string {
  const year = (side: Comparison["old"]): string => side.year ?? word(locale, "interface", "compare.noYear");
  const department = comparison.new.department ?? comparison.old.department ?? word(locale, "interface", "heading.noDepartment");
  return word(locale, "interface", "compare.heading", { department, old: year(comparison.old), new: year(comparison.new) });
}

export function verdictChange(comparison: Comparison, locale: Locale): string {
  const said = (side: Comparison["old"]): string => word(locale, "interface", `verdict.${side.verdict}`);
  return word(locale, "interface", "compare.verdict", { old: said(comparison.old), new: said(comparison.new) });
}

export function countsText(comparison: Comparison, locale: Locale): string {
  return word(locale, "interface", "compare.counts", Object.fromEntries(SECTIONS.map((section) => [section, comparison[section].length])));
}

/** A head and a row a table: claimed and recomputed scores, before → after, and what that changed. */
export function changeRows(tables: readonly TableChange[], locale: Locale): string[][] {
  const label = (key: string): string => word(locale, "interface", key);
  const head = [label("score.table"), label("compare.claimed"), label("compare.change"), label("compare.recomputed"), label("compare.change")];
  return [head, ...tables.map((table) => [nameOf(table, locale), arrow(table, claimed), table.claimedChange ?? "—", arrow(table, recomputed), table.recomputedChange ?? "—"])];
}

function nameOf(table: TableChange, locale: Locale): string {
  const name = table.name === "" ? word(locale, "interface", `kind.${table.kind}`) : table.name;
  if (table.old === null) return name + word(locale, "interface", "compare.tableNew");
  return table.new === null ? name + word(locale, "interface", "compare.tableGone") : name;
}

function arrow(table: TableChange, of: (side: NonNullable<TableChange["old"]>) => string | null): string {
  const said = (side: TableChange["old"]): string => (side === null ? "—" : (of(side) ?? "—"));
  return `${said(table.old)} → ${said(table.new)}`;
}

function claimed(side: NonNullable<TableChange["old"]>): string | null {
  return side.claimed.score === null ? null : scoreText(side.claimed.score);
}

function recomputed(side: NonNullable<TableChange["old"]>): string | null {
  return recomputedText(side.recomputed);
}
