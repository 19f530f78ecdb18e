// What a change of rules changes -> the tables that every format for people shows.
import type { Impact, ImpactSide, RuleImpact } from "../impact.ts";
import { FLIPS, flipsIn } from "../impact.ts";
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import type { Finding, ParameterValue } from "../model.ts";
import { subjectText } from "./finding-text.ts";
import { partOf, recomputedText } from "./select.ts";
import type { Align } from "./table-layout.ts";

/** `rows` begin with a head; `more`: what was left out. */
export interface Section { title: string; rows: string[][]; columns: Align[]; more: number }

const FEW_FINDINGS = 5;
const FEW_SCORES = 20;

export function impactHeading(impact: Impact, locale: Locale): [string, ...string[]] {
  const say = (key: string, values: Record<string, string | number> = {}): string => word(locale, "impact", key, values);
  const title = say("heading", { old: sideName(impact.old), new: sideName(impact.new) });
  const summary = say("summary", { submissions: impact.submissions, changed: impact.changed, verdicts: impact.verdicts.reduce((sum, { submissions }) => sum + submissions, 0), scores: impact.scores.length });
  return [title, summary, ...(impact.changed === 0 ? [say("nothing")] : [])];
}

/** Only those that have something to show; findings and scores a few each unless all are asked for. */
export function impactSections(impact: Impact, locale: Locale, all: boolean): Section[] {
  const sections = [parameterSection(impact, locale), rulesSection(impact, locale), byRuleSection(impact, locale), verdictSection(impact, locale), scoreSection(impact, locale, all), ...impact.byRule.map((line) => findingSection(line, impact, locale, all))];
  return sections.filter(({ rows }) => rows.length > 1);
}

function parameterSection({ parameters }: Impact, locale: Locale): Section {
  return {
    title: word(locale, "impact", "parameters"),
    rows: [head(locale, "parameter", "year", "old", "new"), ...parameters.map(({ id, year, old, new: now }) => [id, year, valueText(old), valueText(now)])],
    columns: ["left", "left", "left", "left"],
    more: 0,
  };
}

function rulesSection({ rules }: Impact, locale: Locale): Section {
  return { title: word(locale, "impact", "rules"), rows: [head(locale, "rule", "change"), ...rules.map(({ rule, change }) => [rule, word(locale, "impact", `change.${change}`)])], columns: ["left", "left"], more: 0 };
}

/** Only the kinds of flips that occur have a column. */
function byRuleSection({ byRule }: Impact, locale: Locale): Section {
  const shown = FLIPS.filter((flip) => byRule.some((line) => line[flip] > 0));
  return {
    title: word(locale, "impact", "byRule"),
    rows: [[...head(locale, "rule", "title"), ...shown.map((flip) => word(locale, "impact", `flip.${flip}`)), word(locale, "impact", "submissions")], ...byRule.map((line) => [line.rule, line.title, ...shown.map((flip) => String(line[flip])), String(line.submissions)])],
    columns: ["left", "left", ...shown.map((): Align => "right"), "right"],
    more: 0,
  };
}

function verdictSection({ verdicts }: Impact, locale: Locale): Section {
  const said = (verdict: string): string => word(locale, "interface", `summary.${verdict}`);
  return { title: word(locale, "impact", "verdicts"), rows: [head(locale, "old", "new", "submissions"), ...verdicts.map((line) => [said(line.old), said(line.new), String(line.submissions)])], columns: ["left", "left", "right"], more: 0 };
}

function scoreSection({ scores }: Impact, locale: Locale, all: boolean): Section {
  const shown = all ? scores : scores.slice(0, FEW_SCORES);
  const score = (side: (typeof scores)[number]["old"]): string => (side === null ? "—" : (recomputedText(side.recomputed) ?? "—"));
  return {
    title: word(locale, "impact", "scores"),
    rows: [head(locale, "department", "year", "table", "old", "new", "difference"), ...shown.map((move) => [departmentText(move.department, locale), move.year ?? "—", move.table, score(move.old), score(move.new), move.recomputedChange ?? "—"])],
    columns: ["left", "left", "left", "right", "right", "right"],
    more: scores.length - shown.length,
  };
}

/** The findings of one rule that flip: whose, where, and what is said of them; how grave they were and are where only that changed. */
function findingSection({ rule, title }: RuleImpact, { changes }: Impact, locale: Locale, all: boolean): Section {
  const flips = changes.flatMap((comparison) => flipsIn(comparison).filter(({ finding }) => finding.rule === rule).map(({ flip, finding }) => [
    word(locale, "impact", `flip.${flip}`), departmentText(comparison.new.department, locale), subjectText(finding), detailText(finding, locale),
  ]));
  const shown = all ? flips : flips.slice(0, FEW_FINDINGS);
  return { title: word(locale, "impact", "findings", { title, rule }), rows: [head(locale, "flip", "department", "where", "what"), ...shown], columns: ["left", "left", "left", "left"], more: flips.length - shown.length };
}

function detailText(finding: Finding & { was?: Pick<Finding, "severity" | "outcome"> }, locale: Locale): string {
  const part = (of: Finding): string => word(locale, "interface", `part.${partOf(of)}`);
  const graver = finding.was === undefined ? "" : word(locale, "impact", "graver", { old: part({ ...finding, ...finding.was }), new: part(finding) });
  return [graver, finding.message].filter((text) => text !== "").join(" ");
}

const head = (locale: Locale, ...keys: string[]): string[] => keys.map((key) => word(locale, "impact", `column.${key}`));
const sideName = ({ name, id, version }: ImpactSide): string => (name === id ? `${id} ${version}` : `${name} (${id} ${version})`);
const departmentText = (department: string | null, locale: Locale): string => department ?? word(locale, "interface", "heading.noDepartment");

function valueText(value: ParameterValue | null): string {
  if (value === null) return "—";
  if (typeof value !== "object") return String(value);
  return value.length === 0 ? "—" : value.map((entry) => (typeof entry === "string" ? entry : Object.values(entry).join(" "))).join("; ");
}
