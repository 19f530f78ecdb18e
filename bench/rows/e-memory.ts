// (e) The most memory that a stream of 1,000, 10,000 and 100,000 submissions needs: it must not grow with their number.
import { stream } from "../data.ts";
import { command, NOT_BUILT, run, streams } from "../programs.ts";
import { notMeasured, type Line, type Row } from "../row.ts";

export const memoryRow: Row = {
  letter: "e",
  title: "peak memory of a stream",
  run: async ({ quick }) => {
    // From 300 on all threads are at work.
    const counts = quick ? [600, 1_500] : [1_000, 10_000, 100_000];
    if (!streams()) return [notMeasured("peak memory of a stream", NOT_BUILT)];
    const runs: { count: number; peak: number; seconds: number }[] = [];
    for (const count of counts) runs.push({ count, ...(await run([command, "check", "-", "--format", "ndjson"], { parts: stream(count) })) });
    const last = runs.at(-1)!;
    const before = runs.at(-2)!;
    const lines = runs.map(({ count, peak, seconds }): Line => ({
      measure: `peak memory, ${count.toLocaleString("en")} submissions streamed`, figure: peak, unit: "MB", better: "less",
      ...(count === last.count ? { doneWhen: 300, aim: 180 } : {}), note: `all workers; ${seconds.toFixed(1)} s, ${Math.round(count / seconds)}/s`,
    }));
    return [...lines, { measure: `flat: ${last.count.toLocaleString("en")} ÷ ${before.count.toLocaleString("en")} submissions`, figure: last.peak / before.peak, unit: "×", better: "less", doneWhen: 1.25, aim: 1.1, note: `bounds are this benchmark's own` }];
  },
};
