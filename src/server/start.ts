// Settings and a place -> the service at work: as a server that is asked, or as a worker that takes jobs.
import { hostname } from "node:os";
import { makeApp } from "./app.ts";
import { firstPath, inviteFirst } from "./invitations.ts";
import { jobsOf } from "./jobs.ts";
import { makeLog } from "./log.ts";
import type { Service } from "./service.ts";
import { sweepSessions } from "./sessions.ts";
import type { Settings } from "./settings.ts";
import { openStore, type StorePlace } from "./store/database.ts";

export interface Serving {
  /** Where it is reached. */
  url: string;
  kind: "pglite" | "postgres";
  /** With which the first administrator is made; null where there is one. */
  firstLink: string | null;
  stop: () => Promise<void>;
}

/** What is over is removed this often. */
const SWEEP = 3_600_000;

/** Takes requests, and jobs too with `work`. Throws Refusal, and the system's own where the port is not to be had. */
export async function serve(place: StorePlace, settings: Settings, work: boolean): Promise<Serving> {
  const service = await serviceOf(place, settings);
  try {
    const app = await makeApp(service);
    // First the queue, then requests: the first hand-in must find it there.
    await service.jobs.start({ work });
    const listening = await app.listen({ host: settings.host, port: settings.port });
    const url = settings.publicUrl ?? reachable(listening, settings.host);
    settings.publicUrl = url;
    const secret = await inviteFirst(service.db, service.now());
    const sweep = setInterval(() => { sweepSessions(service.db, settings, service.now()).catch((problem: unknown) => { service.log.warn({ err: problem }, "sweep"); }); }, SWEEP);
    return {
      url, kind: service.store.kind, firstLink: secret === null ? null : url + firstPath(secret),
      stop: async () => {
        clearInterval(sweep);
        await Promise.race([app.close(), new Promise((resolve) => { setTimeout(resolve, settings.stopAfter).unref(); })]);
        await service.jobs.stop();
        await service.store.close();
      },
    };
  } catch (problem) {
    await service.jobs.stop().catch(() => undefined);
    await service.store.close();
    throw problem;
  }
}

/** Takes jobs of the store, whoever wrote them. */
export async function work(url: string, settings: Settings): Promise<() => Promise<void>> {
  const service = await serviceOf({ url }, settings);
  await service.jobs.start({ work: true });
  return async () => {
    await service.jobs.stop();
    await service.store.close();
  };
}

async function serviceOf(place: StorePlace, settings: Settings): Promise<Service> {
  const store = await openStore(place);
  const parts = { store, db: store.db, settings, now: () => new Date(), log: makeLog(settings.logLevel) };
  return { ...parts, jobs: jobsOf(parts) };
}

/** All addresses of a machine are no address to go to. */
function reachable(listening: string, host: string): string {
  const { port } = new URL(listening);
  if (host === "0.0.0.0" || host === "::") return `http://${hostname()}:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
