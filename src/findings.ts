// Settled results -> findings: what was found, what was expected, why, where, how it came about, what to do.
import { equals, isZero, minus, round, toFixedText, toText, type Decimal } from "./decimal.ts";
import { decisionTexts } from "./decision-text.ts";
import { toldOf } from "./decide.ts";
import { diagnose } from "./diagnose.ts";
import type { Settled } from "./explain.ts";
import { numberOf } from "./fact.ts";
import { findingId } from "./finding-id.ts";
import { hasWord, word, type Locale } from "./locale.ts";
import type { Basis, Fact, Finding, Place, Subject } from "./model.ts";
import { once } from "./memo.ts";
import { nameOf, render, showNumber, type RenderContext } from "./render.ts";
import { factNames } from "./rules/compile.ts";
import type { CompiledRule } from "./rules/set.ts";

export interface FindingContext {
  locale: Locale;
  /** The unit of money that a subject's amounts are in. */
  moneyUnit: (subject: Subject) => string;
  place: (pointer: string) => Place | null;
}

/** The findings in form order, each with an id of its own. */
export function findingsOf(results: readonly Settled[], context: FindingContext): Finding[] {
  const listed = withoutCovered(results).filter((result) => result.outcome !== "pass" && result.outcome !== "not-applicable");
  const ordered = listed.map((result, index) => ({ result, index, order: formOrder(result.subject.pointer) })).sort((a, b) => compareOrder(a.order, b.order) || a.index - b.index);
  return withOrdinals(ordered.map(({ result }) => findingOf(result, context)));
}

/**
 * A `cannot-tell` that lacks a cell of which another finding speaks already is counted in `rules` and not listed again:
 * one blank cell is one finding.
 */
function withoutCovered(results: readonly Settled[]): Settled[] {
  const covering = results.filter((result) => result.rule.covers === true && result.outcome !== "pass" && result.outcome !== "not-applicable");
  const cover = new Map<string, Settled>();
  for (const result of [...covering.filter((entry) => entry.outcome !== "cannot-tell"), ...covering]) {
    for (const pointer of pointersOf(result)) if (!cover.has(pointer)) cover.set(pointer, result);
  }
  return results.filter((result) => {
    if (result.outcome !== "cannot-tell") return true;
    return !result.lacks.flatMap((name) => result.get(name).at).some((pointer) => cover.has(pointer) && cover.get(pointer) !== result);
  });
}

function findingOf(result: Settled, context: FindingContext): Finding {
  const { rule, subject, get, outcome } = result;
  const { locale } = context;
  const moneyUnit = context.moneyUnit(subject);
  const variant = variantOf(result);
  const diagnosis = outcome === "cannot-tell" || outcome === "error" ? null : diagnosisOf(result);
  const points = rule.points === null ? null : numberOf(rule.points.derive(get));
  const { observed, expected, difference } = shownNumbers(result, variant, moneyUnit, locale);
  const { title, message, remedy } = sentences(result, variant, { locale, moneyUnit, get }, diagnosis);
  const finding: Partial<Finding> = {
    id: findingId(rule.id, subject),
    rule: rule.id, category: rule.category, severity: result.severity,
    outcome: outcome as Finding["outcome"],
    table: subject.table, subject: subject.label, subjectName: nameOf(subject.label, locale),
    observed, expected, difference, title, message, remedy,
  };
  if (diagnosis !== null) [finding.diagnosis, finding.diagnosisText] = [diagnosis, word(locale, "diagnoses", diagnosis)];
  if (result.explanation !== undefined) finding.explanation = explanationOf(result.explanation, context);
  if (result.waiver !== undefined) finding.waiver = result.waiver;
  if (result.standing !== undefined) finding.decisions = toldOf(result.standing);
  if (points !== null && !isZero(round(points, 2))) finding.points = toFixedText(points, 2);
  if (rule.linked !== undefined) finding.linked = rule.linked;
  finding.basis = rule.basis.map((entry): Basis => ({ ...entry }));
  finding.at = placesOf(result, context);
  return finding as Finding;
}

