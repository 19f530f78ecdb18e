// A service of the tests' own: a fresh store, an app to ask without a network, people of each role with sessions. Every answer is held to its schema.
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import type { Caller, Scope } from "../../src/server/access.ts";
import { makeApp, PREFIX, type App } from "../../src/server/app.ts";
import { SESSION_COOKIE } from "../../src/server/caller.ts";
import { jobsOf } from "../../src/server/jobs.ts";
import { makeLog } from "../../src/server/log.ts";
import { hashPassword } from "../../src/server/password.ts";
import { newSecret, secretDigest } from "../../src/server/secret.ts";
import type { Jobs, Service } from "../../src/server/service.ts";
import { startSession } from "../../src/server/sessions.ts";
import { settingsFrom, type Settings } from "../../src/server/settings.ts";
import { openStore, type Store } from "../../src/server/store/database.ts";
import type { Role } from "../../src/server/store/tables.ts";
import { FORMATS } from "../../src/server/validation.ts";
import { requestCompiler } from "../../src/schema.ts";
import { emptyStore } from "./empty-store.ts";
import { postgresMissing, postgresServer } from "./postgres.ts";

export type StoreKind = "pglite" | "postgres";

/** For `describe.each(STORES)("… on %s", …)`; `skippedOn` says why one is left out. */
export const STORES: readonly StoreKind[] = postgresMissing === null ? ["pglite", "postgres"] : ["pglite"];
if (postgresMissing !== null) process.stderr.write(`The service's tests on PostgreSQL are skipped: ${postgresMissing}.\n`);

/** Who there is: `reviewer` is assigned department A in all years, `otherReviewer` department B; nobody is assigned anything else. */
export const PEOPLE = {
  administrator: { login: "admin", name: "系统管理员", roles: ["administrator"], department: null },
  reviewer: { login: "reviewer", name: "复核人甲", roles: ["reviewer"], department: null },
  otherReviewer: { login: "other-reviewer", name: "复核人乙", roles: ["reviewer"], department: null },
  departmentA: { login: "a-bureau", name: "甲局经办", roles: ["department"], department: "A" },
  departmentB: { login: "b-bureau", name: "乙局经办", roles: ["department"], department: "B" },
} as const satisfies Record<string, { login: string; name: string; roles: readonly Role[]; department: "A" | "B" | null }>;
export type PersonKey = keyof typeof PEOPLE;
export const PASSWORD = "a-long-enough-password";

export interface As {
  caller: Caller;
  cookie: string;
  csrf: string;
  /** `url` without the prefix /api/v1 (a full path from `/` also goes where it begins with /api or /healthz …). */
  request: (method: string, url: string, body?: unknown, headers?: Record<string, string>) => Promise<LightMyRequestResponse>;
}

export interface Harness {
  app: App;
  service: Service;
  store: Store;
  departments: { A: string; B: string };
  people: Record<PersonKey, string>;
  as: (who: PersonKey) => Promise<As>;
  nobody: As["request"];
  /** A bearer of that person's, made straight in the store. */
  tokenFor: (who: PersonKey, scopes: readonly Scope[], state?: { expired?: boolean; revoked?: boolean }) => Promise<string>;
  withToken: (bearer: string) => As["request"];
  /** What /readyz says when it says so: a machine that runs other tests may be too busy for a while. */
  ready: () => Promise<unknown>;
  /** Lines of the log so far. */
  logged: () => string;
  close: () => Promise<void>;
}

/**
 * `jobs`: "real" starts the queue and takes jobs; "idle" (as usual) starts nothing. `settings`: what differs from usual ones, which are generous:
 * no limit of requests is met by a test that does not ask for it.
 */
