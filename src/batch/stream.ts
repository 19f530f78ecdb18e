// Any number of submissions as they come -> a line of output each, in their order, never more of them held than are being worked on.
import { availableParallelism } from "node:os";
import { stat } from "node:fs/promises";
import { word, type Locale } from "../locale.ts";
import type { Options, Status, World } from "../cli/command.ts";
import { isSet, textOf, worse } from "../cli/command.ts";
import { checkOptions, limitsOf, refuseNonsense } from "../cli/inputs.ts";
import { paceOf, type Pace } from "../cli/progress.ts";
import { Refusal } from "../cli/refusal.ts";
import { READ_LIMITS } from "../read/limits.ts";
import { unusedText } from "../write/review-text.ts";
import { portionsOf, type Portion } from "./batches.ts";
import { lanesOf, type Lanes } from "./lanes.ts";
import { inOrder } from "./order.ts";
import { resumed } from "./resume.ts";
import { sinkTo, type Sink } from "./sink.ts";
import type { Source } from "./sources.ts";
import { stopOf } from "./stop.ts";
import { unusedInAll } from "./unused.ts";
import type { Checked, Setup } from "./work.ts";

/** What an interrupted stream ends in, as the shell has it for Ctrl-C. */
const INTERRUPTED = 130;

/** So many batches for each thread are begun and not yet written: one that is worked on, one that waits. */
const BEGUN = 2;
const MOST_JOBS = 256;

export interface StreamCall { sources: readonly Source[]; options: Options; locale: Locale; file: string | null }

/** Gives 2 where a submission could not be checked, 130 where it was stopped. Every line that was begun is whole. */
export async function checkStream({ sources, options, locale, file }: StreamCall, world: World): Promise<Status> {
  refuseNonsense(options);
  const jobs = jobsOf(options);
  const { review } = await checkOptions(options, world, locale, locale);
  const setup: Setup = { options, lang: locale.lang, csv: sources.flatMap((source) => (source.kind === "csv" ? source.index.files : [])) };
  const lanes = await lanesOf(setup, jobs ?? availableParallelism(), jobs !== null, locale);
  const pace = paceOf(bytesOf(sources), world, locale);
  const mostLine = (limitsOf(options).limits?.megabytes ?? READ_LIMITS.megabytes) * 2 ** 20;
  const tally: Tally = { count: 0, problems: 0, twice: 0, keys: sources.some((source) => source.kind === "lines" && source.whole === null) ? null : new Set(), unused: unusedInAll() };
  try {
    const portions = portionsOf(sources, mostLine);
    const held = file !== null && isSet(options, "resume") && await isThere(file) ? await resumed(file, portions, lanes.check, textOf(options, "failOn") ?? "explain") : null;
    if (held !== null) world.err(`${word(locale, "cli", "stream.resumed", { file: file ?? "", count: held.count })}\n`);
    const sink = await sinkTo(file, held?.bytes ?? null, world);
    const written = await writeAll(held?.rest ?? portions, { lanes, sink, pace, tally, most: (jobs ?? availableParallelism()) * BEGUN }, world);
    pace.done();
    const count = tally.count + (held?.count ?? 0);
    if (count > 1) world.err(`${word(locale, "cli", "stream.done", { count })}\n`);
    if (tally.problems > 0) world.err(`${word(locale, "cli", "stream.problems", { problems: tally.problems })}\n`);
    if (tally.twice > 0) world.err(`${word(locale, "cli", "stream.twice", { count: tally.twice })}\n`);
    if (review !== null && held === null && written !== INTERRUPTED) for (const each of tally.unused.all()) world.err(`${unusedText(each, review.file, review.asOf, locale)}\n`);
    if (written === INTERRUPTED) return INTERRUPTED;
    return count === 0 ? 2 : worse(written, held?.status ?? 0);
  } finally {
    pace.done();
    await lanes.close();
  }
}

interface Tally { count: number; problems: number; twice: number; /** Years and departments seen; null where the stream may have no end. */ keys: Set<string> | null; unused: ReturnType<typeof unusedInAll> }

interface Work { lanes: Lanes; sink: Sink; pace: Pace; tally: Tally; most: number }

async function writeAll(portions: AsyncIterable<Portion>, { lanes, sink, pace, tally, most }: Work, world: World): Promise<Status> {
  let status: Status = 0;
  const stop = stopOf(world);
  const results = inOrder(portions, async ({ batch, size }) => ({ checked: await lanes.check(batch), size }), most);
  try {
    for (;;) {
      const next = await stop.before(results.next());
      if (next === null) return INTERRUPTED;
      if (next.done === true) return status;
      const { checked, size } = next.value;
      await sink.write(checked.data);
      status = worse(status, counted(checked, tally));
      pace.step(checked.outcomes.length, size);
      // Whoever read our output has seen enough.
      if (world.outClosed?.() === true) return status;
    }
  } finally {
    stop.unlisten();
    await sink.close();
  }
}

function counted({ outcomes }: Checked, tally: Tally): Status {
  let status: Status = 0;
  for (const outcome of outcomes) {
    status = worse(status, outcome.status);
    tally.count++;
    if (outcome.key === null) tally.problems++;
    else {
      tally.unused.add(outcome.unused);
      if (tally.keys?.has(outcome.key) === true) tally.twice++;
      tally.keys?.add(outcome.key);
    }
  }
  return status;
}

/** --jobs; null where it is not given. */
export function jobsOf(options: Options): number | null {
  const given = textOf(options, "jobs");
  if (given === null) return null;
  if (!/^\d{1,3}$/.test(given) || Number(given) < 1 || Number(given) > MOST_JOBS) throw new Refusal("jobs", { given, most: String(MOST_JOBS) });
  return Number(given);
}

/** Null where the end is not known. */
function bytesOf(sources: readonly Source[]): number | null {
  let bytes = 0;
  for (const source of sources) {
    if (source.kind === "lines" && source.whole === null) return null;
    bytes += source.kind === "lines" ? (source.whole?.bytes ?? 0) : source.bytes;
  }
  return bytes;
}

async function isThere(file: string): Promise<boolean> {
  return await stat(file).then((found) => found.isFile(), () => false);
}
