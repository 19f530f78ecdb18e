// Waivers and reviewers' decisions -> what stands on a finding: accepted, rejected, waived, or disputed where people disagree.
import type { Finding, GivenExplanation } from "./model.ts";
import { compareMoments } from "./moment.ts";
import type { Decision, Review, Scope, Waiver } from "./review.ts";

/** One person's word on a finding; a waiver is its approver's. */
export interface Entry extends Omit<Decision, "date"> { date?: string; waiver?: Waiver }

/** `disputed`: one person rejects what another lets pass. Nobody wins silently: it settles nothing, and all are named. */
export interface Standing { stance: Decision["decision"] | "disputed"; entries: readonly Entry[] }

export interface Asked { rule: string; id: string; table: string | null; subject: string }

/**
 * What people decided about a finding. Of one person the word on the narrowest scope counts, of those the latest; a final word puts
 * away what others said up to then; a waiver that has expired on the day of the review says nothing. Null where nothing stands.
 */
export function standingOn(asked: Asked, said: readonly GivenExplanation[], review: Review | null): Standing | null {
  if (review === null) return null;
  const about = entriesAbout(asked.rule, review).filter((entry) => covers(entry.scope, asked) && speaksTo(entry, said));
  const entries = standing(about).filter((entry) => holds(entry, review.asOf));
  return entries.length === 0 ? null : { stance: stanceOf(entries), entries };
}

/** Whether what was said is what a standing rejection turned down. */
export function isRejected(given: GivenExplanation, { stance, entries }: Standing): boolean {
  return stance === "rejected" && entries.some((entry) => turnsDown(entry, given));
}

/** Waivers and decisions of a review as entries. */
export function entriesOf({ waivers, decisions }: Pick<Review, "waivers" | "decisions">): Entry[] {
  const waived = waivers.map((waiver): Entry => ({
    scope: waiver.scope, decision: "waived", reason: waiver.reason, author: waiver.approver, waiver,
    ...(waiver.expires === undefined ? {} : { until: waiver.expires }), ...(waiver.date === undefined ? {} : { date: waiver.date }),
  }));
  return [...waived, ...decisions];
}

/** Of entries that speak of one thing those that count, whatever the order they stand in. */
export function standing(entries: readonly Entry[]): Entry[] {
  const own = entries.filter((entry) => !entries.some((other) => other.author === entry.author && supersedes(other, entry)));
  const finals = own.filter((entry) => entry.final === true);
  return own.filter((entry) => entry.final === true || !finals.some((final) => compareMoments(entry.date, final.date) <= 0));
}

/** To accept and to waive both let a finding pass; only to reject is against either. */
export function stanceOf(entries: readonly Entry[]): Standing["stance"] {
  const said = new Set(entries.map((entry) => entry.decision));
  if (said.has("rejected")) return said.size > 1 ? "disputed" : "rejected";
  return said.has("waived") ? "waived" : "accepted";
}

/** A finding's id with or without its ordinal, or a rule with as much of a table and a row as is meant. */
export function covers(scope: Scope, { rule, id, table, subject }: Asked): boolean {
  if (scope.finding !== undefined) return scope.finding === id || scope.finding.replace(/~\d+$/, "") === id;
  if (scope.rule !== rule) return false;
  return (scope.table === undefined || scope.table === table) && (scope.subject === undefined || scope.subject === subject);
}

/** As a report tells it. */
export function toldOf({ entries }: Standing): NonNullable<Finding["decisions"]> {
  return entries.map(({ decision, author, date, reason, until }) => ({
    decision, author,
    ...(date === undefined ? {} : { date }), ...(reason === undefined ? {} : { reason }), ...(until === undefined ? {} : { until }),
  }));
}

/** The waiver that a finding was let pass by: of several the one that holds longest. Who asked for it is its author where nobody else is named. */
export function waiverOf({ entries }: Standing): NonNullable<Finding["waiver"]> {
  const last = ({ until }: Entry): string => until ?? "9999-12-31";
  const [entry] = entries.filter(({ decision }) => decision === "waived").sort((a, b) => (last(a) < last(b) ? 1 : last(a) > last(b) ? -1 : a.author < b.author ? -1 : 1));
  if (entry === undefined) throw new TypeError("nothing of it is waived");
  const { author, reason, until, waiver } = entry;
  return { requester: waiver?.requester ?? author, approver: author, reason: reason ?? "", ...(until === undefined ? {} : { expires: until }) };
}

export function sameWords(a: string, b: string): boolean {
  const plain = (text: string): string => text.normalize("NFKC").replace(/\s/gu, "");
  return plain(a) === plain(b);
}

/** What was said after a rejection, or in other words than those judged, has not been judged. */
function speaksTo(entry: Entry, said: readonly GivenExplanation[]): boolean {
  if (entry.decision === "rejected") return said.length === 0 || said.some((given) => turnsDown(entry, given));
  const { explanation } = entry;
  return explanation === undefined || said.some(({ text }) => sameWords(explanation, text));
}

function turnsDown({ explanation, date }: Entry, given: GivenExplanation): boolean {
  return explanation === undefined ? compareMoments(given.date, date) <= 0 : sameWords(explanation, given.text);
}

function supersedes(other: Entry, entry: Entry): boolean {
  const narrower = breadth(other.scope) - breadth(entry.scope);
  return narrower > 0 || (narrower === 0 && compareMoments(other.date, entry.date) > 0);
}

const breadth = ({ finding, table, subject, department }: Scope): number => (finding === undefined ? Number(table !== undefined) + Number(subject !== undefined) : 3) * 2 + Number(department !== undefined);

function holds({ decision, until }: Entry, asOf: string | null): boolean {
  return decision !== "waived" || until === undefined || asOf === null || until >= asOf;
}

const byRule = new WeakMap<Review, Map<string, Entry[]>>();

/** Entries that name the rule or a finding of it; sorted once, since a bureau's review has many. */
function entriesAbout(rule: string, review: Review): Entry[] {
  const known = byRule.get(review);
  if (known !== undefined) return known.get(rule) ?? [];
  const made = new Map<string, Entry[]>();
  for (const entry of entriesOf(review)) {
    const named = entry.scope.finding?.split("#")[0] ?? entry.scope.rule ?? "";
    made.set(named, [...(made.get(named) ?? []), entry]);
  }
  byRule.set(review, made);
  return made.get(rule) ?? [];
}
