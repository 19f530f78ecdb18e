// The store -> one file (gzip of NDJSON: a header, each table's rows as the database itself writes them, an end with digests) and back into an empty one.
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { CompiledQuery, sql } from "kysely";
import { Refusal } from "../refusal.ts";
import { TOOL } from "../tool.ts";
import { verifyAudit, type Verified } from "./audit.ts";
import { transaction, type Store, type Trx } from "./store/database.ts";

export interface BackedUp { rows: number; audit: Verified["head"] }

const FORMAT = "ziping/backup@1";
/** Who is signed in and who failed to is of the moment; what migrations were made a store knows itself. */
const LEFT_OUT = ["session", "login_attempt", "idempotency", "migration"];
/** What was carried over has the time of what it comes from; the hand-in's place tells them apart. */
const SAID = "(SELECT s.ordinal FROM submission s WHERE s.id = t.submission_id), at, id";
/** Rows that name others of their own table come after those. */
const ORDER: Readonly<Record<string, string>> = { audit: "id", submission: "year, ordinal", explanation: SAID, decision: SAID, delivery: "created_at" };
/** Rows that are fetched at once, and characters that are put in at once. */
const FETCH = 200;
const FETCH_FILES = 4;
const BATCH = 8_000_000;

interface Head { format: string; tool: string; migrations: string[]; tables: { name: string; columns: string[] }[] }
interface End { end: true; rows: number; sha256: string; audit: Verified["head"] }

