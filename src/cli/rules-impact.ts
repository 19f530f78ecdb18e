// `ziping rules impact OLD NEW PATH...`: what another rule set would change for submissions that came in.
import { check } from "../check.ts";
import type { Comparison } from "../compare.ts";
import { compareReports } from "../compare.ts";
import { impactOf } from "../impact.ts";
import { impactWriters } from "../write/impact.ts";
import { checking, language, nothingToCheck } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { isSet, textOf, textsOf } from "./command.ts";
import { allRemarks, checkOptions, portfolios, readPaths, refuseNonsense, ruleSets, tellProblems } from "./inputs.ts";
import { outputsOf, putAll, refuseOverwriting, terminalOptions } from "./output.ts";
import { progressOf } from "./progress.ts";

export const impact: Command = {
  name: "impact",
  arguments: [{ name: "OLD" }, { name: "NEW" }, { name: "PATH", many: true }],
  options: [
    { flags: "-f, --format <FORMAT>", repeat: true, choices: impactWriters.map((writer) => writer.format) },
    { flags: "-o, --output <FILE>" },
    ...checking.filter((option) => !/rules/.test(option.flags)),
    language,
    { flags: "--verbose" },
  ],
  run: measureImpact,
};

/** 0 nothing changes · 1 findings flip or scores move. Of submissions for which nothing changes only their number is told. */
async function measureImpact({ args: [older = "", newer = "", ...paths], options, locale }: Call, world: World): Promise<Status> {
  const outputs = outputsOf(textsOf(options, "format"), textOf(options, "output"), impactWriters, locale);
  await refuseOverwriting(outputs, paths);
  refuseNonsense(options);
  const load = ruleSets();
  const [before, after] = [await load({ id: older }), await load({ id: newer })];
  const read = await readPaths(paths, options, world);
  const unread = tellProblems(allRemarks(read), world, locale);
  if (read.submissions.length === 0) return nothingToCheck(unread ? 2 : 0);
  const asked = await checkOptions(options, world, locale, locale);
  const portfolio = portfolios(read.submissions);
  const progress = progressOf(read.submissions.length, world, locale);
  const comparisons: Comparison[] = [];
  const years: string[] = [];
  for (const submission of read.submissions) {
    progress.step(submission.submission.department?.name ?? submission.files[0]?.name ?? "");
    const common = { ...asked.for(submission), chosenBy: "option" as const };
    const old = await check(submission, before, { ...common, ...portfolio(before) });
    comparisons.push(compareReports(old, await check(submission, after, { ...common, ...portfolio(after) })));
    years.push(old.ruleSet.year);
  }
  progress.done();
  const measured = impactOf(comparisons, { name: older, set: before }, { name: newer, set: after }, years);
  const whole = await putAll(outputs.map(({ writer, file }) => ({
    file,
    data: () => Promise.resolve(writer.write(measured, { locale, verbose: isSet(options, "verbose"), ...terminalOptions(world, file === null && world.outIsTerminal) })),
  })), world, locale);
  if (unread || !whole) return 2;
  return measured.changed > 0 ? 1 : 0;
}
