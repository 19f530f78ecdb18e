// Several people's review files -> one that holds all they wrote, and where they disagree.
import { entriesOf, sameWords, standing, stanceOf, type Entry } from "./decide.ts";
import type { Decision, ReviewFile, Scope, Waiver, WrittenExplanation } from "./review.ts";

/** `review` holds every entry once, in an order that does not depend on that of the files. */
export interface Merged { review: ReviewFile; disagreements: Disagreement[] }

/**
 * `decision`: one rejects what another lets pass · `until`: waivers of one thing that end on different days · `explanation`: different words
 * about one thing. `said`: what stands, the oldest first.
 */
export interface Disagreement { kind: "decision" | "until" | "explanation"; scope: Scope; said: Said[] }

export interface Said { decision: Decision["decision"] | "explained"; author: string; date?: string; text?: string; until?: string }

/** All that the files hold; what two of them hold is one entry. The day of the review is the later one. */
export function mergeReviews(files: readonly ReviewFile[]): Merged {
  const days = files.flatMap(({ date }) => (date === undefined ? [] : [date])).sort();
  const day = days.at(-1);
  const [explanations, waivers, decisions] = [
    union(files.flatMap((file) => file.explanations ?? []), explanationInOrder),
    union(files.flatMap((file) => file.waivers ?? []), waiverInOrder),
    union(files.flatMap((file) => file.decisions ?? []), decisionInOrder),
  ];
  const review: ReviewFile = {
    format: "ziping/review@1",
    ...(day === undefined ? {} : { date: day }),
    ...(explanations.length === 0 ? {} : { explanations }),
    ...(waivers.length === 0 ? {} : { waivers }),
    ...(decisions.length === 0 ? {} : { decisions }),
  };
  return { review, disagreements: disagreementsIn(review) };
}

/** Where people say different things of one thing, in one file as in one merged from several. */
export function disagreementsIn({ explanations = [], waivers = [], decisions = [] }: ReviewFile): Disagreement[] {
  const entries = entriesOf({ waivers, decisions });
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = JSON.stringify(scopeInOrder(entry.scope));
    if (groups.has(key)) continue;
    groups.set(key, entries.filter((other) => overlaps(other.scope, entry.scope)));
  }
  const decided = [...groups].flatMap(([key, group]) => decisionDisagreement(JSON.parse(key) as Scope, group));
  return [...withoutRepeats(decided), ...explanationDisagreements(explanations)];
}

/** The day of the review where the files name several: the later one counts, and is told. */
export function reviewDays(files: readonly ReviewFile[]): string[] {
  return [...new Set(files.flatMap(({ date }) => (date === undefined ? [] : [date])))].sort();
}

function decisionDisagreement(scope: Scope, group: readonly Entry[]): Disagreement[] {
  const stand = standing(group).sort((a, b) => compareTexts(a.date ?? "", b.date ?? "") || compareTexts(JSON.stringify(entryInOrder(a)), JSON.stringify(entryInOrder(b))));
  const said = stand.map((entry): Said => ({
    decision: entry.decision, author: entry.author,
    ...(entry.date === undefined ? {} : { date: entry.date }), ...(entry.reason === undefined ? {} : { text: entry.reason }), ...(entry.until === undefined ? {} : { until: entry.until }),
  }));
  if (stanceOf(stand) === "disputed" && stand.length > 0) return [{ kind: "decision", scope, said }];
  const waived = stand.filter((entry) => entry.decision === "waived");
  // A waiver that the same person made longer is no disagreement.
  const differ = waived.some((entry) => waived.some((other) => other.author !== entry.author && other.until !== entry.until));
  return differ ? [{ kind: "until", scope, said }] : [];
}