type Variant = Settled["rule"]["wordsWhen"][number] | undefined;
type Kind = "title" | "message" | "remedy";

function sentences(result: Settled, variant: Variant, rendering: RenderContext, diagnosis: string | null): Pick<Finding, Kind> {
  const { rule, outcome } = result;
  const { locale } = rendering;
  const templates = templatesOf(locale)(rule);
  const sentence = (kind: Kind, words?: string): string => render(templates(kind, words), rendering);
  const title = sentence("title");
  if (outcome === "error") return { title, message: word(locale, "findings", "error", { reason: result.error ?? "" }), remedy: word(locale, "findings", "error-remedy") };
  if (outcome === "cannot-tell") {
    const [section, key] = wordsOf(rule);
    const own = hasWord(locale, section, `${key}.message.cannot-tell`);
    const open = variant?.words.startsWith("cannot-tell-") === true ? variant.words : "cannot-tell";
    const lacking = result.lacks.map((name) => nameOf(name, locale)).join(word(locale, "findings", "comma"));
    return {
      title,
      message: own ? sentence("message", open) : word(locale, "findings", "cannot-tell", { lacks: lacking }),
      remedy: hasWord(locale, section, `${key}.remedy.cannot-tell`) ? sentence("remedy", hasWord(locale, section, `${key}.remedy.${open}`) ? open : "cannot-tell") : word(locale, "findings", "cannot-tell-remedy", { lacks: lacking }),
    };
  }
  const how = diagnosis === null ? "" : render(word(locale, "diagnoses", diagnosis), rendering);
  return { title, message: [sentence("message", variant?.words), how, ...decisionTexts(result, locale)].filter((text) => text !== "").join(word(locale, "findings", "between")), remedy: sentence("remedy", variant?.words) };
}

/** The section of a rule's words, and what their keys begin with. */
const wordsOf = ({ id, category }: CompiledRule): [section: string, key: string] => [`rules/${category}`, id.slice(category.length + 1)];

/** A rule's templates in a language, looked for once: the variant's, else the one for all, else that for all others. */
const templatesOf = once((locale: Locale) => once((rule: CompiledRule) => {
  const [section, key] = wordsOf(rule);
  const kept = new Map<string, string>();
  return (kind: Kind, variant = ""): string => {
    const asked = `${kind}.${variant}`;
    const known = kept.get(asked);
    if (known !== undefined) return known;
    const named = variant === "" ? `${key}.${kind}` : `${key}.${kind}.${variant}`;
    const chosen = hasWord(locale, section, named) ? named : hasWord(locale, section, `${key}.${kind}`) ? `${key}.${kind}` : `${key}.${kind}.other`;
    const template = word(locale, section, chosen);
    kept.set(asked, template);
    return template;
  };
}));

function variantOf({ rule, get }: Settled): Variant {
  return rule.wordsWhen.find(({ when }) => when(get) === true);
}

function shownNumbers(result: Settled, variant: Variant, moneyUnit: string, locale: Locale): Pick<Finding, "observed" | "expected" | "difference"> {
  const { rule, get, outcome } = result;
  const { source } = rule;
  const kind = variant?.shows ?? source.shows ?? "text";
  const observed = source.observed === undefined ? null : get(source.observed);
  const expected = source.expected === undefined || outcome === "cannot-tell" ? null : get(source.expected);
  const [found, wanted] = [observed === null ? null : numberOf(observed), expected === null ? null : numberOf(expected)];
  const decimals = observed?.state === "known" ? observed.decimals : undefined;
  return {
    observed: observed === null ? null : valueText(observed, kind, moneyUnit, true, locale),
    expected: expected === null ? null : valueText(expected, kind, moneyUnit, false, locale),
    difference: source.difference !== undefined ? valueText(get(source.difference), kind, moneyUnit, false, locale) : found === null || wanted === null ? null : differenceText(found, wanted, decimals, kind, moneyUnit),
  };
}

