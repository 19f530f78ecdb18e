// Broken rules and what was said about them -> which are explained, which are waived.
import type { Result } from "./evaluate.ts";
import { isRejected, standingOn, waiverOf, type Standing } from "./decide.ts";
import type { Finding, GivenExplanation } from "./model.ts";
import { findingId } from "./finding-id.ts";
import type { Review } from "./review.ts";

/**
 * What an explanation must be to count: data of the rule set. Of its text `minimumLength` characters must be left without `emptyWords`, and half as
 * many when `fillerWords` are gone too, which say nothing alone but may be part of a reason. `negations` keep the word that follows them: 未到位 is a reason.
 */
export interface AdequacySettings { minimumLength: number; emptyWords: readonly string[]; fillerWords: readonly string[]; negations: readonly string[] }

/** A result with the explanation or waiver that settles it, or the inadequate or rejected explanation that does not; `standing`: what reviewers decided. */
export interface Settled extends Result { explanation?: GivenExplanation; waiver?: NonNullable<Finding["waiver"]>; standing?: Standing }

type Asked = Pick<Result, "rule" | "subject">;

/** Turns `fail` into `explained` (explain and note only) or `waived`. The text is kept either way. */
export function settleResults(results: readonly Result[], settings: AdequacySettings, review: Review | null): Settled[] {
  return results.map((result) => (result.outcome === "fail" ? settled(result, settings, review) : result));
}

/** A reviewer's word goes before the measure of adequacy: what is accepted is explained however short, what is rejected or disputed stays open. */
function settled(result: Result, settings: AdequacySettings, review: Review | null): Settled {
  const said = saidOf(result);
  const standing = review === null ? null : standingOn({ rule: result.rule.id, id: findingId(result.rule.id, result.subject), table: result.subject.table, subject: result.subject.label }, said, review);
  const own = result.subject.ownWords();
  const judged = standing === null ? said : said.filter((given) => !isRejected(given, standing));
  const adequate = judged.find((given) => isAdequate(given.text, own, settings));
  const explanation = adequate ?? judged[0] ?? said[0];
  const told: Settled = { ...result, ...(explanation === undefined ? {} : { explanation }), ...(standing === null ? {} : { standing }) };
  if (standing?.stance === "waived") return { ...told, outcome: "waived", waiver: waiverOf(standing) };
  const explainable = explanation !== undefined && result.severity !== "must-fix" && result.rule.source.explainable !== false;
  if (!explainable || standing?.stance === "disputed") return told;
  if (adequate !== undefined && standing?.stance === "rejected") return { ...result, explanation: adequate, outcome: "explained" };
  return adequate !== undefined || standing?.stance === "accepted" ? { ...told, outcome: "explained" } : told;
}

/** The first adequate explanation that may speak of this rule, else the first of any kind. */
export function explanationFor(asked: Asked, settings: AdequacySettings): GivenExplanation | null {
  const may = saidOf(asked);
  return may.find((given) => isAdequate(given.text, asked.subject.ownWords(), settings)) ?? may[0] ?? null;
}

function saidOf({ rule, subject }: Asked): GivenExplanation[] {
  return subject.explanations().filter((given) => speaksOf(given, { rule, subject }));
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
