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
      answer.resume().on("end", () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`Error ${answer.statusCode ?? 0} from ${url}`));
      });
    });
    call.on("error", reject).end(body ?? undefined);
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

/** A store with so many departments that have handed in, and an administrator's token. */
async function seeded(folder: string, count: number): Promise<string> {
  const { openStore } = (await import(new URL("dist/server/store/database.js", root).href)) as typeof import("../../src/server/store/database.ts");
  const store = await openStore({ folder });
  const { db } = store;
  const { id: person } = await db.insertInto("person").values({ login: "bench", name: "Bench", roles: ["administrator"], department_id: null, password_hash: null, oidc_subject: null }).returning("id").executeTakeFirstOrThrow();
  const states = ["checked", "under-review", "returned", "accepted", "closed"] as const;
  const verdicts = ["return", "explain", "accept"] as const;
  for (let from = 0; from < count; from += 1000) {
    const numbers = Array.from({ length: 1000 }, (_, index) => from + index);
    const departments = await db.insertInto("department").values(numbers.map((number) => ({ name: `单位${number}`, code: String(100_000 + number), region: `区${number % 14}`, level: null }))).returning("id").execute();
    const made = await db.insertInto("submission").values(numbers.map((number, index) => ({
      department_id: departments[index]?.id ?? "", year: "2024", ordinal: 1, previous_id: null, state: states[number % 5] ?? "checked", rule_set: "national", content: null, created_by: person, submitted_at: new Date(1_700_000_000_000 + number * 1000), checked_at: new Date(),
      verdict: verdicts[number % 3] ?? "accept", claimed_score: "98.00", recomputed_score: `${80 + (number % 20)}.50`, claimed_grade: "优", recomputed_grade: "良", must_fix: number % 7, explain: number % 5,
    }))).returning("id").execute();
    for (let part = 0; part < 1000; part += 250) {
      await db.insertInto("finding").values(made.slice(part, part + 250).flatMap(({ id }) => Array.from({ length: 8 }, (_, index) => ({
        submission_id: id, finding_id: `execution/rate#${String(index)}`, ordinal: 1, rule: `category/rule-${index}`, category: "category", severity: index < 3 ? "must-fix" : "explain", outcome: "fail", points: "1.00", table_name: "项目", subject: "年度资金总额", message: "……",
      })))).execute();
    }
  }
  const secret = `ziping_${randomBytes(32).toString("base64url")}`;
  const { secretDigest } = (await import(new URL("dist/server/secret.js", root).href)) as typeof import("../../src/server/secret.ts");
  await db.insertInto("api_token").values({ digest: secretDigest(secret), name: "bench", person_id: person, scopes: ["submissions:read", "statistics:read"], expires_at: new Date(Date.now() + 3_600_000) }).execute();
  await store.execute("ANALYZE");
  await store.close();
  return secret;
}
