// One-time links: for the first administrator, for a new person's password, for a forgotten one. Only the link holds the secret.
import { sql } from "kysely";
import { hashPassword, refuseWeak } from "./password.ts";
import { Problem } from "./problem.ts";
import { newSecret, secretDigest } from "./secret.ts";
import { endSessions, signIn, type NewSession } from "./sessions.ts";
import type { Settings } from "./settings.ts";
import { LOCKS, transaction, type Db, type Trx } from "./store/database.ts";

const DAY = 24 * 3_600_000;

/** The path of a link; the secret stands after `#`, which browsers send to nobody. */
export const firstPath = (secret: string): string => `/first#token=${secret}`;
export const invitationPath = (secret: string): string => `/invitation#token=${secret}`;

/** A secret for the first administrator, for a day; null where somebody can administrate already. */
export async function inviteFirst(db: Db, now: Date): Promise<string | null> {
  return await transaction(db, async (trx) => {
    if (await hasAdministrator(trx)) return null;
    const secret = newSecret();
    await trx.deleteFrom("invitation").where("purpose", "=", "first-administrator").where("expires_at", "<", now).execute();
    await trx.insertInto("invitation").values({ digest: secretDigest(secret), purpose: "first-administrator", person_id: null, expires_at: new Date(now.getTime() + DAY), created_at: now }).execute();
    return secret;
  });
}

export async function hasAdministrator(db: Db | Trx): Promise<boolean> {
  return await db.selectFrom("person").select("id").where("active", "=", true).where(sql<boolean>`'administrator' = ANY (roles)`).limit(1).executeTakeFirst() !== undefined;
}

/** Makes the first administrator and signs him in. Throws Problem 410 where the link was used, is too old or no longer needed. */
export async function acceptFirst(db: Db, asked: { token: string; login: string; name: string; password: string; lang: "zh" | "en"; former: string | null }, settings: Settings, now: Date): Promise<{ id: string; session: NewSession }> {
  refuseWeak(asked.password, asked.login, settings);
  const hash = await hashPassword(asked.password);
  return await transaction(db, async (trx) => {
    // Two links may be opened at once.
    await sql`SELECT pg_advisory_xact_lock(${sql.lit(LOCKS.firstStart)})`.execute(trx);
    await use(trx, asked.token, "first-administrator", now);
    if (await hasAdministrator(trx)) throw new Problem(410, "link");
    const person = await trx.insertInto("person").values({ login: asked.login, name: asked.name.trim(), roles: ["administrator"], department_id: null, password_hash: hash, oidc_subject: null, lang: asked.lang, created_at: now }).returning(["id", "name"]).executeTakeFirstOrThrow();
    return { id: person.id, session: await signIn(trx, person, asked.former, "person.first", settings, now) };
  });
}

/** A secret with which the person sets a password; earlier ones no longer hold. */
export async function invite(trx: Trx, personId: string, settings: Settings, now: Date): Promise<{ secret: string; expiresAt: Date }> {
  const secret = newSecret();
  const expiresAt = new Date(now.getTime() + settings.invitation);
  await trx.updateTable("invitation").set({ used_at: now }).where("person_id", "=", personId).where("used_at", "is", null).execute();
  await trx.insertInto("invitation").values({ digest: secretDigest(secret), purpose: "password", person_id: personId, expires_at: expiresAt, created_at: now }).execute();
  return { secret, expiresAt };
}

/** Sets the password, signs the person out everywhere and in here. Throws Problem 410 where the link no longer holds. */
export async function acceptInvitation(db: Db, asked: { token: string; password: string; former: string | null }, settings: Settings, now: Date): Promise<{ id: string; session: NewSession }> {
  const known = await db.selectFrom("invitation").innerJoin("person", "person.id", "invitation.person_id").select("person.login").where("invitation.digest", "=", secretDigest(asked.token)).executeTakeFirst();
  refuseWeak(asked.password, known?.login ?? "", settings);
  const hash = await hashPassword(asked.password);
  return await transaction(db, async (trx) => {
    const id = await use(trx, asked.token, "password", now);
    const person = await trx.updateTable("person").set({ password_hash: hash }).where("id", "=", id ?? "").where("active", "=", true)
      .returning(["id", "name"]).executeTakeFirst();
    if (person === undefined) throw new Problem(410, "link");
    await endSessions(trx, person.id);
    return { id: person.id, session: await signIn(trx, person, asked.former, "person.passwordSet", settings, now) };
  });
}

/** Once and never again. */
async function use(trx: Trx, token: string, purpose: "first-administrator" | "password", now: Date): Promise<string | null> {
  const used = await trx.updateTable("invitation").set({ used_at: now }).where("digest", "=", secretDigest(token)).where("purpose", "=", purpose).where("used_at", "is", null).where("expires_at", ">", now)
    .returning("person_id").executeTakeFirst();
  if (used === undefined) throw new Problem(410, "link");
  return used.person_id;
}
