// A review and reports -> which of its entries do nothing there, and why where that is known.
import { covers, entriesOf, sameWords, standingOn, type Asked, type Entry, type Standing } from "./decide.ts";
import type { Finding, Report } from "./model.ts";
import { reviewFor, type Review, type ReviewExplanation } from "./review.ts";
import { cleanText } from "./subjects/names.ts";

/**
 * `unmatched`: no finding is like that · `expired` · `words`: what was said is no longer what was judged · `must-fix`: to accept an explanation
 * does not settle what must be corrected · `nothing-said`: there is no explanation to accept. `finding`: the first that it is about.
 */
export interface Unused { kind: "explanation" | "waiver" | "decision"; why: "unmatched" | "expired" | "words" | "must-fix" | "nothing-said"; entry: Entry | ReviewExplanation; finding?: Finding }

/** Entries for which there is something to tell; those that later or narrower ones replaced do as they should. */
export function unusedIn(review: Review, reports: readonly Report[]): Unused[] {
  const explanations = review.explanations.filter((entry) => !meantReports(entry.department, reports).some(({ findings }) => findings.some((finding) => speaksOf(entry, finding))));
  return [
    ...explanations.map((entry): Unused => ({ kind: "explanation", why: "unmatched", entry })),
    ...entriesOf(review).flatMap((entry): Unused[] => {
      const covered = meantReports(entry.scope.department, reports).flatMap(({ findings }) => findings.filter((finding) => covers(entry.scope, askedOf(finding))));
      const why = whyUnused(entry, review, covered);
      const [finding] = covered;
      return why === null ? [] : [{ kind: entry.waiver === undefined ? "decision" : "waiver", why, entry, ...(finding === undefined ? {} : { finding }) }];
    }),
  ];
}

/** Findings on which the people of a review disagree. */
export function disputesIn(review: Review, reports: readonly Report[]): { report: Report; finding: Finding; standing: Standing }[] {
  return reports.flatMap((report) => {
    const own = reviewFor(review, report.submission.department ?? undefined);
    return report.findings.flatMap((finding) => {
      const standing = standingOn(askedOf(finding), saidIn(finding, review), own);
      return standing?.stance === "disputed" ? [{ report, finding, standing }] : [];
    });
  });
}

function whyUnused(entry: Entry, review: Review, covered: readonly Finding[]): Unused["why"] | null {
  if (covered.length === 0) return "unmatched";
  const { explanation, until, decision } = entry;
  if (decision === "waived") return until !== undefined && review.asOf !== null && until < review.asOf ? "expired" : null;
  if (explanation !== undefined && !covered.some((finding) => saidIn(finding, review).some(({ text }) => sameWords(text, explanation)))) return "words";
  if (decision === "rejected") return null;
  if (covered.every((finding) => finding.severity === "must-fix")) return "must-fix";
  return covered.every((finding) => saidIn(finding, review).length === 0) ? "nothing-said" : null;
}

function meantReports(department: string | undefined, reports: readonly Report[]): readonly Report[] {
  return department === undefined ? reports : reports.filter((report) => report.submission.department === department);
}

function askedOf({ rule, id, table, subject }: Finding): Asked {
  return { rule, id: id.replace(/~\d+$/, ""), table, subject };
}

/** What the report shows as said, and what the review says of it: a report holds one explanation of several. */
function saidIn(finding: Finding, review: Review): { text: string; where: string; date?: string }[] {
  const { explanation } = finding;
  return [...(explanation === undefined ? [] : [explanation]), ...review.explanations.filter((entry) => speaksOf(entry, finding))];
}

/** Whether it names the finding, its rule, its table or its row. */
function speaksOf({ about, table, text }: ReviewExplanation, finding: Finding): boolean {
  if (table !== undefined && table !== finding.table) return false;
  if (finding.explanation !== undefined && sameWords(finding.explanation.text, text)) return true;
  const names = [finding.table ?? "", finding.subject, finding.subjectName].map(cleanText);
  return about.replace(/~\d+$/, "") === finding.id.replace(/~\d+$/, "") || about === finding.rule || names.includes(cleanText(about));
}
