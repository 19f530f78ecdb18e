// A review file (`--review`) -> explanations and waivers recorded outside the submission.
import type { GivenExplanation } from "./model.ts";
import { checkShape, type Mistake } from "./schema.ts";
import { ruleData } from "./read/data.ts";

export interface Waiver {
  scope: { finding?: string; rule?: string; table?: string; subject?: string; department?: string };
  requester: string;
  approver: string;
  reason: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  expires?: string;
}

export interface ReviewExplanation extends GivenExplanation { about: string; table?: string; department?: string }

/** `asOf`: the day on which waivers must still hold; null where nothing says one. The clock is never asked. */
export interface Review { file: string; sha256: string; asOf: string | null; explanations: readonly ReviewExplanation[]; waivers: readonly Waiver[] }

interface ReviewFile {
  format: "ziping/review@1";
  date?: string;
  explanations?: { about: string; table?: string; department?: string; text: string; author: string; date: string }[];
  waivers?: Waiver[];
}

/** Reads a parsed review file; its mistakes where it is none. `date` (`--date`) goes before the file's own, that before the latest date in it. */
export function readReview(data: unknown, file: { name: string; sha256: string }, date: string | null): { review: Review } | { mistakes: Mistake[] } {
  const mistakes = checkShape(ruleData("schema/review.schema.json") as object, data);
  if (mistakes.length > 0) return { mistakes };
  const read = data as ReviewFile;
  const explanations = (read.explanations ?? []).map(({ about, table, department, text, author, date: said }) => ({
    about, text, where: file.name, author, date: said, ...(table === undefined ? {} : { table }), ...(department === undefined ? {} : { department }),
  }));
  const latest = explanations.map((entry) => entry.date).sort().at(-1) ?? null;
  return { review: { file: file.name, sha256: file.sha256, asOf: date ?? read.date ?? latest, explanations, waivers: read.waivers ?? [] } };
}

/** What of a review is meant for that department: all that names none, and what names it. */
export function reviewFor(review: Review | null, department: string | undefined): Review | null {
  if (review === null) return null;
  const meant = (named: string | undefined): boolean => named === undefined || named === department;
  return { ...review, explanations: review.explanations.filter((entry) => meant(entry.department)), waivers: review.waivers.filter(({ scope }) => meant(scope.department)) };
}
