// What a caller may cost the service and what a token may not: uploads as a whole, requests that are refused, threads that are busy, scopes across resources.
import { mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { zipSync } from "fflate";
import { work } from "../../src/server/checking-work.ts";
import { ThreadFailure, threadsOf } from "../../src/server/checking-threads.ts";
import { personFor } from "../../src/server/logins.ts";
import { signInBy } from "../../src/server/oidc.ts";
import { settingsFrom } from "../../src/server/settings.ts";
import { lockFolder } from "../../src/server/store/lock.ts";
import { PASSWORD, formOf, serviceFor, type Harness } from "./harness.ts";
import { seedB } from "./requests.ts";
import { rightForm } from "./submissions-forms.ts";

const usual = settingsFrom({});

describe("a service", () => {
  let on: Harness;
  let ids: Awaited<ReturnType<typeof seedB>>;
  beforeAll(async () => {
    on = await serviceFor({ settings: { limits: { ...usual.limits, requests: 1_000_000, checks: 1_000_000, logins: 1_000_000, upload: 100_000, uploads: 150_000 } } });
    ids = await seedB(on);
  }, 240_000);
  afterAll(async () => { await on.close(); });

  test("refuses an upload whose files are each small enough and together too large, without taking it in", async () => {
    const files = Array.from({ length: 5 }, (_, i) => ({ name: `${i}.csv`, bytes: "x".repeat(30_000) }));
    const { payload, headers } = await formOf(files);
    const refused = await on.nobody("POST", "/check", payload, headers);
    expect(refused.json()).toMatchObject({ status: 413, code: "tooLarge" });
    // Told by its length alone, and where that is not said, as it comes.
    expect((await on.nobody("POST", "/check", payload, { ...headers, "content-length": String(payload.length), expect: "" })).statusCode).toBe(413);
    const { payload: small, headers: own } = await formOf([{ name: "自评.json", bytes: rightForm() }]);
    expect((await on.nobody("POST", "/check", small, own)).statusCode).toBe(200);
  });

  test("takes in no more at once than it has room for, and has room again when they are answered", async () => {
    const { payload, headers } = await formOf([{ name: "a.txt", bytes: "x".repeat(80_000) }]);
    const asked = on.service.jobs.ask;
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => { go = resolve; });
    on.service.jobs.ask = async (...given) => { await held; return await asked(...given); };
    const first = on.nobody("POST", "/check/extract", payload, headers);
    const second = on.nobody("POST", "/check/extract", payload, headers).finally(() => { go(); });
    expect((await second).json()).toMatchObject({ status: 503, code: "uploadsBusy" });
    expect((await second).headers["retry-after"]).toBeDefined();
    expect((await first).statusCode).toBe(200);
    on.service.jobs.ask = asked;
    for (let i = 0; i < 4; i += 1) expect((await on.nobody("POST", "/check/extract", payload, headers)).statusCode).toBe(200);
  });

  test("a token that may read rules tries nothing on a submission that it may not read", async () => {
    const url = "/rule-sets/national/trial";
    const narrow = on.withToken(await on.tokenFor("departmentB", ["rules:read"]));
    expect((await narrow("POST", url, { submissionId: ids.submissions })).json()).toMatchObject({ status: 403, code: "scope" });
    const wide = on.withToken(await on.tokenFor("departmentB", ["rules:read", "submissions:read"]));
    expect((await wide("POST", url, { submissionId: ids.submissions })).statusCode).toBe(200);
    expect((await narrow("POST", url, { content: JSON.parse(rightForm()) as object })).statusCode).toBe(200);
  }, 240_000);

  test.each(["busy", "took-too-long", "broke-down", "stopped"] as const)("a report in another format is no 500 where the threads are %s", async (code) => {
    const id = ids.submissions;
    const asked = on.service.jobs.ask;
    on.service.jobs.ask = () => Promise.reject(new ThreadFailure(code, "1000 ms"));
    const b = await on.as("departmentB");
    const answer = await b.request("GET", `/submissions/${id}/report?format=xlsx`);
    on.service.jobs.ask = asked;
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual(code === "busy" || code === "stopped" ? [503, "checking.busy"] : [422, `checking.${code}`]);
  });

  test("the opinion that a reviewer is writing is not the department's to read before it is given", async () => {
    const id = ids.submissions;
    const [b, reviewer] = [await on.as("departmentB"), await on.as("otherReviewer")];
    const read = async (as: typeof b): Promise<string | null> => (await as.request("GET", `/submissions/${id}`)).json<{ opinion: string | null }>().opinion;
    expect(await read(reviewer)).not.toBeNull();
    expect(await read(b)).toBeNull();
    const list = (await b.request("GET", "/submissions")).json<{ items: { opinion: string | null }[] }>();
    expect(list.items.map(({ opinion }) => opinion)).toEqual([null]);
    await on.store.db.updateTable("submission").set({ state: "returned" }).where("id", "=", id).execute();
    expect(await read(b)).toBe(await read(reviewer));
  });

  test("single sign-on makes nobody an administrator by what he is called at the provider, only by the subject that was set here", async () => {
    const claims = { subject: "https://sso.example 1", login: "admin", name: null, department: null };
    await expect(signInBy(on.store.db, claims, null, usual, new Date())).rejects.toMatchObject({ status: 403 });
    await on.store.db.insertInto("person").values({ login: "invited", name: "新人", roles: ["reviewer"], department_id: null, password_hash: null, oidc_subject: null }).execute();
    await expect(signInBy(on.store.db, { ...claims, login: "invited" }, null, usual, new Date())).resolves.toMatchObject({ cookie: expect.any(String) as string });
    await on.store.db.updateTable("person").set({ oidc_subject: "https://sso.example 2" }).where("login", "=", "admin").execute();
    await expect(signInBy(on.store.db, { ...claims, subject: "https://sso.example 2" }, null, usual, new Date())).resolves.toMatchObject({ cookie: expect.any(String) as string });
  });

  test("a batch that the service fails in the middle of says what was handed in and what was not", async () => {
    const admin = await on.as("administrator");
    const names = ["批量1局", "批量2局", "批量3局"];
    await on.store.db.insertInto("department").values(names.map((name) => ({ name, code: null, region: null, level: null }))).execute();
    const { payload, headers } = await formOf(names.map((name) => ({ name: `${name}.json`, bytes: rightForm(name) })), { year: "2024" });
    const send = on.service.jobs.send;
    let sent = 0;
    const failAt = (number: number): void => {
      sent = 0;
      on.service.jobs.send = () => {
        sent += 1;
        return sent < number ? Promise.resolve() : Promise.reject(Object.assign(new Error("away"), { code: "57P01" }));
      };
    };
    failAt(1);
    expect((await admin.request("POST", "/submissions/batch", payload, headers)).json()).toMatchObject({ status: 503, code: "storeAway" });
    failAt(2);
    const answer = await admin.request("POST", "/submissions/batch", payload, { ...headers, "idempotency-key": "batch" });
    on.service.jobs.send = send;
    expect(answer.statusCode).toBe(200);
    const { items } = answer.json<{ items: { department: string; outcome: string; submissionId: string | null; message: string }[] }>();
    expect(items.map(({ department, outcome, submissionId }) => [department, outcome, submissionId !== null])).toEqual([[names[0], "created", true], [names[1], "refused", false], [names[2], "refused", false]]);
    expect(items.map(({ message }) => message)).toEqual(["已提交。", "数据库暂时连不上，请稍后再试。", "提交到前面一份时服务出了差错，这一份还没有提交。请稍后再上传这一份。"]);
    const stored = await on.store.db.selectFrom("submission").innerJoin("department", "department.id", "submission.department_id").select("department.name").where("department.name", "in", names).execute();
    expect(stored).toEqual([{ name: names[0] }]);
  }, 120_000);

  test("the log tells by which token a request came, and never the token", async () => {
    const bearer = await on.tokenFor("departmentB", ["submissions:read"]);
    const { id } = await on.store.db.selectFrom("api_token").select("id").orderBy("created_at", "desc").limit(1).executeTakeFirstOrThrow();
    expect((await on.withToken(bearer)("GET", "/submissions")).statusCode).toBe(200);
    const line = JSON.parse(on.logged().trim().split("\n").at(-1) ?? "") as { tokenId: string; message: string };
    expect(line).toMatchObject({ message: "request", tokenId: id });
    expect(on.logged()).not.toContain(bearer);
  });

  test("signing in and out by password stands in the log, with who it was", async () => {
    const lines = async (): Promise<unknown[]> => await on.store.db.selectFrom("audit").select(["action", "person_id", "subject_id"]).where("action", "like", "session.%").where("person_id", "=", on.people.otherReviewer).orderBy("id").execute();
    expect(await lines()).toEqual([]);
    const signedIn = await on.nobody("POST", "/session", { login: "other-reviewer", password: PASSWORD });
    expect(signedIn.statusCode).toBe(200);
    const headers = { cookie: `ziping_session=${signedIn.cookies.find(({ name }) => name === "ziping_session")!.value}`, "x-csrf-token": signedIn.json<{ csrf: string }>().csrf };
    expect((await on.nobody("POST", "/session", { login: "other-reviewer", password: "not-the-right-one" })).statusCode).toBe(401);
    expect((await on.nobody("DELETE", "/session", undefined, headers)).statusCode).toBe(204);
    const line = (action: string): object => ({ action, person_id: on.people.otherReviewer, subject_id: on.people.otherReviewer });
    expect(await lines()).toEqual([line("session.signedIn"), line("session.signedOut")]);
  });

  test("who goes on trying while nobody is heard does not make the wait longer", async () => {
    const start = Date.now();
    const tries = async (minute: number, password: string): Promise<string> => await personFor(on.store.db, { login: "reviewer", password, address: "192.0.2.7" }, usual, new Date(start + minute * 60_000)).catch((problem: unknown) => (problem as { code: string }).code);
    for (let i = 0; i < 8; i += 1) expect(await tries(0, `wrong-password-${i}`)).toBe("login");
    for (let minute = 1; minute < 15; minute += 1) expect(await tries(minute, PASSWORD)).toBe("tooManyLogins");
    expect(await tries(15.1, PASSWORD)).toBe(on.people.reviewer);
  });
});

