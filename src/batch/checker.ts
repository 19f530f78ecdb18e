// A batch of submissions -> their lines of output: reports, or problems where none could be made.
import { check } from "../check.ts";
import { loadLocale, word } from "../locale.ts";
import type { ReadSubmission, Report } from "../model.ts";
import type { Options, World } from "../cli/command.ts";
import { textOf } from "../cli/command.ts";
import { statusOf } from "../cli/fail-on.ts";
import { checkOptions, choiceOf, encodingOf, limitsOf, ruleSets } from "../cli/inputs.ts";
import { sentenceOf } from "../cli/refusal.ts";
import { readGroup } from "../read/csv-group.ts";
import { readInputs } from "../read/read.ts";
import { unusedIn } from "../review-use.ts";
import { ndjson } from "../write/ndjson.ts";
import { packOf, roomOf, type Told } from "./pack.ts";
import { problemLine, problemOf, type Problem } from "./problem.ts";
import { shifted } from "./shift.ts";
import { lineBytes, type Batch, type Checked, type LineBatch, type Setup } from "./work.ts";

/** Loads what the options name, once; throws what is wrong with it. */
export async function checkerOf({ options, lang, csv }: Setup): Promise<(batch: Batch) => Promise<Checked>> {
  const locale = loadLocale(lang);
  const common = await checkOptions(options, QUIET, locale, locale);
  const load = ruleSets();
  const named = textOf(options, "rules");
  if (named !== null) await load({ id: named });
  const reading = { ...limitsOf(options), ...encodingOf(options) };

  const reported = async (read: ReadSubmission, where: Place): Promise<Told> => {
    const named = { ...where, department: read.submission.department?.name ?? where.department, year: read.submission.year ?? where.year };
    try {
      const choice = choiceOf(read, options);
      const report = await check(read, await load(choice), { ...common.for(read), chosenBy: choice.by });
      return { ...lineOf(report, options), key: `${named.year ?? ""}\n${named.department ?? ""}`, unused: common.review === null ? [] : unusedIn(common.review, [report]).map((unused) => JSON.stringify(unused)) };
    } catch (problem) {
      return troubled({ ...named, code: "failed", message: sentenceOf(problem, locale) });
    }
  };
  const line = async (batch: LineBatch, index: number): Promise<Told> => {
    const { number = 1, tooLong = false } = batch.lines[index] ?? {};
    const where = { file: batch.name, line: number, department: null, year: null };
    if (tooLong) return troubled({ ...where, code: "line-too-long", message: word(locale, "cli", "stream.tooLong", { line: number }) });
    const encoding = batch.whole?.encoding === "gb18030" ? { encoding: "gb18030" } : {};
    const read = await readInputs([{ name: batch.name, bytes: lineBytes(batch, index) }], { ...reading, ...encoding, format: "json" });
    // On standard input a report is of its line alone, wherever in the stream that stood; what is wrong with a line names its place there.
    const { submissions: [first, ...others] } = batch.whole === null ? read : shifted(read, number - 1, batch.whole);
    if (first === undefined) return troubled(problemOf(shifted(read, number - 1, batch.whole).remarks, where, locale));
    if (others.length > 0) return troubled({ ...where, code: "line-several", message: word(locale, "cli", "stream.several", { line: number, count: others.length + 1 }) });
    return reported(first, where);
  };
  const room = roomOf();
  return async (batch) => {
    const pack = packOf(room);
    if (batch.kind === "lines") for (const index of batch.lines.keys()) pack.add(await line(batch, index));
    else for (const group of batch.groups) {
      const where = { file: csv[group.parts[0]?.file ?? 0]?.file.name ?? "", line: null, department: group.department, year: group.year };
      const read = readGroup(group, csv);
      for (const one of read) pack.add(await reported(one, where));
    }
    return pack.packed();
  };
}

type Place = Omit<Problem, "code" | "message">;

function lineOf(report: Report, options: Options): Pick<Told, "line" | "status"> {
  return { line: ndjson.write([report], { locale: loadLocale("zh") }) as string, status: statusOf([report], textOf(options, "failOn") ?? "explain") };
}

function troubled(problem: Problem): Told {
  return { line: problemLine(problem), status: 2, key: null, unused: [] };
}

/** Threads say nothing: what is wrong with options was told before they began. */
const QUIET: World = {
  env: {}, stdin: () => Promise.resolve(new Uint8Array()), out: () => Promise.resolve(), err: () => undefined,
  outIsTerminal: false, errIsTerminal: false, columns: null, clock: () => 0,
};
