// A review file and the reports made with it -> which of its explanations and waivers did nothing, and why where that is known.
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import type { Finding, Report } from "../model.ts";
import type { Review, Waiver } from "../review.ts";

/** A sentence for each entry that no finding carries: written for something that is right, misspelt, or expired. */
export function unusedEntries(review: Review | null, reports: readonly Report[], locale: Locale): string[] {
  if (review === null || reports.length === 0) return [];
  const findings = reports.flatMap((report) => report.findings);
  const say = (key: string, values: Record<string, string>): string => word(locale, "cli", `review.${key}`, { file: review.file, ...values });
  const explanations = review.explanations.filter((entry) => !findings.some((finding) => finding.explanation?.text === entry.text.trim() && finding.explanation.author === entry.author));
  const waivers = review.waivers.filter((waiver) => !findings.some((finding) => isMade(finding, waiver)));
  return [
    ...explanations.map((entry) => say("explanation", { about: entry.about })),
    ...waivers.map((waiver) => say(hasExpired(waiver, review.asOf) ? "expired" : "waiver", { scope: Object.values(waiver.scope).join(" · "), expires: waiver.expires ?? "", date: review.asOf ?? "" })),
  ];
}

function isMade({ waiver }: Finding, by: Waiver): boolean {
  return waiver !== undefined && waiver.requester === by.requester && waiver.approver === by.approver && waiver.reason === by.reason && waiver.expires === by.expires;
}

function hasExpired({ expires }: Waiver, asOf: string | null): boolean {
  return expires !== undefined && asOf !== null && expires < asOf;
}
