// `ziping rules impact OLD NEW PATH...`: what another rule set would change for submissions that came in.
import { check } from "../check.ts";
import type { Comparison } from "../compare.ts";
import { compareReports } from "../compare.ts";
import { word } from "../locale.ts";
import { comparisonWriters } from "../write/compare.ts";
import { checking, language, nothingToCheck } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { isSet, textOf, textsOf } from "./command.ts";
import { allRemarks, checkOptions, portfolios, readPaths, refuseNonsense, ruleSets, tellProblems } from "./inputs.ts";
import { outputsOf, putAll, refuseOverwriting, terminalOptions } from "./output.ts";

export const impact: Command = {
  name: "impact",
  arguments: [{ name: "OLD" }, { name: "NEW" }, { name: "PATH", many: true }],
  options: [
    { flags: "-f, --format <FORMAT>", repeat: true, choices: comparisonWriters.map((writer) => writer.format) },
    { flags: "-o, --output <FILE>" },
    ...checking.filter((option) => !option.flags.includes("rules")),
    language,
  ],
  run: measureImpact,
};

/** 0 nothing changes · 1 findings flip or scores move. Submissions for which nothing changes are only counted. */
async function measureImpact({ args: [older = "", newer = "", ...paths], options, locale }: Call, world: World): Promise<Status> {
  const outputs = outputsOf(textsOf(options, "format"), textOf(options, "output"), comparisonWriters, locale);
  await refuseOverwriting(outputs, paths);
  refuseNonsense(options);
  const load = ruleSets();
  const [before, after] = [await load({ id: older }), await load({ id: newer })];
  const read = await readPaths(paths, options, world);
  const unread = tellProblems(allRemarks(read), world, locale);
  if (read.submissions.length === 0) return nothingToCheck(unread ? 2 : 0);
  const asked = await checkOptions(options, world, locale, locale);
  const portfolio = portfolios(read.submissions);
  const comparisons: Comparison[] = [];
  for (const submission of read.submissions) {
    const common = { ...asked.for(submission), chosenBy: "option" as const };
    comparisons.push(compareReports(await check(submission, before, { ...common, ...portfolio(before) }), await check(submission, after, { ...common, ...portfolio(after) })));
  }
  const changed = comparisons.filter(changes);
  world.err(`${word(locale, "cli", "impact.summary", { old: older, new: newer, count: comparisons.length, changed: changed.length })}\n`);
  const whole = await putAll(outputs.map(({ writer, file }) => ({
    file,
    data: () => Promise.resolve(writer.write(changed.map(flippedOnly), { locale, verbose: isSet(options, "verbose"), ...terminalOptions(world, file === null && world.outIsTerminal) })),
  })), world, locale);
  if (unread || !whole) return 2;
  return changed.length > 0 ? 1 : 0;
}

function changes({ fixed, appeared, regraded, settled, tables, old, new: now }: Comparison): boolean {
  return fixed.length + appeared.length + regraded.length + settled.length > 0 || old.verdict !== now.verdict || tables.some((table) => JSON.stringify(table.old?.recomputed) !== JSON.stringify(table.new?.recomputed));
}

/** What stays as it is is no impact. */
function flippedOnly(comparison: Comparison): Comparison {
  return { ...comparison, remaining: [], carried: [] };
}
