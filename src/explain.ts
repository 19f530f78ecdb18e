// Broken rules and what was said about them -> which are explained, which are waived.
import type { Result } from "./evaluate.ts";
import type { GivenExplanation } from "./model.ts";
import { findingId } from "./finding-id.ts";
import type { Review, Waiver } from "./review.ts";

/**
 * What an explanation must be to count: data of the rule set. Of its text `minimumLength` characters must be left without `emptyWords`, and half as
 * many when `fillerWords` are gone too, which say nothing alone but may be part of a reason. `negations` keep the word that follows them: 未到位 is a reason.
 */
export interface AdequacySettings { minimumLength: number; emptyWords: readonly string[]; fillerWords: readonly string[]; negations: readonly string[] }

/** A result with the explanation or waiver that settles it, or the inadequate explanation that does not. */
export interface Settled extends Result { explanation?: GivenExplanation; waiver?: Waiver }

type Asked = Pick<Result, "rule" | "subject">;

/** Turns `fail` into `explained` (explain and note only) or `waived`. The text is kept either way. */
export function settleResults(results: readonly Result[], settings: AdequacySettings, review: Review | null): Settled[] {
  return results.map((result) => {
    if (result.outcome !== "fail") return result;
    const waiver = waiverFor(result, review);
    const explanation = explanationFor(result, settings);
    const said = explanation === null ? {} : { explanation };
    if (waiver !== null) return { ...result, ...said, outcome: "waived", waiver };
    const settles = explanation !== null && result.severity !== "must-fix" && result.rule.source.explainable !== false && isAdequate(explanation.text, result.subject.ownWords(), settings);
    return settles ? { ...result, explanation, outcome: "explained" } : { ...result, ...said };
  });
}

/** The first adequate explanation that may speak of this rule, else the first of any kind. */
export function explanationFor({ rule, subject }: Asked, settings: AdequacySettings): GivenExplanation | null {
  const may = subject.explanations().filter((given) => speaksOf(given, { rule, subject }));
  return may.find((given) => isAdequate(given.text, subject.ownWords(), settings)) ?? may[0] ?? null;
}

/** What names a rule or a finding speaks of nothing else; what names a row or a table was chosen by its name already. */
function speaksOf({ about }: GivenExplanation, { rule, subject }: Asked): boolean {
  if (about === undefined || !/^[a-z][a-z0-9-]*\/[a-z0-9-]+(?:#|$)/.test(about)) return true;
  return about === rule.id || about.replace(/~\d+$/, "") === findingId(rule.id, subject);
}

/** Whether enough is left of the text when punctuation, the subject's own words and empty words are gone (`design/rules.md`, deviation). */
export function isAdequate(text: string, ownWords: readonly string[], settings: AdequacySettings): boolean {
  return remainder(text, ownWords, settings).length >= settings.minimumLength;
}

/** What is left of an explanation besides punctuation, the subject's own words and empty words; besides fillers as well where hardly anything else is. */
export function remainder(text: string, ownWords: readonly string[], settings: AdequacySettings): string {
  const { single, empty, hollow } = patternsOf(settings);
  const said = pieces(text).filter((piece) => !single.has(piece)).join("");
  const own = ownWords.map(plain).filter((word) => word.length > 1).sort((a, b) => b.length - a.length);
  const rest = own.reduce((left, word) => left.replaceAll(word, ""), said);
  const content = rest.replace(hollow, "");
  return content.length * 2 >= settings.minimumLength ? rest.replace(empty, "") : content;
}

const LONGEST = 20_000;
const pieces = (text: string): string[] => text.slice(0, LONGEST).normalize("NFKC").split(/[\s\p{P}\p{S}]+/u);
const plain = (text: string): string => pieces(text).join("");

/** `single`: words of one character, which count only where they stand alone (无, not 无法). */
interface Patterns { single: ReadonlySet<string>; empty: RegExp; hollow: RegExp }

const made = new WeakMap<AdequacySettings, Patterns>();

function patternsOf(settings: AdequacySettings): Patterns {
  const known = made.get(settings);
  if (known !== undefined) return known;
  const empty = settings.emptyWords.map(plain);
  const patterns = {
    single: new Set(empty.filter((word) => word.length === 1)),
    empty: anyOf(empty, settings.negations),
    hollow: anyOf([...empty, ...settings.fillerWords.map(plain)], settings.negations),
  };
  made.set(settings, patterns);
  return patterns;
}

/** Any of the words, longest first, but where a negation stands right before it. */
function anyOf(words: readonly string[], negations: readonly string[]): RegExp {
  const either = (list: readonly string[]): string => list.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|");
  const long = words.filter((word) => word.length > 1).sort((a, b) => b.length - a.length);
  if (long.length === 0) return /(?!)/g;
  return new RegExp(`${negations.length === 0 ? "" : `(?<!${either(negations)})`}(?:${either(long)})`, "gu");
}

function waiverFor(result: Result, review: Review | null): Waiver | null {
  if (review === null) return null;
  const id = findingId(result.rule.id, result.subject);
  return review.waivers.find((waiver) => covers(waiver, result, id) && (waiver.expires === undefined || review.asOf === null || waiver.expires >= review.asOf)) ?? null;
}

/** A waiver names a finding, or a rule with as much of a table and a row as it is meant for. */
function covers({ scope }: Waiver, { rule, subject }: Result, id: string): boolean {
  if (scope.finding !== undefined) return scope.finding === id || id.startsWith(`${scope.finding}~`);
  if (scope.rule !== rule.id) return false;
  return (scope.table === undefined || scope.table === subject.table) && (scope.subject === undefined || scope.subject === subject.label);
}
