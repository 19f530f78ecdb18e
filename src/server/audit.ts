// What somebody did -> a line of the log, chained to the one before by its digest.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { LOCKS, type Db, type Trx } from "./store/database.ts";
import { storable } from "./store/text.ts";

/** Who does something: a caller, or somebody who is just becoming one. */
export interface Actor { person: { id: string; name: string }; token: { id: string } | null }

/** `action`: `<kind>.<what was done>`. `before`, `after`: digests (`digestOf`) of what it was done to. `detail` holds no contents of forms, no secrets. */
export interface AuditLine {
  action: string;
  subject: { kind: string; id: string };
  departmentId?: string | null;
  before?: string | null;
  after?: string | null;
  detail?: Readonly<Record<string, unknown>>;
}

/** Writes the line in the transaction of what it tells. The last thing in it: the log is locked from here until its end, so that the chain is one. */
export async function audit(trx: Trx, actor: Actor | null, line: AuditLine): Promise<void> {
  await auditAll(trx, actor, [line]);
}

/** Several lines at once, in their order: what writes many holds the log for as long as one. */
export async function auditAll(trx: Trx, actor: Actor | null, lines: readonly AuditLine[]): Promise<void> {
  if (lines.length === 0) return;
  await sql`SELECT pg_advisory_xact_lock(${sql.lit(LOCKS.audit)})`.execute(trx);
  const last = await trx.selectFrom("audit").select("digest").orderBy("id", "desc").limit(1).executeTakeFirst();
  let previous = last?.digest ?? FIRST;
  const rows = lines.map((line) => {
    const row = unchained(actor, line, previous);
    previous = lineDigest(row);
    return { ...row, detail: JSON.stringify(row.detail), digest: previous };
  });
  for (let from = 0; from < rows.length; from += AT_ONCE) await trx.insertInto("audit").values(rows.slice(from, from + AT_ONCE)).execute();
}

const AT_ONCE = 500;

function unchained(actor: Actor | null, line: AuditLine, previous: string): Unchained {
  return {
    at: new Date(),
    person_id: actor?.person.id ?? null, person_name: actor?.person.name ?? null, token_id: actor?.token?.id ?? null,
    action: line.action, subject_kind: line.subject.kind, subject_id: line.subject.id, department_id: line.departmentId ?? null,
    before_digest: line.before ?? null, after_digest: line.after ?? null, detail: stored(line.detail ?? {}), previous,
  };
}

/** sha256 of bytes or a text as they are, of anything else as canonical JSON (keys in order). */
export function digestOf(value: unknown): string {
  return createHash("sha256").update(typeof value === "string" || value instanceof Uint8Array ? value : canonical(value)).digest("hex");
}

/** Whether every line is as it was written and in its place. `broken`: the first that is not. `head`: keep it elsewhere, and lines cut off at the end show too. */
export interface Verified { lines: number; head: { id: number; digest: string } | null; broken: number | null }

/** Reads the whole log, a part at a time. */
export async function verifyAudit(db: Db | Trx): Promise<Verified> {
  const chain = chainCheck();
  for (let after = 0; ;) {
    const rows = await db.selectFrom("audit").selectAll().where("id", ">", after).orderBy("id").limit(500).execute();
    for (const row of rows) if (!chain.add(row)) return { ...chain.soFar(), broken: row.id };
    const last = rows.at(-1);
    if (last === undefined) return chain.soFar();
    after = last.id;
  }
}

export interface AuditRow extends Unchained { id: number; digest: string }

/** The same over lines that come one by one, as from a backup. */
export function chainCheck(): { add: (row: AuditRow) => boolean; soFar: () => Verified } {
  let lines = 0;
  let head: Verified["head"] = null;
  return {
    add: (row) => {
      if (row.previous !== (head?.digest ?? FIRST) || lineDigest(row) !== row.digest) return false;
      lines += 1;
      head = { id: row.id, digest: row.digest };
      return true;
    },
    soFar: () => ({ lines, head, broken: null }),
  };
}

interface Unchained {
  at: Date; person_id: string | null; person_name: string | null; token_id: string | null; action: string; subject_kind: string; subject_id: string;
  department_id: string | null; before_digest: string | null; after_digest: string | null; detail: Record<string, unknown>; previous: string;
}

/** What stands before the first line. */
const FIRST = "0".repeat(64);

function lineDigest(row: Unchained): string {
  return digestOf([
    row.previous, row.at.toISOString(), row.person_id, row.person_name, row.token_id, row.action, row.subject_kind, row.subject_id,
    row.department_id, row.before_digest, row.after_digest, row.detail,
  ]);
}

/** As the database gives it back: no undefined, no NUL, no half signs. */
function stored(detail: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(detail, (_key, value: unknown) => (typeof value === "string" ? storable(value) : value))) as Record<string, unknown>;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
}
