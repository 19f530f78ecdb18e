// A person who signed in -> a session; a session's cookie -> its caller, for as long as it holds.
import type { Caller } from "./access.ts";
import { audit } from "./audit.ts";
import { newSecret, secretDigest } from "./secret.ts";
import type { Settings } from "./settings.ts";
import type { Db, Trx } from "./store/database.ts";

/** What goes into the cookie, and what unsafe requests must send besides. */
export interface NewSession { cookie: string; csrf: string; expiresAt: Date }

/** How long a session's former cookie still holds after a rotation: for requests that were under way. */
const GRACE = 60_000;
/** A session's last use is written down at most this often. */
const SEEN_EVERY = 60_000;

export async function startSession(trx: Db | Trx, personId: string, settings: Settings, now: Date): Promise<NewSession> {
  const started = { cookie: newSecret(), csrf: newSecret(), expiresAt: new Date(now.getTime() + settings.session.absolute) };
  await trx.insertInto("session").values({
    digest: secretDigest(started.cookie), person_id: personId, csrf: started.csrf, created_at: now, seen_at: now, rotated_at: now, expires_at: started.expiresAt,
  }).execute();
  return started;
}

/** The caller of a cookie, and the cookie that takes its place where it was time; null where the session is over or its person may no longer sign in. */
export async function sessionCaller(db: Db, cookie: string, settings: Settings, now: Date): Promise<{ caller: Caller; renewed: NewSession | null } | null> {
  const digest = secretDigest(cookie);
  const row = await db.selectFrom("session").innerJoin("person", "person.id", "session.person_id").where("session.digest", "=", digest)
    .select(["person.id", "person.name", "person.login", "person.roles", "person.department_id", "person.lang", "person.active", "session.csrf", "session.created_at", "session.seen_at", "session.rotated_at", "session.expires_at"]).executeTakeFirst();
  if (row === undefined) return null;
  const at = now.getTime();
  const over = at >= row.expires_at.getTime() || at - row.seen_at.getTime() > settings.session.idle || !row.active;
  if (over) {
    await db.deleteFrom("session").where("digest", "=", digest).execute();
    return null;
  }
  const caller: Caller = {
    person: { id: row.id, name: row.name, login: row.login, roles: row.roles, departmentId: row.department_id, lang: row.lang },
    token: null, session: { csrf: row.csrf, digest },
  };
  if (at - row.rotated_at.getTime() > settings.session.rotate) return { caller, renewed: await rotate(db, digest, row, now) };
  if (at - row.seen_at.getTime() > SEEN_EVERY) await db.updateTable("session").set({ seen_at: now }).where("digest", "=", digest).execute();
  return { caller, renewed: null };
}

/** Null where a request at the same time did it. */
async function rotate(db: Db, digest: string, row: { id: string; csrf: string; created_at: Date; rotated_at: Date; expires_at: Date }, now: Date): Promise<NewSession | null> {
  const old = await db.updateTable("session").set({ rotated_at: now, seen_at: now, expires_at: new Date(Math.min(now.getTime() + GRACE, row.expires_at.getTime())) })
    .where("digest", "=", digest).where("rotated_at", "<=", new Date(row.rotated_at.getTime() + 1)).executeTakeFirst();
  if (Number(old.numUpdatedRows) === 0) return null;
  const renewed = { cookie: newSecret(), csrf: row.csrf, expiresAt: row.expires_at };
  await db.insertInto("session").values({
    digest: secretDigest(renewed.cookie), person_id: row.id, csrf: row.csrf, created_at: row.created_at, seen_at: now, rotated_at: now, expires_at: row.expires_at,
  }).execute();
  return renewed;
}

/** Signs a person in, and whoever was signed in there before out: a session never passes from one to another. `how`: what the log says of it. */
export async function signIn(trx: Trx, person: { id: string; name: string }, former: string | null, how: string, settings: Settings, now: Date): Promise<NewSession> {
  if (former !== null) await endSession(trx, former);
  const session = await startSession(trx, person.id, settings, now);
  await audit(trx, { person, token: null }, { action: how, subject: { kind: "person", id: person.id } });
  return session;
}

/** Signs out: this session and what it was renewed from, told by the words they share. */
export async function endSession(trx: Db | Trx, csrf: string): Promise<void> {
  await trx.deleteFrom("session").where("csrf", "=", csrf).execute();
}

/** Signs a person out everywhere, but where `except` names the session that stays. */
export async function endSessions(trx: Db | Trx, personId: string, except: string | null = null): Promise<void> {
  await trx.deleteFrom("session").where("person_id", "=", personId).$if(except !== null, (query) => query.where("csrf", "<>", except ?? "")).execute();
}

/** Removes what is over; run now and then. */
export async function sweepSessions(db: Db, settings: Settings, now: Date): Promise<void> {
  await db.deleteFrom("session").where((eb) => eb.or([eb("expires_at", "<", now), eb("seen_at", "<", new Date(now.getTime() - settings.session.idle))])).execute();
  await db.deleteFrom("login_attempt").where("failed_at", "<", new Date(now.getTime() - settings.login.window)).execute();
}
