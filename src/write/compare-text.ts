// A comparison -> the rows and sections that every format for people shows.
import type { Comparison, Regraded, TableChange } from "../compare.ts";
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import type { Finding } from "../model.ts";
import { partOf, recomputedText, scoreText } from "./select.ts";

export const SECTIONS = ["fixed", "appeared", "regraded", "remaining", "settled", "carried"] as const;
export type Section = (typeof SECTIONS)[number];

const ALWAYS: readonly Section[] = ["fixed", "appeared", "remaining"];

export function comparisonHeading(comparison: Comparison, locale: Locale): string {
  const year = (side: Comparison["old"]): string => side.year ?? word(locale, "interface", "compare.noYear");
  const department = comparison.new.department ?? comparison.old.department ?? word(locale, "interface", "heading.noDepartment");
  return word(locale, "interface", "compare.heading", { department, years: arrow(year(comparison.old), year(comparison.new), locale) });
}

export function verdictChange({ old, new: now }: Comparison, locale: Locale): string {
  const said = (side: Comparison["old"]): string => word(locale, "interface", `verdict.${side.verdict}`);
  const verdict = old.verdict === now.verdict ? word(locale, "interface", "compare.same", { value: said(now) }) : arrow(said(old), said(now), locale);
  return word(locale, "interface", "compare.verdict", { verdict });
}

export function countsText(comparison: Comparison, locale: Locale): string {
  const shown = SECTIONS.filter((section) => ALWAYS.includes(section) || comparison[section].length > 0);
  return shown.map((section) => `${word(locale, "interface", `compare.${section}`)} ${comparison[section].length}`).join("   ");
}

/** `原为：提示`; empty where the finding is not one that was graver or less grave. */
export function wasText(finding: Finding | Regraded, locale: Locale): string {
  return "was" in finding ? word(locale, "interface", "compare.was", { part: word(locale, "interface", `part.${partOf({ ...finding, ...finding.was })}`) }) : "";
}

/** That the two were not checked by the same rules, which alone may be why they differ; empty where they were. */
export function ruleSetChange({ old, new: now }: Comparison, locale: Locale): string {
  if (old.ruleSet.digest === now.ruleSet.digest) return "";
  const said = ({ ruleSet }: Comparison["old"]): string => `${ruleSet.id} ${ruleSet.version}`;
  return word(locale, "interface", "compare.ruleSets", { old: said(old), new: said(now) });
}

/** A head and a row a table: claimed and recomputed scores, before → after, and what that changed. */
export function changeRows(tables: readonly TableChange[], locale: Locale): string[][] {
  const label = (key: string): string => word(locale, "interface", key);
  const head = [label("score.table"), label("compare.claimed"), label("compare.change"), label("compare.recomputed"), label("compare.change")];
  return [head, ...tables.map((table) => [nameOf(table, locale), change(table, claimed, locale), table.claimedChange ?? "—", change(table, recomputed, locale), table.recomputedChange ?? "—"])];
}

function nameOf(table: TableChange, locale: Locale): string {
  const name = table.name === "" ? word(locale, "interface", `kind.${table.kind}`) : table.name;
  if (table.old === null) return name + word(locale, "interface", "compare.tableNew");
  return table.new === null ? name + word(locale, "interface", "compare.tableGone") : name;
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
  return old === now ? now : word(locale, "interface", "compare.arrow", { old, new: now });
}

function claimed(side: NonNullable<TableChange["old"]>): string | null {
  return side.claimed.score === null ? null : scoreText(side.claimed.score);
}

function recomputed(side: NonNullable<TableChange["old"]>): string | null {
  return recomputedText(side.recomputed);
}
