// Tasks -> results from worker threads, each within its time: whatever a file does to its reader, the server goes on answering.
import { Worker } from "node:worker_threads";

/** `took-too-long`, `broke-down` (out of memory, an error that nothing caught), `busy` (too many wait already), `stopped` (the pool is closing). */
export type ThreadProblem = "took-too-long" | "broke-down" | "busy" | "stopped";

export class ThreadFailure extends Error {
  readonly code: ThreadProblem;
  constructor(code: ThreadProblem, why: string) {
    super(why);
    this.name = "ThreadFailure";
    this.code = code;
  }
}

export interface Threads<T, R> {
  /** `first`: somebody waits for the answer, so it goes before what does not hurry. */
  run: (task: T, options?: { first?: boolean; seconds?: number }) => Promise<R>;
  /** Tasks at work and waiting. */
  load: () => { running: number; waiting: number };
  close: () => Promise<void>;
}

export interface ThreadLimits { count: number; seconds: number; oldMegabytes: number; mostWaiting: number }

interface Job<T, R> { task: T; milliseconds: number; resolve: (result: R) => void; reject: (problem: Error) => void }
interface Lane<T, R> { worker: Worker; job: Job<T, R> | null; ready: boolean; callOff: () => void; why: string }

const YOUNG_MEGABYTES = 64;
/** A thread that does not even begin (a broken installation) is told, not tried for ever. */
const MOST_FALSE_STARTS = 3;
const START_SECONDS = 60;
const HURRIED_IN_A_ROW = 3;

/**
 * `entry` posts `{ ready: true }` once it can work, then `{ result }` or `{ failed: message }` for every task posted to it. Threads begin when they are
 * needed and stay; one that is stopped or breaks down costs its task only.
 */
export function threadsOf<T, R>(entry: URL, limits: ThreadLimits): Threads<T, R> {
  const [hurried, patient]: [Job<T, R>[], Job<T, R>[]] = [[], []];
  let sinceAPatientOne = 0;
  const lanes = new Set<Lane<T, R>>();
  let falseStarts = 0;
  let closing = false;

  const waiting = (): number => hurried.length + patient.length;
  /** Those who hurry go first, but every so many of them let one go that does not, or it would never be its turn. */
  const next = (): Job<T, R> | null => {
    const patientFirst = hurried.length === 0 || sinceAPatientOne >= HURRIED_IN_A_ROW;
    const job = (patientFirst ? patient.shift() : undefined) ?? hurried.shift() ?? patient.shift() ?? null;
    sinceAPatientOne = patientFirst || patient.length === 0 ? 0 : sinceAPatientOne + 1;
    return job;
  };
  const rejectAll = (failure: ThreadFailure): void => {
    for (const job of [...hurried.splice(0), ...patient.splice(0)]) job.reject(failure);
  };
  const give = (lane: Lane<T, R>): void => {
    if (!lane.ready || lane.job !== null) return;
    const job = next();
    if (job === null) {
      lane.worker.unref();
      return;
    }
    lane.job = job;
    lane.worker.ref();
    lane.callOff = after(job.milliseconds, () => { end(lane, new ThreadFailure("took-too-long", `${job.milliseconds} ms`)); });
    lane.worker.postMessage(job.task);
  };
  const finish = (lane: Lane<T, R>): Job<T, R> | null => {
    const { job } = lane;
    lane.callOff();
    lane.job = null;
    return job;
  };
  const end = (lane: Lane<T, R>, failure: ThreadFailure): void => {
    if (!lanes.delete(lane)) return;
    finish(lane)?.reject(failure);
    void lane.worker.terminate();
    if (closing) return;
    if (!lane.ready) falseStarts++;
    if (falseStarts >= MOST_FALSE_STARTS) {
      falseStarts = 0;
      rejectAll(failure);
    } else spread();
  };
  const begin = (): void => {
    const worker = new Worker(entry, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES, maxOldGenerationSizeMb: limits.oldMegabytes } });
    const lane: Lane<T, R> = { worker, job: null, ready: false, callOff: () => undefined, why: "" };
    lanes.add(lane);
    lane.callOff = after(START_SECONDS * 1000, () => { end(lane, new ThreadFailure("broke-down", "no start")); });
    worker.on("message", (message: { ready: true } | { result: R } | { failed: string }) => {
      if ("ready" in message) {
        lane.ready = true;
        falseStarts = 0;
        finish(lane);
      } else {
        const job = finish(lane);
        if ("result" in message) job?.resolve(message.result);
        else job?.reject(new ThreadFailure("broke-down", message.failed));
      }
      give(lane);
    });
    worker.on("error", (problem) => { lane.why = problem instanceof Error ? problem.message : String(problem); });
    worker.on("exit", (code) => { end(lane, new ThreadFailure("broke-down", lane.why === "" ? `exit ${code}` : lane.why)); });
  };
  /** Gives what waits to those that are free, and begins more where that is not enough. */
  const spread = (): void => {
    for (const lane of lanes) give(lane);
    const beginning = [...lanes].filter((lane) => !lane.ready).length;
    for (let missing = waiting() - beginning; missing > 0 && lanes.size < limits.count; missing--) begin();
  };

  return {
    run: (task, { first = false, seconds = limits.seconds } = {}) => new Promise((resolve, reject) => {
      if (closing) {
        reject(new ThreadFailure("stopped", ""));
        return;
      }
      if (waiting() >= limits.mostWaiting) {
        reject(new ThreadFailure("busy", String(waiting())));
        return;
      }
      const job: Job<T, R> = { task, milliseconds: seconds * 1000, resolve, reject };
      (first ? hurried : patient).push(job);
      spread();
    }),
    load: () => ({ running: [...lanes].filter((lane) => lane.job !== null).length, waiting: waiting() }),
    close: async () => {
      closing = true;
      rejectAll(new ThreadFailure("stopped", ""));
      await Promise.all([...lanes].map(async (lane) => {
        lanes.delete(lane);
        finish(lane)?.reject(new ThreadFailure("stopped", ""));
        await lane.worker.terminate();
      }));
    },
  };
}

const SLICE = 250;

/** Calls when so many milliseconds have gone by in which this process ran: while it is held (a machine that sleeps, a container that is paused), none count, and no answer is given up that is already there. Gives how to call it off. */
function after(milliseconds: number, call: () => void): () => void {
  let left = milliseconds;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const slice = Math.min(left, SLICE);
    timer = setTimeout(() => {
      left -= slice;
      if (left <= 0) call();
      else wait();
    }, slice);
  };
  wait();
  return () => { clearTimeout(timer); };
}
