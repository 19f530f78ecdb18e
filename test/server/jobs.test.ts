// Jobs that several processes share: none lost and none done twice, whoever is killed; and a PostgreSQL that goes away and comes back.
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterEach, describe, expect, test } from "vitest";
import { zipSync } from "fflate";
import { jobsOf } from "../../src/server/jobs.ts";
import { settingsFrom } from "../../src/server/settings.ts";
import { formOf, serviceFor, type Harness } from "./harness.ts";
import { freePort, postgresMissing, postgresServer } from "./postgres.ts";
import { form, rightForm } from "./submissions-forms.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const MANY = 200;
const SHARED = 1000;

interface Program { child: ChildProcess; url: string; log: () => string; kill: () => Promise<void> }

const running = new Set<ChildProcess>();
afterEach(() => { for (const child of running) child.kill("SIGKILL"); });

/** A process of the built command; resolves when it says that it is ready. */
async function program(args: readonly string[], url: string, env: Record<string, string> = {}): Promise<Program> {
  const child = spawn(process.execPath, [CLI, ...args, "--lang", "en"], { env: { ...process.env, DATABASE_URL: url, ZIPING_CHECK_SECONDS: "5", ZIPING_CHECK_THREADS: "1", ZIPING_QUEUE_POLL_MS: "100", ZIPING_REQUESTS_PER_MINUTE: "1000000", ...env }, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let [out, log] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (part: string) => { log += part; });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => {
      running.delete(child);
      resolve();
    });
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      out += part;
      if (out.includes("\n")) resolve();
    });
    void ended.then(() => { reject(new Error(`${args.join(" ")} ended: ${log.slice(-2000)}`)); });
  });
  return { child, url: /http:\/\/[\w.:[\]-]+/.exec(out)?.[0] ?? "", log: () => log, kill: async () => {
    child.kill("SIGKILL");
    await ended;
  } };
}

async function server(url: string): Promise<Program> {
  return await program(["serve", "--no-work", "--port", String(await freePort())], url);
}

async function departments(house: Harness, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `单位${String(index + 1).padStart(4, "0")}`);
  await house.store.db.insertInto("department").values(names.map((name) => ({ name, code: null, region: null, level: null }))).execute();
  return names;
}

/** Small, so that it is the queue that works and not the rules. */
const small = (department: string): string => form((made) => {
  made.department = { name: department };
  made.tables = made.tables.slice(1, 2);
});

async function states(house: Harness): Promise<Record<string, number>> {
  const rows = await house.store.db.selectFrom("submission").select(["state", sql<number>`count(*)`.as("count")]).groupBy("state").execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

async function until(what: string, seconds: number, isSo: () => Promise<boolean>, told: () => Promise<string>): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    if (await isSo()) return;
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
  throw new Error(`${what}: not after ${seconds} s: ${await told()}`);
}

async function untilChecked(house: Harness, count: number, seconds: number): Promise<void> {
  await until("all are checked", seconds, async () => (await states(house))["checked"] === count, async () => JSON.stringify(await states(house)));
}

/** Each submission has one report, one line in the log that says so, and was told to the webhook once. */
async function expectOnceEach(house: Harness, count: number): Promise<void> {
  const lines = await house.store.db.selectFrom("audit").select(["subject_id", sql<number>`count(*)`.as("count")]).where("action", "=", "submission.checked").groupBy("subject_id").execute();
  expect([lines.length, lines.filter((line) => line.count !== 1).length]).toEqual([count, 0]);
  const told = await sql<{ submission: string; count: number }>`SELECT payload->'submission'->>'id' AS submission, count(*) AS count FROM delivery WHERE event = 'submission.checked' GROUP BY 1`.execute(house.store.db);
  expect([told.rows.length, told.rows.filter((row) => row.count !== 1).length]).toEqual([count, 0]);
  expect((await house.store.db.selectFrom("report").select("submission_id").execute())).toHaveLength(count);
  const left = await sql<{ count: number }>`SELECT count(*) AS count FROM pgboss.job WHERE name = 'check' AND state < 'completed'`.execute(house.store.db);
  expect(left.rows[0]?.count).toBe(0);
}

