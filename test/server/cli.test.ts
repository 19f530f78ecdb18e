// The commands of the service: serve, worker, user, backup, restore, as somebody runs them on the machine; on both stores where both can be had.
import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { audit, verifyAudit } from "../../src/server/audit.ts";
import { openStore, transaction } from "../../src/server/store/database.ts";
import { ziping, type Ran } from "../cli/world.ts";
import { emptyStore } from "./empty-store.ts";
import { STORES, serviceFor, type Harness, type StoreKind } from "./harness.ts";
import { freePort, postgresMissing, postgresServer } from "./postgres.ts";
import { seedB } from "./requests.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const built = existsSync(CLI) && existsSync(fileURLToPath(new URL("../../dist/server/start.js", import.meta.url)));

/** A busy machine takes its time over a new store. */
const PATIENT = 300_000;
const scratch = mkdtempSync(join(tmpdir(), "ziping-cli-"));
let folders = 0;
const fresh = (): string => join(scratch, String(folders += 1));
afterAll(() => { rmSync(scratch, { recursive: true, force: true }); }, PATIENT);

/** A folder with an empty store, which is there in no time. */
async function freshStore(): Promise<string> {
  const to = fresh();
  renameSync(await emptyStore(), to);
  return to;
}

interface Running { out: () => string; ended: Promise<Ran>; stop: () => void }

/** A command that goes on until it is stopped, in this process. */
function start(args: readonly string[], env: Record<string, string> = {}): Running {
  let out = "";
  let stop = (): void => undefined;
  const ended = ziping(args, {
    env: { ZIPING_LOG: "silent", ...env },
    out: (data) => {
      out += String(data);
      return Promise.resolve();
    },
    onStop: (heard) => {
      stop = heard;
      return () => undefined;
    },
  });
  return { out: () => out, ended, stop: () => { stop(); } };
}

