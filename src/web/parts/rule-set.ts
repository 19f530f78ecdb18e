// A rule set as the service tells of it. Types, and how a parameter's value is shown and typed.
import type { Basis, Outcome, ParameterValue, Report, Severity, Submission } from "../../model.ts";
import type { Comparison } from "../../compare.ts";

export interface RuleSetLine { id: string; version: string; title: string; digest: string; rules: number }
export interface RuleLine { id: string; category: string; title: string; holds: string; remedy: string; severity: Severity; each: string; eachTitle: string; effective: { from: string; to?: string }; basis: Basis[]; parameters: string[]; examples: number; from: string }
export interface ParameterLine { id: string; about: string; unit: string | null; values: { from: string; value: ParameterValue; basis: Basis[] }[] }
export interface RuleSetTold { id: string; version: string; title: string; digest: string; chain: string[]; categories: { id: string; title: string }[]; rules: RuleLine[]; parameters: ParameterLine[]; off: { id: string; reason: string }[] }

export interface RuleExample { outcome: Outcome; name: string; expects: string }
export interface RuleTold extends Omit<RuleLine, "examples"> { applies: string | null; require: string; formulas: { name: string; text: string }[]; points: string | null; severityWhen: { severity: Severity; when: string }[]; examples: RuleExample[] }

export interface TracedCondition { text: string; truth: "missing" | "unknown" | boolean; parts: TracedCondition[] }
export interface TracedFact { name: string; state: "known" | "missing" | "unreadable" | "underivable"; text: string; formula: string | null; lacks: string[]; at: string[] }
export interface Traced { rule: string; finding: string | null; table: string | null; subject: string; pointer: string; outcome: Outcome; facts: TracedFact[]; applies: TracedCondition | null; require: TracedCondition }
/** What a rule is tried on. */
export type TriedOn = { submissionId: string } | { content: Submission };
export interface Trial { before: Report; after: Report; comparison: Comparison; trace: Traced[]; parameters: { id: string; was: ParameterValue | null; is: ParameterValue }[] }

export function valueText(value: ParameterValue): string {
  if (!Array.isArray(value)) return String(value);
  return value.map((entry) => (typeof entry === "string" ? entry : Object.entries(entry).map(([key, inner]) => `${key} ${inner}`).join(", "))).join("; ");
}

/** The value in force last; those of a list of objects are not typed in a page. */
export function latestOf({ values }: ParameterLine): ParameterLine["values"][number] | undefined {
  return [...values].sort((a, b) => b.from.localeCompare(a.from))[0];
}

export const isTyped = (value: ParameterValue): boolean => !Array.isArray(value) || value.every((entry) => typeof entry === "string");
export const isNumber = (value: ParameterValue): boolean => typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value);

/** What was typed as a value of the kind that is in force; null where it is none. */
export function typedValue(text: string, inForce: ParameterValue): ParameterValue | null {
  const typed = text.trim();
  if (typeof inForce === "boolean") return typed === "true" ? true : typed === "false" ? false : null;
  if (Array.isArray(inForce)) return typed.split(/[;；]/).map((entry) => entry.trim()).filter((entry) => entry !== "");
  if (isNumber(inForce)) return /^-?\d{1,12}(?:\.\d{1,8})?$/.test(typed) ? typed : null;
  return typed === "" ? null : typed;
}

/** Words that a rule is searched by. */
export function matches(rule: RuleLine, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  return wanted === "" || `${rule.id} ${rule.title} ${rule.holds} ${rule.basis.map(({ document, clause }) => `${document} ${clause ?? ""}`).join(" ")}`.toLowerCase().includes(wanted);
}