async function listen(house: Harness): Promise<void> {
  await house.store.db.insertInto("webhook").values({ url: "http://127.0.0.1:9/", secret: "s", events: ["submission.checked"], created_by: house.people.administrator }).execute();
}

describe.skipIf(postgresMissing !== null || !existsSync(CLI))("several processes on one PostgreSQL", () => {
  test(`kill -9 of a server and a worker in the middle of ${MANY} jobs loses none and does none twice`, async () => {
    const house = await serviceFor({ store: "postgres" });
    const url = house.store.url!;
    await listen(house);
    const names = await departments(house, MANY);
    const bearer = await house.tokenFor("administrator", ["submissions:write"]);
    const [begun, ...workers] = await Promise.all([server(url), program(["worker"], url), program(["worker"], url)]);
    let first = begun;
    const handIn = async (name: string, index: number): Promise<void> => {
      for (let tries = 0; tries < 60; tries++) {
        const { payload, headers } = await formOf([{ name: "自评.json", bytes: small(name) }], { year: "2024" });
        const answer = await fetch(`${first.url}/api/v1/submissions`, { method: "POST", body: new Uint8Array(payload), headers: { ...headers, authorization: `Bearer ${bearer}`, "idempotency-key": `n-${index}` }, signal: AbortSignal.timeout(20_000) }).catch(() => null);
        // What was handed in although its answer was lost is there, or its key says that it may be.
        if (answer?.status === 201 || answer?.status === 409) return;
        if (answer !== null && answer.status < 500) throw new Error(`${answer.status} ${await answer.text()}`);
        await new Promise((resolve) => { setTimeout(resolve, 200); });
      }
      throw new Error("not handed in");
    };
    const next = names.entries();
    const hands = Promise.all(Array.from({ length: 6 }, async () => { for (const [index, name] of next) await handIn(name, index); }));
    const killed = async (): Promise<void> => {
      await until("a fifth is checked", 90, async () => ((await states(house))["checked"] ?? 0) >= MANY / 5, async () => JSON.stringify([await states(house), ...[begun, ...workers].map(({ log }) => log().slice(-1000))]));
      await Promise.all([workers[0].kill(), first.kill()]);
      const [second, third] = await Promise.all([server(url), program(["worker"], url)]);
      first = second;
      workers.push(third);
    };
    await Promise.all([hands, killed()]);
    // A request that died after its key was taken and before anything was written: its caller hands in again under another key.
    const there = new Set((await house.store.db.selectFrom("submission").innerJoin("department", "department.id", "submission.department_id").select("department.name").execute()).map(({ name }) => name));
    for (const [index, name] of names.entries()) if (!there.has(name)) await handIn(name, MANY + index);
    await untilChecked(house, MANY, 60);
    await expectOnceEach(house, MANY);
    for (const each of [...workers, first]) if (each.child.exitCode === null) await each.kill();
    await house.close();
    // Its parts have bounds of their own, and say what they waited for.
  }, 300_000);

  test(`two servers and three workers share ${SHARED} submissions`, async () => {
    const house = await serviceFor({ store: "postgres" });
    const url = house.store.url!;
    await listen(house);
    const names = await departments(house, SHARED);
    const bearer = await house.tokenFor("administrator", ["submissions:write"]);
    const [servers, workers] = await Promise.all([Promise.all([server(url), server(url)]), Promise.all([1, 2, 3].map(() => program(["worker"], url)))]);
    const begun = Date.now();
    const half = async (at: Program, own: readonly string[]): Promise<void> => {
      const zip = zipSync(Object.fromEntries(own.map((name) => [`${name}.json`, new TextEncoder().encode(small(name))])), { level: 1 });
      const { payload, headers } = await formOf([{ name: "全部.zip", bytes: zip }], { year: "2024" });
      const answer = await fetch(`${at.url}/api/v1/submissions/batch`, { method: "POST", body: new Uint8Array(payload), headers: { ...headers, authorization: `Bearer ${bearer}` } });
      const { items } = await answer.json() as { items: { outcome: string }[] };
      expect(items.filter(({ outcome }) => outcome !== "created")).toEqual([]);
    };
    await Promise.all(servers.map((at, index) => half(at, names.slice(index * SHARED / 2, (index + 1) * SHARED / 2))));
    await untilChecked(house, SHARED, 120);
    await expectOnceEach(house, SHARED);
    const shares = workers.map(({ log }) => log().split("\n").filter((line) => line.includes("\"message\":\"checked\"")).length);
    process.stderr.write(`${SHARED} submissions in ${((Date.now() - begun) / 1000).toFixed(1)} s, shared ${shares.join("/")}\n`);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(SHARED);
    for (const share of shares) expect(share).toBeGreaterThan(SHARED / 10);
    for (const each of [...workers, ...servers]) await each.kill();
    await house.close();
  }, 240_000);

  test("a PostgreSQL that stops and starts again: requests are told so meanwhile, nothing is lost, nobody has to be started anew", async () => {
    const postgres = await postgresServer();
    const house = await serviceFor({ store: "postgres", jobs: "real" });
    const a = await house.as("departmentA");
    const bearer = await house.tokenFor("departmentA", ["submissions:read", "submissions:write"]);
    const worker = await program(["worker"], house.store.url!);
    const handIn = async (year: string): Promise<number> => {
      const { payload, headers } = await formOf([{ name: "自评.json", bytes: rightForm() }], { year });
      return (await house.withToken(bearer)("POST", "/submissions", payload, headers)).statusCode;
    };
    expect(await handIn("2024")).toBe(201);
    await untilChecked(house, 1, 30);
    expect(await handIn("2023")).toBe(201);
    await postgres.stop(true);
    const away = await Promise.all([handIn("2022"), house.withToken(bearer)("GET", "/submissions").then(({ statusCode }) => statusCode), house.nobody("POST", "/check", JSON.parse(rightForm()) as object).then(({ statusCode }) => statusCode)]);
    expect(away).toEqual([503, 503, 200]);
    await new Promise((resolve) => { setTimeout(resolve, 1500); });
    await postgres.start();
    expect(await handIn("2022")).toBe(201);
    await untilChecked(house, 3, 40);
    expect(worker.child.exitCode).toBeNull();
    expect((await a.request("GET", "/submissions?all=true")).json<{ items: unknown[] }>().items).toHaveLength(3);
    await worker.kill();
    await house.close();
  }, 120_000);
});

