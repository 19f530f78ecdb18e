// Submissions that wait for their check -> taken one by one by this process or another, each checked exactly once, none lost. Owns pg-boss.
import { CompiledQuery, sql } from "kysely";
import PgBoss from "pg-boss";
import { checkSubmission, failSubmission } from "./checking.ts";
import { threadsOf, ThreadFailure } from "./checking-threads.ts";
import type { Answer, Task } from "./checking-work.ts";
import { deliverDue } from "./deliveries.ts";
import { Problem } from "./problem.ts";
import type { Jobs, Service } from "./service.ts";
import { LOCKS, transaction, type Trx } from "./store/database.ts";

/** A submission as it was when its check was asked for: of one that has changed since, nothing is written. */
export interface CheckJob { submission: string; revision: number }

/** Jobs, and those that failed for good: told to the people of the submission. */
const QUEUE = "check";
const FAILED = "check-failed";
const SCHEMA = "pgboss";

/** A job that its worker does not end in this time after the check's own limit is given to another: the worker is gone. */
const GRACE_SECONDS = 10;
const RETRY_SECONDS = 2;
const MAINTENANCE_SECONDS = 2;
/** Submissions that wait without a job (after a backup was restored) get one. */
const SWEEP_MILLISECONDS = 20_000;
/** PGlite has nobody who keeps the figures by which it plans its queries; PostgreSQL does that itself. */
const ANALYZE_MILLISECONDS = 600_000;

/** Compiled beside this file, or where the sources run uncompiled (tests), in dist/. */
const THREAD = new URL(import.meta.url.endsWith(".ts") ? "../../dist/server/checking-thread.js" : "./checking-thread.js", import.meta.url);