async function until<T>(found: () => T | null | undefined | false | Promise<T | null | undefined | false>, seconds = 200): Promise<T> {
  for (const end = Date.now() + seconds * 1000; ;) {
    const value = await found();
    if (value !== null && value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error("waited too long");
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
}

const placed = async (store: StoreKind): Promise<{ args: string[]; env: Record<string, string> }> => (store === "pglite" ? { args: ["--data", await freshStore()], env: {} } : { args: [], env: { DATABASE_URL: await (await postgresServer()).database() } });

describe.each(STORES)("on %s", (store) => {
  it("serve starts, prints a link for the first administrator that works once, answers, and stops when told to", async () => {
    const { args, env } = await placed(store);
    const port = await freePort();
    const running = start(["serve", ...args, "--port", String(port)], env);
    const link = await until(() => /http:\/\/127\.0\.0\.1:\d+\/first#token=(\S+)/u.exec(running.out()));
    expect(running.out()).toContain(`服务已启动：http://127.0.0.1:${port}\n`);
    const ask = async (path: string, body?: object): Promise<Response> => await fetch(`http://127.0.0.1:${port}${path}`, body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    await until(async () => (await ask("/readyz")).status === 200);
    expect(await (await ask("/api/v1/session")).json()).toMatchObject({ first: true });
    const first = { token: link[1], login: "zhang", name: "张三", password: "a-long-enough-password" };
    const made = await ask("/api/v1/first-administrator", first);
    expect(await made.json()).toMatchObject({ person: { login: "zhang", roles: ["administrator"] } });
    expect(made.headers.get("set-cookie")).toMatch(/^ziping_session=[\w-]{43};.*HttpOnly; SameSite=Lax/u);
    expect((await ask("/api/v1/first-administrator", { ...first, login: "other" })).status).toBe(410);
    expect(await (await ask("/api/v1/session")).json()).toMatchObject({ first: false });
    running.stop();
    expect(await running.ended).toMatchObject({ status: 0, err: expect.stringContaining("正在停止") });
    await expect(ask("/healthz")).rejects.toThrow();
    const again = start(["serve", ...args, "--port", String(port)], env);
    await until(() => again.out().includes("服务已启动"));
    expect(again.out()).not.toContain("/first#");
    again.stop();
    await again.ended;
    expect((await ziping(["user", "list", ...args], { env })).out).toBe("zhang\t张三\tadministrator\n");
  }, PATIENT);

  it("user adds, lists, disables, enables and resets, and keeps an administrator", async () => {
    const { args, env } = await placed(store);
    const user = async (...words: string[]): Promise<Ran> => await ziping(["user", ...words, ...args], { env });
    expect(await user("add", "li", "--name", "李四", "--role", "administrator")).toMatchObject({ status: 0, out: expect.stringMatching(/\/invitation#token=[\w-]{43}\n$/u) });
    expect(await user("add", "sfj", "--role", "department", "--department", "甲市司法局", "--public-url", "https://ziping.example")).toMatchObject({ status: 0, out: expect.stringContaining("https://ziping.example/invitation#token=") });
    expect((await user("list")).out).toBe("li\t李四\tadministrator\nsfj\tsfj\tdepartment\t甲市司法局\n");
    expect(JSON.parse((await user("list", "--json")).out)).toMatchObject([{ login: "li" }, { login: "sfj", department: "甲市司法局" }]);
    expect(await user("disable", "sfj")).toMatchObject({ status: 0 });
    expect((await user("list")).out).toContain("sfj\tsfj\tdepartment\t甲市司法局\t已停用\n");
    expect(await user("reset", "sfj")).toMatchObject({ status: 2, err: expect.stringContaining("请先 ziping user enable sfj") });
    expect(await user("enable", "sfj")).toMatchObject({ status: 0 });
    expect(await user("reset", "sfj")).toMatchObject({ status: 0, out: expect.stringContaining("/invitation#token=") });
    expect(await user("disable", "li")).toMatchObject({ status: 2, err: "至少要留一位可用的管理员。请先指定另一位管理员。\n" });
    expect(await user("disable", "wang")).toMatchObject({ status: 2, err: expect.stringContaining("没有 wang 这个账号") });
    expect(await user("add", "li", "--role", "reviewer")).toMatchObject({ status: 2, err: expect.stringContaining("已有相同的一项") });
    expect(await user("add", "x", "--role", "department")).toMatchObject({ status: 2, err: expect.stringContaining("所属部门") });
    expect(await user("add", "x")).toMatchObject({ status: 2, err: expect.stringContaining("--role") });
    expect(await user("add", "x", "--role", "reviewr")).toMatchObject({ status: 2, err: expect.stringContaining("是不是想写 reviewer？") });
  }, PATIENT);
});

describe("backup and restore", () => {
  const pairs = STORES.flatMap((from) => STORES.map((to) => [from, to] as const));
  let on: Harness | null = null;
  afterEach(async () => {
    await on?.close();
    on = null;
  });

  /** Everything in the store, table by table, as the database itself writes it. */
  const contents = async (url: Awaited<ReturnType<typeof openStore>>): Promise<Record<string, unknown>> => {
    const { rows } = await url.execute("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT IN ('session', 'login_attempt', 'idempotency', 'migration') ORDER BY 1");
    const all: Record<string, unknown> = {};
    for (const { name } of rows) all[String(name)] = (await url.execute(`SELECT md5(row_to_json(t)::text) AS row FROM ${String(name)} t ORDER BY 1`)).rows;
    return all;
  };

  it.each(pairs)("from %s to %s every row is the same and the log goes on from where it was", async (from, to) => {
    const source = await placed(from);
    on = await serviceFor(from === "pglite" ? { store: from, folder: source.args[1]! } : { store: from });
    if (from === "postgres") source.env["DATABASE_URL"] = on.store.url!;
    await seedB(on);
    await on.store.db.insertInto("submission_file").values({ submission_id: (await on.store.db.selectFrom("submission").select("id").executeTakeFirstOrThrow()).id, ordinal: 2, name: "换\u2028行.bin", media: "x", sha256: "0", bytes: Uint8Array.from({ length: 300_000 }, (_, i) => i % 256) }).execute();
    const { caller } = await on.as("administrator");
    for (let i = 0; i < 5; i += 1) await transaction(on.store.db, async (trx) => { await audit(trx, caller, { action: "test.done", subject: { kind: "test", id: `行\u2028${i}` }, detail: { text: "一\n二" } }); });
    const before = await contents(on.store);
    await on.close();
    on = null;
    const file = `${fresh()}.ziping`;
    expect(await ziping(["backup", file, ...source.args], { env: source.env })).toMatchObject({ status: 0, err: "" });
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(await ziping(["backup", file, ...source.args], { env: source.env })).toMatchObject({ status: 2, err: expect.stringContaining("没有覆盖") });
    const target = await placed(to);
    expect(await ziping(["restore", file, ...target.args], { env: target.env })).toMatchObject({ status: 0, err: "" });
    expect(await ziping(["restore", file, ...target.args], { env: target.env })).toMatchObject({ status: 2, err: expect.stringContaining("目标里已有数据") });
    const restored = await openStore(to === "pglite" ? { folder: target.args[1]! } : { url: target.env["DATABASE_URL"]! });
    try {
      expect(await contents(restored)).toEqual(before);
      await transaction(restored.db, async (trx) => { await audit(trx, caller, { action: "test.after", subject: { kind: "test", id: "after" } }); });
      expect(await verifyAudit(restored.db)).toMatchObject({ broken: null, lines: 6 });
    } finally {
      await restored.close();
    }
  }, PATIENT);

  it("a file that was cut, changed, or is no backup restores nothing and says why", async () => {
    // What is wrong with a file is said before any store knows of it: the one that opens quickly does for all.
    const [source, target] = [await placed(STORES.at(-1)!), await placed(STORES.at(-1)!)];
    for (const login of ["li", "wang"]) await ziping(["user", "add", login, "--role", "administrator", ...source.args], { env: source.env });
    const file = `${fresh()}.ziping`;
    expect((await ziping(["backup", file, ...source.args], { env: source.env })).status).toBe(0);
    const whole = readFileSync(file);
    const text = gunzipSync(whole).toString("utf8");
    const broken: [Buffer | string, string][] = [
      [whole.subarray(0, whole.length - 30), "不完整"], [gzipSync(text.slice(0, text.lastIndexOf('{"end"'))), "不完整"], [gzipSync(text.replace('"login":"wang"', '"login":"zhao"')), "与其摘要不符"],
      [gzipSync(text.replace("=", "")), "与其摘要不符"], [gzipSync('{"format":"something/else"}\n'), "不是 ziping 的备份"], ["just text", "可能损坏"], [gzipSync(text.replace("0001-ground.sql", "9999-later.sql")), "较新版本"],
    ];
    for (const [bytes, sentence] of broken) {
      const bad = `${fresh()}.ziping`;
      writeFileSync(bad, bytes);
      expect(await ziping(["restore", bad, ...target.args], { env: target.env })).toMatchObject({ status: 2, out: "", err: expect.stringContaining(sentence) });
    }
    expect((await ziping(["restore", join(scratch, "nobody-wrote-this"), ...target.args], { env: target.env })).err).toContain("nobody-wrote-this");
    expect((await ziping(["user", "list", ...target.args], { env: target.env })).out).toBe("");
  }, PATIENT);
});

describe("what cannot be started says so in a sentence", () => {
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  afterAll(() => { other.kill(); });
  const heldBy = async (holder: object): Promise<string> => {
    const folder = await freshStore();
    writeFileSync(join(folder, "ziping.lock"), JSON.stringify(holder));
    return folder;
  };
  const began = (pid: number): string | null => {
    try {
      const text = readFileSync(`/proc/${pid}/stat`, "utf8");
      return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${text.slice(text.lastIndexOf(")") + 2).split(" ")[19]!}`;
    } catch {
      return null;
    }
  };

  it("where no store is named, two are, or the one is none", async () => {
    expect((await ziping(["serve"])).err).toContain("--data");
    expect((await ziping(["serve", "--data", "x"], { env: { DATABASE_URL: "postgres://x/y" } })).err).toContain("只留一个");
    expect((await ziping(["serve"], { env: { DATABASE_URL: "mysql://x/y" } })).err).toContain("postgres://");
    expect((await ziping(["user", "list", "--data", fresh()])).err).toContain("没有 ziping 的数据");
    expect((await ziping(["worker"])).err).toContain("只用于 PostgreSQL");
    expect((await ziping(["worker", "--lang", "en"])).err).toContain("PostgreSQL only");
    expect((await ziping(["serve", "--data", fresh(), "--port", "99999"])).err).toContain("--port");
    expect((await ziping(["serve", "--data", fresh()], { env: { ZIPING_FILE_MB: "many" } })).err).toContain("ZIPING_FILE_MB");
    expect((await ziping(["user", "list"], { env: { DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/x` } })).err).toContain("连不上");
  }, PATIENT);

  it("where a living process has the folder: that one is named and goes on", async () => {
    const folder = await heldBy({ pid: other.pid, host: hostname(), began: began(other.pid!) });
    const refused = await ziping(["serve", "--data", folder]);
    expect(refused).toMatchObject({ status: 2, out: "", err: expect.stringContaining(`进程 ${other.pid!}`) });
    expect(refused.err.trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(folder, "ziping.lock"), "utf8"))).toMatchObject({ pid: other.pid });
  }, PATIENT);

  it("where another machine holds the folder and shows that it lives", async () => {
    const folder = await heldBy({ pid: 1, host: "another-machine", began: null });
    expect((await ziping(["user", "add", "li", "--role", "administrator", "--data", folder])).err).toContain("another-machine");
  }, PATIENT);

  it.skipIf(began(process.pid) === null)("but what a process that was killed left behind is taken over, even where its number is another's by now", async () => {
    for (const holder of [{ pid: 4_194_000, host: hostname(), began: null }, { pid: other.pid, host: hostname(), began: "an-earlier-start 1" }, {}]) {
      const folder = await heldBy(holder);
      utimesSync(join(folder, "ziping.lock"), new Date(0), new Date(Date.now() - 30_000));
      expect(await ziping(["user", "add", "li", "--role", "administrator", "--data", folder])).toMatchObject({ status: 0, err: "" });
      expect(existsSync(join(folder, "ziping.lock"))).toBe(false);
    }
  }, PATIENT);

  it("where the port is another's", async () => {
    const port = await freePort();
    const [first, folder] = [start(["serve", "--data", await freshStore(), "--port", String(port)]), await freshStore()];
    await until(() => first.out().includes("服务已启动"));
    expect((await ziping(["serve", "--data", folder, "--port", String(port)], { env: { ZIPING_LOG: "silent" } })).err).toBe(`端口 ${port} 已被别的程序占用。请换一个：--port 8081。\n`);
    expect(existsSync(join(folder, "ziping.lock"))).toBe(false);
    first.stop();
    await first.ended;
  }, PATIENT);

  it("where the store was written by a newer program", async () => {
    const folder = await freshStore();
    const store = await openStore({ folder });
    await store.execute("INSERT INTO migration (name) VALUES ('9999-later.sql')");
    await store.close();
    expect((await ziping(["user", "list", "--data", folder])).err).toContain("较新版本");
  }, PATIENT);
});

