// A folder or the address of a PostgreSQL -> the store: one dialect over PGlite and pg, migrated, its values alike. Owns kysely's dialect, pg and PGlite.
import { AsyncLocalStorage } from "node:async_hooks";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { PGlite, types } from "@electric-sql/pglite";
import { CompiledQuery, Kysely, PostgresDialect, sql, type PostgresPool, type PostgresPoolClient, type Transaction } from "kysely";
import pg from "pg";
import { Refusal } from "../../refusal.ts";
import { lockFolder } from "./lock.ts";
import type { Tables } from "./tables.ts";

export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;
/** `folder: null` keeps everything in memory. */
export type StorePlace = { folder: string | null } | { url: string };

export interface Store {
  db: Db;
  kind: "pglite" | "postgres";
  /** Of a PostgreSQL; null on PGlite. */
  url: string | null;
  /** Plain SQL outside any transaction, for pg-boss; several statements at once where there are no values. */
  execute: (text: string, values?: readonly unknown[]) => Promise<{ rows: Record<string, unknown>[]; rowCount: number }>;
  close: () => Promise<void>;
}

/** Opens the store and brings its tables up to date. Throws Refusal where another process has the folder, or a newer program wrote it. */
export async function openStore(place: StorePlace): Promise<Store> {
  const opened = "url" in place ? openPostgres(place.url) : await openPglite(place.folder);
  try {
    await migrate(opened.db);
  } catch (problem) {
    await opened.close();
    throw problem;
  }
  return opened;
}

/**
 * Runs the work in one transaction; inside it only `trx` may be used, since PGlite has a single connection: anything else throws at once.
 * Runs it again where PostgreSQL gave up on it for another's sake (deadlock, serialization), so the work must do nothing outside the store.
 */
export async function transaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const mark = { open: true };
    try {
      return await db.transaction().execute(async (trx) => await inside.run(mark, async () => await work(trx)));
    } catch (problem) {
      const { code } = problem as { code?: unknown };
      if (attempt === 3 || (code !== "40P01" && code !== "40001")) throw problem;
    } finally {
      mark.open = false;
    }
  }
}

/** One number of our own per lock that the database keeps for us. */
export const LOCKS = { migration: 7_490_001, audit: 7_490_002, firstStart: 7_490_003, queue: 7_490_010 } as const;

const inside = new AsyncLocalStorage<{ open: boolean }>();
const MIGRATIONS = new URL("./migrations/", import.meta.url);

function outsideTransactions(): void {
  if (inside.getStore()?.open === true) throw new Error("inside a transaction only its trx may be used");
}

function openPostgres(url: string): Store {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- kinds of values have numbers, whether or not pg names them
  const parserOf = (oid: number, format?: "text" | "binary"): unknown => (format === "binary" ? undefined : PARSERS[oid]) ?? pg.types.getTypeParser(oid, format);
  const pool = new pg.Pool({
    connectionString: url, max: 10, connectionTimeoutMillis: 10_000, keepAlive: true, application_name: "ziping",
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  });
  // A connection that breaks while nobody uses it: the next question opens another.
  pool.on("error", () => undefined);
  // One that breaks while it is in use tells its questions so; told to nobody besides, it would end the process.
  pool.on("connect", (client) => { client.on("error", () => undefined); });
  const guarded: PostgresPool = {
    connect: async () => {
      outsideTransactions();
      return await pool.connect();
    },
    end: async () => { await pool.end(); },
  };
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: guarded }) });
  return {
    db, kind: "postgres", url,
    execute: async (text, values) => {
      outsideTransactions();
      const result = await pool.query<Record<string, unknown>>(text, values === undefined ? [] : [...values]);
      const last = Array.isArray(result) ? (result as typeof result[]).at(-1) : result;
      return { rows: last?.rows ?? [], rowCount: last?.rowCount ?? 0 };
    },
    close: async () => { await db.destroy(); },
  };
}