describe("the queue", () => {
  test("a submission whose job is gone (a restored backup) gets another; what fails for good is marked with the reason, and is not lost", async () => {
    const settings = { ...settingsFrom({}), checking: { ...settingsFrom({}).checking, seconds: 1, attempts: 1, poll: 50 } };
    const house = await serviceFor({ settings });
    const a = await house.as("departmentA");
    const { payload, headers } = await formOf([{ name: "自评.json", bytes: rightForm() }], { year: "2024" });
    const { id } = (await a.request("POST", "/submissions", payload, headers)).json<{ id: string }>();
    await house.store.db.updateTable("submission").set({ submitted_at: new Date(Date.now() - 60_000) }).where("id", "=", id).execute();
    const jobs = jobsOf({ ...house.service, settings });
    await jobs.start({ work: true });
    await untilChecked(house, 1, 30);
    await jobs.stop();

    const stuck = (await a.request("POST", `/submissions/${id}/resubmissions`, payload, headers)).json<{ id: string }>();
    await house.store.db.updateTable("submission").set({ submitted_at: new Date(Date.now() - 60_000) }).where("id", "=", stuck.id).execute();
    const hasty = jobsOf({ ...house.service, settings });
    // As if every check took too long.
    const ask = hasty.ask;
    hasty.ask = async (task, options) => await ask(task, { ...options, seconds: 0.0001 });
    await hasty.start({ work: true });
    for (let tries = 0; tries < 300; tries++) {
      const row = (await a.request("GET", `/submissions/${stuck.id}`)).json<{ problem: string | null; state: string; problemText: string | null; actions: string[] }>();
      if (row.problem !== null) {
        expect(row).toMatchObject({ problem: "took-too-long", state: "submitted", actions: ["retry", "resubmit"] });
        expect(row.problemText).toContain("1 秒");
        break;
      }
      expect(tries).toBeLessThan(299);
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
    await hasty.stop();
    const history = (await a.request("GET", `/submissions/${stuck.id}/history`)).json<{ items: { action: string }[] }>().items;
    expect(history[0]?.action).toBe("submission.unchecked");
    await house.close();
  }, 90_000);
});
