// Worker threads that break down: only what they broke down over is lost.
import { expect, test } from "vitest";
import { withoutLosses } from "../../src/batch/lanes.ts";
import { poolOf, TaskLost } from "../../src/batch/pool.ts";
import type { Batch, Checked } from "../../src/batch/work.ts";

/** A worker that doubles numbers, throws at 13, leaves at 14 and takes all memory at 15. */
const WORKER = new URL(`data:text/javascript,${encodeURIComponent(`
import { parentPort } from "node:worker_threads";
parentPort.on("message", (number) => {
  if (number === 13) throw new Error("unlucky");
  if (number === 14) process.exit(3);
  if (number === 15) { const all = []; for (;;) all.push(new Array(1e5).fill({})); }
  parentPort.postMessage({ result: 2 * number });
});
parentPort.postMessage({ ready: true });
`)}`);

test("every task but those gets its result, and another worker takes the place of one that ended", async () => {
  const pool = poolOf<number, number>(WORKER, null, 2, { oldMegabytes: 48 });
  const ended = await Promise.allSettled([...Array(20).keys()].map((number) => pool.run(number)));
  await pool.close();
  for (const [number, result] of ended.entries()) {
    if (number < 13 || number > 15) expect(result).toEqual({ status: "fulfilled", value: 2 * number });
    else expect(result.status === "rejected" && result.reason instanceof TaskLost).toBe(true);
  }
  expect(ended.slice(13, 16).map((result) => String((result as PromiseRejectedResult).reason))).toEqual([
    expect.stringContaining("unlucky"), expect.stringContaining("exit 3"), expect.stringContaining("memory"),
  ]);
});

test("workers that cannot even begin are an error, not a wait without end", async () => {
  const pool = poolOf<number, number>(new URL("data:text/javascript,throw new Error('no rules')"), null, 2);
  await expect(pool.run(1)).rejects.toThrow("no rules");
  await expect(pool.run(2)).rejects.toThrow();
  await pool.close();
});

test("a batch over which a worker ended is tried one by one: one line of it is lost, in its place", async () => {
  const lines = ["a", "b", "bad", "c"];
  const data = new TextEncoder().encode(lines.join(""));
  let end = 0;
  const batch: Batch = { kind: "lines", name: "x.ndjson", whole: null, data, lines: lines.map((line, index) => ({ number: index + 1, end: (end += line.length), tooLong: false })) };
  const out = (text: string): Checked => ({ data: new TextEncoder().encode(text), outcomes: [{ end: text.length, status: 0, key: text, unused: [] }] });
  const tried: string[] = [];
  const run = (one: Batch): Promise<Checked> => {
    const text = one.kind === "lines" ? Buffer.from(one.data).toString() : "";
    tried.push(text);
    return text.includes("bad") ? Promise.reject(new TaskLost("out of memory")) : Promise.resolve(out(text.toUpperCase()));
  };
  const checked = await withoutLosses(batch, run, (lost, why) => Promise.resolve(out(`[${lost.kind === "lines" ? lost.lines[0]?.number : ""} ${why}]`)));
  expect(Buffer.from(checked.data).toString()).toBe("AB[3 out of memory]C");
  expect(checked.outcomes.map((outcome) => outcome.end)).toEqual([1, 2, 19, 20]);
  expect(tried).toEqual(["abbadc", "a", "b", "bad", "c"]);
});