test("what comes as it is counts against what may be read, as what archives unpack to does", async () => {
  const most = { files: 10, bytes: 100_000 };
  const plain = { name: "a.csv", bytes: new TextEncoder().encode("x".repeat(60_000)) };
  const zip = { name: "b.zip", bytes: zipSync({ "b.csv": new TextEncoder().encode("y".repeat(60_000)) }) };
  const read = async (...files: (typeof plain)[]) => {
    const answer = await work({ kind: "read", files, lang: "zh", places: false, most });
    return answer.kind === "read" ? answer.remarks.map(({ code }) => code).filter((code) => code === "zip-too-big") : answer.kind === "problem" ? answer.code : answer.kind;
  };
  expect(await read(zip)).toEqual([]);
  expect(await read(plain)).toEqual([]);
  expect(await read(plain, zip)).toEqual(["zip-too-big"]);
  expect(await read(plain, { ...plain, name: "c.csv" })).toBe("too-much");
  expect(await read(...Array.from({ length: 11 }, (_, i) => ({ name: `${i}.csv`, bytes: new Uint8Array(1) })))).toBe("too-much");
});

test("requests that are refused count as well", async () => {
  const on = await serviceFor({ settings: { limits: { ...usual.limits, requests: 5 } } });
  try {
    const answers: number[] = [];
    for (let i = 0; i < 7; i += 1) answers.push((await on.nobody("GET", "/submissions")).statusCode);
    expect(answers).toEqual([401, 401, 401, 401, 401, 429, 429]);
    const english = await on.nobody("GET", "/submissions", undefined, { "accept-language": "en" });
    expect(english.json<{ detail: string }>().detail).toMatch(/^[\x20-\x7e]+$/);
  } finally {
    await on.close();
  }
}, 240_000);

