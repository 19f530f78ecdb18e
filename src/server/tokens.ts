// API tokens: made once, shown once, kept as digests; a token's bearer -> its caller.
import { sql } from "kysely";
import type { Caller, Scope } from "./access.ts";
import { audit } from "./audit.ts";
import { Problem } from "./problem.ts";
import { newSecret, secretDigest } from "./secret.ts";
import { transaction, type Db } from "./store/database.ts";

/** So that one that was published by mistake is known for what it is. */
const PREFIX = "ziping_";
const USED_EVERY = 60_000;

export interface TokenRow { id: string; name: string; person_id: string; scopes: string[]; expires_at: Date; revoked_at: Date | null; used_at: Date | null; created_at: Date }

/** Makes a token for the caller himself. The secret is in this answer and nowhere else. */
export async function makeToken(db: Db, caller: Caller, asked: { name: string; scopes: readonly Scope[]; expiresAt: Date }, now: Date): Promise<{ row: TokenRow; secret: string }> {
  const secret = PREFIX + newSecret();
  return await transaction(db, async (trx) => {
    const row = await trx.insertInto("api_token")
      .values({ digest: secretDigest(secret), name: asked.name, person_id: caller.person.id, scopes: [...new Set(asked.scopes)], expires_at: asked.expiresAt, created_at: now })
      .returning(["id", "name", "person_id", "scopes", "expires_at", "revoked_at", "used_at", "created_at"]).executeTakeFirstOrThrow();
    await audit(trx, caller, { action: "token.made", subject: { kind: "token", id: row.id }, detail: { scopes: row.scopes, expiresAt: row.expires_at.toISOString() } });
    return { row, secret };
  });
}

/** The caller of a bearer. Throws Problem 401 where the token is unknown, over, revoked, or its person may no longer sign in: alike for all, so that nobody learns which. */
export async function tokenCaller(db: Db, bearer: string, now: Date): Promise<Caller> {
  const row = await db.selectFrom("api_token").innerJoin("person", "person.id", "api_token.person_id").where("api_token.digest", "=", secretDigest(bearer))
    .where("api_token.expires_at", ">", now).where("api_token.revoked_at", "is", null).where("person.active", "=", true)
    .select(["person.id", "person.name", "person.login", "person.roles", "person.department_id", "person.lang", "api_token.id as token_id", "api_token.scopes", "api_token.used_at"]).executeTakeFirst();
  if (row === undefined) throw new Problem(401, "token", {}, { "www-authenticate": 'Bearer error="invalid_token"' });
  if (row.used_at === null || now.getTime() - row.used_at.getTime() > USED_EVERY) await db.updateTable("api_token").set({ used_at: now }).where("id", "=", row.token_id).execute();
  return {
    person: { id: row.id, name: row.name, login: row.login, roles: row.roles, departmentId: row.department_id, lang: row.lang },
    token: { id: row.token_id, scopes: row.scopes as Scope[] }, session: null,
  };
}

/** Revokes one's own token; an administrator anybody's. False where there is none such. */
export async function revokeToken(db: Db, caller: Caller, id: string, anybodys: boolean, now: Date): Promise<boolean> {
  return await transaction(db, async (trx) => {
    const row = await trx.updateTable("api_token").set({ revoked_at: sql`coalesce(revoked_at, ${now})` }).where("id", "=", id)
      .$if(!anybodys, (query) => query.where("person_id", "=", caller.person.id)).returning("id").executeTakeFirst();
    if (row === undefined) return false;
    await audit(trx, caller, { action: "token.revoked", subject: { kind: "token", id } });
    return true;
  });
}
