// Explanation and decision rows of a submission -> the review file that its report is made with, so that anybody can make the report again.
import { createHash } from "node:crypto";
import { readReview, type Review, type ReviewFile, type Waiver, type Decision, type WrittenExplanation } from "../review.ts";
import type { DecisionKind } from "./store/tables.ts";

export interface ExplanationRow { id: string; findingId: string; words: string; author: string; at: Date }
export interface DecisionRow { findingId: string; decision: DecisionKind; reason: string | null; until: string | null; words: string | null; author: string; at: Date }

/** What the file is called in reports. */
export const REVIEW_FILE = "review.json";

/**
 * Of each finding the newest explanation and the newest decision speak, whoever wrote them: in the service the reviewers of a submission speak
 * with one voice. An override is a waiver by the reviewer, without a last day. Null where nobody said anything. `today`: the day on which waivers must hold.
 */
export function reviewFileOf(explanations: readonly ExplanationRow[], decisions: readonly DecisionRow[], today: string): ReviewFile | null {
  if (explanations.length === 0 && decisions.length === 0) return null;
  const said = newest(explanations).map(({ findingId, words, author, at }): WrittenExplanation => ({ about: baseOf(findingId), text: words, author, date: moment(at) }));
  const latest = newest(decisions);
  return {
    format: "ziping/review@1",
    date: today,
    explanations: said,
    waivers: latest.filter(({ decision }) => decision === "overridden").map(({ findingId, reason, author, at }): Waiver => ({ scope: { finding: findingId }, requester: author, approver: author, reason: reason ?? "", date: moment(at) })),
    decisions: latest.flatMap(({ findingId, decision, reason, until, words, author, at }): Decision[] => (decision === "overridden" ? [] : [{
      scope: { finding: findingId }, decision, author, date: moment(at),
      ...(reason === null ? {} : { reason }), ...(until === null ? {} : { until }), ...(words === null ? {} : { explanation: words }),
    }])),
  };
}

export function reviewText(file: ReviewFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** As `check` takes it; what the service wrote is always a review file. */
export function reviewFrom(text: string): Review {
  const read = readReview(JSON.parse(text), { name: REVIEW_FILE, sha256: createHash("sha256").update(text).digest("hex") }, null);
  if ("review" in read) return read.review;
  throw new TypeError(`${REVIEW_FILE}: ${read.mistakes.map(({ pointer, keyword }) => `${pointer} ${keyword}`).join("; ")}`);
}

/** The newest of each finding, in the order in which they were said. */
export function newest<T extends { findingId: string; at: Date }>(rows: readonly T[]): T[] {
  const last = new Map<string, T>();
  for (const row of [...rows].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    last.delete(row.findingId);
    last.set(row.findingId, row);
  }
  return [...last.values()];
}

/** What is said about one of several findings that are alike holds for all. */
export const baseOf = (findingId: string): string => findingId.replace(/~\d+$/, "");
const moment = (at: Date): string => at.toISOString();
