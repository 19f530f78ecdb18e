// (j) The service under load, on the store that it carries: checking without storing, and the board over 10,000 submissions, beside a bare Fastify route in the same run.
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quantile } from "../measure.ts";
import { cli, root } from "../product.ts";
import type { Line, Row } from "../row.ts";

/** A tenth of them for a quick look. */
const SUBMISSIONS = 10_000;
const CONNECTIONS = 16;
const ROUNDS = 4;

export const serviceRow: Row = {
  letter: "j",
  title: `the service under load, ${CONNECTIONS} connections`,
  run: async ({ quick, seconds }) => {
    const folder = mkdtempSync(join(tmpdir(), "ziping-bench-"));
    const children: ChildProcess[] = [];
    try {
      const count = quick ? SUBMISSIONS / 10 : SUBMISSIONS;
      const bearer = await seeded(folder, count);
      const service = await started(children, [cli.pathname, "serve", "--data", folder, "--port", "0", "--lang", "en"], { ZIPING_REQUESTS_PER_MINUTE: "100000000", ZIPING_CHECKS_PER_MINUTE: "100000000", ZIPING_LOG: "silent", DATABASE_URL: "" });
      const bare = await started(children, ["--input-type=module", "-e", BARE], {});
      const submission = readFileSync(new URL("fixtures/right-in-every-figure/submission.json", root));
      const signed = { authorization: `Bearer ${bearer}` };
      const calls: Call[] = [
        { name: "bare", url: `${bare}/bare`, body: submission, headers: {} },
        { name: "check", url: `${service}/api/v1/check`, body: submission, headers: {} },
        { name: "board", url: `${service}/api/v1/submissions?year=2024&sort=-mustFix&limit=50`, body: null, headers: signed },
        { name: "search", url: `${service}/api/v1/submissions?year=2024&q=99&state=checked&limit=50`, body: null, headers: signed },
        { name: "statistics", url: `${service}/api/v1/statistics?year=2024`, body: null, headers: signed },
      ];
      const times = new Map(calls.map(({ name }) => [name, { took: [] as number[], rates: [] as number[] }]));
      const slice = Math.max(0.3, seconds / calls.length / ROUNDS);
      for (const call of calls) await under(call, 0.5);
      for (let round = 0; round < (quick ? 2 : ROUNDS); round++) {
        for (const call of round % 2 === 0 ? calls : [...calls].reverse()) {
          const start = performance.now();
          const took = await under(call, slice);
          times.get(call.name)?.took.push(...took);
          times.get(call.name)?.rates.push((took.length / (performance.now() - start)) * 1000);
        }
      }
      const rate = (name: string): number => quantile(times.get(name)?.rates ?? [], 0.5);
      const line = (name: string, measure: string): Line => ({ measure: `${measure}: p95`, figure: quantile(times.get(name)?.took ?? [], 0.95), unit: "ms", note: `${rate(name).toFixed(0)} requests/s${name === "bare" ? "" : `, bare route ${(rate("bare") / rate(name)).toPrecision(2)} times as many`}; median ${quantile(times.get(name)?.took ?? [], 0.5).toFixed(1)} ms` });
      return [
        line("bare", "a bare Fastify route, the same body"), line("check", "check without storing"), line("board", `the board, 50 of ${count} by what must be corrected`),
        line("search", "the board, by name and state"), line("statistics", `the year's charts over ${count}`),
      ];
    } finally {
      for (const child of children) child.kill("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Call { name: string; url: string; body: Buffer | null; headers: Record<string, string> }

const BARE = `
  import Fastify from "fastify";
  const app = Fastify();
  app.post("/bare", async (request) => ({ tables: request.body.tables.length }));
  console.log(await app.listen({ port: 0 }));`;

/** Milliseconds of each request that so many connections made in that time, each one after the other. */
async function under({ url, body, headers }: Call, seconds: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const took: number[] = [];
  const end = performance.now() + seconds * 1000;
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    while (performance.now() < end) {
      const start = performance.now();
      await asked(url, agent, body, headers);
      took.push(performance.now() - start);
    }
  }));
  agent.destroy();
  return took;
}

function asked(url: string, agent: Agent, body: Buffer | null, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(url, { agent, method: body === null ? "GET" : "POST", headers: { ...headers, ...(body === null ? {} : { "content-type": "application/json", "content-length": body.length }) } }, (answer) => {
      let begun = "";
      answer.setEncoding("utf8").on("data", (part: string) => { if (begun.length < 500) begun += part; }).on("end", () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`${answer.statusCode ?? 0} from ${url}: ${begun.slice(0, 500)}`));
      });
    });
    // A service that is gone answers nothing: what it was asked says which call ended it.
    call.on("error", (problem) => { reject(new Error(`${url}: ${problem.message}`)); }).end(body ?? undefined);
  });
}

