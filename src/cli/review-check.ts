// `ziping review check FILE --report REPORT`: whether a review file is well formed, of one mind, and about findings that there are.
import { word } from "../locale.ts";
import { disagreementsIn } from "../review-merge.ts";
import { disputesIn, unusedIn } from "../review-use.ts";
import { readReview } from "../review.ts";
import { disagreementLines, disputeLines, unusedText } from "../write/review-text.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { textOf } from "./command.ts";
import { dateOf } from "./inputs.ts";
import { Refusal } from "./refusal.ts";
import { reportsIn } from "./report-file.ts";
import { reviewFileAt } from "./review-file.ts";

export const reviewCheck: Command = {
  name: "check",
  arguments: [{ name: "FILE" }],
  options: [{ flags: "--report <FILE>" }, { flags: "--date <YYYY-MM-DD>" }, language],
  run: checkFile,
};

/** 0 nothing to tell · 1 entries that do nothing, or people that disagree · 2 it is no review file, or there are no reports. */
async function checkFile({ args: [path = ""], options, locale }: Call, world: World): Promise<Status> {
  const date = dateOf(options);
  const { data, sha256 } = await reviewFileAt(path);
  const at = textOf(options, "report");
  const reports = at === null ? [] : await reportsIn(at);
  if (reports === null) throw new Refusal("noReport", { path: at ?? "" });
  const read = readReview(data, { name: path, sha256 }, date ?? reports.find((report) => report.input.review?.asOf != null)?.input.review?.asOf ?? null);
  if ("mistakes" in read) throw new Refusal("noReview", { path });
  const differing = disagreementsIn(data).filter((each) => reports.length === 0 || each.kind !== "decision").map((each) => disagreementLines(each, locale));
  const disputes = disputesIn(read.review, reports).map(({ finding, standing }) => disputeLines(finding, standing.entries, locale));
  const unused = reports.length === 0 ? [] : unusedIn(read.review, reports).map((each) => unusedText(each, path, read.review.asOf, locale));
  const { explanations, waivers, decisions } = read.review;
  const count = differing.length + disputes.length;
  const summary = word(locale, "review", reports.length === 0 ? "checked" : "checked.against", { file: path, explanations: explanations.length, waivers: waivers.length, decisions: decisions.length, unused: unused.length, count });
  await world.out([...[...differing, ...disputes].flat(), ...unused, summary, ""].join("\n"));
  return count + unused.length > 0 ? 1 : 0;
}
