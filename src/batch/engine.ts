// Long work on all cores -> V8 told so: what suits a program that waits and draws does not suit one that only computes.
import { setFlagsFromString } from "node:v8";

/** The last major version of Node whose V8 has both. */
const TRIED = 24;

/**
 * Called before the first submission of a stream, and again before its threads begin. Both settings change when work is done,
 * never what comes of it; a Node in which they were not tried keeps its own.
 *
 * Compiling: each thread compiles for itself what the others have compiled as well, and at Node's settings a good part of it twice, since
 * a function is optimized before it has met what it will meet. Four times as much is run before: 1,000 submissions on two threads take
 * 10.3 s of processor time instead of 12.1.
 *
 * Collecting: young space is collected by several helpers at once. Where every core is busy with a submission, a collection that takes a
 * millisecond waits fifteen for its helpers to get a core: 3,000 submissions on two threads take 22.4 s of processor time instead of 25.4.
 */
export function suitStream({ threads }: { threads: boolean }): void {
  if (Number(process.versions.node.split(".")[0]) > TRIED) return;
  setFlagsFromString("--interrupt-budget=270000");
  if (threads) setFlagsFromString("--no-parallel-scavenge");
}
