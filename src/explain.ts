// Broken rules and what was said about them -> which are explained, which are waived.
import type { Result } from "./evaluate.ts";
import type { GivenExplanation } from "./model.ts";
import { findingId } from "./finding-id.ts";
import type { Review, Waiver } from "./review.ts";

/** What an explanation must be to count: data of the rule set. */
export interface AdequacySettings { minimumLength: number; emptyWords: readonly string[] }

/** A result with the explanation or waiver that settles it, or the inadequate explanation that does not. */
export interface Settled extends Result { explanation?: GivenExplanation; waiver?: Waiver }

/** Turns `fail` into `explained` (explain and note only) or `waived`. The text is kept either way. */
export function settleResults(results: readonly Result[], settings: AdequacySettings, review: Review | null): Settled[] {
  return results.map((result) => {
    if (result.outcome !== "fail") return result;
    const waiver = waiverFor(result, review);
    const explanation = explanationFor(result, settings);
    const said = explanation === null ? {} : { explanation };
    if (waiver !== null) return { ...result, ...said, outcome: "waived", waiver };
    const settles = explanation !== null && result.severity !== "must-fix" && result.rule.source.explainable !== false && isAdequate(explanation.text, result.subject.ownWords, settings);
    return settles ? { ...result, explanation, outcome: "explained" } : { ...result, ...said };
  });
}

/** The first adequate explanation that may speak of this rule, else the first of any kind. */
function explanationFor({ rule, subject }: Result, settings: AdequacySettings): GivenExplanation | null {
  const may = subject.explanations.filter((given) => given.about === undefined || !given.about.includes("/") || given.about === rule.id);
  return may.find((given) => isAdequate(given.text, subject.ownWords, settings)) ?? may[0] ?? null;
}

/** Whether enough is left of the text when punctuation, the subject's own words and empty words are gone (`design/rules.md`, deviation). */
export function isAdequate(text: string, ownWords: readonly string[], settings: AdequacySettings): boolean {
  return remainder(text, ownWords, settings.emptyWords).length >= settings.minimumLength;
}

/** What is left of an explanation besides punctuation, the subject's own words and empty words. */
export function remainder(text: string, ownWords: readonly string[], emptyWords: readonly string[]): string {
  const own = ownWords.map(plain).filter((word) => word.length > 1);
  const empty = emptyWords.map(plain).sort((a, b) => b.length - a.length);
  return [...own, ...empty].reduce((left, word) => left.replaceAll(word, ""), plain(text));
}

const plain = (text: string): string => text.slice(0, 20_000).normalize("NFKC").replace(/[\s\p{P}\p{S}]/gu, "");

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
