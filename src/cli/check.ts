// `ziping check PATH...`: submissions -> reports, in every format asked for.
import type { InputRemark } from "../model.ts";
import type { Unread } from "../summary.ts";
import { summaryWriters } from "../write/bureau.ts";
import type { WriteOptions } from "../write/options.ts";
import { writers } from "../write/write.ts";
import type { Call, Command, OptionOf, Options, Status, World } from "./command.ts";
import { isSet, textOf, worse } from "./command.ts";
import { checkAll, dateOf, readPaths, refuseNonsense, tellProblems } from "./inputs.ts";
import { FAIL_ON, statusOf } from "./fail-on.ts";
import { isFolderOrThere, placed } from "./folder.ts";
import { putAll, refuseOverwriting, terminalOptions, type Output } from "./output.ts";
import { progressOf } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import { allOutputs, summaryParts, unreadOf } from "./summary.ts";

/** Options by which a submission is read and checked, whatever is then done with the report. */
export const checking: readonly OptionOf[] = [
  { flags: "-r, --rules <SET>" },
  { flags: "--year <YYYY>" },
  { flags: "--ignore-submission-rules" },
  { flags: "--review <FILE>" },
  { flags: "--date <YYYY-MM-DD>" },
  { flags: "--prior <PATH>" },
  { flags: "--encoding <NAME>" },
  { flags: "--limit <NAME=COUNT>", repeat: true },
  { flags: "--no-screen" },
];

export const language: OptionOf = { flags: "--lang <LANG>", choices: ["zh", "en"] };

export const check: Command = {
  name: "check",
  arguments: [{ name: "PATH", many: true }],
  options: [
    { flags: "-f, --format <FORMAT>", repeat: true, choices: writers.map((writer) => writer.format) },
    { flags: "-o, --output <FILE>" },
    { flags: "--summary <FORMAT>", repeat: true, choices: summaryWriters.map((writer) => writer.format) },
    ...checking,
    { flags: "--fail-on <LEVEL>", choices: FAIL_ON },
    { flags: "--for <READER>", choices: ["bureau", "department"] },
    { flags: "--deadline <YYYY-MM-DD>" },
    language,
    { flags: "--verbose" },
    { flags: "--jobs <N>" },
    { flags: "--resume" },
  ],
  run: checkPaths,
};

async function checkPaths({ args, options, locale }: Call, given: World): Promise<Status> {
  const { outputs, summaries } = allOutputs(options, locale);
  await refuseOverwriting([...outputs, ...summaries], args);
  const unshowable = [...outputs, ...summaries].find(({ writer, file }) => writer.binary === true && file === null);
  if (unshowable !== undefined && given.outIsTerminal) throw new Refusal("binaryToScreen", { format: unshowable.writer.format });
  refuseNonsense(options);
  const deadline = dateOf({ date: textOf(options, "deadline") ?? undefined });
  const lines = await lineCall(outputs, summaries.length === 0, options);
  const streamed = lines === null ? { world: given } : await (await import("../batch/start.ts")).streamed({ args, options, locale, ...lines }, given);
  if ("status" in streamed) return streamed.status;
  const { world } = streamed;
  const read = await readPaths(args, options, world);
  const problems: Unread[] = unreadOf(read.remarks, locale);
  let status: Status = tellProblems(read.remarks, world, locale, isSet(options, "verbose")) ? 2 : 0;
  if (read.submissions.length === 0) nothingToCheck(status);
  const progress = progressOf(read.submissions.length, world, locale);
  const reports = read.submissions.length === 0 ? [] : await checkAll(read, options, world, locale, progress.step, (sentence) => {
    status = 2;
    problems.push({ department: null, year: null, file: null, at: null, message: sentence });
    world.err(`${sentence}\n`);
  });
  progress.done();
  // On a screen the report itself says so, right above what was found.
  const seen = world.outIsTerminal && outputs.some((output) => output.writer.format === "terminal" && output.file === null);
  if (!seen) tellProblems(readRemarks(read.submissions), world, locale, isSet(options, "verbose"));
  const screen = (file: string | null): Omit<WriteOptions, "locale"> => ({ verbose: isSet(options, "verbose"), ...terminalOptions(world, file === null && world.outIsTerminal) });
  const parts = reports.length === 0 ? [] : await placed(outputs, reports, locale);
  await refuseOverwriting([...parts, ...summaries], args, read.submissions.flatMap(({ files }) => files.map(({ name }) => name)));
  const whole = await putAll([
    ...parts.map(({ writer, file, reports: told, before }) => ({
      file,
      data: async () => {
        await before();
        return await writer.write(told, { locale, originals: read.originals, ...asked(options, deadline), ...screen(file) });
      },
    })),
    ...summaryParts(summaries, { reports, problems, parts }, locale, screen),
  ], world, locale);
  if (reports.length === 0) return 2;
  return worse(whole ? status : 2, statusOf(reports, textOf(options, "failOn") ?? "explain"));
}

/** Where lines go, where nothing but a line a submission is wanted: then any number of them can be checked. */
async function lineCall(outputs: readonly Output[], alone: boolean, options: Options): Promise<{ file: string | null } | null> {
  const [first, ...others] = outputs;
  const lines = alone && first?.writer.format === "ndjson" && others.length === 0 && !(first.file !== null && await isFolderOrThere(first.file)) ? { file: first.file } : null;
  if (isSet(options, "resume") && (lines === null || lines.file === null)) throw new Refusal("resumeFor");
  return lines;
}

/** Whom documents are for, and by when they ask for corrections. */
function asked(options: Options, deadline: string | null): Pick<WriteOptions, "audience" | "deadline"> {
  return { audience: textOf(options, "for") === "department" ? "department" : "bureau", ...(deadline === null ? {} : { deadline }) };
}

/** Whoever could not read anything has been told why; where nothing was said, this says it. */
export function nothingToCheck(told: Status): Status {
  if (told === 0) throw new Refusal("nothingToCheck");
  return told;
}

function readRemarks(submissions: readonly { remarks: readonly InputRemark[] }[]): InputRemark[] {
  return submissions.flatMap((submission) => submission.remarks);
}