function valueText(fact: Fact, kind: string, moneyUnit: string, printed: boolean, locale: Locale): string | null {
  if (fact.state === "unreadable") return fact.text.trim();
  if (fact.state !== "known") return null;
  const value = numberOf(fact);
  if (value !== null) return showNumber(value, printed ? fact.decimals : kind === "money" || kind === "count" ? fact.decimals : undefined, kind, moneyUnit);
  return typeof fact.value === "string" ? (fact.text ?? fact.value).trim() : typeof fact.value === "boolean" ? null : [...(fact.value as readonly (string | Decimal)[])].map((entry) => (typeof entry === "string" ? nameOf(entry, locale) : toText(entry))).join(word(locale, "findings", "comma"));
}

function differenceText(found: Decimal, wanted: Decimal, decimals: number | undefined, kind: string, moneyUnit: string): string {
  const rounded = kind === "percent" || kind === "points" ? round(wanted, Math.max(2, decimals ?? 2)) : wanted;
  const gap = minus(found, rounded);
  if (kind === "percent") return `${toFixedText(gap, 2)}%`;
  if (kind === "points") return toFixedText(gap, 2);
  return kind === "money" ? `${toText(round(gap, 6))}${moneyUnit}` : toText(round(gap, 4));
}

function diagnosisOf({ rule, get }: Settled): string | null {
  const { diagnose: names, observed, expected } = rule.source;
  if (names === undefined || observed === undefined || expected === undefined) return null;
  const fact = get(observed);
  const [printed, truth] = [numberOf(fact), numberOf(get(expected))];
  if (printed === null || truth === null || fact.state !== "known" || equals(printed, truth)) return null;
  return diagnose(names, { printed, decimals: fact.decimals ?? 2, true: truth, get });
}

const asked = once(factNames);

function pointersOf({ rule, subject, get, lacks }: Settled): string[] {
  const at = new Set<string>();
  const add = (name: string | undefined): void => { if (name !== undefined) for (const pointer of get(name).at) at.add(pointer); };
  add(rule.source.observed);
  add(rule.source.expected);
  asked(rule.source.require).forEach(add);
  lacks.forEach(add);
  return at.size === 0 ? [subject.pointer] : [...at];
}

function placesOf(result: Settled, context: FindingContext): Place[] {
  const places: Place[] = [];
  for (const pointer of pointersOf(result)) {
    const found = placeOf(pointer, context);
    if (found !== null) places.push(found);
  }
  return places;
}

/** The place of a value, or of the nearest thing around it that has one. */
function placeOf(pointer: string, { place }: FindingContext): Place | null {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
    const found = place(at);
    if (found !== null) return { ...found, pointer };
    if (at === "") return null;
  }
}

function explanationOf(given: NonNullable<Settled["explanation"]>, { place }: FindingContext): NonNullable<Finding["explanation"]> {
  const at = given.where.startsWith("/") ? place(given.where) : null;
  const where = at === null ? given.where : [at.file, at.sheet, at.cell, at.row === undefined ? undefined : String(at.row), at.column, at.line === undefined ? undefined : String(at.line)].filter((part) => part !== undefined).join(":");
  return { text: given.text.trim(), where, ...(given.author === undefined ? {} : { author: given.author }), ...(given.date === undefined ? {} : { date: given.date }) };
}

/** The order in which a form's reader meets things: the submission, its prose, the basic data, then each table from top to bottom. */
function formOrder(pointer: string): number[] {
  const steps = pointer.split("/").slice(1);
  return [TOP.indexOf(steps[0] ?? ""), ...steps.slice(1).map((step) => (/^\d+$/.test(step) ? Number(step) : PARTS.indexOf(step)))];
}

const TOP = ["", "year", "department", "statements", "basicData", "tables"];
const PARTS = ["staff", "lines", "buildings", "funds", "byNature", "goals", "levelWeights", "indicators", "total", "reason", "measures", "grade"];

function compareOrder(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? -2) - (b[index] ?? -2);
    if (difference !== 0) return difference;
  }
  return 0;
}

function withOrdinals(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const count = (seen.get(finding.id) ?? 0) + 1;
    seen.set(finding.id, count);
    return count === 1 ? finding : { ...finding, id: `${finding.id}~${count}` };
  });
}
