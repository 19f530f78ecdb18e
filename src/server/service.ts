// What every route of the service works with.
import type { FastifyBaseLogger } from "fastify";
import type { Answer, Task } from "./checking-work.ts";
import type { CheckJob } from "./jobs.ts";
import type { Settings } from "./settings.ts";
import type { Db, Store, Trx } from "./store/database.ts";

export type Log = FastifyBaseLogger;

export interface Service { store: Store; db: Db; jobs: Jobs; settings: Settings; now: () => Date; log: Log }

/** Work to be done: now by a thread of this process, or later by this process or another. */
export interface Jobs {
  /** Makes the queue ready to take jobs; with `work`, also takes them, and delivers webhooks. */
  start: (options: { work: boolean }) => Promise<void>;
  /** Takes no more, finishes what is at work as far as it can, stops the threads. */
  stop: () => Promise<void>;
  /** The submission is to be checked: written with what asks for it, in its transaction, so that the job is there if and only if that is. */
  send: (trx: Trx, job: CheckJob) => Promise<void>;
  /** After such a transaction: this process looks at once whether there is something to do. */
  poke: () => void;
  /** Reading, checking and trying off the event loop, within a time. Throws ThreadFailure. `first`: somebody waits for the answer. */
  ask: (task: Task, options?: { first?: boolean; seconds?: number }) => Promise<Answer>;
  load: () => { running: number; waiting: number };
}
