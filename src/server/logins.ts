// A login and a password -> the person they are right for; failures are counted, and after some of them nobody is heard for a while.
import { sql } from "kysely";
import { Problem } from "./problem.ts";
import { isPassword } from "./password.ts";
import { secretDigest } from "./secret.ts";
import type { Settings } from "./settings.ts";
import type { Db } from "./store/database.ts";

/** The person's id. Throws Problem 401 alike for a wrong password, a login that nobody has and a person who was disabled; 429 after too many failures. */
export async function personFor(db: Db, given: { login: string; password: string; address: string }, settings: Settings, now: Date): Promise<string> {
  const { window, perLogin, perAddress } = settings.login;
  // What was typed as a login may be a password: only its digest is kept.
  const [login, address] = [`login:${secretDigest(given.login.toLowerCase())}`, `address:${given.address}`];
  const since = new Date(now.getTime() - window);
  // Counted before it is known to be one, so that many at once are not many more.
  const own = await db.insertInto("login_attempt").values([{ key: login, failed_at: now }, { key: address, failed_at: now }]).returning(sql<string>`ctid::text`.as("row")).execute();
  const counts = await db.selectFrom("login_attempt").select(["key", (eb) => eb.fn.countAll<number>().as("failures")]).where("key", "in", [login, address]).where("failed_at", ">", since).groupBy("key").execute();
  const failures = new Map(counts.map((row) => [row.key, row.failures]));
  if ((failures.get(login) ?? 0) > perLogin || (failures.get(address) ?? 0) > perAddress) {
    // Nobody looked at this one, so it failed at nothing: who goes on trying does not wait the longer.
    await sql`DELETE FROM login_attempt WHERE ctid = ANY (${own.map(({ row }) => row)}::text[]::tid[]) AND failed_at = ${now}`.execute(db);
    throw new Problem(429, "tooManyLogins", { minutes: Math.ceil(window / 60_000) }, { "retry-after": String(Math.ceil(window / 1000)) });
  }
  const person = await db.selectFrom("person").select(["id", "password_hash", "active"]).where("login", "=", given.login).executeTakeFirst();
  const right = await isPassword(person?.password_hash ?? null, given.password);
  if (person === undefined || !right || !person.active) throw new Problem(401, "login");
  await db.deleteFrom("login_attempt").where((eb) => eb.or([eb("key", "=", login), eb.and([eb("key", "=", address), eb("failed_at", "=", now)])])).execute();
  return person.id;
}

/** Throws Problem 403 where the old password is not right. */
export async function refuseOtherPassword(db: Db, personId: string, old: string): Promise<void> {
  const person = await db.selectFrom("person").select("password_hash").where("id", "=", personId).executeTakeFirstOrThrow();
  if (!(await isPassword(person.password_hash, old))) throw new Problem(403, "oldPassword");
}
