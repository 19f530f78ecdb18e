// `ziping extract FORM... [-o FILE] [--show]`: official forms -> a submission to look at, correct and check.
import type { ReadSubmission } from "../model.ts";
import { extractText } from "../write/extract-text.ts";
import { language } from "./check.ts";
import type { Call, Command, Status, World } from "./command.ts";
import { isSet, textOf } from "./command.ts";
import { allRemarks, readPaths, refuseNonsense, tellProblems } from "./inputs.ts";
import { put, refuseOverwriting } from "./output.ts";
import { Refusal } from "./refusal.ts";

export const extract: Command = {
  name: "extract",
  arguments: [{ name: "FORM", many: true }],
  options: [{ flags: "-o, --output <FILE>" }, { flags: "--show" }, { flags: "--encoding <NAME>" }, { flags: "--limit <NAME=COUNT>", repeat: true }, language, { flags: "--verbose" }],
  run: extractForms,
};

/** One submission as an object, several as an array. With --show the tables go to standard output, and the JSON only where -o says. */
async function extractForms({ args, options, locale }: Call, world: World): Promise<Status> {
  refuseNonsense(options);
  const output = textOf(options, "output");
  const file = output === "-" ? null : output;
  await refuseOverwriting([{ file }], args);
  const read = await readPaths(args, options, world);
  const problems = tellProblems(allRemarks(read), world, locale, isSet(options, "verbose"));
  if (read.submissions.length === 0) {
    if (problems) return 2;
    throw new Refusal("nothingToCheck");
  }
  if (isSet(options, "show")) await world.out(read.submissions.map((one) => extractText(one, locale, world.columns ?? 120)).join("\n"));
  if (!isSet(options, "show") || file !== null) await put(jsonOf(read.submissions), file, world);
  return problems ? 2 : 0;
}

function jsonOf(submissions: readonly ReadSubmission[]): string {
  const [first, ...rest] = submissions.map((one) => one.submission);
  return `${JSON.stringify(rest.length === 0 ? first : [first, ...rest], null, 2)}\n`;
}