/** Its address, once it says it. */
function started(children: ChildProcess[], args: readonly string[], env: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, args, { cwd: root.pathname, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return new Promise((resolve, reject) => {
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      out += part;
      const url = /http:\/\/[\w.:[\]-]+/.exec(out)?.[0];
      if (url !== undefined) resolve(url);
    });
    child.on("exit", () => { reject(new Error(`${args.join(" ").slice(0, 100)} ended`)); });
  });
}

/** Made by the database itself, within seconds: departments, a current submission of each, eight findings of each of those. */
const FILLING = [
  `INSERT INTO department (name, code, region) SELECT '单位' || n, (100000 + n)::text, '区' || n % 14 FROM generate_series(0, :count - 1) n`,
  `INSERT INTO submission (department_id, year, ordinal, state, rule_set, created_by, submitted_at, checked_at, verdict, claimed_score, recomputed_score, claimed_grade, recomputed_grade, must_fix, explain)
    SELECT id, '2024', 1, (ARRAY['checked', 'under-review', 'returned', 'accepted', 'closed'])[1 + n % 5], 'national', :person, to_timestamp(1700000000 + n), now(),
      (ARRAY['return', 'explain', 'accept'])[1 + n % 3], 98.00, 80.50 + n % 20, '优', '良', n % 7, n % 5 FROM (SELECT id, code::int - 100000 AS n FROM department) d`,
  `INSERT INTO finding (submission_id, finding_id, ordinal, rule, category, severity, outcome, points, table_name, subject, message)
    SELECT id, 'execution/rate#' || k, 1, 'category/rule-' || k, 'category', CASE WHEN k < 3 THEN 'must-fix' ELSE 'explain' END, 'fail', 1.00, '项目', '年度资金总额', '预算执行率按全年执行数除以全年预算数计算，应为 97.27%，表上是 97.00%。'
    FROM submission, generate_series(0, 7) k`,
];

/** A store with so many departments that have handed in, and an administrator's token. */
async function seeded(folder: string, count: number): Promise<string> {
  const { openStore } = (await import(new URL("dist/server/store/database.js", root).href)) as typeof import("../../src/server/store/database.ts");
  const store = await openStore({ folder });
  const { db } = store;
  const { id: person } = await db.insertInto("person").values({ login: "bench", name: "Bench", roles: ["administrator"], department_id: null, password_hash: null, oidc_subject: null }).returning("id").executeTakeFirstOrThrow();
  for (const text of FILLING) await store.execute(text.replaceAll(":count", String(count)).replaceAll(":person", `'${person}'`));
  const secret = `ziping_${randomBytes(32).toString("base64url")}`;
  const { secretDigest } = (await import(new URL("dist/server/secret.js", root).href)) as typeof import("../../src/server/secret.ts");
  await db.insertInto("api_token").values({ digest: secretDigest(secret), name: "bench", person_id: person, scopes: ["submissions:read", "statistics:read"], expires_at: new Date(Date.now() + 3_600_000) }).execute();
  await store.execute("ANALYZE");
  await store.close();
  return secret;
}
