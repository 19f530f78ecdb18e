// Whether the service lives, whether it can work, and its figures: for those who run it.
import { basename } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { sql } from "kysely";
import type { App } from "../app.ts";
import type { Metrics } from "../metrics.ts";
import { Problem, answerTo } from "../problem.ts";
import { brokenRuleSets } from "../rule-sets.ts";
import { isSame } from "../secret.ts";
import type { Service } from "../service.ts";

const ANYONE = { roles: "anyone", scope: null } as const;
/** Milliseconds: a store that takes longer, or an event loop that is later on average over some time, is in no state to take requests. */
const PATIENCE = 3_000;
const LATE = 1_000;
const WINDOW = 5_000;

const alive = { type: "object", required: ["status"], additionalProperties: false, properties: { status: { type: "string", enum: ["ok"] } } } as const;
const ready = {
  type: "object", required: ["status", "store", "brokenRuleSets"], additionalProperties: false,
  properties: { status: { type: "string", enum: ["ok"] }, store: { type: "string", enum: ["pglite", "postgres"] }, brokenRuleSets: { type: "array", items: { type: "string" }, description: "Folders of one's own that cannot be used; checks with other sets go on." } },
} as const;

export function healthRoutes(app: App, service: Service, metrics: Metrics): void {
  const { db, store, settings } = service;
  const delay = monitorEventLoopDelay({ resolution: 50 });
  delay.enable();
  let late = 0;
  let stopping = false;
  const look = setInterval(() => {
    late = delay.mean / 1e6;
    delay.reset();
  }, WINDOW);
  look.unref();
  app.addHook("preClose", (done) => {
    stopping = true;
    clearInterval(look);
    delay.disable();
    done();
  });

  app.get("/healthz", { config: { access: ANYONE, rateLimit: false, quiet: true }, schema: { tags: ["operation"], summary: "The process lives", response: { 200: alive } } }, () => ({ status: "ok" as const }));

  app.get("/readyz", { config: { access: ANYONE, rateLimit: false, quiet: true }, schema: { tags: ["operation"], summary: "The service can take requests: its store answers, it is neither stopping nor overburdened", response: { 200: ready } } }, async () => {
    if (stopping) throw new Problem(503, "stopping", {}, { "retry-after": "5" });
    if (late > LATE) throw new Problem(503, "busy", {}, { "retry-after": "5" });
    await within(PATIENCE, sql`SELECT 1`.execute(db));
    // By their last name alone: where they lie is nobody's who may ask this.
    return { status: "ok" as const, store: store.kind, brokenRuleSets: (await brokenRuleSets(settings)).map(({ folder }) => basename(folder)) };
  });

  app.get("/metrics", { config: { access: ANYONE, rateLimit: false, quiet: true, ownBearer: true }, schema: { tags: ["operation"], summary: "Figures for Prometheus, for this machine itself or by the bearer of ZIPING_METRICS_TOKEN" } }, async (request, reply) => {
    const { authorization, "x-forwarded-for": forwarded } = request.headers;
    const { remoteAddress = "" } = request.socket;
    const own = /^(?:127\.|::1$|::ffff:127\.)/u.test(remoteAddress) && forwarded === undefined;
    const allowed = settings.metricsToken === null ? own : isSame(authorization ?? "", `Bearer ${settings.metricsToken}`);
    if (!allowed) {
      const { status, body } = answerTo(new Problem(404, "noRoute"), request.lang);
      return await reply.code(status).type("application/problem+json; charset=utf-8").send(JSON.stringify(body));
    }
    return await reply.type(metrics.type).serializer((text: string) => text).send(await metrics.text());
  });
}

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => { timer = setTimeout(() => { reject(new Problem(503, "storeAway", {}, { "retry-after": "5" })); }, milliseconds); });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