export function jobsOf(parts: Omit<Service, "jobs">): Jobs {
  const { store, db, settings, log } = parts;
  const { threads: count, seconds, megabytes, waiting, attempts, poll } = settings.checking;
  const threads = threadsOf<Task, Answer>(THREAD, { count, seconds, oldMegabytes: megabytes, mostWaiting: waiting });
  const boss = new PgBoss({ schema: SCHEMA, db: { executeSql: execute(parts) }, schedule: false, migrate: true, maintenanceIntervalSeconds: MAINTENANCE_SECONDS, archiveCompletedAfterSeconds: 3600, deleteAfterDays: 3 });
  boss.on("error", (problem) => { log.warn({ err: problem }, "queue"); });
  const active = new Set<Promise<void>>();
  const loops: Promise<void>[] = [];
  let started = false;
  const life = { stopping: false };
  const wake: (() => void)[] = [];

  const poke = (): void => {
    for (const each of wake.splice(0)) each();
  };
  const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, life.stopping ? 0 : milliseconds);
    wake.push(() => {
      clearTimeout(timer);
      resolve();
    });
  });
  const loop = async (milliseconds: number, once: () => Promise<boolean>): Promise<void> => {
    while (!life.stopping) {
      const more = await once().catch((problem: unknown) => {
        log.warn({ err: problem }, "queue");
        return false;
      });
      if (!more) await pause(milliseconds);
    }
  };

  const jobs: Jobs = {
    start: async ({ work }) => {
      await install(parts);
      await boss.start();
      await boss.createQueue(FAILED, { name: FAILED, retryLimit: 10, retryDelay: 5, expireInSeconds: 60 });
      const queue = { name: QUEUE, policy: "short" as const, retryLimit: attempts - 1, retryDelay: RETRY_SECONDS, expireInSeconds: seconds + GRACE_SECONDS, deadLetter: FAILED };
      await boss.createQueue(QUEUE, queue);
      await boss.updateQueue(QUEUE, queue);
      started = true;
      if (work) loops.push(loop(poll, takeJobs), loop(poll, takeFailed), loop(settings.webhooks.poll, deliver), loop(SWEEP_MILLISECONDS, sweep));
      if (store.kind === "pglite") loops.push(loop(ANALYZE_MILLISECONDS, analyze));
    },
    stop: async () => {
      life.stopping = true;
      poke();
      await Promise.race([Promise.allSettled([...loops, ...active]), new Promise((resolve) => { setTimeout(resolve, settings.stopAfter).unref(); })]);
      await threads.close();
      await Promise.allSettled(active);
      if (started) await boss.stop({ graceful: false, close: false }).catch(() => undefined);
    },
    send: async (trx, job) => {
      if (!started) throw new Problem(503, "checking.busy", {}, { "retry-after": "1" });
      await boss.send(QUEUE, job, { singletonKey: `${job.submission}:${job.revision}`, db: within(trx) });
    },
    poke,
    ask: (task, options) => threads.run(task, options),
    load: () => threads.load(),
  };
  const service: Service = { ...parts, jobs };

  const takeJobs = async (): Promise<boolean> => {
    const free = count - active.size;
    if (free <= 0) {
      await Promise.race(active);
      return true;
    }
    const taken = await boss.fetch<CheckJob>(QUEUE, { batchSize: free });
    for (const { id, data } of taken) {
      const work = perform(id, data).finally(() => { active.delete(work); });
      active.add(work);
    }
    return taken.length > 0;
  };
  const perform = async (id: string, job: CheckJob): Promise<void> => {
    const begun = performance.now();
    try {
      await checkSubmission(service, job, async (trx) => { await boss.complete(QUEUE, id, {}, { db: within(trx) }); });
      log.info({ submission: job.submission, ms: Math.round(performance.now() - begun) }, "checked");
    } catch (problem) {
      const code = problem instanceof ThreadFailure ? problem.code : "broke-down";
      if (code !== "stopped") log.warn({ submission: job.submission, code, err: problem }, "check");
      // Where the store cannot be told either, the job comes back when its time is over.
      await (code === "stopped" ? giveBack(id) : boss.fail(QUEUE, id, { code })).catch(() => undefined);
    }
  };
  /** As if it had not been taken: that this process ends is not the submission's fault. */
  const giveBack = async (id: string): Promise<void> => {
    await store.execute(`UPDATE ${SCHEMA}.job SET state = 'retry', started_on = NULL WHERE name = $1 AND id = $2 AND state = 'active'`, [QUEUE, id]);
  };
  const takeFailed = async (): Promise<boolean> => {
    const taken = await boss.fetch<CheckJob>(FAILED, { batchSize: 10, includeMetadata: true });
    for (const { id, data, output } of taken) {
      const code = (output as { code?: unknown } | null)?.code;
      await failSubmission(service, data, { code: code === "took-too-long" ? "took-too-long" : "broke-down", values: { seconds: String(seconds) } }, async (trx) => { await boss.complete(FAILED, id, {}, { db: within(trx) }); });
    }
    return taken.length > 0;
  };
  const deliver = (): Promise<boolean> => deliverDue(service);
  const sweep = async (): Promise<boolean> => {
    const lost = await sql<{ id: string; revision: number }>`
      SELECT s.id, s.revision FROM submission s WHERE s.state = 'submitted' AND s.problem IS NULL AND s.submitted_at < now() - interval '15 seconds'
        AND NOT EXISTS (SELECT FROM ${sql.raw(SCHEMA)}.job j WHERE j.name IN (${QUEUE}, ${FAILED}) AND j.state < 'completed' AND j.data->>'submission' = s.id::text)
      LIMIT 500`.execute(db);
    for (const { id, revision } of lost.rows) await transaction(db, async (trx) => { await jobs.send(trx, { submission: id, revision }); });
    if (lost.rows.length > 0) poke();
    return false;
  };
  const analyze = async (): Promise<boolean> => {
    await store.execute("ANALYZE");
    return false;
  };
  return jobs;
}

/** The queue's tables, made once, whichever of several servers comes first. */
async function install({ db }: Omit<Service, "jobs">): Promise<void> {
  await transaction(db, async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(${sql.lit(LOCKS.queue)})`.execute(trx);
    const { rows } = await sql<{ there: boolean }>`SELECT to_regclass(${`${SCHEMA}.version`}) IS NOT NULL AS there`.execute(trx);
    if (rows[0]?.there === true) return;
    await trx.executeQuery(CompiledQuery.raw(withoutCommit(PgBoss.getConstructionPlans(SCHEMA))));
  });
}

/** pg-boss's own transactions become ours: one that fails leaves no connection inside it. */
function execute({ store, db }: Omit<Service, "jobs">): (text: string, values?: unknown[]) => Promise<{ rows: unknown[] }> {
  return async (text, values) => {
    if (!/^\s*BEGIN;/.test(text)) return await store.execute(text, values ?? []);
    return await transaction(db, async (trx) => {
      const { rows } = await trx.executeQuery(CompiledQuery.raw(withoutCommit(text)));
      return { rows };
    });
  };
}

function within(trx: Trx): { executeSql: (text: string, values: unknown[]) => Promise<{ rows: unknown[] }> } {
  return { executeSql: async (text, values) => ({ rows: [...(await trx.executeQuery(CompiledQuery.raw(text, values))).rows] }) };
}

const withoutCommit = (text: string): string => text.replace(/^\s*BEGIN;/, "").replace(/COMMIT;\s*$/, "");
