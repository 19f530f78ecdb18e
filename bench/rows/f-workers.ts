// (f) Two workers against one over the same stream: what a second core brings.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Worker } from "node:worker_threads";
import { stream } from "../data.ts";
import { interleaved, ratio, spread, undisturbed } from "../measure.ts";
import { command, inFolder, NOT_BUILT, run, streams } from "../programs.ts";
import { notMeasured, type Row } from "../row.ts";

export const workersRow: Row = {
  letter: "f",
  title: "--jobs 2 against --jobs 1",
  run: ({ quick, seconds }) => inFolder(async (folder) => {
    const count = quick ? 1_000 : 10_000;
    if (!streams()) return [notMeasured("2 workers ÷ 1", NOT_BUILT)];
    const file = join(folder, "submissions.ndjson");
    await pipeline(Readable.from(stream(count)), createWriteStream(file));
    const jobs = (number: string) => async (): Promise<number> => { await run([command, "check", "-", "--format", "ndjson", "--jobs", number], { file }); return 1; };
    const times = await interleaved([{ name: "one", pass: jobs("1") }, { name: "two", pass: jobs("2") }], { seconds, least: quick ? 1 : 3, warm: 0 });
    const gain = ratio(times, "one", "two");
    const most = await machineGain();
    const rate = (name: string): string => `${Math.round(count / undisturbed(times, name))}/s`;
    return [{ measure: `submissions a second with 2 workers ÷ 1 (${count.toLocaleString("en")} submissions)`, figure: gain.median, unit: "×", better: "more", doneWhen: 1.6, aim: 1.9, note: `${spread(gain, false)}; ${rate("two")} against ${rate("one")}, start-up and each thread's compiling included; two threads of plain arithmetic ${most.toFixed(2)} × one in the same minute` }];
  }),
};

/** What this machine, busy as it is, gives two threads over one: more than that no program gains. */
async function machineGain(): Promise<number> {
  const times = await interleaved([1, 2].map((threads) => ({ name: String(threads), pass: async () => {
    await Promise.all(Array.from({ length: threads }, () => once(new Worker(ARITHMETIC, { eval: true }), "exit")));
    return threads;
  } })), { seconds: 1, least: 3, warm: 1 });
  return ratio(times, "1", "2").median;
}

const ARITHMETIC = "let x = 0; for (let i = 0; i < 2e8; i++) x = (x * 31 + i) | 0;";