describe("threads", () => {
  const CODE = "import { parentPort } from 'node:worker_threads'; parentPort.on('message', (task) => { setTimeout(() => parentPort.postMessage({ result: task }), 5); }); parentPort.postMessage({ ready: true });";

  test("of those who wait for an answer the first is served first, and what does not hurry is not kept waiting for ever", async () => {
    const threads = threadsOf<string, string>(new URL(`data:text/javascript,${encodeURIComponent(CODE)}`), { count: 1, seconds: 10, oldMegabytes: 64, mostWaiting: 100 });
    const order: string[] = [];
    const run = async (task: string, first: boolean): Promise<void> => { order.push(await threads.run(task, { first })); };
    const hurried = Array.from({ length: 12 }, (_, i) => `first ${i}`);
    await Promise.all([run("begun", true), run("job", false), ...hurried.map((task) => run(task, true))]);
    await threads.close();
    expect(order.filter((task) => task.startsWith("first"))).toEqual(hurried);
    expect(order.indexOf("job")).toBeGreaterThan(1);
    expect(order.indexOf("job")).toBeLessThan(6);
  });
});

describe("the lock of a folder", () => {
  let folder: string;
  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), "ziping-lock-")); });
  afterAll(async () => { await rm(folder, { recursive: true, force: true }); });
  const path = (): string => join(folder, "ziping.lock");

  test("that is being written at this moment is not taken for one that was left behind", async () => {
    await writeFile(path(), "");
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: "store.locked" });
    const before = new Date(Date.now() - 120_000);
    await utimes(path(), before, before);
    await (await lockFolder(folder))();
  });

  test("that another has taken over meanwhile stays his when the former holder ends", async () => {
    const release = await lockFolder(folder);
    const others = JSON.stringify({ pid: 1, host: "another-machine", began: null });
    await writeFile(path(), others);
    await release();
    expect(await readFile(path(), "utf8")).toBe(others);
    await rm(path());
  });
});

test("whose headers a proxy may set is said by addresses; anything else is told by its name", () => {
  for (const given of ["true", "everybody", "10.0.0.0/99"]) expect(() => settingsFrom({ ZIPING_TRUST_PROXY: given }), given).toThrow(expect.objectContaining({ setting: "ZIPING_TRUST_PROXY", given }) as Error);
  for (const given of ["127.0.0.1", "10.0.0.0/8,::1", "loopback", "uniquelocal, 192.0.2.1"]) expect(settingsFrom({ ZIPING_TRUST_PROXY: given }).trustProxy).toBe(given);
});
