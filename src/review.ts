// A review file (`--review`) -> explanations, waivers and reviewers' decisions recorded outside the submission.
import type { GivenExplanation } from "./model.ts";
import { isReal, latestFirst } from "./moment.ts";
import { checkShape, type Mistake } from "./schema.ts";
import { ruleData } from "./read/data.ts";

/** What an entry speaks of: a finding by its id, or a rule with as much of a table and a row as it is meant for; of one department or of all. */
export interface Scope { finding?: string; rule?: string; table?: string; subject?: string; department?: string }

export interface Waiver {
  scope: Scope;
  requester: string;
  approver: string;
  reason: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  expires?: string;
  /** When it was approved: a day, or a time with its offset. */
  date?: string;
}

export interface Decision {
  scope: Scope;
  /** `accepted`: the explanation will do, however short · `rejected`: it will not · `waived`: the finding is let pass until a day. */
  decision: "accepted" | "rejected" | "waived";
  /** Required of what is rejected or waived. */
  reason?: string;
  /** Last day on which a waiver holds. */
  until?: string;
  /** The words that were judged: other words are judged anew. Without it, all that was said up to `date`. */
  explanation?: string;
  author: string;
  date: string;
  /** Settles a disagreement: other opinions of the same or an earlier time no longer count. */
  final?: boolean;
}

/** `source`: where an explanation was taken from, where it was not written here. */
export interface ReviewExplanation extends GivenExplanation { about: string; table?: string; department?: string }

/** `asOf`: the day on which waivers must still hold; null where nothing says one. The clock is never asked. */
export interface Review { file: string; sha256: string; asOf: string | null; explanations: readonly ReviewExplanation[]; waivers: readonly Waiver[]; decisions: readonly Decision[] }

export interface WrittenExplanation { about: string; table?: string; department?: string; text: string; author: string; date?: string; source?: string }

/** The file as it is written. */
export interface ReviewFile {
  $schema?: string;
  format: "ziping/review@1";
  date?: string;
  explanations?: WrittenExplanation[];
  waivers?: Waiver[];
  decisions?: Decision[];
}

export const reviewSchema = (): object => ruleData("schema/review.schema.json") as object;

/** Reads a parsed review file; its mistakes where it is none. `date` (`--date`) goes before the file's own, that before the latest date in it. */
export function readReview(data: unknown, file: { name: string; sha256: string }, date: string | null): { review: Review } | { mistakes: Mistake[] } {
  const mistakes = reviewMistakes(data);
  if (mistakes.length > 0) return { mistakes };
  const read = data as ReviewFile;
  const waivers = read.waivers ?? [];
  const decisions = read.decisions ?? [];
  // Of several explanations the newest speaks first, whoever's files they were merged from.
  const explanations = latestFirst(read.explanations ?? []).map(({ about, table, department, text, author, date: said }) => ({
    about, text, where: file.name, author,
    ...(said === undefined ? {} : { date: said }), ...(table === undefined ? {} : { table }), ...(department === undefined ? {} : { department }),
  }));
  const [latest] = latestFirst([...explanations, ...waivers, ...decisions]);
  return { review: { file: file.name, sha256: file.sha256, asOf: date ?? read.date ?? latest?.date?.slice(0, 10) ?? null, explanations, waivers, decisions } };
}

/** What is wrong with its shape; days that no calendar has (`keyword: "calendar"`) where the shape is right. */
export function reviewMistakes(data: unknown): Mistake[] {
  const shape = checkShape(reviewSchema(), data);
  if (shape.length > 0) return shape;
  const read = data as ReviewFile;
  const days: [string, string | undefined][] = [
    ["/date", read.date],
    ...(read.explanations ?? []).map(({ date }, i): [string, string | undefined] => [`/explanations/${i}/date`, date]),
    ...(read.waivers ?? []).flatMap(({ expires, date }, i): [string, string | undefined][] => [[`/waivers/${i}/expires`, expires], [`/waivers/${i}/date`, date]]),
    ...(read.decisions ?? []).flatMap(({ until, date }, i): [string, string | undefined][] => [[`/decisions/${i}/until`, until], [`/decisions/${i}/date`, date]]),
  ];
  return days.flatMap(([pointer, day]) => (day === undefined || isReal(day) ? [] : [{ pointer, keyword: "calendar", params: { given: day } }]));
}

/** What of a review is meant for that department: all that names none, and what names it. */
export function reviewFor(review: Review | null, department: string | undefined): Review | null {
  if (review === null) return null;
  const meant = (named: string | undefined): boolean => named === undefined || named === department;
  return {
    ...review,
    explanations: review.explanations.filter((entry) => meant(entry.department)),
    waivers: review.waivers.filter(({ scope }) => meant(scope.department)),
    decisions: review.decisions.filter(({ scope }) => meant(scope.department)),
  };
}