function explanationDisagreements(explanations: readonly WrittenExplanation[]): Disagreement[] {
  const groups = new Map<string, WrittenExplanation[]>();
  for (const entry of explanations) {
    const key = JSON.stringify([entry.about, entry.table ?? null, entry.department ?? null]);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].flatMap((group) => {
    const latest = group.filter((entry) => !group.some((other) => other.author === entry.author && (other.date ?? "") > (entry.date ?? "")));
    const [first] = latest;
    if (first === undefined || latest.every(({ text }) => sameWords(text, first.text))) return [];
    const { about, table, department } = first;
    const scope: Scope = { ...(/^[a-z][a-z0-9-]*\/[a-z0-9-]+#/.test(about) ? { finding: about } : /^[a-z][a-z0-9-]*\/[a-z0-9-]+$/.test(about) ? { rule: about } : { subject: about }), ...(table === undefined ? {} : { table }), ...(department === undefined ? {} : { department }) };
    return [{ kind: "explanation", scope, said: [...latest].sort((a, b) => compareTexts(a.date ?? "", b.date ?? "") || compareTexts(JSON.stringify(a), JSON.stringify(b))).map(({ author, date, text }) => ({ decision: "explained", author, text, ...(date === undefined ? {} : { date }) })) }];
  });
}

/** Whether there surely is something that both speak of. A finding and a row may be the same, but only a report tells. */
function overlaps(a: Scope, b: Scope): boolean {
  const agree = (x: string | undefined, y: string | undefined): boolean => x === undefined || y === undefined || x === y;
  if (!agree(a.department, b.department)) return false;
  if (a.finding !== undefined && b.finding !== undefined) return a.finding === b.finding;
  if (a.finding !== undefined || b.finding !== undefined) {
    const [finding, other] = a.finding !== undefined ? [a.finding, b] : [b.finding ?? "", a];
    return other.table === undefined && other.subject === undefined && finding.split("#")[0] === other.rule;
  }
  return a.rule !== undefined && a.rule === b.rule && agree(a.table, b.table) && agree(a.subject, b.subject);
}

/** The same people saying the same things about a wider and a narrower scope are told once, of the narrower. */
function withoutRepeats(disagreements: readonly Disagreement[]): Disagreement[] {
  const told = new Map<string, Disagreement>();
  for (const each of [...disagreements].sort((a, b) => Object.keys(b.scope).length - Object.keys(a.scope).length || compareTexts(JSON.stringify(a.scope), JSON.stringify(b.scope)))) {
    const key = JSON.stringify([each.kind, each.said]);
    if (!told.has(key)) told.set(key, each);
  }
  return [...told.values()].sort((a, b) => compareTexts(JSON.stringify(a.scope), JSON.stringify(b.scope)));
}

/** Entries with their keys in one order, each once, in an order of their own. */
function union<T>(entries: readonly T[], inOrder: (entry: T) => T): T[] {
  const byText = new Map(entries.map((entry) => [JSON.stringify(inOrder(entry)), inOrder(entry)]));
  return [...byText].sort(([a], [b]) => compareTexts(a, b)).map(([, entry]) => entry);
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function pick<T extends object>(from: T, keys: readonly (keyof T)[]): T {
  return Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]]))) as T;
}

const scopeInOrder = (scope: Scope): Scope => pick(scope, ["department", "finding", "rule", "table", "subject"]);
const explanationInOrder = (entry: WrittenExplanation): WrittenExplanation => pick(entry, ["department", "about", "table", "text", "author", "date", "source"]);
const waiverInOrder = (entry: Waiver): Waiver => pick({ ...entry, scope: scopeInOrder(entry.scope) }, ["scope", "requester", "approver", "reason", "expires", "date"]);
const decisionInOrder = (entry: Decision): Decision => pick({ ...entry, scope: scopeInOrder(entry.scope) }, ["scope", "decision", "reason", "until", "explanation", "author", "date", "final"]);
const entryInOrder = (entry: Entry): Partial<Entry> => pick({ ...entry, scope: scopeInOrder(entry.scope) }, ["scope", "decision", "reason", "until", "author", "date"]);
