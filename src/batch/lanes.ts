// Batches -> checked, here or by threads; a submission that a thread breaks down over costs itself only.
import { word, type Locale } from "../locale.ts";
import { checkerOf } from "./checker.ts";
import { suitStream } from "./engine.ts";
import { packOf, roomOf } from "./pack.ts";
import { poolOf, TaskLost, type Pool } from "./pool.ts";
import { problemLine } from "./problem.ts";
import { lineBytes, singles, sizeOf, type Batch, type Checked, type Setup } from "./work.ts";

/** Compiled beside this file, or where the sources run uncompiled (tests), in dist/. */
const WORKER = new URL(import.meta.url.endsWith(".ts") ? "../../dist/batch/worker.js" : "./worker.js", import.meta.url);

/**
 * Room of a thread: what submissions leave behind is collected early. Large ones, and those for which it was not enough, go to a thread
 * without that bound: where a single allocation is far beyond the bound, Node ends the whole process and not the thread.
 */
const OLD_MEGABYTES = 96;
const LARGE_BYTES = 1024 * 1024;

/** So many are checked here before threads are worth their start. */
const HERE_FIRST = 300;

export interface Lanes { check: (batch: Batch) => Promise<Checked>; close: () => Promise<void> }

/** `jobs`: how many threads; `atOnce`: from the first submission on. One job is done here. */
export async function lanesOf(setup: Setup, jobs: number, atOnce: boolean, locale: Locale): Promise<Lanes> {
  suitStream({ threads: false });
  const checkHere = await checkerOf(setup);
  let pool: Pool<Batch, Checked> | null = null;
  let roomy: Pool<Batch, Checked> | null = null;
  const inRoom = async (single: Batch): Promise<Checked> => {
    roomy ??= poolOf(WORKER, setup, 1);
    return withoutLosses(single, roomy.run, (again, why) => Promise.resolve(lostLine(again, why, setup, locale)));
  };
  const threads = (): Pool<Batch, Checked> => {
    suitStream({ threads: true });
    return poolOf(WORKER, setup, jobs, { oldMegabytes: OLD_MEGABYTES });
  };
  let here = 0;
  let turn: Promise<unknown> = Promise.resolve();
  return {
    check: (batch) => {
      if (jobs > 1 && (atOnce || here >= HERE_FIRST)) {
        if (largest(batch) > LARGE_BYTES) return inRoom(batch);
        pool ??= threads();
        return withoutLosses(batch, pool.run, inRoom);
      }
      here += sizeOf(batch);
      const result = turn.then(() => checkHere(batch));
      turn = result.catch(() => undefined);
      return result;
    },
    close: async () => { await Promise.all([pool?.close(), roomy?.close()]); },
  };
}

function largest(batch: Batch): number {
  if (batch.kind === "lines") return batch.lines.reduce((most, { end }, index) => Math.max(most, end - (batch.lines[index - 1]?.end ?? 0)), 0);
  return batch.groups.reduce((most, { parts }) => Math.max(most, parts.reduce((sum, { stretches }) => sum + stretches.reduce((bytes, { offset, end }) => bytes + end - offset, 0), 0)), 0);
}

/** A batch over which a thread broke down is checked one by one, so that only what it broke down over is lost. */
export async function withoutLosses(batch: Batch, run: (batch: Batch) => Promise<Checked>, lost: (single: Batch, why: string) => Promise<Checked>): Promise<Checked> {
  try {
    return await run(batch);
  } catch (problem) {
    if (!(problem instanceof TaskLost)) throw problem;
    if (sizeOf(batch) === 1) return await lost(batch, problem.message);
    const checked: Checked[] = [];
    for (const single of singles(batch)) checked.push(await withoutLosses(single, run, lost));
    return joined(checked);
  }
}

function joined(checked: readonly Checked[]): Checked {
  let before = 0;
  const outcomes = checked.flatMap(({ data, outcomes: own }) => {
    const moved = own.map((outcome) => ({ ...outcome, end: outcome.end + before }));
    before += data.length;
    return moved;
  });
  return { data: Buffer.concat(checked.map(({ data }) => data)), outcomes };
}

/** Names the submission as far as that takes no reading. */
function lostLine(batch: Batch, why: string, { csv }: Setup, locale: Locale): Checked {
  const where = whereOf(batch, csv);
  const name = where.department ?? (where.line === null ? where.file : String(where.line));
  const message = word(locale, "cli", "stream.lost", { name, why });
  const pack = packOf(roomOf());
  pack.add({ line: problemLine({ ...where, code: "worker-lost", message }), status: 2, key: null, unused: [] });
  return pack.packed();
}

function whereOf(batch: Batch, csv: Setup["csv"]): { file: string; line: number | null; department: string | null; year: string | null } {
  if (batch.kind === "groups") {
    const [group] = batch.groups;
    return { file: csv[group?.parts[0]?.file ?? 0]?.file.name ?? "", line: null, department: group?.department ?? null, year: group?.year ?? null };
  }
  const start = Buffer.from(lineBytes(batch, 0).subarray(0, 4096)).toString("utf8");
  const department = /"department"\s*:\s*\{[^{}]*?"name"\s*:\s*"([^"\\]{1,80})"/.exec(start)?.[1] ?? null;
  const year = /"year"\s*:\s*"?(\d{4})\b/.exec(start)?.[1] ?? null;
  return { file: batch.name, line: batch.lines[0]?.number ?? null, department, year };
}