async function openPglite(folder: string | null): Promise<Store> {
  if (folder !== null) await makeFolder(folder);
  const release = folder === null ? () => Promise.resolve() : await lockFolder(folder);
  const isNew = folder !== null && !existsSync(join(folder, "store"));
  let engine: PGlite;
  try {
    engine = new PGlite({ ...(folder === null ? {} : { dataDir: join(folder, "store") }), parsers: PARSERS });
    await engine.waitReady;
  } catch (problem) {
    const reason = await reasonOf(problem, folder);
    // Half of a store would be taken for one at the next start.
    if (isNew) await rm(join(folder, "store"), { recursive: true, force: true });
    await release();
    throw reason;
  }
  const pool = poolOf(engine);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool.pool }) });
  return {
    db, kind: "pglite", url: null,
    execute: async (text, values) => {
      const client = await pool.pool.connect();
      try {
        const { rows, rowCount } = await client.query<Record<string, unknown>>(text, values ?? []);
        return { rows, rowCount };
      } finally {
        client.release();
      }
    },
    close: async () => {
      await db.destroy();
      await engine.close().catch(() => undefined);
      await release();
    },
  };
}

/** Where nothing may be written, making a folder with those above it says that it is not there; making it alone says why. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code !== "ENOENT") throw problem;
    await mkdir(folder);
  }
}

/** Less room than this, and a store that cannot be opened lacks room. */
const LEAST_ROOM = 8 * 1024 * 1024;

/** What PGlite throws then is no Error and says nothing. */
async function reasonOf(problem: unknown, folder: string | null): Promise<unknown> {
  const room = folder === null ? null : await statfs(folder).then(({ bavail, bsize }) => bavail * bsize, () => null);
  if (room !== null && room < LEAST_ROOM) return new Refusal("store.full");
  return problem instanceof Error && !/^(?:Exit|Errno)/u.test(problem.name) ? problem : new Refusal("store.broken", { folder: folder ?? "" });
}

/** PGlite's one connection as a pool of one: whoever comes while it is taken waits in line. */
function poolOf(engine: PGlite): { pool: PostgresPool } {
  let line: Promise<void> = Promise.resolve();
  // PostgreSQL answers the commit of a broken transaction with ROLLBACK; PGlite does not hand that on.
  let broken = false;
  const query = async (text: string, values: readonly unknown[]): Promise<{ command: string; rowCount: number; rows: unknown[] }> => {
    const first = /^\s*(\w+)/u.exec(text)?.[1]?.toUpperCase() ?? "";
    try {
      const result = values.length === 0 ? (await engine.exec(text)).at(-1) : await engine.query(text, [...values]);
      const ended = broken && first === "COMMIT";
      if (first === "BEGIN" || first === "START" || first === "COMMIT" || first === "ROLLBACK") broken = false;
      if (first === "COMMIT" || first === "ROLLBACK") return { command: ended ? "ROLLBACK" : first, rowCount: 0, rows: [] };
      const changes = /^(?:INSERT|UPDATE|DELETE|MERGE|WITH)$/u.test(first);
      return { command: changes ? "UPDATE" : "SELECT", rowCount: result?.affectedRows ?? 0, rows: result?.rows ?? [] };
    } catch (problem) {
      broken = true;
      throw problem;
    }
  };
  const connect = async (): Promise<PostgresPoolClient> => {
    outsideTransactions();
    const before = line;
    let leave = (): void => undefined;
    line = new Promise((resolve) => { leave = resolve; });
    await before;
    return { query, release: leave } as unknown as PostgresPoolClient;
  };
  return { pool: { connect, end: async () => { await line; } } };
}

/** Text of the database -> values, the same on both. Whole numbers are counts and keys far below 2^53; amounts and days stay text. */
const PARSERS: Record<number, (text: string) => unknown> = {
  [types.INT8]: Number,
  [types.NUMERIC]: (text) => text,
  [types.DATE]: (text) => text,
};

/** All migrations that the store does not have yet, in the order of their names, whichever of several servers comes first. */
async function migrate(db: Db): Promise<void> {
  const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith(".sql")).sort();
  await transaction(db, async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(${sql.lit(LOCKS.migration)})`.execute(trx);
    await trx.executeQuery(CompiledQuery.raw("CREATE TABLE IF NOT EXISTS migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"));
    const { rows } = await sql<{ name: string }>`SELECT name FROM migration`.execute(trx);
    const applied = new Set(rows.map(({ name }) => name));
    const newer = [...applied].filter((name) => !names.includes(name));
    if (newer.length > 0) throw new Refusal("store.newer", { names: newer.join(" ") });
    for (const name of names.filter((one) => !applied.has(one))) {
      await trx.executeQuery(CompiledQuery.raw(await readFile(new URL(name, MIGRATIONS), "utf8")));
      await sql`INSERT INTO migration (name) VALUES (${name})`.execute(trx);
    }
  });
}
