// Reports of last time and of now -> a review file with what was said then about findings that are open again.
import { compareReports, type Lapsed } from "./compare.ts";
import type { Report } from "./model.ts";
import { mergeReviews } from "./review-merge.ts";
import type { Decision, ReviewFile, Waiver, WrittenExplanation } from "./review.ts";

/**
 * Explanations, waivers and the decisions that accepted them, each about its finding in its department. What is new was rejected or
 * must be corrected is not carried. Whether an old reason still holds is for a person to say: nothing of it counts before it is given as `--review`.
 */
export function carriedReview(pairs: readonly (readonly [Report, Report])[]): ReviewFile {
  const files = pairs.map(([before, after]): ReviewFile => {
    const lapsed = compareReports(before, after).lapsed.filter((finding) => finding.decisions?.some(({ decision }) => decision === "rejected") !== true);
    return {
      format: "ziping/review@1",
      explanations: lapsed.flatMap((finding) => explanationIn(finding, before, after)),
      waivers: lapsed.flatMap((finding) => waiverIn(finding, after)),
      decisions: lapsed.flatMap((finding) => decisionsIn(finding, after)),
    };
  });
  return mergeReviews(files).review;
}

function explanationIn(finding: Lapsed, before: Report, after: Report): WrittenExplanation[] {
  const { explanation, outcome } = finding.before;
  if (explanation === undefined || outcome !== "explained" || finding.severity === "must-fix") return [];
  const { text, where, author, date } = explanation;
  const source = [before.submission.year ?? "", where].filter((part) => part !== "").join(" ");
  return [{ ...departmentOf(after), about: idOf(finding), text, author: author ?? before.submission.department ?? where, ...(date === undefined ? {} : { date }), source }];
}

function waiverIn(finding: Lapsed, after: Report): Waiver[] {
  const { waiver } = finding.before;
  return waiver === undefined ? [] : [{ scope: { ...departmentOf(after), finding: idOf(finding) }, ...waiver }];
}

function decisionsIn(finding: Lapsed, after: Report): Decision[] {
  const { decisions = [], explanation } = finding.before;
  return decisions.flatMap(({ decision, author, date, reason }): Decision[] =>
    decision !== "accepted" || date === undefined || explanation === undefined ? [] : [{ scope: { ...departmentOf(after), finding: idOf(finding) }, decision, author, date, explanation: explanation.text, ...(reason === undefined ? {} : { reason }) }]);
}

const idOf = ({ id }: Lapsed): string => id.replace(/~\d+$/, "");

function departmentOf({ submission }: Report): { department?: string } {
  return submission.department === null ? {} : { department: submission.department };
}
