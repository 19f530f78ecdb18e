// Tasks -> results from worker threads; a worker that breaks down loses its task only, and another takes its place.
import { Worker } from "node:worker_threads";

/** Why a task came to nothing: its worker ended (out of memory, an error that nothing caught). */
export class TaskLost extends Error {
  constructor(why: string) {
    super(why);
    this.name = "TaskLost";
  }
}

export interface Pool<T, R> { run: (task: T) => Promise<R>; close: () => Promise<void> }

interface Job<T, R> { task: T; resolve: (result: R) => void; reject: (problem: Error) => void }
interface Lane<T, R> { worker: Worker; job: Job<T, R> | null; ready: boolean; why: string }

/** So many workers in a row that do not even begin: the next will not either. */
const MOST_FALSE_STARTS = 3;

/** Room for what a submission leaves behind at once: collected cheaply while it is young. With 24, 3,000 submissions on two threads take 26 s of processor time instead of 18; with 96 they take 19, and 70 MB more. */
const YOUNG_MEGABYTES = 48;

/**
 * `entry` posts `{ ready: true }` once it can work, then `{ result }` for every task posted to it. `run` rejects with TaskLost where the
 * worker ended over the task, and with what kept workers from beginning where none can.
 */
export function poolOf<T, R>(entry: URL, data: unknown, count: number, most: { oldMegabytes?: number } = {}): Pool<T, R> {
  const waiting: Job<T, R>[] = [];
  const lanes = new Set<Lane<T, R>>();
  let falseStarts = 0;
  let closing = false;
  const give = (lane: Lane<T, R>): void => {
    if (!lane.ready || lane.job !== null) return;
    lane.job = waiting.shift() ?? null;
    if (lane.job !== null) lane.worker.postMessage(lane.job.task);
  };
  const begin = (): void => {
    const worker = new Worker(entry, { workerData: data, resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES, ...(most.oldMegabytes === undefined ? {} : { maxOldGenerationSizeMb: most.oldMegabytes }) } });
    const lane: Lane<T, R> = { worker, job: null, ready: false, why: "" };
    lanes.add(lane);
    worker.on("message", (message: { ready: true } | { result: R }) => {
      if ("ready" in message) {
        lane.ready = true;
        falseStarts = 0;
      } else {
        const { job } = lane;
        lane.job = null;
        job?.resolve(message.result);
      }
      give(lane);
    });
    worker.on("error", (problem) => { lane.why = problem instanceof Error ? problem.message : String(problem); });
    worker.on("exit", (code) => { ended(lane, lane.why === "" ? `exit ${code}` : lane.why); });
  };
  const ended = (lane: Lane<T, R>, why: string): void => {
    lanes.delete(lane);
    lane.job?.reject(new TaskLost(why));
    if (closing) return;
    if (!lane.ready) falseStarts++;
    if (falseStarts >= MOST_FALSE_STARTS) for (const job of waiting.splice(0)) job.reject(new Error(why));
    else begin();
  };
  for (let number = 0; number < count; number++) begin();
  return {
    run: (task) => new Promise((resolve, reject) => {
      if (falseStarts >= MOST_FALSE_STARTS && lanes.size === 0) {
        reject(new Error("no worker begins"));
        return;
      }
      waiting.push({ task, resolve, reject });
      for (const lane of lanes) give(lane);
    }),
    close: async () => {
      closing = true;
      await Promise.all([...lanes].map((lane) => lane.worker.terminate()));
    },
  };
}
