// `ziping compare OLD NEW`: two submissions or reports -> what was fixed, what is new, what is still there.
import type { Locale } from "../locale.ts";
import { word } from "../locale.ts";
import type { Report } from "../model.ts";
import { carriedReview } from "../carry.ts";
import { compareReports, pairReports } from "../compare.ts";
import { comparisonWriters } from "../write/compare.ts";
import { checking, language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { isSet, textOf, textsOf } from "./command.ts";
import { allRemarks, checkAll, readPaths, refuseNonsense, tellProblems } from "./inputs.ts";
import { outputsOf, putAll, refuseOverwriting, terminalOptions } from "./output.ts";
import { Refusal } from "./refusal.ts";
import { reportsIn } from "./report-file.ts";

export const compare: Command = {
  name: "compare",
  arguments: [{ name: "OLD" }, { name: "NEW" }],
  options: [
    { flags: "-f, --format <FORMAT>", repeat: true, choices: comparisonWriters.map((writer) => writer.format) },
    { flags: "-o, --output <FILE>" },
    { flags: "--carry <FILE>" },
    ...checking,
    language,
    { flags: "--verbose" },
  ],
  run: comparePaths,
};

/** 0 where both could be compared: what changed is for a person to judge. */
async function comparePaths(call: Call, world: World): Promise<Status> {
  const { args: [older = "", newer = ""], options, locale } = call;
  const outputs = outputsOf(textsOf(options, "format"), textOf(options, "output"), comparisonWriters, locale);
  const carry = textOf(options, "carry");
  await refuseOverwriting([...outputs, { file: carry }], [older, newer, ...[textOf(options, "review")].flatMap((path) => path ?? [])]);
  refuseNonsense(options);
  const told: { status: Status } = { status: 0 };
  const before = await reportsAt(older, call, world, told);
  const after = await reportsAt(newer, call, world, told);
  const { pairs, alone } = pairReports(before, after);
  for (const report of alone) {
    told.status = 2;
    world.err(`${word(locale, "cli", "error.noCounterpart", { department: report.submission.department ?? "—" })}\n`);
  }
  if (pairs.length === 0) return 2;
  const comparisons = pairs.map(([a, b]) => compareReports(a, b));
  const whole = await putAll(outputs.map(({ writer, file }) => ({
    file,
    data: () => Promise.resolve(writer.write(comparisons, { locale, verbose: isSet(options, "verbose"), ...terminalOptions(world, file === null && world.outIsTerminal) })),
  })), world, locale);
  const carried = carry === null || await carryTo(carry, pairs, world, locale);
  return whole && carried ? told.status : 2;
}

/** What was said last time about findings that are open again, as a review file for a person to look through; whether it could be written. */
async function carryTo(file: string, pairs: readonly (readonly [Report, Report])[], world: World, locale: Locale): Promise<boolean> {
  const review = carriedReview(pairs);
  const count = (review.explanations?.length ?? 0) + (review.waivers?.length ?? 0);
  const whole = count === 0 || await putAll([{ file, data: () => Promise.resolve(`${JSON.stringify(review, null, 2)}\n`) }], world, locale);
  if (whole) world.err(`${word(locale, "compare", count === 0 ? "nothingToCarry" : "carriedTo", { count, file })}\n`);
  return whole;
}

/** The reports that a file holds, or those that a check of what stands there gives. */
async function reportsAt(path: string, { options, locale }: Call, world: World, told: { status: Status }): Promise<Report[]> {
  const kept = await reportsIn(path);
  if (kept !== null) return kept;
  const read = await readPaths([path], options, world);
  if (tellProblems(allRemarks(read), world, locale)) told.status = 2;
  const reports = await checkAll(read, options, world, locale, () => undefined, (sentence) => {
    told.status = 2;
    world.err(`${sentence}\n`);
  });
  if (reports.length === 0 && told.status === 0) throw new Refusal("nothingAt", { path });
  return reports;
}