export async function serviceFor(options: { store?: StoreKind; jobs?: "real" | "idle"; settings?: Partial<Settings>; now?: () => Date; folder?: string } = {}): Promise<Harness> {
  const folder = options.folder ?? (options.store === "postgres" ? null : await emptyStore());
  const store = await openStore(options.store === "postgres" ? { url: await (await postgresServer()).database() } : { folder });
  const usual = settingsFrom({});
  const settings: Settings = { ...usual, limits: { ...usual.limits, requests: 1_000_000, checks: 1_000_000, logins: 1_000_000 }, login: { ...usual.login, perAddress: 1_000_000 }, ...options.settings };
  let log = "";
  const parts = { store, db: store.db, settings, now: options.now ?? (() => new Date()), log: makeLog("info", { write: (line: string) => { log += line; } }) };
  const service: Service = { ...parts, jobs: options.jobs === "real" ? jobsOf(parts) : idleJobs(parts) };
  const lies: string[] = [];
  const app = await makeApp(service, { before: (made) => { checkAnswers(made, lies); } });
  await app.ready();
  if (options.jobs === "real") await service.jobs.start({ work: true });
  const { departments, people } = await settle(store);
  const ask = (headers: Record<string, string>): As["request"] => async (method, url, body, more = {}) => {
    const full = /^\/(?:api|healthz|readyz|metrics)\b/u.test(url) || url === "/" ? url : PREFIX + url;
    const answer = await app.inject({
      method: method as "GET", url: full, headers: { ...headers, ...more },
      ...(body === undefined ? {} : { payload: body as NonNullable<InjectOptions["payload"]> }),
    });
    if (lies.length > 0) throw new Error(lies.splice(0).join("\n"));
    return answer;
  };
  return {
    app, service, store, departments, people,
    as: async (who) => {
      const session = await startSession(store.db, people[who], settings, service.now());
      const row = await store.db.selectFrom("person").selectAll().where("id", "=", people[who]).executeTakeFirstOrThrow();
      return {
        caller: { person: { id: row.id, name: row.name, login: row.login, roles: row.roles, departmentId: row.department_id, lang: row.lang }, token: null, session: { csrf: session.csrf, digest: secretDigest(session.cookie) } },
        cookie: session.cookie, csrf: session.csrf,
        request: ask({ cookie: `${SESSION_COOKIE}=${session.cookie}`, "x-csrf-token": session.csrf }),
      };
    },
    nobody: ask({}),
    tokenFor: async (who, scopes, state = {}) => {
      const secret = `ziping_${newSecret()}`;
      const at = service.now().getTime();
      await store.db.insertInto("api_token").values({
        digest: secretDigest(secret), name: `token ${randomUUID()}`, person_id: people[who], scopes: [...scopes],
        expires_at: new Date(at + (state.expired === true ? -1000 : 3_600_000)), revoked_at: state.revoked === true ? new Date(at - 1000) : null,
      }).execute();
      return secret;
    },
    withToken: (bearer) => ask({ authorization: `Bearer ${bearer}` }),
    ready: async () => {
      for (let tries = 0; ; tries += 1) {
        const answer = await ask({})("GET", "/readyz");
        if (answer.statusCode === 200 || tries === 60) return answer.json();
        await new Promise((resolve) => { setTimeout(resolve, 1000); });
      }
    },
    logged: () => log,
    close: async () => {
      await service.jobs.stop();
      await app.close();
      await store.close();
      if (folder !== null && options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `multipart/form-data` as a browser sends it: `await request("POST", "/submissions", form.payload, form.headers)`. */
export async function formOf(files: readonly { field?: string; name: string; bytes: Uint8Array | string; type?: string }[], fields: Readonly<Record<string, string>> = {}): Promise<{ payload: Buffer; headers: Record<string, string> }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const { field = "files", name, bytes, type = "application/octet-stream" } of files) form.append(field, new Blob([typeof bytes === "string" ? bytes : Uint8Array.from(bytes)], { type }), name);
  const encoded = new Response(form);
  return { payload: Buffer.from(await encoded.arrayBuffer()), headers: { "content-type": encoded.headers.get("content-type") ?? "" } };
}

async function settle(store: Store): Promise<Pick<Harness, "departments" | "people">> {
  const { db } = store;
  const rows = await db.insertInto("department").values([
    { name: "甲市司法局", code: "101", region: "甲市", level: "市级" }, { name: "乙市民政局", code: "102", region: "乙市", level: "市级" },
  ]).returning(["id", "code"]).execute();
  const idOf = (code: string): string => rows.find((row) => row.code === code)!.id;
  const departments = { A: idOf("101"), B: idOf("102") };
  const hash = await hashOnce();
  const people = {} as Record<PersonKey, string>;
  for (const [key, { login, name, roles, department }] of Object.entries(PEOPLE)) {
    const { id } = await db.insertInto("person").values({ login, name, roles: [...roles], department_id: department === null ? null : departments[department], password_hash: hash, oidc_subject: null }).returning("id").executeTakeFirstOrThrow();
    people[key as PersonKey] = id;
  }
  await db.insertInto("assignment").values([{ person_id: people.reviewer, department_id: departments.A, year: null }, { person_id: people.otherReviewer, department_id: departments.B, year: null }]).execute();
  return { departments, people };
}

let hashed: Promise<string> | null = null;
const hashOnce = async (): Promise<string> => await (hashed ??= hashPassword(PASSWORD));

/** Every JSON answer with a schema must be what the schema says; problems must be problems. */
function checkAnswers(app: App, lies: string[]): void {
  const compile = requestCompiler(false, FORMATS);
  const compiled = new Map<unknown, ReturnType<typeof compile>>();
  app.addHook("onSend", async (request, reply, payload) => {
    const type = String(reply.getHeader("content-type") ?? "");
    const schemas = request.routeOptions.schema?.response as Record<string, { content?: Record<string, { schema: unknown }> }> | undefined;
    const found = schemas?.[String(reply.statusCode)] ?? schemas?.[`${String(reply.statusCode)[0]}xx`];
    const schema = found?.content === undefined ? found : found.content["application/json"]?.schema;
    if (typeof payload === "string" && /json/u.test(type)) {
      const body: unknown = JSON.parse(payload);
      if (type.startsWith("application/problem+json")) {
        const { status, code, detail } = body as { status?: unknown; code?: unknown; detail?: unknown };
        if (status !== reply.statusCode || typeof code !== "string" || typeof detail !== "string" || detail === `problem.${code}`) lies.push(`${request.method} ${request.url}: no proper problem: ${payload}`);
      } else if (schemas !== undefined && schema === undefined) lies.push(`${request.method} ${request.url}: no schema for ${reply.statusCode}`);
      else if (schema !== undefined) {
        const validate = compiled.get(schema) ?? compile(schema);
        compiled.set(schema, validate);
        if (!validate(body)) lies.push(`${request.method} ${request.url}: the answer is not what its schema says: ${JSON.stringify(validate.errors)} ${payload.slice(0, 300)}`);
      }
    }
    return await Promise.resolve(payload);
  });
}

/** Jobs that nobody takes: what asks for them stays as it is. Threads still answer. */
function idleJobs(parts: Omit<Service, "jobs">): Jobs {
  const real = jobsOf(parts);
  return { ...real, start: () => Promise.resolve(), send: () => Promise.resolve(), poke: () => undefined };
}