/** One moment of the store, whatever happens to it meanwhile. The file is there only when it is whole. */
export async function backupTo(store: Store, file: string): Promise<BackedUp> {
  const part = `${file}.part`;
  try {
    const done = await transaction(store.db, async (trx) => {
      await sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`.execute(trx);
      await sql`SET LOCAL TimeZone = 'UTC'`.execute(trx);
      const result: { done: BackedUp | null } = { done: null };
      await pipeline(Readable.from(linesOf(trx, (end) => { result.done = end; })), createGzip({ level: 6 }), createWriteStream(part, { mode: 0o600, flush: true }));
      return result.done;
    });
    await rename(part, file);
    return done ?? { rows: 0, audit: null };
  } catch (problem) {
    await rm(part, { force: true }).catch(() => undefined);
    throw problem;
  }
}

/** Puts all of it into a store that holds nothing yet, or nothing at all. Throws Refusal, whose sentence takes the `file`, too. */
export async function restoreFrom(store: Store, file: string): Promise<BackedUp> {
  return await transaction(store.db, async (trx) => {
    if (await trx.selectFrom("person").select("id").limit(1).executeTakeFirst() !== undefined || await trx.selectFrom("audit").select("id").limit(1).executeTakeFirst() !== undefined) throw new Refusal("restore.notEmpty");
    await sql`SET LOCAL TimeZone = 'UTC'`.execute(trx);
    await trx.deleteFrom("invitation").execute();
    const hash = createHash("sha256");
    let head: Head | null = null;
    let end: End | null = null;
    let table: Head["tables"][number] | null = null;
    let batch: string[] = [];
    let size = 0;
    let rows = 0;
    const put = async (): Promise<void> => {
      if (table !== null && batch.length > 0) await insert(trx, table, batch);
      batch = [];
      size = 0;
    };
    for await (const line of lines(file)) {
      if (head === null) {
        head = headOf(line);
        await refuseNewer(trx, head);
      } else if (line.startsWith('{"end":true,')) {
        end = parsed<End>(line);
        break;
      } else if (line.startsWith('{"table":')) {
        await put();
        const { table: name } = parsed<{ table: string }>(line);
        table = head.tables.find((one) => one.name === name) ?? null;
        if (table === null) throw new Refusal("restore.damaged");
      } else {
        if (table === null || !line.startsWith("=")) throw new Refusal("restore.damaged");
        batch.push(line.slice(1));
        rows += 1;
        size += line.length;
        if (size > BATCH) await put();
      }
      hash.update(line).update("\n");
    }
    await put();
    if (head === null || end === null) throw new Refusal("restore.cut");
    if (end.sha256 !== hash.digest("hex") || end.rows !== rows) throw new Refusal("restore.damaged");
    await sql`SELECT setval(pg_get_serial_sequence('audit', 'id'), greatest((SELECT max(id) FROM audit), 1))`.execute(trx);
    const log = await verifyAudit(trx);
    if (log.broken !== null) throw new Refusal("restore.chain", { line: String(log.broken) });
    if (log.head?.digest !== end.audit?.digest) throw new Refusal("restore.damaged");
    return { rows, audit: log.head };
  });
}

/** Each line with its break. Rows begin with a sign of their own, so that none is taken for what stands between them. */
async function* linesOf(trx: Trx, ended: (done: BackedUp) => void): AsyncGenerator<string> {
  const hash = createHash("sha256");
  const line = (text: string): string => {
    hash.update(text).update("\n");
    return `${text}\n`;
  };
  const { rows: migrations } = await sql<{ name: string }>`SELECT name FROM migration ORDER BY name`.execute(trx);
  const tables = await tablesOf(trx);
  yield line(JSON.stringify({ format: FORMAT, tool: `${TOOL.name} ${TOOL.version}`, migrations: migrations.map(({ name }) => name), tables } satisfies Head));
  let rows = 0;
  for (const { name } of tables) {
    yield line(JSON.stringify({ table: name }));
    await trx.executeQuery(CompiledQuery.raw(`DECLARE backup_rows NO SCROLL CURSOR FOR SELECT row_to_json(t)::text AS line FROM ${name} t ORDER BY ${ORDER[name] ?? "1"}`));
    for (;;) {
      const { rows: some } = await trx.executeQuery<{ line: string }>(CompiledQuery.raw(`FETCH ${name === "submission_file" ? FETCH_FILES : FETCH} FROM backup_rows`));
      for (const row of some) yield line(`=${row.line}`);
      rows += some.length;
      if (some.length === 0) break;
    }
    await trx.executeQuery(CompiledQuery.raw("CLOSE backup_rows"));
  }
  const { head, broken } = await verifyAudit(trx);
  if (broken !== null) throw new Refusal("restore.chain", { line: String(broken) });
  yield `${JSON.stringify({ end: true, rows, sha256: hash.digest("hex"), audit: head } satisfies End)}\n`;
  ended({ rows, audit: head });
}

/** Tables that others name come before those. */
async function tablesOf(trx: Trx): Promise<Head["tables"]> {
  const { rows: columns } = await sql<{ table: string; column: string }>`SELECT table_name AS table, column_name AS column FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`.execute(trx);
  const { rows: links } = await sql<{ from: string; to: string }>`SELECT conrelid::regclass::text AS from, confrelid::regclass::text AS to FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid <> confrelid`.execute(trx);
  const names = [...new Set(columns.map(({ table }) => table))].filter((name) => !LEFT_OUT.includes(name));
  const ordered: string[] = [];
  while (ordered.length < names.length) {
    const next = names.find((name) => !ordered.includes(name) && links.every(({ from, to }) => from !== name || ordered.includes(to) || !names.includes(to)));
    if (next === undefined) throw new Error("tables that name each other in a ring");
    ordered.push(next);
  }
  return ordered.map((name) => ({ name, columns: columns.filter(({ table }) => table === name).map(({ column }) => column) }));
}

/** Split at the one sign that rows never hold; there are others that programs take for the end of a line. */
async function* lines(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unzipped = source.pipe(createGunzip());
  source.on("error", (problem) => { unzipped.destroy(problem); });
  try {
    let begun: Buffer[] = [];
    for await (const chunk of unzipped) {
      let rest = chunk as Buffer;
      for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10)) {
        yield Buffer.concat([...begun, rest.subarray(0, at)]).toString("utf8");
        begun = [];
        rest = rest.subarray(at + 1);
      }
      if (rest.length > 0) begun.push(rest);
    }
    if (begun.length > 0) throw new Refusal("restore.cut");
  } catch (problem) {
    const { code = "" } = problem as NodeJS.ErrnoException;
    if (code.startsWith("Z_")) throw new Refusal(code === "Z_BUF_ERROR" ? "restore.cut" : "restore.damaged");
    throw problem;
  }
}

function headOf(line: string): Head {
  const head = parsed<Partial<Head>>(line);
  const right = head.format === FORMAT && Array.isArray(head.migrations) && Array.isArray(head.tables) && head.tables.every(({ name, columns }) => [name, ...columns].every((word) => /^[a-z_][a-z_0-9]{0,60}$/u.test(word)));
  if (!right) throw new Refusal("restore.noBackup");
  return head as Head;
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- who reads a line says what it is
function parsed<T>(line: string): T {
  try {
    return JSON.parse(line) as T;
  } catch {
    throw new Refusal("restore.noBackup");
  }
}

async function refuseNewer(trx: Trx, head: Head): Promise<void> {
  const { rows } = await sql<{ name: string }>`SELECT name FROM migration`.execute(trx);
  const known = new Set(rows.map(({ name }) => name));
  if (head.migrations.some((name) => !known.has(name))) throw new Refusal("restore.newer", { tool: head.tool });
}

/** The rows as the database wrote them; columns that are newer than the backup take their usual value. */
async function insert(trx: Trx, { name, columns }: Head["tables"][number], rows: readonly string[]): Promise<void> {
  const list = columns.map((column) => `"${column}"`).join(", ");
  await trx.executeQuery(CompiledQuery.raw(`INSERT INTO ${name} (${list}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM json_populate_recordset(NULL::${name}, $1::text::json)`, [`[${rows.join(",")}]`]));
}