describe.skipIf(!built)("as built, in processes of its own", () => {
  const children: ChildProcess[] = [];
  afterAll(() => { for (const child of children) child.kill("SIGKILL"); });
  const run = (args: readonly string[], options: { uid?: number; env?: Record<string, string> } = {}): { child: ChildProcess; out: () => string; err: () => string; ended: Promise<number | null> } => {
    const child = spawn(process.execPath, [CLI, ...args], { cwd: scratch, stdio: ["ignore", "pipe", "pipe"], env: { PATH: process.env["PATH"], ZIPING_LOG: "warn", ...options.env }, ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }) });
    children.push(child);
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => { out += String(data); });
    child.stderr.on("data", (data) => { err += String(data); });
    return { child, out: () => out, err: () => err, ended: new Promise((resolve) => { child.once("close", resolve); }) };
  };

  it("a second serve of the folder is refused while the first lives; after kill -9 the next one takes over and nothing is lost", async () => {
    const folder = fresh();
    const port = await freePort();
    const first = run(["serve", "--data", folder, "--port", String(port)]);
    const link = await until(() => /#token=(\S+)/u.exec(first.out()));
    const second = run(["serve", "--data", folder, "--port", String(await freePort())]);
    expect(await second.ended).toBe(2);
    expect(second.err()).toContain(`进程 ${first.child.pid!}`);
    const made = await fetch(`http://127.0.0.1:${port}/api/v1/first-administrator`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ token: link[1], login: "zhang", name: "张三", password: "a-long-enough-password" }) });
    expect(made.status).toBe(200);
    first.child.kill("SIGKILL");
    await first.ended;
    const third = run(["serve", "--data", folder, "--port", String(port)]);
    await until(() => third.out().includes("服务已启动"));
    const signedIn = await fetch(`http://127.0.0.1:${port}/api/v1/session`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ login: "zhang", password: "a-long-enough-password" }) });
    expect(signedIn.status).toBe(200);
    third.child.kill("SIGTERM");
    expect(await third.ended).toBe(0);
    expect(existsSync(join(folder, "ziping.lock"))).toBe(false);
  }, PATIENT);

  it.skipIf(userInfo().uid !== 0)("a folder that may not be written is named", async () => {
    chmodSync(scratch, 0o755);
    const folder = fresh();
    mkdirSync(folder, { mode: 0o555 });
    const refused = run(["serve", "--data", folder], { uid: 65_534 });
    expect(await refused.ended).toBe(2);
    expect(refused.err()).toMatch(/没有权限读写 .*\n$/u);
    expect(refused.err().trim().split("\n")).toHaveLength(1);
  }, PATIENT);

  it.skipIf(postgresMissing !== null)("a worker takes jobs until it is told to stop", async () => {
    const worker = run(["worker"], { env: { DATABASE_URL: await (await postgresServer()).database() } });
    await until(() => worker.out().includes("已就绪"));
    worker.child.kill("SIGTERM");
    expect(await worker.ended).toBe(0);
  }, PATIENT);
});
